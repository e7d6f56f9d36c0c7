"""An earlier plan and what has changed since, as files: what a repair starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ejlas.cli.engine import files
from ejlas.engine.meetings.formats.changes import changed, read_changes
from ejlas.engine.meetings.formats.own import Problem
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.reading import demand_keys, parse_object, rows, whole
from ejlas.engine.values import Ints

if TYPE_CHECKING:
    from ejlas.engine.meetings.plan import Placements

NONE = -1


@dataclass(frozen=True)
class Places:
    """Where the meetings stood; without rooms and interpreters where the problem has none."""

    slot: Ints
    room: Ints
    interpreters: tuple[tuple[int, ...], ...]

    def as_plan(self) -> Placements:
        """Return the same as a plan of the general problem."""
        from ejlas.engine.meetings.plan import Placements

        return Placements(self.slot, self.room, self.interpreters)


def read_places(text: str, problem: Problem) -> Places:
    """Return the places of a plan file, each of which has to exist in the problem."""
    found = parse_object(text)
    demand_keys(found, ("placements",))
    slot = _numbers(found["placements"], "placements", problem.n_meetings, problem.n_slots)
    if not isinstance(problem, MeetingProblem):
        return Places(slot, np.full(problem.n_meetings, NONE), ((),) * problem.n_meetings)
    demand_keys(found, ("rooms", "interpreters"))
    people = rows(found["interpreters"], "interpreters", count=problem.n_meetings, of="lists of interpreters")
    return Places(
        slot,
        _numbers(found["rooms"], "rooms", problem.n_meetings, problem.n_rooms),
        tuple(_members(each, f"interpreters[{at}]", problem.n_interpreters) for at, each in enumerate(people)),
    )


def _numbers(value: object, place: str, count: int, end: int) -> Ints:
    """(n_meetings,) numbers from 0 below an end; -1 where the file has null."""
    found = enumerate(rows(value, place, count=count, of="places"))
    numbers = [NONE if each is None else whole(each, f"{place}[{at}]", low=0, high=end - 1) for at, each in found]
    return np.array(numbers, dtype=np.int64)


def _members(value: object, place: str, end: int) -> tuple[int, ...]:
    return tuple(whole(each, place, low=0, high=end - 1) for each in rows(value, place, of="interpreters"))


def read_changed(name: str, problem: Problem) -> Problem:
    """Return the problem after the changes of a file."""
    return files.parsed(name, lambda: changed(problem, read_changes(files.read_text(name), problem)))
