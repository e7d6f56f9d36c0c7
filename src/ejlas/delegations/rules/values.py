"""What each field of a person's row may hold, and how what was typed becomes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from ejlas.core.errors import marked
from ejlas.core.formats.cells import Cell
from ejlas.delegations.rules import choices, countries, days, letters_of_names
from ejlas.delegations.rules import field_faults as wrong
from ejlas.delegations.rules.days import Order
from ejlas.delegations.rules.folding import ascii_digits, tidy
from ejlas.delegations.rules.people import PersonField

LONGEST_NAME = 100
LONGEST = {PersonField.OFFICE: 300, PersonField.NOTE: 2000, PersonField.DIET: 500, PersonField.HEALTH: 1000}
MOST_YEARS = 120
MOST_YEARS_VALID = 50
SHORTEST_NUMBER, LONGEST_NUMBER = 4, 20
_NAME_SIGNS = frozenset(" '-.")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "‐": "-", "–": "-", "—": "-"})
_E_MAIL = re.compile(r"[A-Za-z0-9._%+'/=^{}~!#$&*?|`-]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,24}")


@dataclass(frozen=True, slots=True)
class Context:
    """What a row is read against.

    Parameters
    ----------
    capacities : for each slug the name by language
    languages : those of the edition, the first one first
    today, opens_on, closes_on : days; a document must hold until the close, and `document_days` after it
    most_people : how many people one list may name
    country : alpha-2 code of the party, for telephone numbers without a country's code
    default_capacity : slug for a row that names none
    required : the fields without which a row is not kept
    reader : the language in which capacities are named to the reader; the edition's first one if none is given
    """

    capacities: Mapping[str, Mapping[str, str]]
    languages: tuple[str, ...]
    today: date
    opens_on: date
    closes_on: date | None = None
    document_days: int = 0
    most_people: int = 5_000
    country: str = ""
    default_capacity: str = ""
    required: frozenset[PersonField] = frozenset({PersonField.FAMILY_NAME, PersonField.CAPACITY})
    reader: str = ""

    @property
    def documents_hold_until(self) -> date:
        """The first day on which a document may have expired."""
        return (self.closes_on or self.opens_on) + timedelta(days=self.document_days)


LETTERS_TURNED = marked("Letters of another alphabet in the document's number were read as Latin ones: %(number)s.")


@dataclass(slots=True)
class Setting:
    """What the values of one row are read in; `notes` gathers what is to be said though a value was taken."""

    context: Context
    orders: Mapping[str, Order | None] = field(default_factory=dict)
    nationality: str = ""
    notes: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)


def text_of(cell: Cell) -> str:
    """Return a cell as words: a whole number without a point, a day as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def taken(name: str, cell: Cell, setting: Setting) -> Any:
    """Return the value of a field (of a key such as `office.fa`). Raises wrong.FieldFault, DayFault."""
    bare = PersonField(name.partition(".")[0])
    if bare in (PersonField.BORN_ON, PersonField.DOCUMENT_EXPIRES_ON):
        day = days.parse(cell, order=setting.orders.get(name))
        return _born(day, setting.context) if bare == PersonField.BORN_ON else _expires(day, setting.context)
    text = text_of(cell)
    if bare in _NAMES:
        return _NAMES[bare](text)
    if bare in _OTHERS:
        return _OTHERS[bare](text, setting)
    if bare == PersonField.DOCUMENT_NUMBER:
        return _number(text, cell, setting)
    return _text(text, LONGEST.get(bare, LONGEST_NAME))


# --- Names and texts ---


def _text(text: str, most: int) -> str:
    if len(text) > most:
        raise wrong.TooLong(most=most)
    return text


def _passport_name(text: str) -> str:
    name = _preferred_name(text).translate(_APOSTROPHES)
    if not letters_of_names.alphabets(name):
        raise wrong.NamelessName(typed=text)
    if letters_of_names.alphabets(name) - {"latin"}:
        latin = letters_of_names.latin_spelling(name)
        raise wrong.NameNotLatin(latin, typed=name)
    sign = next((sign for sign in name if not sign.isalpha() and sign not in _NAME_SIGNS and not _mark(sign)), "")
    if sign:
        raise wrong.NameSign(sign=sign)
    return name


def _mark(sign: str) -> bool:
    return bool(unicodedata.combining(sign))


def _preferred_name(text: str) -> str:
    _text(text, LONGEST_NAME)
    found = letters_of_names.stranger_in(text)
    if not found:
        return text
    word, letter, alphabet = found
    mended = letters_of_names.unmixed(word, alphabet)
    fault = {"cyrillic": wrong.CyrillicAmongLatin, "latin": wrong.LatinAmongCyrillic}.get(
        alphabet, wrong.OtherAmongLetters
    )
    raise fault(text.replace(word, mended) if mended else "", word=word, letter=letter)


# --- Choices ---


def _capacity(text: str, setting: Setting) -> str:
    capacities = setting.context.capacities
    slug, near = choices.capacity_of(text, capacities)
    if slug:
        return slug
    language = setting.context.reader or next(iter(setting.context.languages), "en")
    shown = {each: names.get(language) or next(iter(names.values()), each) for each, names in capacities.items()}
    if near:
        raise wrong.CapacityNear(near, typed=text, meant=shown[near])
    raise wrong.CapacityUnknown(typed=text, known=", ".join(shown.values()))


def _sex(text: str, _: Setting) -> str:
    if found := choices.sex_of(text):
        return found
    raise wrong.SexUnknown(typed=text)


def _document_kind(text: str, _: Setting) -> str:
    if found := choices.document_kind_of(text):
        return found
    raise wrong.DocumentKindUnknown(typed=text)


def _state(text: str, _: Setting) -> str:
    if found := _state_code(text):
        return found
    near = countries.near(text)
    if near:
        raise wrong.StateNear(near, typed=text)
    raise wrong.StateUnknown(typed=text)


@lru_cache(maxsize=4096)
def _state_code(text: str) -> str:
    return countries.code_of(text)


def _nationality(text: str, setting: Setting) -> str:
    setting.nationality = _state(text, setting)
    return setting.nationality


def _languages(text: str, _: Setting) -> list[str]:
    codes, unknown = choices.languages_of(text)
    if unknown:
        raise wrong.LanguageUnknown(word=unknown)
    return list(codes)


# --- Days and documents ---


def _born(day: date, context: Context) -> date:
    if day > context.today:
        raise wrong.BornLater(typed=day)
    if day.year < context.today.year - MOST_YEARS:
        raise wrong.BornLongAgo(typed=day, most=MOST_YEARS)
    return day


def _expires(day: date, context: Context) -> date:
    if day < context.documents_hold_until:
        raise wrong.DocumentExpires(typed=day, until=context.documents_hold_until)
    if day.year > context.today.year + MOST_YEARS_VALID:
        raise wrong.DocumentTooLong(typed=day)
    return day


def _number(text: str, cell: Cell, setting: Setting) -> str:
    if isinstance(cell, float) and (not cell.is_integer() or cell >= 1e15):
        raise wrong.NumberRounded(typed=text)
    if re.fullmatch(r"\d[.,]\d+E\+\d+", text):
        raise wrong.NumberRounded(typed=text)
    capitals = re.sub(r"[\s\-./№#<]", "", ascii_digits(text)).upper()
    number = letters_of_names.latin_capitals(capitals)
    sign = next((sign for sign in number if not (sign.isascii() and sign.isalnum())), "")
    if sign:
        raise wrong.NumberSign(sign=sign)
    if not SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER:
        raise wrong.NumberLength(least=SHORTEST_NUMBER, most=LONGEST_NUMBER, typed=text, n=len(number))
    if number != capitals:
        setting.notes.append((PersonField.DOCUMENT_NUMBER, LETTERS_TURNED, {"number": number}))
    return number


# --- How to reach a person ---


def _mail(text: str, _: Setting) -> str:
    address = ascii_digits(text).removeprefix("mailto:").strip("<>;, ")
    local, _at, host = address.rpartition("@")
    address = f"{local}@{host.lower()}"
    if len(address) > 254 or ".." in address or local.startswith(".") or not _E_MAIL.fullmatch(address):
        raise wrong.MailUnknown(typed=text)
    return address


def _phone(text: str, setting: Setting) -> str:
    # What knows telephone numbers is large, and few pages ask.
    import phonenumbers

    digits = ascii_digits(text).strip()
    tries: list[tuple[str, str | None]] = [(digits, None)] if digits.startswith("+") else []
    if not tries:
        tries = [(digits, region) for region in dict.fromkeys((setting.nationality, setting.context.country)) if region]
        bare = re.sub(r"\D", "", digits)
        tries += [(f"+{bare.removeprefix('00')}", None)]
    for number, region in tries:
        try:
            found = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(found):
            return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))
    raise wrong.PhoneUnknown(typed=text)


_NAMES = {
    PersonField.FAMILY_NAME: _passport_name,
    PersonField.GIVEN_NAME: _passport_name,
    PersonField.PREFERRED_NAME: _preferred_name,
}
_OTHERS = {
    PersonField.CAPACITY: _capacity,
    PersonField.SEX: _sex,
    PersonField.NATIONALITY: _nationality,
    PersonField.DOCUMENT_KIND: _document_kind,
    PersonField.DOCUMENT_STATE: _state,
    PersonField.EMAIL: _mail,
    PersonField.PHONE: _phone,
    PersonField.LANGUAGES: _languages,
}
