"""Words and values of planning: runs, places, changes that are only thought of, languages."""

from ejlas.planning.rules.changes import MOST_CHANGES, Change, ChangeKind, NotAChange
from ejlas.planning.rules.languages import NoSharedLanguage, Pair, needed_pair, ordered
from ejlas.planning.rules.placing import (
    MAY_BE_SET_ASIDE,
    Conflict,
    ConflictKind,
    Difference,
    Free,
    Place,
    Shift,
    Weighed,
    differences,
)
from ejlas.planning.rules.runs import (
    ACTIVE,
    HEARD_OF_EVERY,
    LOST_AFTER,
    MOST_ATTEMPTS,
    WITH_RESULT,
    RunKind,
    RunState,
    gap_percent,
    is_lost,
)
from ejlas.planning.rules.spreads import ALONE_S, ENDED, KEPT_SILENT, PartState, patience_s

__all__ = [
    "ACTIVE",
    "ALONE_S",
    "ENDED",
    "HEARD_OF_EVERY",
    "KEPT_SILENT",
    "LOST_AFTER",
    "MAY_BE_SET_ASIDE",
    "MOST_ATTEMPTS",
    "MOST_CHANGES",
    "WITH_RESULT",
    "Change",
    "ChangeKind",
    "Conflict",
    "ConflictKind",
    "Difference",
    "Free",
    "NoSharedLanguage",
    "NotAChange",
    "Pair",
    "PartState",
    "Place",
    "RunKind",
    "RunState",
    "Shift",
    "Weighed",
    "differences",
    "gap_percent",
    "is_lost",
    "needed_pair",
    "ordered",
    "patience_s",
]
