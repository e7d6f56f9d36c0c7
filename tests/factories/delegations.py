"""Delegations and invented people for the tests of what is built upon them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from ejlas.accounts import queries as accounts
from ejlas.core.text import Text
from ejlas.delegations import operations
from ejlas.delegations.models import Capacity, Delegation, Person

# Before the end of the nominations of both summits, with the standard windows.
AT = datetime(2025, 10, 1, 8, 0, tzinfo=UTC)
FAMILIES = (
    "Darvishi",
    "Abdullayeva",
    "Orlov",
    "Nurlanova",
    "Amanow",
    "Testov",
    "Karimzade",
    "Sadykov",
    "Moura",
    "Vidal",
)
GIVEN = ("Parisa", "Leyla", "Igor", "Aigerim", "Merdan", "Vera", "Samir", "Timur", "Rui", "Ana")
_numbers = count(1)


def opened(edition: Any, *, at: datetime = AT) -> dict[str, Delegation]:
    """Open the delegations of an edition with the standard capacities; return them by the slug of their party."""
    by = accounts.system_account()
    operations.open_delegations(edition=edition, by=by, at=at)
    return {each.slug: each for each in Delegation.objects.filter(edition=edition).select_related("edition", "party")}


def capacity(edition: Any, slug: str = "delegate") -> Capacity:
    """Return a capacity of an edition."""
    return Capacity.objects.get(edition=edition, slug=slug)


def columns(edition: Any, *, slug: str = "delegate", **more: Any) -> dict[str, Any]:
    """Return the columns of an invented person of whom all is there but the photo."""
    number = next(_numbers)
    return {
        "capacity": capacity(edition, slug),
        "family_name": FAMILIES[number % len(FAMILIES)],
        "given_name": GIVEN[number // len(FAMILIES) % len(GIVEN)],
        "name": Text(),
        "office": Text.of(en="Head of department"),
        "sex": "F",
        "nationality": "AZ",
        "born_on": f"19{60 + number % 40}-05-{number % 28 + 1:02}",
        "document_kind": "passport",
        "document_number": f"C{number:07}",
        "document_state": "AZE",
        "document_expires_on": "2031-04-30",
        "email": f"person{number}@example.org",
        "phone": "+994501234567",
        "diet": "No nuts",
        "health": "",
    } | more


def named(delegation: Delegation, n_people: int = 1, *, at: datetime = AT, **more: Any) -> list[Person]:
    """Name invented people in a delegation."""
    rows: Iterator[dict[str, Any]] = (columns(delegation.edition, **more) for _ in range(n_people))
    done = operations.add_people(delegation=delegation, rows=rows, by=accounts.system_account(), at=at, by_host=True)
    assert not done.refused
    return done.people
