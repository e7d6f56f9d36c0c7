"""Duties of the background itself."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from ejlas.core.workers import operations


@task()
def forget_finished() -> None:
    """Remove tasks that ended a while ago."""
    operations.forget_finished(at=timezone.now())


@task()
def forget_sessions() -> None:
    """Remove the sessions whose time is over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
