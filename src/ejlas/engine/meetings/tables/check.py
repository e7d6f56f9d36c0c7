"""The checker of plans of tables: it counts what breaks each constraint, and shares no code with the solvers."""

from collections.abc import Iterator

import numpy as np

from ejlas.engine.meetings.tables.objectives import breaks
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.result import Broken
from ejlas.engine.values import Ints


def check(problem: TableProblem, slot: Ints) -> tuple[Broken, ...]:
    """Return what a plan breaks: constraint, holder and meetings; nothing for a right plan.

    `mandatory` names each mandatory meeting without a slot: of an impossible problem, that alone may remain.

    Parameters
    ----------
    slot : (n_meetings,) slot of each meeting; -1 = not granted

    Raises
    ------
    ValueError : the plan has another number of meetings than the problem
    """
    if slot.shape != (problem.n_meetings,):
        raise ValueError(f"slot: its shape is {slot.shape}, expected {(problem.n_meetings,)}")
    unknown = np.flatnonzero((slot < NONE) | (slot >= problem.n_slots))
    if unknown.size:
        return tuple(Broken("slot", int(m), (int(m),)) for m in unknown)
    return tuple(
        fault
        for constraint in (_hours, _clashes, _tables, _interpreters, _orders, _mandatory, _fairness)
        for fault in constraint(problem, slot)
    )


def _hours(problem: TableProblem, slot: Ints) -> Iterator[Broken]:
    """Name a meeting in a slot that it may not have, or in which a participant is not available."""
    for meeting in map(int, np.flatnonzero(slot != NONE)):
        at = int(slot[meeting])
        if not problem.allowed[meeting, at]:
            yield Broken("allowed", meeting, (meeting,))
        for person in map(int, problem.pair[meeting]):
            if not problem.available[person, at]:
                yield Broken("participant_hours", person, (meeting,))


def _clashes(problem: TableProblem, slot: Ints) -> Iterator[Broken]:
    """Name the meetings of one participant in the same slot."""
    held: dict[tuple[int, int], list[int]] = {}
    for meeting in map(int, np.flatnonzero(slot != NONE)):
        for person in map(int, problem.pair[meeting]):
            held.setdefault((person, int(slot[meeting])), []).append(meeting)
    for (person, _at), meetings in held.items():
        if len(meetings) > 1:
            yield Broken("participant_clash", person, tuple(meetings), len(meetings) - 1)


def _tables(problem: TableProblem, slot: Ints) -> Iterator[Broken]:
    """Name the meetings of a slot with more meetings than tables."""
    for at in range(problem.n_slots):
        held = np.flatnonzero(slot == at)
        if len(held) > problem.tables[at]:
            yield Broken("tables", at, tuple(map(int, held)), len(held) - int(problem.tables[at]))


def _interpreters(problem: TableProblem, slot: Ints) -> Iterator[Broken]:
    """Name the meetings of a slot and a language pair with more meetings than interpreters."""
    for pool in range(problem.n_pools):
        for at in range(problem.n_slots):
            held = np.flatnonzero((slot == at) & (problem.pool == pool))
            if len(held) > problem.interpreters[pool, at]:
                yield Broken(
                    "interpreter", pool, tuple(map(int, held)), len(held) - int(problem.interpreters[pool, at])
                )


def _orders(problem: TableProblem, slot: Ints) -> Iterator[Broken]:
    """Name two meetings that stand in the wrong order."""
    for first, second in problem.before.tolist():
        if slot[first] != NONE and slot[second] != NONE and slot[first] >= slot[second]:
            yield Broken("before", first, (first, second))


def _mandatory(problem: TableProblem, slot: Ints) -> Iterator[Broken]:
    """Name each mandatory meeting without a slot."""
    for meeting in map(int, np.flatnonzero(problem.mandatory & (slot == NONE))):
        yield Broken("mandatory", meeting, (meeting,))


def _fairness(problem: TableProblem, slot: Ints) -> Iterator[Broken]:
    """Name the participant with the most breaks, where they are too many more than somebody's."""
    if problem.most_difference == NONE or not problem.n_participants:
        return
    counts = breaks(problem, slot)
    over = int(counts.max() - counts.min()) - problem.most_difference
    if over > 0:
        most = int(counts.argmax())
        yield Broken("fairness", most, tuple(map(int, problem.meetings_of[most])), over)
