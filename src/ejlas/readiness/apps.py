"""The app `readiness` for Django."""

from importlib import import_module

from django.apps import AppConfig

from ejlas.core import background


class ReadinessConfig(AppConfig):
    """Bodies, what they owe, the meetings that decide it, and inspections."""

    name = "ejlas.readiness"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """State the permissions, so that they can be asked for by name."""
        import_module("ejlas.readiness.permissions")
        background.every(3600, "readiness.send_reminders")
        background.every(86_400, "readiness.forget_addresses")
