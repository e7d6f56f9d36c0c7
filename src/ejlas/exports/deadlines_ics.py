"""What a body still owes, as a calendar of whole days to which telephones and desks subscribe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from ejlas import __version__
from ejlas.core.formats import ics
from ejlas.exports.reading import in_words_of, passage

if TYPE_CHECKING:
    from ejlas.core.text import Text
    from ejlas.readiness.models import Body, Obligation


def render(body: Body, rows: Sequence[Obligation], *, language: str, at: datetime) -> bytes:
    """Return the calendar of a body's deadlines in one language; an event keeps its UID when its day moves."""
    with in_words_of(language):
        return ics.pack(_lines(body, rows, language, at))


def _lines(body: Body, rows: Sequence[Obligation], language: str, at: datetime) -> Iterator[str]:
    edition = body.edition
    said = _Said(language, edition.fallback_languages or edition.languages)
    name = f"{gettext('Deadlines')}: {said(body.name) or body.slug} · {said(edition.name) or edition.slug}"
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Ejlas//ejlas {__version__}//EN")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield ics.line("NAME", ics.text(name))
    yield ics.line("X-WR-CALNAME", ics.text(name))
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT4H", "X-PUBLISHED-TTL:PT4H")
    for row in rows:
        yield from _event(row, edition.slug, said, at)
    yield "END:VCALENDAR"


class _Said:
    """Texts in one language, with what stands in for it."""

    def __init__(self, language: str, fallbacks: Sequence[str]) -> None:
        self.language, self.fallbacks = language, fallbacks

    def __call__(self, text: Text) -> str:
        return text.wording(self.language, self.fallbacks).text


def _event(row: Obligation, edition: str, said: _Said, at: datetime) -> Iterator[str]:
    if row.due_on is None:
        return
    language, detail = {"LANGUAGE": said.language}, passage(said(row.detail))
    yield "BEGIN:VEVENT"
    yield f"UID:{ics.text(row.slug)}@{edition}.obligations.ejlas"
    yield f"DTSTAMP:{ics.utc(at)}"
    yield f"SEQUENCE:{row.revision}"
    yield ics.line("DTSTART", row.due_on.strftime("%Y%m%d"), {"VALUE": "DATE"})
    yield ics.line("DTEND", (row.due_on + timedelta(days=1)).strftime("%Y%m%d"), {"VALUE": "DATE"})
    yield ics.line("SUMMARY", ics.text(said(row.name) or row.slug), language)
    if detail:
        yield ics.line("DESCRIPTION", ics.text(detail), language)
    if row.workstream is not None:
        yield ics.line("CATEGORIES", ics.texts([said(row.workstream.name)]), language)
    # A deadline leaves the day free for work.
    yield from ("TRANSP:TRANSPARENT", "CLASS:PRIVATE", "END:VEVENT")
