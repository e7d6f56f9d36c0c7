"""The app `planning` for Django."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Runs of the planner."""

    name = "ejlas.planning"
    default_auto_field = "django.db.models.BigAutoField"
