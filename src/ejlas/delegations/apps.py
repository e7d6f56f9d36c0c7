"""The app `delegations` for Django."""

from importlib import import_module

from django.apps import AppConfig

from ejlas.core import background


class DelegationsConfig(AppConfig):
    """Invitations, delegations, their people and their papers."""

    name = "ejlas.delegations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """State the permissions, so that they can be asked for by name, and register the duties of this app."""
        import_module("ejlas.delegations.permissions")
        background.every(3600, "delegations.forget_prints")
