"""Where a person, a list, a paper and a request of change stand, and which steps lead on from there."""

from __future__ import annotations

from enum import StrEnum


class DelegationKind(StrEnum):
    """Whose people a delegation is: a party's, or a medium's."""

    PARTY = "party"
    PRESS = "press"


class ListState(StrEnum):
    """Where the list of a delegation stands between the nomination and the lock."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    LOCKED = "locked"


class PersonState(StrEnum):
    """Where a person stands between the first line and the approved list."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # waits for the check of what is there
    COMPLETE = "complete"  # waits for the desk
    VETTING = "vetting"  # waits for the vetting officers
    APPROVED = "approved"
    RETURNED = "returned"  # waits for more information from the focal point
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What an officer or a focal point does with a person."""

    SUBMIT = "submit"
    COMPLETE = "complete"
    APPROVE = "approve"  # the desk approves: vetting may begin
    CLEAR = "clear"  # vetting has nothing against it
    RETURN = "return"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class RequestKind(StrEnum):
    """What a focal point asks for once the list is locked."""

    ADD = "add"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    SUBSTITUTE = "substitute"


class RequestState(StrEnum):
    """Where a request of change stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PaperKind(StrEnum):
    """What a paper that was sent with a list or a person is."""

    NOMINATION = "nomination"
    PRESS_CARD = "press_card"
    ASSIGNMENT = "assignment"
    OTHER = "other"


# Those who take a place of a capacity and a seat of a hall.
COUNTED = frozenset(
    {
        PersonState.DRAFT,
        PersonState.SUBMITTED,
        PersonState.COMPLETE,
        PersonState.VETTING,
        PersonState.APPROVED,
        PersonState.RETURNED,
    }
)
# What the focal point may still write in.
WRITTEN_BY_FOCAL_POINT = frozenset({PersonState.DRAFT, PersonState.RETURNED})
# The queue in which a person waits for somebody of the host.
QUEUES = (PersonState.SUBMITTED, PersonState.COMPLETE, PersonState.VETTING)

# From where each step may be taken, and where it leads. Vetting follows the desk (rule 7), and a later refusal
# stands against everyone who was let through before.
STEPS: dict[Step, tuple[frozenset[PersonState], PersonState]] = {
    Step.SUBMIT: (WRITTEN_BY_FOCAL_POINT, PersonState.SUBMITTED),
    Step.COMPLETE: (frozenset({PersonState.SUBMITTED}), PersonState.COMPLETE),
    Step.APPROVE: (frozenset({PersonState.COMPLETE}), PersonState.VETTING),
    Step.CLEAR: (frozenset({PersonState.VETTING}), PersonState.APPROVED),
    Step.RETURN: (
        frozenset({PersonState.SUBMITTED, PersonState.COMPLETE, PersonState.VETTING}),
        PersonState.RETURNED,
    ),
    Step.REFUSE: (
        frozenset({PersonState.SUBMITTED, PersonState.COMPLETE, PersonState.VETTING, PersonState.APPROVED}),
        PersonState.REFUSED,
    ),
    Step.WITHDRAW: (frozenset(COUNTED), PersonState.WITHDRAWN),
    Step.REOPEN: (frozenset({PersonState.REFUSED, PersonState.WITHDRAWN}), PersonState.SUBMITTED),
}

# Steps that say why to the person whom they concern.
WITH_REASON = frozenset({Step.RETURN, Step.REFUSE})
# Steps of the vetting officers; all others are the desk's or the focal point's.
OF_VETTING = frozenset({Step.CLEAR})


def steps_from(state: PersonState) -> tuple[Step, ...]:
    """Name the steps that lead on from a state, in the order of the work."""
    return tuple(step for step in Step if state in STEPS[step][0])
