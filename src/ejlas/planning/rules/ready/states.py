"""Where a forecast stands, and how long it is kept whole."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class ForecastState(StrEnum):
    """Where a forecast stands."""

    QUEUED = "queued"
    DONE = "done"
    EMPTY = "empty"
    """Nothing was owed."""


# One that was asked for so long ago and never came has lost its worker; another may be asked for.
LOST_AFTER = timedelta(minutes=5)
# Those that no meeting rests on are kept whole for so long; then their figures alone.
WHOLE_FOR = timedelta(days=14)
