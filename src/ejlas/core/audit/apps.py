"""The audit trail as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Lines of the audit trail."""

    name = "ejlas.core.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
