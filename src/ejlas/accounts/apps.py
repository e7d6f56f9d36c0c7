"""The app `accounts` for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and their sign-in."""

    name = "ejlas.accounts"
    default_auto_field = "django.db.models.BigAutoField"
