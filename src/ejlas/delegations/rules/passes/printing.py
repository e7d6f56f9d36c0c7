"""Printing many cards: where a printing stands, how many come at once, and for how long its files are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

# So many cards come at once; more are made in the background.
FEW = 50
MOST_AT_ONCE = 20_000
# The files hold photos: whoever needs them longer keeps the cards.
KEPT = timedelta(days=1)
# After so long without a file, whoever made them is gone.
STALE = timedelta(minutes=15)


class PrintState(StrEnum):
    """Where the making of files of cards stands."""

    WAITING = "waiting"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"
    FORGOTTEN = "forgotten"


def is_stuck(state: PrintState, moved_at: datetime, at: datetime) -> bool:
    """Whether the files will not come by themselves: the making failed, or nothing has moved for long."""
    if state is PrintState.FAILED:
        return True
    return state in (PrintState.WAITING, PrintState.MAKING) and at - moved_at >= STALE
