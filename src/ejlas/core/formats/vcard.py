"""Business cards as vCard 4.0 (RFC 6350): people in, bytes out; escaping and folding as in iCalendar files."""

from __future__ import annotations

import base64
import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ejlas.core.formats import ics
from ejlas.core.formats.ics import line, text, utc

CONTENT_TYPE = "text/vcard; charset=utf-8"

_PHOTO_TYPES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
_TELEPHONE_SIGNS = re.compile(r"[^0-9+]")
_NAMESPACE = uuid.UUID("6f1f3a52-6a55-5d0b-9f0c-0c2c6d0f6e4b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One person as an address book takes it.

    `surname` and `given_names` are in passport spelling; `names` holds the preferred spelling by language, `offices`
    and `organisations` likewise. `key` tells the person from any other and stays the same from file to file; only a
    digest of it is written. `photo` is a JPEG or a PNG.
    """

    key: str
    surname: str
    given_names: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    email: str = ""
    phone: str = ""
    photo: bytes = b""

    @property
    def passport_name(self) -> str:
        """The name in passport spelling, given names first."""
        return " ".join(part for part in (self.given_names, self.surname) if part)


def pack(cards: Iterable[Card], *, language: str, at: datetime) -> bytes:
    """Return one file with a card for each person; the names in `language` are the ones an address book shows."""
    return ics.pack(written for card in cards for written in _lines(card, language, at))


def _lines(card: Card, language: str, at: datetime) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID:urn:uuid:{uuid.uuid5(_NAMESPACE, card.key)}"
    yield f"REV:{utc(at)}"
    yield f"N:{_component(card.surname)};{_component(card.given_names)};;;"
    yield from _names(card, language)
    yield from _in_languages("TITLE", card.offices, language)
    yield from _in_languages("ORG", card.organisations, language)
    if card.email:
        yield line("EMAIL", text(_one_line(card.email)))
    if phone := _telephone(card.phone):
        yield line("TEL", f"tel:{phone}", {"VALUE": "uri"})
    yield from _photo(card.photo)
    yield "END:VCARD"


def _names(card: Card, language: str) -> Iterator[str]:
    """Yield the spellings of a name: the preferred ones by language, the reader's first, and that of the passport."""
    preferred = _ordered(card.names, language)
    for place, (code, words) in enumerate(preferred, start=1):
        yield line("FN", text(words), {"LANGUAGE": code, "PREF": str(place)})
    if card.passport_name and card.passport_name not in {words for _, words in preferred}:
        yield line("FN", text(_one_line(card.passport_name)), {"PREF": str(min(len(preferred) + 1, 100))})
    elif not preferred:
        yield "FN:"


def _in_languages(name: str, wordings: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield one property in several languages; the same ALTID says that they are one."""
    found = _ordered(wordings, language)
    for code, words in found:
        parameters = {"LANGUAGE": code, "ALTID": "1"} if len(found) > 1 else {"LANGUAGE": code}
        yield line(name, text(words), parameters)


def _ordered(wordings: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    """Return what is worded, by language code, the reader's language first."""
    codes = sorted(wordings, key=lambda code: (code != language, code))
    return [(code, words) for code in codes if (words := _one_line(wordings[code]))]


def _photo(photo: bytes) -> Iterator[str]:
    kind = next((kind for start, kind in _PHOTO_TYPES.items() if photo.startswith(start)), "")
    if kind:
        yield f"PHOTO:data:{kind};base64,{base64.b64encode(photo).decode()}"


def _component(words: str) -> str:
    return text(_one_line(words))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _telephone(number: str) -> str:
    """Return a telephone number in ASCII digits, without what stands between them."""
    ascii_digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in number)
    return _TELEPHONE_SIGNS.sub("", ascii_digits)
