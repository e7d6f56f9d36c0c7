"""The app `programme` for Django."""

from importlib import import_module

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Rooms, sessions, bilaterals, interpreters."""

    name = "ejlas.programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """State the permissions, so that they can be asked for by name."""
        import_module("ejlas.programme.permissions")
