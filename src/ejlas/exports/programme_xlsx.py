"""The programme and the parties as a workbook, for those who plan in spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from ejlas.core import calendars, collation, languages
from ejlas.core.formats import xlsx
from ejlas.core.formats.xlsx import Cell, Column, Moment, Sheet
from ejlas.exports import labels
from ejlas.exports.reading import Item, Reading, in_words_of, sample_words

if TYPE_CHECKING:
    from ejlas.exports.content import Content
    from ejlas.forum.rules import PartyContent


def render(content: Content, *, number: int, published_at: datetime, language: str, site: str = "") -> bytes:
    """Return the workbook of a publication in one language; moments are real dates, so that they sort and filter."""
    reading = Reading(content, language)
    with in_words_of(language):
        return xlsx.pack(
            [_programme(reading), _parties(reading)],
            title=reading.words(reading.edition["name"]),
            created=published_at.astimezone(UTC),
            is_right_to_left=languages.direction(language) == "rtl",
        )


def _programme(reading: Reading) -> Sheet:
    city = {"city": reading.words(reading.edition["city"])}
    columns = [
        Column(gettext("Date"), 11),
        *([Column(gettext("Solar Hijri date"), 16)] if reading.has_solar_hijri() else []),
        Column(gettext("Start (%(city)s)") % city, 11),
        Column(gettext("End (%(city)s)") % city, 11),
        Column(gettext("Kind"), 18),
        Column(gettext("Title"), 52, wraps=True),
        Column(gettext("Room"), 22),
        Column(gettext("Venue"), 26),
        Column(gettext("Parties"), 40, wraps=True),
        Column(gettext("Speakers"), 52, wraps=True),
        Column(gettext("Languages"), 26, wraps=True),
        Column(gettext("Timing"), 26),
        Column(gettext("Note"), 26),
        Column(gettext("Description"), 60, wraps=True),
        Column(gettext("Start (UTC)"), 17),
        Column(gettext("End (UTC)"), 17),
    ]
    return Sheet(gettext("Programme"), columns, [list(_session(reading, item)) for item in reading.items])


def _session(reading: Reading, item: Item) -> Iterator[Cell]:
    session = item.session
    yield Moment(item.starts_at.replace(hour=0, minute=0, second=0), xlsx.DAY_FORMAT)
    if reading.has_solar_hijri():
        yield calendars.format_date(item.day, reading.language, calendar=calendars.SOLAR_HIJRI)
    yield Moment(item.starts_at, xlsx.TIME_FORMAT)
    yield Moment(item.ends_at, xlsx.TIME_FORMAT if item.ends_at.date() == item.day else xlsx.MOMENT_FORMAT)
    yield reading.kind(item)
    yield reading.title_words(item)
    yield reading.room(session["room"]).text
    yield reading.venue(session["venue"]).text
    yield reading.listed(reading.party(slug).text for slug in session["parties"])
    yield "\n".join(map(reading.person_words, reading.people(item)))
    yield reading.spoken(item)
    yield reading.label(labels.TIMINGS, session["timing"])
    yield sample_words() if item.is_sample else None
    yield reading.passage(session["description"]).text
    yield Moment(item.starts_at.astimezone(UTC))
    yield Moment(item.ends_at.astimezone(UTC))


def _parties(reading: Reading) -> Sheet:
    columns = [
        Column(gettext("Name"), 32),
        Column(gettext("State"), 20),
        Column(gettext("ISO code"), 10),
        Column(gettext("Kind"), 16),
        Column(gettext("Role"), 14),
        Column(gettext("Seat"), 20),
        Column(gettext("Head"), 24),
        Column(gettext("Attendance"), 34),
        Column(gettext("Represented by"), 28),
        Column(gettext("Note"), 52, wraps=True),
    ]
    parties = collation.sorted_by(
        reading.content["parties"], lambda party: reading.party(party["slug"]).text, reading.language
    )
    return Sheet(gettext("Parties"), columns, [_party(reading, party) for party in parties])


def _party(reading: Reading, party: PartyContent) -> list[Cell]:
    return [
        reading.party(party["slug"]).text,
        languages.state_name(party["country"], reading.language) if party["country"] else None,
        party["iso"],
        reading.label(labels.PARTY_KINDS, party["kind"]),
        reading.label(labels.PARTY_ROLES, party["role"]),
        reading.words(party["seat"]),
        reading.words(party["head_office"]),
        reading.label(labels.ATTENDANCE, party["head_attendance"]),
        reading.words(party["represented_by"]),
        reading.passage(party["note"]).text,
    ]
