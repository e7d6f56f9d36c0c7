"""Rules about passes that can be broken."""

from __future__ import annotations

from ejlas.core.errors import RuleBroken, marked


class BadgeStepNotPossible(RuleBroken):
    """Somebody took the pass on meanwhile, or it does not stand where the step begins."""

    message = marked("Pass %(number)s has gone on meanwhile; look at it again.")


class QuotaReached(RuleBroken):
    """A delegation has as many tokens of a category as it may."""

    message = marked("%(delegation)s has all %(most)s of “%(category)s” that it may have.")
    field = "n_tokens"


class LimitReached(RuleBroken):
    """Of the tokens of a category a delegation has as many for one capacity as it may (rule 9)."""

    message = marked("Of “%(category)s” %(delegation)s has %(most)s for this use, which is all that it may have.")
    field = "mark"


class NotATransferable(RuleBroken):
    """Tokens are made of categories of tokens, spares of categories of spares."""

    message = marked("“%(category)s” is no category of this kind of card.")


class AuthorityNeeded(RuleBroken):
    """Somebody else collects the card: the written authority is missing (rule 11)."""

    message = marked("Name who collects the card, and add the written authority.")
    field = "issued_to"


class SignatureNeeded(RuleBroken):
    """Who takes a card signs for it."""

    message = marked("Whoever takes a card signs for it: on the screen, or on the printed receipt.")
    field = "signature"


class NotOneWindow(RuleBroken):
    """A card that is valid from after its own end."""

    message = marked("A pass ends after it begins.")
    field = "ends_at"


class NumbersUsedUp(RuleBroken):
    """The code of a pass has room for so many numbers, zones, categories or prints."""

    message = marked("There are no more numbers for this: a pass has room for %(most)s.")


class PrintedAlready(RuleBroken):
    """A pass with a card, or with a person, is revoked, so that its way can be read later."""

    message = marked("Pass %(number)s has a card or a person: revoke it on its page instead.")


class DesignUnfit(RuleBroken):
    """A design of a card with a fault."""

    message = marked("Element %(element)s, %(field)s: %(fault)s")
