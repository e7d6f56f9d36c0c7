"""What the page of a digital pass shows, in the words and calendars of its reader."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.core import languages
from ejlas.core.files import queries as files
from ejlas.core.files.rules import FileDamaged, FileGone
from ejlas.delegations.queries.passes.phone import Phone, Standing, ZoneOpened
from ejlas.exports.cards.colours import PAPER, on
from ejlas.web.ui.codes import code_svg
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader, interface_language

if TYPE_CHECKING:
    from ejlas.core.files.models import StoredFile
    from ejlas.delegations.models import Person
    from ejlas.forum.models import Edition

_PHOTO_DOTS, _PHOTO_QUALITY = (330, 440), 82
# Longer names stand in smaller letters, so that they need not be broken.
_LONG_NAME = 22
# Before the first hour of the next day a pass still belongs to the day that ends.
_A_MOMENT = timedelta(microseconds=1)

TITLES = {
    Standing.VALID: _in("state of a pass", "Valid"),
    Standing.EARLY: _in("state of a pass", "Not valid yet"),
    Standing.OVER: _in("state of a pass", "No longer valid"),
    Standing.NOT_YET: _in("state of a pass", "Not handed out yet"),
    Standing.SUSPENDED: _in("state of a pass", "Suspended"),
    Standing.REVOKED: _in("state of a pass", "Revoked"),
    Standing.LOST: _in("state of a pass", "Reported lost"),
    Standing.RETURNED: _in("state of a pass", "Given back"),
}
SENTENCES = {
    Standing.EARLY: _("The code opens gates from the first day of validity on."),
    Standing.OVER: _("The days of this pass are over; it opens no gate."),
    Standing.NOT_YET: _("Fetch the card at the accreditation desk: from then on the code stands here."),
    Standing.SUSPENDED: _("The pass opens no gate for now. Turn to the accreditation desk."),
    Standing.REVOKED: _("The pass opens no gate. Turn to the accreditation desk, or to whoever named you."),
    Standing.LOST: _("The card was reported lost. The pass that takes its place has a link of its own."),
    Standing.RETURNED: _("The pass was given back, and opens no gate."),
}


@dataclass(frozen=True, slots=True)
class ZoneShown:
    """A zone with its letter, and when it is open to the pass where that is not always."""

    letter: str
    name: SafeString
    when: tuple[str, ...]


def page_of(phone: Phone, *, language: str, address: str) -> dict[str, Any]:
    """Return what the template of a digital pass needs, in a language of the edition."""
    badge, person, edition = phone.badge, phone.person, phone.badge.edition
    around = interface_language(language)
    reader = Reader(language, tuple(edition.fallback_languages), tuple(edition.calendars))
    names = list(_names(person, edition, language))
    category = badge.category
    return {
        "language": language,
        "chrome": around,
        "is_foreign_chrome": around != language,
        "edition_name": reader.html(edition.name.to_stored()),
        "edition_plain": reader.plain(edition.name.to_stored()),
        "edition_dates": reader.spans(edition.starts_on, edition.ends_on),
        "city": reader.name(edition.city.to_stored()),
        "first_name": names[0],
        "is_long": len(reader.plain(person.title.to_stored())) > _LONG_NAME,
        "more_names": names[1:],
        "name_plain": reader.plain(person.title.to_stored()),
        "office": reader.html(person.office.to_stored()),
        "capacity": reader.html(person.capacity.name.to_stored()) or word(CAPACITY_KINDS, person.capacity.kind),
        "delegation": reader.html(person.delegation.title.to_stored()),
        "photo": _picture(person.photo),
        "category": reader.html(category.name.to_stored()),
        "letter": category.short,
        "colour": category.colour,
        "is_light": on(category.colour) != PAPER,
        "number": f"{badge.number:05d}",
        "standing": phone.standing,
        "title": TITLES[phone.standing],
        "sentence": SENTENCES.get(phone.standing, ""),
        "code": code_svg(phone.code) if phone.code else "",
        "valid": _days(phone.span, edition, reader),
        "zones": [_zone(zone, phone, reader) for zone in phone.zones],
        "others": [(code, f"{address}?language={code}", code == language) for code in edition.languages],
    }


def _names(person: Person, edition: Edition, language: str) -> Iterator[SafeString]:
    """Yield the name in the reader's script first, then once in each other script of the edition."""
    spelled = {"en": person.passport_name, **{code: text for code, text in person.name.values.items() if text}}
    seen = set()
    for wanted in (language, *edition.languages, "en"):
        script = languages.script(wanted)
        code = wanted if wanted in spelled else next((c for c in spelled if languages.script(c) == script), "")
        if code and script not in seen:
            seen.add(script)
            yield format_html('<bdi lang="{}" dir="{}">{}</bdi>', code, languages.direction(code), spelled[code])


def _days(span: tuple[datetime, datetime], edition: Edition, reader: Reader) -> tuple[str, ...]:
    first, last = span[0].astimezone(edition.zone), (span[1] - _A_MOMENT).astimezone(edition.zone)
    return reader.spans(first.date(), last.date())


def _zone(opened: ZoneOpened, phone: Phone, reader: Reader) -> ZoneShown:
    zone, edition = opened.zone, phone.badge.edition
    is_always = not opened.spans or opened.spans == (phone.span,)
    when = () if is_always else tuple(_when(span, edition, reader) for span in opened.spans)
    return ZoneShown(zone.letter, reader.html(zone.name.to_stored()), when)


def _when(span: tuple[datetime, datetime], edition: Edition, reader: Reader) -> str:
    first, last = span[0].astimezone(edition.zone), span[1].astimezone(edition.zone)
    days = reader.spans(first.date(), (last - _A_MOMENT).date())[0]
    if first.date() != (last - _A_MOMENT).date():
        return days
    return f"{days}, {reader.time(first)}{reader.time_joint()}{reader.time(last)}"


def _picture(file: StoredFile | None) -> str:
    """Return a small copy of a photo, written into the page itself so that it can be read without a network."""
    from PIL import Image

    if file is None:
        return ""
    try:
        with Image.open(io.BytesIO(files.contents(file))) as image:
            image.draft("RGB", _PHOTO_DOTS)
            small = image.convert("RGB")
            small.thumbnail(_PHOTO_DOTS)
            # Named, because a call of `save` stands for a change of a table.
            made, write = io.BytesIO(), small.save
            write(made, "JPEG", quality=_PHOTO_QUALITY)
    except (FileGone, FileDamaged, OSError, ValueError, Image.DecompressionBombError):
        return ""
    return f"data:image/jpeg;base64,{b64encode(made.getvalue()).decode()}"
