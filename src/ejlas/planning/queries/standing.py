"""The places that bilaterals have, on the planner's grid: so that its own rules say what they break."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

import numpy as np

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE
from ejlas.engine.result import Broken
from ejlas.planning.queries.facts import Facts
from ejlas.planning.queries.problem import Built, built_of
from ejlas.planning.rules import Place
from ejlas.programme.models import Bilateral

Given = tuple[datetime, str, Sequence[str]]


def given_place(bilateral: Bilateral) -> Given | None:
    """Return the place that a bilateral has, if it has one."""
    if bilateral.starts_at is None or bilateral.room is None:
        return None
    return bilateral.starts_at, bilateral.room.slug, [person.slug for person in bilateral.interpreters.all()]


def placements_of(built: Built, places: Mapping[str, Given]) -> Placements:
    """Return the places by slug as the engine reads them; a room that is gone becomes none."""
    rooms = {room.slug: number for number, room in enumerate(built.rooms)}
    people = {person.slug: number for number, person in enumerate(built.interpreters)}
    start = np.full(len(built.bilaterals), NONE, dtype=np.int64)
    room = start.copy()
    interpreters: list[tuple[int, ...]] = [()] * len(built.bilaterals)
    for number, bilateral in enumerate(built.bilaterals):
        place = places.get(bilateral.slug)
        slot = built.grid.slot_at(place[0]) if place else None
        if place and slot is not None:
            start[number], room[number] = slot, rooms.get(place[1], NONE)
            interpreters[number] = tuple(sorted(people[slug] for slug in place[2] if slug in people))
    return Placements(start, room, tuple(interpreters))


def standing_of(built: Built) -> Placements:
    """Return the places that the bilaterals have now."""
    return placements_of(built, {each.slug: place for each in built.bilaterals if (place := given_place(each))})


def broken_by(facts: Facts, places: Mapping[str, Place], *, moved: Collection[str] | None = None) -> list[str]:
    """Name the bilaterals that would stand against a hard rule if the plan were these places.

    `moved` names those that get a new place: then what was wrong before, and what has no place, is not told.
    """
    pinned = {each.slug for each in facts.bilaterals if each.pinned and each.slug in (moved or ())}
    built = built_of(replace(facts, bilaterals=tuple(_free(each, pinned) for each in facts.bilaterals)))
    given = {
        slug: (place.starts_at, place.room, place.interpreters) for slug, place in places.items() if place.starts_at
    }
    broken = check(built.problem, placements_of(built, given))
    named = [{built.bilaterals[number].slug for number in each.meetings} for each in broken if _counts(each, moved)]
    return sorted({slug for slugs in named if moved is None or slugs & set(moved) for slug in slugs})


def _counts(broken: Broken, moved: Collection[str] | None) -> bool:
    return moved is None or broken.constraint != "required"


def _free(bilateral: Bilateral, pinned: Collection[str]) -> Bilateral:
    """Return the bilateral, without its pin if it is one of these."""
    if bilateral.slug not in pinned:
        return bilateral
    free = copy(bilateral)
    free.pinned, free.despite = False, []
    return free
