"""What can be wrong with machine-readable lines: each fault says where it is and what to do."""

from __future__ import annotations

from ejlas.core.errors import RuleBroken, marked


class LinesUnreadable(RuleBroken, ValueError):
    """The text holds no lines that can be read; every other fault of this module is one of these."""


class NoLines(LinesUnreadable):
    """Nothing in the text looks like machine-readable lines."""

    message = marked(
        "These are not the lines of a passport. Type or paste the two or three lines at the foot of the page "
        "with the photograph, with every sign “<”."
    )


class OtherLinesMissing(LinesUnreadable):
    """One line was found where a document has two or three."""

    message = marked("Only one line was found (“%(start)s…”). Add the other line or lines of the same document.")


class WrongLength(LinesUnreadable):
    """A line has too many or too few signs."""

    message = marked(
        "Length of line %(line)s: %(length)s; it must be %(needed)s. Compare the line with the document, "
        "and count every sign “<”."
    )


class WrongSign(LinesUnreadable):
    """A sign stands where it cannot."""

    message = marked(
        "Line %(line)s, place %(place)s: “%(sign)s” cannot stand there. Compare this place with the document."
    )


class WrongKind(LinesUnreadable):
    """The first letter tells of no kind of document that fits the length of the lines."""

    message = marked(
        "Line 1 begins with “%(sign)s”. A passport begins with P, a visa with V, a card with A, C or I. "
        "Compare the first sign with the document."
    )


class NameMissing(LinesUnreadable):
    """The place of the names is empty."""

    message = marked("Line %(line)s holds no name. Type the line again as it stands in the document.")


class NumberCheckWrong(LinesUnreadable):
    """The document number and its check digit disagree."""

    message = marked(
        "Line %(line)s: the document number “%(part)s” does not agree with its check digit “%(digit)s”. "
        "Compare places %(first)s to %(last)s with the document; O and 0, I and 1 are easily confused."
    )


class BirthCheckWrong(LinesUnreadable):
    """The date of birth and its check digit disagree."""

    message = marked(
        "Line %(line)s: the date of birth “%(part)s” does not agree with its check digit “%(digit)s”. "
        "Compare places %(first)s to %(last)s with the document."
    )


class ExpiryCheckWrong(LinesUnreadable):
    """The date of expiry and its check digit disagree."""

    message = marked(
        "Line %(line)s: the date of expiry “%(part)s” does not agree with its check digit “%(digit)s”. "
        "Compare places %(first)s to %(last)s with the document."
    )


class OptionalCheckWrong(LinesUnreadable):
    """The personal number and its check digit disagree."""

    message = marked(
        "Line %(line)s: the personal number “%(part)s” does not agree with its check digit “%(digit)s”. "
        "Compare places %(first)s to %(last)s with the document."
    )


class CompositeCheckWrong(LinesUnreadable):
    """The last check digit, which stands for all, disagrees though those of the parts are right."""

    message = marked(
        "Line %(line)s: the last digit, “%(digit)s”, does not agree with the whole. Compare the end of the line "
        "and the places after the dates with the document."
    )


class BirthImpossible(LinesUnreadable):
    """The calendar has no such date of birth."""

    message = marked(
        "Line %(line)s: the date of birth “%(part)s” is no date. It is written as year, month and day, "
        "two digits each. Compare it with the document."
    )


class ExpiryImpossible(LinesUnreadable):
    """The calendar has no such date of expiry."""

    message = marked(
        "Line %(line)s: the date of expiry “%(part)s” is no date. It is written as year, month and day, "
        "two digits each. Compare it with the document."
    )
