"""The app `accounts` for Django."""

from importlib import import_module

from django.apps import AppConfig

from ejlas.core import background


class AccountsConfig(AppConfig):
    """Users, their sign-in and their roles."""

    name = "ejlas.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """State the permissions, so that they can be asked for by name."""
        import_module("ejlas.accounts.permissions")
        background.every(5, "accounts.deliver_webhooks")
