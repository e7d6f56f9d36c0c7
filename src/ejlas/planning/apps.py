"""The app `planning` for Django."""

from importlib import import_module

from django.apps import AppConfig

from ejlas.core import background


class PlanningConfig(AppConfig):
    """Runs of the planner."""

    name = "ejlas.planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """State the permissions, so that they can be asked for by name."""
        import_module("ejlas.planning.permissions")
        background.every(10, "planning.revive_runs")
        background.every(300, "planning.forget_spreads")
        background.every(3600, "planning.look_ahead")
