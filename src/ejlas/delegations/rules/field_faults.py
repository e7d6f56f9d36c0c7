"""What can be wrong in a field of a person's row, each with its code and its sentence."""

from __future__ import annotations

from ejlas.core.errors import RuleBroken, marked

_LONGEST_SHOWN = 80


def _short(value: object) -> object:
    return f"{value[:_LONGEST_SHOWN]}…" if isinstance(value, str) and len(value) > _LONGEST_SHOWN else value


class FieldFault(RuleBroken):
    """A value that cannot be taken; `suggestion` is what was perhaps meant."""

    code = ""

    def __init__(self, suggestion: str = "", **values: object) -> None:
        shown = {name: _short(value) if name in ("typed", "word") else value for name, value in values.items()}
        super().__init__(suggestion=suggestion, **shown)
        self.suggestion = suggestion


class TooLong(FieldFault):
    """More letters than are kept."""

    code, message = "text.long", marked("This is longer than %(most)d letters.")


class CyrillicAmongLatin(FieldFault):
    """A Cyrillic letter in a Latin word."""

    code = "letters.mixed"
    message = marked("“%(word)s” mixes two alphabets: its letter “%(letter)s” is Cyrillic. Type the word anew.")


class LatinAmongCyrillic(FieldFault):
    """A Latin letter in a Cyrillic word."""

    code = "letters.mixed"
    message = marked("“%(word)s” mixes two alphabets: its letter “%(letter)s” is Latin. Type the word anew.")


class OtherAmongLetters(FieldFault):
    """A letter of a third alphabet in a word."""

    code = "letters.mixed"
    message = marked("“%(word)s” mixes two alphabets: its letter “%(letter)s” is of another. Type the word anew.")


class NameNotLatin(FieldFault):
    """A passport name in another script."""

    code = "name.not_latin"
    message = marked("Write the name in Latin letters as in the passport: “%(typed)s” is perhaps “%(suggestion)s”.")


class NameSign(FieldFault):
    """A sign that no name has."""

    code, message = "name.sign", marked("A name has no sign “%(sign)s”: write it as in the passport.")


class NamelessName(FieldFault):
    """A name without any letter."""

    code, message = "name.empty", marked("“%(typed)s” has no letters: write the name as in the passport.")


class CapacityUnknown(FieldFault):
    """No capacity has this name."""

    code, message = "capacity.unknown", marked("There is no capacity “%(typed)s”; there are: %(known)s.")


class CapacityNear(FieldFault):
    """No capacity has this name, but one nearly so."""

    code, message = "capacity.near", marked("There is no capacity “%(typed)s”; perhaps “%(meant)s” is meant.")


class SexUnknown(FieldFault):
    """No word for a sex."""

    code, message = "sex.unknown", marked("“%(typed)s” is none of F, M and X: write the sex as the document states it.")


class StateUnknown(FieldFault):
    """No state has this name."""

    code, message = "state.unknown", marked("No state is called “%(typed)s”: write its code, as in the document.")


class StateNear(FieldFault):
    """No state has this name, but one nearly so."""

    code, message = "state.near", marked("No state is called “%(typed)s”; perhaps %(suggestion)s is meant.")


class BornLater(FieldFault):
    """A birth that has not been."""

    code, message = "born.future", marked("The date of birth, %(typed)s, lies in the future.")


class BornLongAgo(FieldFault):
    """A birth too long ago."""

    code, message = "born.old", marked("The date of birth, %(typed)s, lies more than %(most)d years back.")


class DocumentExpires(FieldFault):
    """A document that does not hold to the end of the summit."""

    code = "document.expires"
    message = marked("The document expires on %(typed)s; it must be valid until %(until)s.")


class DocumentTooLong(FieldFault):
    """A document that holds for longer than any."""

    code = "document.far"
    message = marked("No document is valid until %(typed)s: see whether the date is right.")


class DocumentKindUnknown(FieldFault):
    """No kind of document has this name."""

    code = "document.kind"
    message = marked("“%(typed)s” is no kind of document: passport, diplomatic, service, identity card or other.")


class NumberSign(FieldFault):
    """A sign that no document's number has."""

    code, message = "number.sign", marked("A document's number has Latin letters and digits only, not “%(sign)s”.")


class NumberLength(FieldFault):
    """A number of too few or too many signs."""

    code = "number.length"
    message = marked("A document's number has %(least)d to %(most)d signs; “%(typed)s” has %(n)d.")


class NumberRounded(FieldFault):
    """A number that the spreadsheet has rounded."""

    code = "number.rounded"
    message = marked(
        "The spreadsheet has changed this number to “%(typed)s”: format the column as text and type it anew."
    )


class MailUnknown(FieldFault):
    """No e-mail address."""

    code, message = "mail.unknown", marked("“%(typed)s” is no e-mail address: it looks like name@example.org.")


class PhoneUnknown(FieldFault):
    """No telephone number."""

    code = "phone.unknown"
    message = marked("“%(typed)s” is no telephone number: write it with + and the code of the country.")


class LanguageUnknown(FieldFault):
    """No language has this name."""

    code, message = "language.unknown", marked("No language is called “%(word)s”: part several by commas.")
