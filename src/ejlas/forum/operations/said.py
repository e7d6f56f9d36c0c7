"""The things of an edition as the sentences about them name them, in whatever language these are made."""

from __future__ import annotations

from datetime import date
from typing import Any

from ejlas.core.said import Day, Named
from ejlas.forum.models import Edition


def called(thing: Any) -> Named:
    """Return the name of a thing of an edition, with the languages that the edition lets stand in."""
    edition: Edition = thing.edition
    fallbacks = tuple(edition.fallback_languages or edition.languages)
    return Named(thing.name, fallbacks, thing.slug)


def day_of(edition: Edition, day: date) -> Day:
    """Return a day in the calendars of an edition."""
    return Day(day, tuple(edition.calendars))
