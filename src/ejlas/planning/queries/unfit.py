"""Placed bilaterals that cannot stand any more: a flight is late, a room is closed, an interpreter is ill."""

from __future__ import annotations

from dataclasses import dataclass

from ejlas.engine.meetings.check import check
from ejlas.planning.queries.conflicts import Move
from ejlas.planning.queries.facts import Facts
from ejlas.planning.queries.problem import built_of
from ejlas.planning.queries.standing import given_place, standing_of
from ejlas.planning.rules import Conflict
from ejlas.programme.models import Bilateral


@dataclass(frozen=True, slots=True)
class Unfit:
    """A bilateral that has a place, and what is in its way there."""

    bilateral: Bilateral
    conflicts: tuple[Conflict, ...]


def unfit_of(facts: Facts) -> list[Unfit]:
    """Return the placed bilaterals that break a rule nobody has set aside, in the order of their times.

    No SQL query. Raises OffTheGrid, NoRoomForBilaterals.
    """
    built = built_of(facts)
    standing = standing_of(built)
    broken = {number for each in check(built.problem, standing) for number in each.meetings}
    doubtful = [
        bilateral
        for number, bilateral in enumerate(built.bilaterals)
        if bilateral.starts_at and (number in broken or standing.start[number] < 0)
    ]
    found = [unfit for each in (*doubtful, *built.settled) if (unfit := _weighed(facts, each)).conflicts]
    return sorted(found, key=lambda each: (str(each.bilateral.starts_at), each.bilateral.slug))


def _weighed(facts: Facts, bilateral: Bilateral) -> Unfit:
    place = given_place(bilateral)
    found = Move(facts, bilateral).weigh(*place).conflicts if place else ()
    return Unfit(bilateral, tuple(each for each in found if each.kind.value not in bilateral.despite))
