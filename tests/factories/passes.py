"""Passes, gates and what opens them, for the tests of what is built upon them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ejlas.accounts import queries as accounts
from ejlas.delegations.models import Badge, Category, Delegation, Gate, Person, Zone
from ejlas.delegations.operations.passes import badges, opening, steps
from ejlas.delegations.rules.states import PersonState
from tests.factories.delegations import named

AT = datetime(2025, 10, 20, 8, 0, tzinfo=UTC)
SIGNED = steps.Collected(is_signed_on_paper=True)


def passes_opened(edition: Any, *, at: datetime = AT) -> None:
    """Set up the passes of an edition, and make a token of its first delegation, so that every kind has a row."""
    by = accounts.system_account()
    opening.open_passes(edition=edition, by=by, at=at)
    first = Delegation.objects.filter(edition=edition).select_related("edition", "party").order_by("position")[0]
    badges.add_tokens(delegation=first, category=category(edition, "overpass"), n_tokens=1, by=by, at=at)


def category(edition: Any, slug: str = "delegates") -> Category:
    """Return a category of passes."""
    return Category.objects.select_related("edition").get(edition=edition, slug=slug)


def zone(edition: Any, slug: str = "hall") -> Zone:
    """Return a zone."""
    return Zone.objects.select_related("edition").get(edition=edition, slug=slug)


def gate(edition: Any, slug: str = "gate-hall") -> Gate:
    """Return a gate."""
    return Gate.objects.select_related("edition", "zone").get(edition=edition, slug=slug)


def approved(delegation: Delegation, n_people: int = 1, *, at: datetime = AT, **more: Any) -> list[Badge]:
    """Name people who are approved at once, and return their passes, ready to be printed."""
    people = named(delegation, n_people, at=at, **more)
    Person.objects.filter(pk__in=[person.pk for person in people]).update(state=PersonState.APPROVED)
    rows = Person.objects.filter(pk__in=[person.pk for person in people]).order_by("pk")
    rows = rows.select_related("capacity", "delegation__party", "edition")
    return badges.make_badges(edition=delegation.edition, people=rows, by=accounts.system_account(), at=at)


def issued(delegation: Delegation, n_people: int = 1, *, at: datetime = AT, **more: Any) -> list[Badge]:
    """Return passes of approved people that were printed and handed out."""
    made = approved(delegation, n_people, at=at, **more)
    return handed(made, at=at)


def handed(made: list[Badge], *, at: datetime = AT) -> list[Badge]:
    """Print and hand out passes; return them as they stand then."""
    by = accounts.system_account()
    steps.note_printed(badges=made, by=by, at=at)
    steps.hand_out(badges=made, to=SIGNED, by=by, at=at)
    found = Badge.objects.filter(pk__in=[badge.pk for badge in made]).order_by("number")
    return list(found.select_related("edition", "category", "delegation__party", "person"))
