"""The search of one part: the loops of the whole search, between two heats, with so many moves."""

from itertools import pairwise

import numpy as np

from ejlas.engine.meetings.tables.cooling import heat_at
from ejlas.engine.meetings.tables.kernels import closing, granting, standing
from ejlas.engine.meetings.tables.kernels.state import State
from ejlas.engine.meetings.tables.parts import Part, Phase, problem_of
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.start import desk_of, state_of
from ejlas.engine.values import Ints

STEPS = 10
"""How often the heat changes on the way from the first to the last."""


def solve_part(problem: TableProblem, part: Part) -> Ints:
    """Search a part with all its moves; the same problem and part give the same answer on any machine.

    Parameters
    ----------
    problem : the whole problem

    Returns
    -------
    (k,) where each meeting of the part stands at the end, as slots of the whole problem; -1 = nowhere
    """
    own = problem_of(problem, part)
    state = state_of(own, np.full(own.n_meetings, NONE, dtype=np.int64))
    standing.place_all(state, np.where(part.slot != NONE, np.searchsorted(part.slots, part.slot), NONE))
    (_grant if part.phase is Phase.GRANT else _close)(own, part, state)
    return np.asarray(np.where(state.slot != NONE, part.slots[state.slot], NONE), dtype=np.int64)


def _grant(own: TableProblem, part: Part, state: State) -> None:
    slots, desk = np.arange(own.n_slots, dtype=np.int64), desk_of(own, (part.seed,))
    wishes = np.flatnonzero(state.slot == NONE)
    pending, n_pending = np.zeros(own.n_meetings, dtype=np.int64), len(wishes)
    pending[:n_pending] = wishes
    for moves, heat in _steps(part):
        n_pending = granting.improve(state, desk, slots, pending, n_pending, moves, heat)


def _close(own: TableProblem, part: Part, state: State) -> None:
    slots, desk = np.arange(own.n_slots, dtype=np.int64), desk_of(own, (part.seed,))
    for moves, heat in _steps(part):
        closing.close(state, desk, slots, moves, heat)


def _steps(part: Part) -> list[tuple[int, float]]:
    """Return the moves and the heat of each step."""
    ends = [part.moves * each // STEPS for each in range(STEPS + 1)]
    return [(end - begin, heat_at(part.heats, each / (STEPS - 1))) for each, (begin, end) in enumerate(pairwise(ends))]
