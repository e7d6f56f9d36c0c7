"""Background work of accounts: load by key, make one call."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from ejlas.accounts import operations


@task()
def deliver_webhooks() -> None:
    """Tell the addresses what is new to them, and try again what was not taken."""
    operations.deliver_webhooks(now=timezone.now, allow_private=settings.WEBHOOKS_PRIVATE)
