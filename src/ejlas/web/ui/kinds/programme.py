"""Kinds of things of the programme: venues, rooms, sessions, speakers, interpreters, bilaterals."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.core.text import Text
from ejlas.programme import forms, operations, queries
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS
from ejlas.web.ui.kinds.base import (
    Column,
    Filter,
    Kind,
    Sheet,
    moment_column,
    naming_filter,
    number_column,
    row_filter,
    text_column,
    word_column,
    word_filter,
    yes_filter,
)
from ejlas.web.ui.kinds.forum import language_names
from ejlas.web.ui.labels import APPEARANCES, BILATERAL_STATES, CONFIDENCE, ROOM_KINDS, SESSION_KINDS, TIMINGS
from ejlas.web.ui.reading import Reader

_STATE = _in("where a thing stands", "State")
_SURE = word_column("confidence", _("Support"), CONFIDENCE)
_SESSION_KINDS = {kind: words for kind, words in SESSION_KINDS.items() if kind not in {"bilateral", "trilateral"}}


def _time(value: Any, sheet: Sheet) -> str:
    return sheet.reader.time(value) if value else ""


def _room(thing: Any, sheet: Sheet) -> SafeString:
    return sheet.text(thing.room.name) if thing.room else SafeString("")


def _parties(thing: Any, sheet: Sheet) -> Any:
    return sheet.parties(thing.parties) if thing.parties else _("All parties")


def _marks(thing: Any, _sheet: Sheet) -> SafeString:
    """Say what the public does not see, and what is invented."""
    hidden = format_html('<span class="tag">{}</span> ', _("Not public")) if not thing.listed else ""
    sample = format_html('<span class="tag">{}</span>', _("Sample")) if thing.is_sample else ""
    return format_html("{}{}", hidden, sample)


def _days(edition: Any, reader: Reader) -> list[tuple[str, str]]:
    """Offer each day from the one before the edition to the one after it."""
    n_days = (edition.ends_on - edition.starts_on).days + 3
    days = [edition.starts_on + timedelta(days=step - 1) for step in range(n_days)]
    return [(day.isoformat(), reader.dates(day, "short")[0]) for day in days]


def _on_day(things: Any, value: str, edition: Any) -> Any:
    """Keep what starts on a day at the place."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return things
    first, next_day = (datetime.combine(day + timedelta(days=step), time(), edition.zone) for step in (0, 1))
    return things.filter(starts_at__gte=first, starts_at__lt=next_day)


_DAY = Filter("day", _("Day"), _days, _on_day)

VENUE = Kind(
    name="venue",
    address="venues",
    one=_("Venue"),
    many=_("Venues"),
    purpose=_("The places in which the summit is held."),
    view="programme.view_programme",
    change="programme.change_venues",
    things=queries.venues_for,
    form=forms.VenueForm,
    title=lambda thing: thing.name,
    words={"confidence": CONFIDENCE},
    columns=(text_column("city", _("City")), _SURE),
    filters=(word_filter("confidence", _("Support"), CONFIDENCE),),
)

ROOM = Kind(
    name="room",
    address="rooms",
    one=_("Room"),
    many=_("Rooms"),
    purpose=_("Halls and rooms, their seats, and the hours in which bilaterals may be held there."),
    view="programme.view_programme",
    change="programme.change_venues",
    things=queries.rooms_for,
    form=forms.RoomForm,
    title=lambda thing: thing.name,
    words={"kind": ROOM_KINDS, "capacities": CAPACITY_KINDS},
    columns=(
        Column("venue", _("Venue"), lambda thing, sheet: sheet.text(thing.venue.name), ("venue__position",)),
        word_column("kind", _("What it is for"), ROOM_KINDS),
        number_column("seats", _("Seats")),
        Column("opens", _("From"), lambda thing, sheet: _time(thing.opens, sheet), ("opens",)),
        Column("closes", _("To"), lambda thing, sheet: _time(thing.closes, sheet), ("closes",)),
    ),
    filters=(
        word_filter("kind", _("What it is for"), ROOM_KINDS),
        row_filter("venue", _("Venue"), lambda edition: edition.venue_set),
    ),
)

SPEAKER = Kind(
    name="speaker",
    address="speakers",
    one=_("Speaker"),
    many=_("Speakers"),
    purpose=_("People who speak in the sessions, by the office they hold."),
    view="programme.view_programme",
    change="programme.change_speakers",
    things=queries.speakers_for,
    form=forms.SpeakerForm,
    title=lambda thing: thing.name,
    columns=(
        text_column("office", _("Office")),
        Column("party", _("Party"), lambda thing, sheet: sheet.text(thing.party.name) if thing.party else ""),
        Column("is_sample", _("Mark"), lambda thing, _sheet: _("Sample") if thing.is_sample else "", ("is_sample",)),
    ),
    filters=(
        row_filter("party", _("Party"), lambda edition: edition.party_set),
        yes_filter("is_sample", _("Mark"), _("Sample"), _("Real")),
    ),
    remove=operations.remove_speaker,
)

SESSION = Kind(
    name="session",
    address="sessions",
    one=_("Session"),
    many=_("Sessions"),
    purpose=_("Every item of the programme but the bilaterals, in the order of their start."),
    view="programme.view_programme",
    change="programme.change_sessions",
    things=queries.sessions_for,
    form=forms.SessionForm,
    title=lambda thing: thing.title,
    words={
        "kind": _SESSION_KINDS,
        "timing": TIMINGS,
        "confidence": CONFIDENCE,
        "appearances": APPEARANCES,
    },
    columns=(
        moment_column("starts_at", _("Start")),
        Column("ends_at", _("End"), lambda thing, sheet: _time(thing.ends_at.astimezone(sheet.edition.zone), sheet)),
        word_column("kind", _("Kind"), SESSION_KINDS),
        Column("room", _("Room"), _room, ("room__position",)),
        Column("parties", _("Parties"), _parties),
        word_column("timing", _("Time"), TIMINGS),
        Column("marks", _("Mark"), _marks),
    ),
    filters=(
        _DAY,
        word_filter("kind", _("Kind"), _SESSION_KINDS),
        row_filter("room", _("Room"), lambda edition: edition.room_set),
        naming_filter("parties", _("Party"), lambda edition: edition.party_set),
        word_filter("timing", _("Time"), TIMINGS),
        yes_filter("listed", _("Public"), _("Public"), _("Not public")),
    ),
    order=("starts_at", "position", "pk"),
    parties_of=lambda thing: thing.parties,
    add=operations.add_session,
    change_one=operations.change_session,
    change_many=operations.change_sessions,
)

INTERPRETER = Kind(
    name="interpreter",
    address="interpreters",
    one=_("Interpreter"),
    many=_("Interpreters"),
    purpose=_("Who can interpret in bilaterals, between which languages and when."),
    view="programme.view_interpreters",
    change="programme.change_interpreters",
    things=queries.interpreters_for,
    form=forms.InterpreterForm,
    title=lambda thing: thing.name,
    columns=(
        Column("languages", _("Languages"), lambda thing, sheet: language_names(thing.languages, sheet)),
        number_column("daily_min", _("Minutes a day")),
        Column("is_sample", _("Mark"), lambda thing, _sheet: _("Sample") if thing.is_sample else "", ("is_sample",)),
    ),
    filters=(yes_filter("is_sample", _("Mark"), _("Sample"), _("Real")),),
    remove=operations.remove_interpreter,
)


BILATERAL = Kind(
    name="bilateral",
    address="bilaterals",
    one=_("Bilateral"),
    many=_("Bilaterals"),
    purpose=_("Who wants to meet whom, what about, and the place each wish has found."),
    view="programme.view_bilaterals",
    change="programme.change_bilaterals",
    things=queries.bilaterals_for,
    form=forms.BilateralForm,
    title=lambda thing: Text.from_stored(thing.topics[0]) if thing.topics else Text.of(en=thing.slug),
    called=lambda thing, sheet: sheet.parties(thing.parties),
    words={"confidence": CONFIDENCE},
    columns=(
        word_column("state", _STATE, BILATERAL_STATES),
        moment_column("starts_at", _("Start")),
        Column("room", _("Room"), _room, ("room__position",)),
        number_column("weight", _("Weight")),
        number_column("length_min", _("Minutes")),
        Column("mandatory", _("Needed"), lambda thing, _sheet: _("Needed") if thing.mandatory else "", ("mandatory",)),
        Column("marks", _("Mark"), _marks),
    ),
    filters=(
        word_filter("state", _STATE, BILATERAL_STATES),
        _DAY,
        naming_filter("parties", _("Party"), lambda edition: edition.party_set),
        row_filter("room", _("Room"), lambda edition: edition.room_set),
        yes_filter("mandatory", _("Needed"), _("Needed"), _("A wish")),
        yes_filter("is_sample", _("Mark"), _("Sample"), _("Real")),
    ),
    parties_of=lambda thing: thing.parties,
)
