"""What the server finds when scans of several gates come together: two on one pass, void passes, zones overfull."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from ejlas.delegations.rules.passes.badges import BadgeState
from ejlas.delegations.rules.passes.scans import MOST_SKEW_MS, Way

# A pass in one of these opens nothing any more, or not now.
VOID = frozenset({BadgeState.SUSPENDED, BadgeState.REVOKED, BadgeState.LOST, BadgeState.RETURNED})
# Who came in longer ago than this left by a way without a gate.
INSIDE_FOR = timedelta(hours=24)
# Where nobody is scanned on the way out, only this tells two who came in on one pass from one who came in again.
AT_ONCE = timedelta(seconds=60)
# A clock that runs this little ahead of the server's is right.
AHEAD = timedelta(seconds=2)


class Move(NamedTuple):
    """Somebody was let through with a pass."""

    at: datetime
    way: Way
    device: int
    gate: int


def other_entry(entry: Move, moves: Iterable[Move], *, has_passback: bool) -> Move | None:
    """Return the entry at another device, before or after this one, between which nobody went out with the pass."""
    most = INSIDE_FOR if has_passback else AT_ONCE
    there = sorted(moves, key=lambda move: move.at)
    before = next((move for move in reversed(there) if move.at <= entry.at), None)
    after = next((move for move in there if move.at > entry.at), None)
    for move in (before, after):
        if move and move.way is Way.IN and move.device != entry.device and abs(move.at - entry.at) <= most:
            return move
    return None


def right_moment(said: datetime, skew_ms: int, taken_at: datetime) -> tuple[datetime, int]:
    """Return when a scan was, and how many milliseconds its clock is ahead: more, where it tells what is to come."""
    ahead = said - taken_at
    if ahead <= AHEAD:
        return min(said, taken_at), skew_ms
    return taken_at, min(skew_ms + round(ahead / timedelta(milliseconds=1)), MOST_SKEW_MS)
