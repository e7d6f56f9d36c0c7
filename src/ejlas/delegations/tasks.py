"""Background work of delegations: load by key, make one call."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from ejlas.delegations.operations.passes import printing


@task()
def forget_prints() -> None:
    """Remove files of cards that are older than a day."""
    printing.forget_prints(at=timezone.now())
