"""The app `forum` for Django."""

from importlib import import_module

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """The forum, its editions and parties."""

    name = "ejlas.forum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """State the permissions, so that they can be asked for by name."""
        import_module("ejlas.forum.permissions")
