"""What has changed since a plan was made: who withdrew, how many tables are left, who is not there when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ejlas.engine.meetings.formats.own import Problem
from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.reading import parse_object, refuse, rows, whole

KEYS = ("withdraw", "tables", "unavailable")


@dataclass(frozen=True)
class Changes:
    """Changes of a problem, as a file tells them."""

    withdraw: tuple[int, ...] = ()
    """Participants who have no hours any more; what is asked for with them no longer has to be placed."""
    tables: int | None = None
    """Tables of every slot from now on; None = as before."""
    unavailable: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Slots in which a participant is not available any more."""


def read_changes(text: str, problem: Problem) -> Changes:
    """Return the changes that a text tells of a problem.

    Raises
    ------
    ValueError : names the line, or the key and the place in it, and what was expected
    """
    found = parse_object(text)
    for key in found:
        if key not in KEYS:
            raise ValueError(f"{key}: there is no such key, expected one of {', '.join(KEYS)}")
    last = problem.n_participants - 1
    named = rows(found.get("withdraw", []), "withdraw", of="participants")
    withdraw = tuple(whole(each, f"withdraw[{at}]", low=0, high=last) for at, each in enumerate(named))
    tables = found.get("tables")
    if tables is not None and not isinstance(problem, TableProblem):
        raise ValueError("tables: this problem has rooms and no tables, expected the key left out")
    return Changes(
        withdraw,
        None if tables is None else whole(tables, "tables", low=0),
        _unavailable(found.get("unavailable", {}), problem),
    )


def _unavailable(value: object, problem: Problem) -> dict[int, tuple[int, ...]]:
    """Return the slots of each participant named; JSON has its number as a text."""
    if not isinstance(value, dict):
        refuse("unavailable", value, "an object: a list of slots under each participant's number")
    found = {}
    for name, slots in value.items():
        place = f"unavailable.{name}"
        if not name.isdecimal() or int(name) >= problem.n_participants:
            raise ValueError(f"{place}: there is no such participant, expected 0 to {problem.n_participants - 1}")
        named = enumerate(rows(slots, place, of="slots"))
        found[int(name)] = tuple(whole(each, f"{place}[{at}]", low=0, high=problem.n_slots - 1) for at, each in named)
    return found


def changed(problem: Problem, changes: Changes) -> Problem:
    """Return the problem as it stands after the changes.

    Where idle are exactly the hours in which participants are available, they stay so.
    """
    available = problem.available.copy()
    available[list(changes.withdraw)] = False
    for person, slots in changes.unavailable.items():
        available[person, list(slots)] = False
    gone = set(changes.withdraw)
    if not isinstance(problem, TableProblem):
        left = np.array([gone.isdisjoint(members) for members in problem.participants], dtype=np.bool_)
        fixed = np.where(left, problem.fixed_start, -1)
        return replace(problem, available=available, mandatory=problem.mandatory & left, fixed_start=fixed)
    follows = np.array_equal(problem.idle, problem.available)
    return replace(
        problem,
        available=available,
        idle=available if follows else problem.idle,
        mandatory=problem.mandatory & ~np.isin(problem.pair, list(gone)).any(axis=1),
        tables=problem.tables if changes.tables is None else np.full(problem.n_slots, changes.tables),
    )
