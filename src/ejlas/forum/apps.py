"""The app `forum` for Django."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """The forum, its editions and parties."""

    name = "ejlas.forum"
    default_auto_field = "django.db.models.BigAutoField"
