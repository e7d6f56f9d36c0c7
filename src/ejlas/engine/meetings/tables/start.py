"""The arrays of a plan under way, made from a problem and, where there is one, from a plan."""

from collections.abc import Sequence

import numpy as np

from ejlas.engine.meetings.tables.kernels.state import LONGEST, NONE, Desk, State, put
from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.values import Ints

JOURNAL = 4 * LONGEST
"""Moves that can be undone at once."""


def state_of(problem: TableProblem, slot: Ints) -> State:
    """Return the state in which these meetings stand in these slots, a plan that keeps all hard constraints."""
    first, other, is_later = _orders(problem)
    meetings, slots, pools = problem.n_meetings, problem.n_slots, problem.n_pools
    days = problem.day_of_slot
    most_tables, most_pool = int(problem.tables.max(initial=0)), int(problem.interpreters.max(initial=0))
    state = State(
        pair=problem.pair.astype(np.int32),
        gain=gains(problem),
        open=problem.open.copy(),
        pool=problem.pool.astype(np.int32),
        tables=problem.tables.copy(),
        interpreters=problem.interpreters.copy(),
        idle=problem.idle.copy(),
        day_first=np.searchsorted(days, days, side="left").astype(np.int64),
        day_end=np.searchsorted(days, days, side="right").astype(np.int64),
        order_from=first,
        order_other=other,
        order_is_later=is_later,
        slot=np.full(meetings, NONE, dtype=np.int64),
        at=np.full((problem.n_participants, slots), NONE, dtype=np.int32),
        used=np.zeros(slots, dtype=np.int64),
        # No more than all meetings ever stand in one slot.
        in_slot=np.zeros((slots, min(most_tables, meetings) + 1), dtype=np.int32),
        place=np.zeros(meetings, dtype=np.int64),
        used_pool=np.zeros((pools, slots), dtype=np.int64),
        in_pool=np.zeros((pools, slots, min(most_pool, meetings) + 1), dtype=np.int32),
        place_pool=np.zeros(meetings, dtype=np.int64),
    )
    for meeting in map(int, np.flatnonzero(slot != NONE)):
        put(state, meeting, int(slot[meeting]))
    return state


def desk_of(problem: TableProblem, seed: Sequence[int]) -> Desk:
    """Return what one worker writes on, with random numbers of this seed."""
    spread = np.random.SeedSequence(seed).generate_state(1, dtype=np.uint64)
    return Desk(
        random=spread | np.uint64(1),
        chain=np.zeros(LONGEST, dtype=np.int64),
        pool_change=np.zeros(problem.n_pools, dtype=np.int64),
        moved=np.zeros(JOURNAL, dtype=np.int64),
        moved_from=np.zeros(JOURNAL, dtype=np.int64),
        n_moved=np.zeros(2, dtype=np.int64),
        seen=np.zeros(problem.n_meetings, dtype=np.int64),
    )


def gains(problem: TableProblem) -> Ints:
    """(n_meetings,) the weights, those of mandatory meetings above the sum of all wishes."""
    above = int(problem.weight.sum()) + 1
    return np.asarray(problem.weight + above * problem.mandatory, dtype=np.int64)


def _orders(problem: TableProblem) -> tuple[Ints, Ints, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Return for each meeting where its orders begin, the other meetings, and whether those have to be later."""
    early, late = problem.before[:, 0], problem.before[:, 1]
    owner, other = np.concatenate([early, late]), np.concatenate([late, early])
    is_later = np.concatenate([np.ones(len(early), dtype=np.bool_), np.zeros(len(late), dtype=np.bool_)])
    order = np.argsort(owner, kind="stable")
    first = np.searchsorted(owner[order], np.arange(problem.n_meetings + 1))
    return first.astype(np.int64), other[order].astype(np.int64), is_later[order]
