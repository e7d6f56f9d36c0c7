"""Uploaded files as a Django app."""

from django.apps import AppConfig

from ejlas.core import background


class FilesConfig(AppConfig):
    """Files that people sent."""

    name = "ejlas.core.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the duty of this app."""
        background.every(86400, "core.files.sweep")
