"""The receipt for passes on A4: which cards were handed over, to whom, when, with the signature or room for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from ejlas.core import calendars, languages
from ejlas.core.text import Text
from ejlas.delegations.rules.capacities import CapacityKind
from ejlas.delegations.rules.capacity_labels import USUAL
from ejlas.delegations.rules.passes.badges import TOKENS
from ejlas.exports import typesetting
from ejlas.exports.cards.pictures import picture_svg
from ejlas.exports.directions import Words, words
from ejlas.exports.reading import in_words_of, interface_language, line

if TYPE_CHECKING:
    from ejlas.delegations.models import Badge, Delegation
    from ejlas.forum.models import Edition

CONTENT_TYPE = "application/pdf"
_NUMBER = "{:05}"
_COLOUR = "#00695f"
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who took the cards and who handed them over; what is empty leaves a line to write on.

    `signature` is what was drawn on a screen, as PNG.
    """

    taken_by: str = ""
    handed_by: str = ""
    is_by_authority: bool = False
    signature: bytes = b""


def render(
    badges: Iterable[Badge],
    *,
    edition: Edition,
    language: str,
    at: datetime,
    signed: Signed = Signed(),
) -> bytes:
    """Return the receipt as a PDF, the passes of each delegation together. Raises CannotTypeset.

    The passes come in the order of handing out, with category, delegation and its party, person and capacity.
    """
    rows = list(badges)
    around, codes = interface_language(language), tuple(edition.fallback_languages)

    def own(text: Any) -> Words:
        return words(line(_plain(text, language, codes)), language)

    parts = [
        {
            "delegation": own(_title(delegation)),
            "rows": [[own(cell) for cell in _row(badge, language)] for badge in some],
        }
        for delegation, some in groupby(rows, key=lambda badge: badge.delegation)
    ]
    values = {
        "language": languages.plain(language).partition("-")[0],
        "direction": languages.direction(language),
        "around": {"language": around, "direction": languages.direction(around)},
        "digits": list(languages.digits("0123456789", around)),
        "colour": edition.colours[0] if edition.colours else _COLOUR,
        "edition": own(edition.name),
        "name": _plain(edition.name, language, codes),
        "moment": words(_moment(at, edition, language), language),
        "parts": parts,
        "taken_by": own(signed.taken_by),
        "handed_by": own(signed.handed_by),
        "signature": _drawn(signed.signature),
        **_labels(rows, language, signed),
    }
    return typesetting.typeset("receipt.typ", values, at=at)


def _plain(text: Any, language: str, fallbacks: Sequence[str]) -> str:
    return text.wording(language, fallbacks).text if isinstance(text, Text) else str(text)


def _title(delegation: Delegation | None) -> Text | str:
    return delegation.title if delegation is not None else ""


def _row(badge: Badge, language: str) -> Iterator[Text | str]:
    yield _NUMBER.format(badge.number)
    yield badge.category.name
    if badge.person is not None:
        yield badge.person.title
        yield badge.person.office or badge.person.capacity.name
        return
    with in_words_of(language):
        yield gettext("Transferable") if badge.kind in TOKENS else "—"
        yield gettext(USUAL[CapacityKind(badge.mark)]) if badge.mark in set(CapacityKind) else badge.mark or "—"


def _moment(at: datetime, edition: Edition, language: str) -> str:
    here = at.astimezone(edition.zone)
    day = " · ".join(calendars.format_dates(here.date(), language, tuple(edition.calendars)))
    return f"{day}, {calendars.format_time(here, language)}"


def _drawn(signature: bytes) -> str:
    """Return a signature as typst takes it from memory; nothing for what is no PNG."""
    if not signature.startswith(_PNG) or len(signature) < 24:
        return ""
    width, height = int.from_bytes(signature[16:20], "big"), int.from_bytes(signature[20:24], "big")
    return picture_svg("png", signature, width, height)


def _labels(badges: Sequence[Badge], language: str, signed: Signed) -> dict[str, Any]:
    count = len(badges)
    has_tokens = any(badge.kind in TOKENS for badge in badges)
    with in_words_of(language):
        number = languages.number(count, interface_language(language))
        return {
            "title": gettext("Receipt for passes"),
            "words": {
                "heads": [gettext("Number"), gettext("Category"), gettext("For whom"), gettext("Office")],
                "total": ngettext("%(number)s card was handed over.", "%(number)s cards were handed over.", count)
                % {"number": number},
                "return-tokens": gettext(
                    "Transferable cards belong to the host and are given back before the departure."
                )
                if has_tokens
                else "",
                "received": gettext("Received by"),
                "handed": gettext("Handed over by"),
                "sign": gettext("Name, day and signature"),
                "authority": gettext("Taken on behalf of others, by written authority.")
                if signed.is_by_authority
                else "",
                "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            },
        }
