"""Rules of readiness that can be broken."""

from __future__ import annotations

from datetime import date
from typing import Any

from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.operations.said import called, day_of


class StepGone(RuleBroken):
    """Somebody took the obligation on meanwhile."""

    message = marked("“%(name)s” has gone on meanwhile; look at it again.")


class StepTaken(StepGone):
    """Two took the same step; the second is told so."""

    message = marked("Somebody did this meanwhile: “%(name)s” stands where you wanted it. Nothing is lost.")


class ReasonMissing(RuleBroken):
    """A step that says why, without a reason."""

    message = marked("Say why.")
    field = "reason"


class EvidenceMissing(RuleBroken):
    """What was asked for as evidence is not there."""

    message = marked("Before that, “%(name)s” needs: %(kinds)s.")


class InCircle(RuleBroken):
    """Obligations that wait for one another."""

    message = marked("These would wait for one another for ever: %(way)s.")
    field = "before"


class EstimateOutOfOrder(RuleBroken):
    """The least is above the likely, or the likely above the most."""

    message = marked("The estimate rises from the least to the most.")
    field = "likely_days"


class DueBeforeStart(RuleBroken):
    """An obligation that is due before it may begin."""

    message = marked("It is due before it may begin.")
    field = "due_on"


class BodyDissolved(RuleBroken):
    """A body that is no more owes nothing new."""

    message = marked("%(name)s was dissolved on %(day)s: choose the body that follows it.")
    field = "body"

    @classmethod
    def of(cls, body: Any, day: date | None = None) -> BodyDissolved:
        """Return what is said of this body; `day` stands where none is written down."""
        gone = body.dissolved_on or day
        return cls(name=called(body), day=day_of(body.edition, gone) if gone else "")


class OpenLeft(RuleBroken):
    """A body that still owes something is dissolved only with one that follows it."""

    message = marked("%(name)s still owes %(number)s obligations: choose the body that takes them over.")
    field = "heir"


class MeetingClosed(RuleBroken):
    """The report of a closed meeting stands."""

    message = marked("This meeting is closed: its report stands as it is.")


class MeetingNotBegun(RuleBroken):
    """Minutes, attendance and decisions belong to a meeting that was begun."""

    message = marked("Begin the meeting first.")


class WordsMissing(RuleBroken):
    """A point or a decision that says nothing."""

    message = marked("Write what it is about.")
    field = "words"


class MinutesChanged(RuleBroken):
    """Somebody else wrote the minutes after they were read."""

    message = marked(
        "Somebody wrote in these minutes meanwhile. Yours stand below, theirs beside them: join them, then save."
    )
    field = "minutes"


class DecisionSettled(RuleBroken):
    """A decision that was given to its body, or dropped, is not taken up again."""

    message = marked("This decision was given to its body or dropped already.")


class DecisionIncomplete(RuleBroken):
    """An obligation needs a body and a day."""

    message = marked("Before it is given, a decision needs a body and a day.")
    field = "body"


class RoundClosed(RuleBroken):
    """A closed round of inspection takes no answers and no lines."""

    message = marked("This round is closed. Open it again to change something.")


class RoundChanged(RuleBroken):
    """Answers came in, or obligations moved, after somebody looked at what the close would do."""

    message = marked("Something came in meanwhile. Look once more at what will happen, then close the round.")


class RoundWalked(RuleBroken):
    """What was seen on a round is not removed with it."""

    message = marked("This round was walked: what was seen stays. Close it instead.")


class LineGone(RuleBroken):
    """A line that somebody removed, or that is of another round."""

    message = marked("This line is no longer on the checklist.")


class LineAnswered(RuleBroken):
    """What was answered keeps its question."""

    message = marked("This line was looked at already; it stays as it is.")
    field = "words"


class FoundMissing(RuleBroken):
    """A body that is sent back something must know what to mend."""

    message = marked("Write what is wanting, so that it can be mended.")
    field = "found"


class AnswerUnclear(RuleBroken):
    """An answer that says none of the three."""

    message = marked("Say whether it is good, wanting, or could not be seen.")
    field = "result"
