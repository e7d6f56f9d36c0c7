"""Passes: what kinds there are, where one stands between the approval and its return, and which steps lead on."""

from __future__ import annotations

from enum import StrEnum

from ejlas.delegations.rules.states import PersonState


class BadgeKind(StrEnum):
    """What a pass is: nominative, a transferable token of a delegation, or a spare for a system failure."""

    BADGE = "badge"
    PIN = "pin"
    FLOATER = "floater"
    OVERPASS = "overpass"
    SPARE = "spare"


# Cards that belong to a delegation and name nobody (rule 9).
TOKENS = frozenset({BadgeKind.PIN, BadgeKind.FLOATER, BadgeKind.OVERPASS})


class BadgeState(StrEnum):
    """Where a pass stands."""

    APPROVED = "approved"
    PRINTED = "printed"
    ISSUED = "issued"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    LOST = "lost"
    RETURNED = "returned"


class BadgeStep(StrEnum):
    """What an officer does with a pass."""

    PRINT = "print"
    ISSUE = "issue"  # hands it out, or validates on arrival what was sent ahead (rules 11 and 12)
    SUSPEND = "suspend"
    RESUME = "resume"
    REVOKE = "revoke"
    LOSE = "lose"
    RETURN = "return"


_LIVE = frozenset({BadgeState.APPROVED, BadgeState.PRINTED, BadgeState.ISSUED})

# From where each step may be taken, and where it leads; RESUME leads back to where the pass stood before.
STEPS: dict[BadgeStep, tuple[frozenset[BadgeState], BadgeState]] = {
    # A card may be printed again at any time of its life, with a reason: what was printed before is void then.
    BadgeStep.PRINT: (frozenset({BadgeState.APPROVED, BadgeState.PRINTED, BadgeState.ISSUED}), BadgeState.PRINTED),
    BadgeStep.ISSUE: (frozenset({BadgeState.PRINTED}), BadgeState.ISSUED),
    BadgeStep.SUSPEND: (_LIVE, BadgeState.SUSPENDED),
    BadgeStep.RESUME: (frozenset({BadgeState.SUSPENDED}), BadgeState.ISSUED),
    BadgeStep.REVOKE: (_LIVE | {BadgeState.SUSPENDED, BadgeState.LOST}, BadgeState.REVOKED),
    BadgeStep.LOSE: (frozenset({BadgeState.PRINTED, BadgeState.ISSUED, BadgeState.SUSPENDED}), BadgeState.LOST),
    BadgeStep.RETURN: (frozenset(BadgeState) - {BadgeState.APPROVED, BadgeState.RETURNED}, BadgeState.RETURNED),
}
# Steps that say why.
WITH_REASON = frozenset({BadgeStep.SUSPEND, BadgeStep.REVOKE, BadgeStep.LOSE})
# Those that may still open a gate, now or once somebody has done the next step.
HOLDING = _LIVE | {BadgeState.SUSPENDED}
# Those that are in somebody's hand, or on the way there.
IN_HAND = frozenset({BadgeState.PRINTED, BadgeState.ISSUED, BadgeState.SUSPENDED})


def steps_from(state: BadgeState) -> tuple[BadgeStep, ...]:
    """Name the steps that lead on from a state, in the order of the work."""
    return tuple(step for step in BadgeStep if state in STEPS[step][0])


# Why a pass is suspended while its person is checked anew; only such a pass resumes by itself.
CHECKED_ANEW = "checked-anew"


class PassState(StrEnum):
    """Where the way to a pass, and then the pass, stands: the words of rules 9 to 12 in one row."""

    PENDING = "pending"
    MORE_INFORMATION = "more-information"
    APPROVED = "approved"
    REFUSED = "refused"
    PRINTED = "printed"
    ISSUED = "issued"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    LOST = "lost"
    RETURNED = "returned"


_OF_PERSON = {
    PersonState.DRAFT: PassState.PENDING,
    PersonState.SUBMITTED: PassState.PENDING,
    PersonState.COMPLETE: PassState.PENDING,
    PersonState.VETTING: PassState.PENDING,
    PersonState.APPROVED: PassState.APPROVED,
    PersonState.RETURNED: PassState.MORE_INFORMATION,
    PersonState.REFUSED: PassState.REFUSED,
    PersonState.WITHDRAWN: PassState.REVOKED,
}


def pass_state(person: PersonState, badge: BadgeState | None) -> PassState:
    """Tell where the pass of a person stands, who may have none yet."""
    if badge is None or person is PersonState.REFUSED:
        return _OF_PERSON[person]
    return PassState(badge.value)
