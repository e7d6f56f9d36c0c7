"""The parts of a plan that starts from another: what can be accepted by itself, and what only together."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import MeetingProblem

REQUIRED = "required"
"""The constraint that says nothing of places: a meeting without one is in nobody's way."""


def parts_of(problem: MeetingProblem, old: Placements, new: Placements) -> list[tuple[int, ...]]:
    """Return the meetings that differ in as many parts as can be.

    Each part can be taken over while all else stays as it was, without anything new standing in anything's way.

    Parameters
    ----------
    problem : what holds now
    old : what stands, which may be wrong by itself
    new : a plan that keeps all constraints but for required meetings that are missing
    """
    changed = differing(old, new)
    parts = [{meeting} for meeting in changed]
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        needed = _in_the_way(problem, mixed(old, new, part), part) & set(changed) - part
        if part not in parts or not needed:
            continue
        whole = part.union(*(other for other in parts if other & needed))
        parts = [other for other in parts if not other & whole]
        parts.append(whole)
        waiting.append(whole)
    return sorted(tuple(sorted(part)) for part in parts)


def differing(old: Placements, new: Placements) -> list[int]:
    """Return the meetings that have another slot, room or interpreters, or a place in one of the plans only."""
    people = [set(was) != set(now) for was, now in zip(old.interpreters, new.interpreters, strict=True)]
    other = (old.start != new.start) | (old.room != new.room) | np.asarray(people, dtype=np.bool_)
    return [int(meeting) for meeting in np.flatnonzero(other)]


def mixed(old: Placements, new: Placements, part: Collection[int]) -> Placements:
    """Return the old plan with these meetings where the new one has them."""
    chosen = np.zeros(len(old.start), dtype=np.bool_)
    chosen[list(part)] = True
    people = [now if took else was for was, now, took in zip(old.interpreters, new.interpreters, chosen, strict=True)]
    return Placements(np.where(chosen, new.start, old.start), np.where(chosen, new.room, old.room), tuple(people))


def _in_the_way(problem: MeetingProblem, plan: Placements, part: Collection[int]) -> set[int]:
    """Return the meetings in every constraint that a plan breaks on one of the part."""
    broken = [set(each.meetings) for each in check(problem, plan) if each.constraint != REQUIRED]
    return {meeting for meetings in broken if meetings & set(part) for meeting in meetings}
