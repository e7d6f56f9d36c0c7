"""The app `outcomes` for Django."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Texts and their points."""

    name = "ejlas.outcomes"
    default_auto_field = "django.db.models.BigAutoField"
