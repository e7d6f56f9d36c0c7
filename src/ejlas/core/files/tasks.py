"""Duties about uploaded files."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from ejlas.core.files import operations

logger = logging.getLogger("ejlas.files")


@task()
def sweep() -> None:
    """Remove bytes that no row needs any more."""
    n_removed = operations.sweep(at=timezone.now())
    if n_removed:
        logger.info("bytes that no row needs were removed", extra={"fields": {"files": n_removed}})
