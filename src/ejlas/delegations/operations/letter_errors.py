"""House rules of letters that an operation may find broken."""

from __future__ import annotations

from ejlas.core.errors import RuleBroken, marked


class NobodyChosen(RuleBroken):
    """A letter goes to somebody."""

    message = marked("Choose at least one delegation to write to.")
    field = "delegations"


class TemplateEmpty(RuleBroken):
    """A template without a text makes no letter."""

    message = marked("This template has no text in any language yet. Write it first.")


class NobodyApproved(RuleBroken):
    """A letter that names people needs somebody to name."""

    message = marked("Nobody of %(names)s is approved or chosen, and this letter names people.")


class TextFixed(RuleBroken):
    """What a cleared letter says is changed no more."""

    message = marked("The text of this letter is cleared. Take the letter back first; what was sent stays as it is.")


class LetterMovedOn(RuleBroken):
    """Somebody took another step meanwhile, or the step does not follow."""

    message = marked("The letter “%(subject)s” cannot take this step from where it stands; look at the page again.")


class PlacesUnfilled(RuleBroken):
    """A letter with a gap in it is not cleared."""

    message = marked("In the letter “%(subject)s” these places are still to be filled: %(places)s.")


class AddresseeMissing(RuleBroken):
    """Nobody would know for whom the letter is."""

    message = marked("The letter “%(subject)s” names no addressee: choose a delegation or write to whom it goes.")
    field = "correspondent"


class AddressMissing(RuleBroken):
    """A letter goes by mail to an address."""

    message = marked("There is no e-mail address of %(names)s. Write it into the delegation, or send another way.")


class LetterNumbered(RuleBroken):
    """A number that was given stays in the register."""

    message = marked("This letter has the number %(number)s in the register, and stays there.")


class LevelNeeded(RuleBroken):
    """Who accepts says at which level; who sends somebody else says whom."""

    message = marked("Write who comes, and at which level.")
    field = "reply_level"


class AnswerOfOthers(RuleBroken):
    """The answer to a letter is a letter that came in, of the same edition."""

    message = marked("The answer must be a letter that came in at this edition.")
    field = "answer"


class DayAhead(RuleBroken):
    """What has not happened yet is not entered."""

    message = marked("This day is still ahead.")
    field = "on"


class NumbersNotForYou(RuleBroken):
    """Only some roles read numbers of travel documents."""

    message = marked("This letter shows numbers of travel documents, which your role does not read.")
