"""The app `outcomes` for Django."""

from importlib import import_module

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Texts and their points."""

    name = "ejlas.outcomes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """State the permissions, so that they can be asked for by name."""
        import_module("ejlas.outcomes.permissions")
