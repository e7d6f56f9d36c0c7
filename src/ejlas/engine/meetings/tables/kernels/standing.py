"""Placing a whole plan at once, as it stood elsewhere."""

from ejlas.engine.meetings.tables.kernels.compiling import compiled
from ejlas.engine.meetings.tables.kernels.state import NONE, Array, State, put


@compiled
def place_all(state: State, slot: Array) -> None:
    """Place every meeting that has a slot; the state is empty, and the plan keeps all hard constraints."""
    for meeting in range(len(slot)):
        if slot[meeting] != NONE:
            put(state, meeting, slot[meeting])
