"""The programme: rows by day or by room, the filters over them, the print view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ejlas.core import collation, languages
from ejlas.programme.rules import Timing
from ejlas.web.public import rows
from ejlas.web.public.edition import Indexed
from ejlas.web.public.filters import BY_ROOM, CHOICES, Filters
from ejlas.web.ui import labels
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter with its options."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words, and the query without it."""

    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Section:
    """A day or a room with its rows, safe to show."""

    anchor: str
    heading: SafeString
    second_heading: SafeString
    short_heading: SafeString
    rows: SafeString


def page(indexed: Indexed, reader: Reader, written: Sequence[rows.Row], filters: Filters) -> dict[str, object]:
    """Prepare the programme page for one reader and one set of filters."""
    shown = [row for row in written if row.passes(filters)] if filters.chosen else list(written)
    if filters.by == BY_ROOM:
        groups = rows.by_room(shown, indexed, reader)
    else:
        groups = rows.by_day(shown, indexed, reader, filters.day)
    return {
        "sections": [_section(group) for group in groups],
        "n_shown": len(shown),
        "n_shown_words": reader.number(len(shown)),
        "n_all_words": reader.number(len(written)),
        "is_filtered": bool(filters.chosen),
        "choices": _choices(indexed, reader, filters),
        "chips": _chips(indexed, reader, filters),
        "is_by_room": filters.by == BY_ROOM,
        "by_day_query": Filters(**filters.chosen).query(),
        "by_room_query": Filters(**filters.chosen, by=BY_ROOM).query(),
        "place": reader.name(indexed.content["edition"]["city"]),
        "jumps": len(groups) > 1,
        **_legend(indexed, shown),
    }


def _legend(indexed: Indexed, shown: Sequence[rows.Row]) -> dict[str, bool]:
    """Tell which marks in the rows need a word below them."""
    samples = {speaker["slug"] for speaker in indexed.speakers.values() if speaker["is_sample"]}
    return {
        "has_assumed": any(row.timed.session["timing"] == Timing.ASSUMED for row in shown),
        "has_samples": any(
            row.timed.is_sample or any(part["speaker"] in samples for part in row.timed.session["speakers"])
            for row in shown
        ),
    }


def _section(group: rows.Group) -> Section:
    heading, second, short = map(SafeString, (group.heading, group.second_heading, group.short_heading))
    return Section(group.anchor, heading, second, short, SafeString(group.html))


def _names(indexed: Indexed, reader: Reader, name: str, values: Iterable[str]) -> dict[str, str]:
    """Return the words for the values of one filter."""
    if name == "day":
        return {value: reader.dates(date.fromisoformat(value), "weekday")[0] for value in values}
    if name == "room":
        return {value: reader.plain(indexed.rooms[value]["name"]) for value in values}
    if name == "language":
        return {value: languages.name_of(value, reader.language) for value in values}
    if name == "party":
        return {value: reader.plain(indexed.parties[value]["name"]) for value in values}
    return {value: labels.word(labels.SESSION_KINDS, value) for value in values}


def _labels() -> dict[str, str]:
    return {
        "day": gettext("Day"),
        "room": gettext("Room"),
        "language": gettext("Language"),
        "kind": gettext("Kind"),
        "party": gettext("Party"),
    }


def _choices(indexed: Indexed, reader: Reader, filters: Filters) -> list[Choice]:
    offered, words = indexed.choices(), _labels()
    made = []
    for name in CHOICES:
        names = _names(indexed, reader, name, sorted(getattr(offered, name)))
        values = list(names) if name == "day" else collation.sorted_by(names, names.__getitem__, reader.language)
        chosen = getattr(filters, name)
        made.append(Choice(name, words[name], [Option(value, names[value], value == chosen) for value in values]))
    return [choice for choice in made if choice.options]


def _chips(indexed: Indexed, reader: Reader, filters: Filters) -> list[Chip]:
    words = _labels()
    return [
        Chip(f"{words[name]}: {_names(indexed, reader, name, [value])[value]}", filters.without(name).query())
        for name, value in filters.chosen.items()
    ]


def print_page(indexed: Indexed, reader: Reader, written: Sequence[rows.Row]) -> dict[str, object]:
    """Prepare the print view: every day, without filters."""
    groups = rows.by_day(written, indexed, reader)
    return {
        "sections": [_section(group) for group in groups],
        "place": reader.name(indexed.content["edition"]["city"]),
        "n_all_words": reader.number(len(written)),
        **_legend(indexed, written),
    }
