"""Remedies in plain words: what to write where the schema expects a value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from ejlas.core.errors import marked
from ejlas.journeys.summit_file.schema.base import LONGEST_WORDING, Kind
from ejlas.journeys.summit_file.shapes import Shape, Value, fields_of

# A message and the values of its placeholders.
Said = tuple[str, Mapping[str, object]]

_REMEDIES = {
    Kind.TEXT: marked("write the wording under the code of its language, such as en: Rasht"),
    Kind.WORDS: marked("write words, in quotes if they look like a number"),
    Kind.SLUG: marked("write small letters a to z and digits, a letter first, with single hyphens between words"),
    Kind.LANGUAGE: marked("write the code of a language, such as fa, en or pt-BR"),
    Kind.COUNTRY: marked("write the two capital letters that ISO 3166-1 gives a state, such as IR"),
    Kind.REGION: marked("write a code of ISO 3166-2, such as IR-01"),
    Kind.COLOUR: marked("write # and six digits or small letters a to f in quotes, such as '#0a5c6b'"),
    Kind.URL: marked("write an address that begins with https:// or http:// and holds no spaces"),
    Kind.DAY: marked("write a day of the Gregorian calendar as YYYY-MM-DD"),
    Kind.MOMENT: marked("write a day of the Gregorian calendar and the local time as YYYY-MM-DDTHH:MM"),
    Kind.TIME: marked("write a time of the day from 00:00 to 23:59 as HH:MM"),
    Kind.YES_NO: marked("write true or false"),
}


def remedy_for(value: Value, *, given: object = None) -> Said:
    """Say what to write as one value of this kind; `given` helps to guess which known word was meant."""
    if value.kind == Kind.CHOICE:
        return choice_remedy(value.choices, given)
    if value.kind == Kind.PART and value.part is not None:
        needed = [shape.name for shape in fields_of(value.part).values() if shape.is_required]
        if needed:
            return marked("write a group of fields, with at least: %(fields)s"), {"fields": ", ".join(needed)}
        return marked("write a group of fields: %(fields)s"), {"fields": ", ".join(fields_of(value.part))}
    if value.kind in {Kind.WHOLE, Kind.NUMBER}:
        return _number_remedy(value)
    if value.refers_to:
        return marked("write the slug of an item of the list %(list)s"), {"list": value.refers_to}
    return _REMEDIES[value.kind], {}


def list_remedy(shape: Shape) -> Said:
    """Say how many items a list takes, and how it is written."""
    if shape.fewest and shape.fewest == shape.most:
        return marked("write a list of %(most)s items, each after a hyphen"), {"most": shape.most}
    if shape.fewest and shape.most:
        message = marked("write a list of %(fewest)s to %(most)s items, each after a hyphen")
        return message, {"fewest": shape.fewest, "most": shape.most}
    if shape.fewest:
        return marked("write a list of at least %(fewest)s items, each after a hyphen"), {"fewest": shape.fewest}
    if shape.most:
        return marked("write a list of at most %(most)s items, each after a hyphen"), {"most": shape.most}
    return marked("write a list, each item after a hyphen"), {}


def length_remedy(value: Value) -> Said:
    """Say how long words may be."""
    return marked("write at most %(longest)s characters"), {"longest": value.longest or LONGEST_WORDING}


def choice_remedy(choices: Iterable[str], given: object) -> Said:
    """Offer the known words, the likely one first."""
    known = list(choices)
    guess = nearest(given, known)
    if len(known) == 1:
        return marked("write %(choices)s"), {"choices": known[0]}
    if guess:
        return marked("did you mean %(guess)s? Known are: %(choices)s"), {"guess": guess, "choices": ", ".join(known)}
    return marked("write one of: %(choices)s"), {"choices": ", ".join(known)}


def nearest(given: object, known: Iterable[str]) -> str:
    """Return the known word that looks most like what was given; empty when none does."""
    if not isinstance(given, str):
        return ""
    by_lower = {word.lower(): word for word in known}
    found = difflib.get_close_matches(given.strip().lower()[:80], by_lower, n=1, cutoff=0.7)
    return by_lower[found[0]] if found else ""


def _number_remedy(value: Value) -> Said:
    whole = value.kind == Kind.WHOLE
    if value.low is not None and value.high is not None:
        message = marked("write a whole number from %(low)s to %(high)s")
        if not whole:
            message = marked("write a number from %(low)s to %(high)s")
        return message, {"low": value.low, "high": value.high}
    return (marked("write a whole number") if whole else marked("write a number")), {}
