"""How full capacities and halls are: named, let through, approved, seats; what is over stands in words and by shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from ejlas.delegations.queries import desk
from ejlas.programme import queries as programme
from ejlas.web.ui.delegation_labels import DELEGATION_KINDS
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.labels import ROOM_KINDS, word


def capacities(sheet: Sheet) -> list[dict[str, Any]]:
    """Return how full each capacity of the edition is. Two SQL queries."""
    return [_capacity(each, sheet) for each in desk.standings(sheet.edition)]


def halls(sheet: Sheet) -> list[dict[str, Any]]:
    """Return how full each hall is for which it is said who enters. Three SQL queries."""
    return [_hall(each, sheet) for each in programme.hall_loads(sheet.edition)]


def of_people(people: Iterable[Any], sheet: Sheet) -> list[dict[str, Any]]:
    """Return the capacities of these people and the halls that they enter. Three SQL queries."""
    slugs = {person.capacity.slug for person in people}
    standings = desk.standings(sheet.edition)
    halls_entered = [
        each for each in programme.hall_loads(sheet.edition, standings) if not slugs.isdisjoint(each.capacities)
    ]
    return [
        *(_capacity(each, sheet) for each in standings if each.capacity.slug in slugs),
        *(_hall(each, sheet) for each in halls_entered),
    ]


def _capacity(standing: desk.Standing, sheet: Sheet) -> dict[str, Any]:
    most = standing.capacity.in_all
    return {
        "name": capacity_name(standing.capacity, sheet),
        "kind": word(DELEGATION_KINDS, standing.capacity.audience),
        "address": reverse("desk:capacity", args=[sheet.edition.slug, standing.capacity.slug]),
        **_numbers(standing, most, sheet),
    }


def _hall(load: programme.HallLoad, sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.text(load.room.name),
        "kind": word(ROOM_KINDS, load.room.kind),
        "address": reverse("desk:room", args=[sheet.edition.slug, load.room.slug]),
        **_numbers(load, load.room.seats, sheet),
    }


def _numbers(counted: Any, most: int | None, sheet: Sheet) -> dict[str, Any]:
    left = None if most is None else most - counted.n_granted
    return {
        "named": sheet.number(counted.n_named),
        "granted": sheet.number(counted.n_granted),
        "approved": sheet.number(counted.n_approved),
        "most": sheet.number(most) if most is not None else "",
        "left": sheet.number(max(left, 0)) if left is not None else "",
        "is_over": left is not None and left < 0,
        "over": sheet.number(-left) if left is not None and left < 0 else "",
        "is_full": left == 0,
        "is_tight": left is not None and left > 0 and most is not None and counted.n_named > most,
        "share": min(counted.n_granted / most, 1) if most else 0,
    }
