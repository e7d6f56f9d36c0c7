"""The app `programme` for Django."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Rooms, sessions, bilaterals, interpreters."""

    name = "ejlas.programme"
    default_auto_field = "django.db.models.BigAutoField"
