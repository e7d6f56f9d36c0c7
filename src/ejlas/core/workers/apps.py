"""The workers of the background as a Django app."""

from django.apps import AppConfig

from ejlas.core import background


class WorkersConfig(AppConfig):
    """Workers and the duties that come round."""

    name = "ejlas.core.workers"
    label = "workers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the duties of this app."""
        background.every(3600, "core.workers.forget_finished")
        background.every(21600, "core.workers.forget_sessions")
