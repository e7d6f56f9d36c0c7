"""What a gate delivers: the words of a scan, and what becomes of it."""

from __future__ import annotations

from enum import StrEnum

MOST_IN_BATCH = 50
MOST_TEXT = 200
# A clock that is wrong by more than two weeks tells the same as one that is wrong by two weeks.
MOST_SKEW_MS = 14 * 24 * 3600 * 1000


class Way(StrEnum):
    """Whether somebody came in or went out."""

    IN = "in"
    OUT = "out"


class Answer(StrEnum):
    """What the officer did."""

    ADMITTED = "admitted"
    REFUSED = "refused"


class By(StrEnum):
    """How a pass was read."""

    CAMERA = "camera"
    READER = "reader"
    NAME = "name"


class Flag(StrEnum):
    """What the server found only when the scan reached it."""

    DOUBLE = "double"  # inside already when it came in: perhaps two people on one pass
    FULL = "full"  # the zone held as many as it may: two gates that did not know of each other
    VOID = "void"  # suspended, revoked or lost before it was let in: the gate could not know
    UNKNOWN = "unknown"  # no such pass


class RequestState(StrEnum):
    """Where the request of somebody on no list stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
