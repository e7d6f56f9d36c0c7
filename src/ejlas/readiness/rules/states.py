"""Where an obligation stands between the plan and its end, which steps lead on, and who takes them (rule 29)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class ObligationState(StrEnum):
    """Where an obligation stands."""

    PLANNED = "planned"
    ACCEPTED = "accepted"  # by the body that owes it
    IN_WORK = "in-work"
    DELIVERED = "delivered"
    INSPECTED = "inspected"
    DONE = "done"
    REFUSED = "refused"  # by the body, with a reason; the secretariat answers


class Step(StrEnum):
    """What a body or the secretariat does with an obligation."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    START = "start"
    DELIVER = "deliver"
    INSPECT = "inspect"  # found good
    SEND_BACK = "send-back"  # found wanting, with what is to be mended
    CLOSE = "close"
    REOPEN = "reopen"


_S = ObligationState

# From where each step may be taken, and where it leads.
STEPS: dict[Step, tuple[frozenset[ObligationState], ObligationState]] = {
    Step.ACCEPT: (frozenset({_S.PLANNED}), _S.ACCEPTED),
    Step.REFUSE: (frozenset({_S.PLANNED, _S.ACCEPTED}), _S.REFUSED),
    Step.START: (frozenset({_S.PLANNED, _S.ACCEPTED}), _S.IN_WORK),
    Step.DELIVER: (frozenset({_S.ACCEPTED, _S.IN_WORK}), _S.DELIVERED),
    Step.INSPECT: (frozenset({_S.DELIVERED}), _S.INSPECTED),
    Step.SEND_BACK: (frozenset({_S.DELIVERED, _S.INSPECTED}), _S.IN_WORK),
    Step.CLOSE: (frozenset({_S.DELIVERED, _S.INSPECTED}), _S.DONE),
    Step.REOPEN: (frozenset({_S.DONE, _S.REFUSED}), _S.PLANNED),
}
# Steps of the body that owes it; all others are the secretariat's, which may also take these in the body's place.
OF_BODY = frozenset({Step.ACCEPT, Step.REFUSE, Step.START, Step.DELIVER})
# Steps that say why to whom they concern.
WITH_REASON = frozenset({Step.REFUSE, Step.SEND_BACK, Step.REOPEN})
# Nothing more is to be done of these.
ENDED = frozenset({_S.DONE})
OPEN = frozenset(_S) - ENDED
# The work itself is over: what follows is looking at it.
WORKED = frozenset({_S.DELIVERED, _S.INSPECTED, _S.DONE})


class EvidenceKind(StrEnum):
    """What shows that an obligation was met."""

    PHOTO = "photo"
    DOCUMENT = "document"
    INSPECTION = "inspection"


def is_late(state: str, due: date | None, today: date) -> bool:
    """Whether the day by which something was due is over and it was not delivered."""
    return due is not None and due < today and state not in WORKED


def steps_from(state: ObligationState) -> tuple[Step, ...]:
    """Name the steps that lead on from a state, in the order of the work."""
    return tuple(step for step in Step if state in STEPS[step][0])
