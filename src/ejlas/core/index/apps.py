"""The index as a Django app; after `migrate` it is made again where it is missing or of an older make."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IndexConfig(AppConfig):
    """Entries, sort keys and states of wordings."""

    name = "ejlas.core.index"
    label = "index"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look after each `migrate` whether the index stands."""
        from ejlas.core.index.adapters import after_migrate

        post_migrate.connect(after_migrate, sender=self)
