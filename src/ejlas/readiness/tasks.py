"""Background work of readiness: load by key, make one call."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from ejlas.readiness.operations import reminders


@task()
def send_reminders() -> None:
    """Tell bodies, their heads and the head of the secretariat what the ladder asks for by now."""
    reminders.send_reminders(at=timezone.now(), pages=_pages())


@task()
def forget_addresses() -> None:
    """Remove reminders and links that hold addresses of people longer than they are needed."""
    reminders.forget_addresses(at=timezone.now())


def _pages() -> reminders.Pages:
    def at(name: str, value: str) -> str:
        return f"{settings.SITE}{reverse(f'desk:{name}', args=[value])}"

    return reminders.Pages(
        by_link=lambda token: at("answer", token),
        own=lambda edition: at("own-obligations", edition),
        desk=lambda edition: at("obligation-list", edition),
    )
