"""The app `delegations` for Django."""

from importlib import import_module

from django.apps import AppConfig


class DelegationsConfig(AppConfig):
    """Invitations, delegations, their people and their papers."""

    name = "ejlas.delegations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """State the permissions, so that they can be asked for by name."""
        import_module("ejlas.delegations.permissions")
