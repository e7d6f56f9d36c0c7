"""Background work that more than one app takes part in: load by key, make one call."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from ejlas.journeys import print_cards as printing


@task()
def print_cards(printing_key: int) -> None:
    """Make the files of cards that somebody asked for."""
    printing.print_cards(key=printing_key, now=timezone.now)
