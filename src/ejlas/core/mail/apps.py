"""Mail as a Django app, so that its layout and its tags are found."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mails in the person's language."""

    name = "ejlas.core.mail"
    label = "mail"
