"""What a round of inspection does with the obligations that it looked at, and which of two answers counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from ejlas.readiness.rules.meetings import Result
from ejlas.readiness.rules.states import STEPS, ObligationState, Step

# What an inspector can say of a line; that nobody looked yet says nobody.
SAID = (Result.GOOD, Result.WANTING, Result.NOT_SEEN)


class Outcome(StrEnum):
    """What became of an obligation when a round was closed."""

    PASSED = "passed"  # inspected, with what was seen as its evidence
    SENT_BACK = "sent-back"  # to be mended, with what was found as the reason
    LEFT = "left"  # not seen, or not all of it: stays as it is
    GONE = "gone"  # does not stand where an inspection ends: stays as it is, and somebody looks at it


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands at a line, and what already came of it at an earlier close."""

    result: Result
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """What becomes of an obligation, and the step that is taken for it."""

    outcome: Outcome
    step: Step | None = None


def ending_of(seen: Sequence[Seen], state: ObligationState) -> Ending:
    """Judge an obligation by all of its lines: one that is wanting sends it back, all that are good pass it.

    An answer acts once: what a round already did is not done again when it is closed a second time.
    """
    wanting = [each for each in seen if each.result is Result.WANTING]
    if wanting:
        return _taken(wanting, Outcome.SENT_BACK, Step.SEND_BACK, state)
    if seen and all(each.result is Result.GOOD for each in seen):
        return _taken(seen, Outcome.PASSED, Step.INSPECT, state)
    return Ending(Outcome.LEFT)


def _taken(seen: Sequence[Seen], outcome: Outcome, step: Step, state: ObligationState) -> Ending:
    if all(each.outcome == outcome for each in seen):
        return Ending(outcome)
    return Ending(outcome, step) if state in STEPS[step][0] else Ending(Outcome.GONE)


def counts_more(seen_at: datetime, answer: UUID, held_at: datetime | None, held: UUID | None) -> bool:
    """Whether an answer takes the place of the one that a line holds: the later moment counts, whenever it came."""
    if held_at is None or held is None:
        return True
    return (seen_at, answer.int) > (held_at, held.int)


def mark_of_round(lines: Iterable[tuple[str, str, str, str]]) -> str:
    """Return what tells whether a round still stands as somebody saw it: slug, result, answer and state of each."""
    return sha256("\n".join("\t".join(line) for line in lines).encode()).hexdigest()[:16]
