"""House rules of delegations that an operation may find broken."""

from __future__ import annotations

from ejlas.core.errors import RuleBroken, marked


class ListClosed(RuleBroken):
    """The list is with the host, or locked."""

    message = marked("This list is with the host now. Ask for a change, and say why.")


class NominationOver(RuleBroken):
    """The time in which people are named is over."""

    message = marked("People could be named until %(day)s. Write to the host, who may still add somebody.")


class ConfirmationOver(RuleBroken):
    """The time in which a list is confirmed is over."""

    message = marked("The list could be confirmed until %(day)s. Write to the host.")


class CapacityFull(RuleBroken):
    """One delegation names no more of a capacity."""

    message = marked("At most %(most)d people of a delegation can be “%(capacity)s”. Choose another capacity.")
    field = "capacity"


class CapacityFullInAll(RuleBroken):
    """The edition takes no more of a capacity."""

    message = marked("All %(most)d places of “%(capacity)s” are taken. Choose another capacity, or write to the host.")
    field = "capacity"


class DelegationFull(RuleBroken):
    """A delegation has no more places."""

    message = marked("A delegation has at most %(most)d people. Withdraw somebody first, or write to the host.")


class CapacityOfOthers(RuleBroken):
    """A capacity of the press is not for a party, nor the other way round."""

    message = marked("“%(capacity)s” is not for this delegation. Choose another capacity.")
    field = "capacity"


class StepNotPossible(RuleBroken):
    """Somebody took another step meanwhile."""

    message = marked("%(name)s has moved on meanwhile; look at the page again.")


class ReasonNeeded(RuleBroken):
    """Who is refused or asked for more is told why."""

    message = marked("Write why: the person reads it.")
    field = "reason"


class StillLacking(RuleBroken):
    """What is asked for is not all there."""

    message = marked("Of %(name)s, something that is asked for is still missing.")


class ApproverNeeded(RuleBroken):
    """Who comes without having been named is let in on somebody's word (rule 4)."""

    message = marked("Name the office that approves this person.")
    field = "approver"


class NobodyNamed(RuleBroken):
    """An empty list is not sent."""

    message = marked("Name at least one person first.")


class NominationLetterMissing(RuleBroken):
    """The letter that names the delegation is sent with the list (rule 3)."""

    message = marked("Add the letter that names your delegation first.")


class NotTheSame(RuleBroken):
    """Two people of different editions are never one row."""

    message = marked("These two cannot be merged: choose two people of one edition.")


class RequestAnswered(RuleBroken):
    """A request is answered once."""

    message = marked("This request was answered meanwhile.")


class MediumNamed(RuleBroken):
    """A medium applies once."""

    message = marked("There is a delegation of this name already.")
    field = "name"
