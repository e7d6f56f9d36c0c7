"""The versions page: every publication with its date and note, and in words what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ejlas.core import languages
from ejlas.core.calendars import format_time_span
from ejlas.exports.comparison import Act
from ejlas.exports.versions import Change, Version
from ejlas.forum.queries.versions import PublishedVersion
from ejlas.web.public.versions import Page
from ejlas.web.ui import change_labels
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

LONGEST_TITLE = 140


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed: its name, what happened in words, and the act for its mark."""

    title: SafeString
    words: tuple[SafeString, ...]
    act: str


@dataclass(frozen=True, slots=True)
class Group:
    """The changed things of one kind."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One version for one reader."""

    anchor: str
    number: str
    dates: tuple[str, ...]
    time: str
    moment: str
    note: str
    groups: tuple[Group, ...]
    is_first: bool


def page(found: Page, reader: Reader, timezone: str) -> dict[str, object]:
    """Prepare one page of versions for one reader."""
    zone = ZoneInfo(timezone)
    return {
        "versions": [_shown(row, version, reader, zone) for row, version in found.versions],
        "newer": f"?page={found.number - 1}" if found.number > 2 else "?" if found.number == 2 else "",
        "older": f"?page={found.number + 1}" if found.number < found.last else "",
        "here": reader.number(found.number),
        "last": reader.number(found.last),
        "has_pages": found.last > 1,
    }


def _shown(row: PublishedVersion, version: Version, reader: Reader, zone: ZoneInfo) -> Shown:
    moment = row.published_at.astimezone(zone)
    by_kind: dict[str, list[Line]] = {}
    for change in version["changes"]:
        by_kind.setdefault(change["kind"], []).append(_line(change, reader))
    return Shown(
        f"version-{row.number}",
        reader.number(row.number),
        reader.dates(moment.date()),
        reader.time(moment),
        moment.isoformat(),
        row.note,
        tuple(Group(word(change_labels.KINDS, kind), tuple(lines)) for kind, lines in by_kind.items()),
        row.number == 1,
    )


def _line(change: Change, reader: Reader) -> Line:
    words = [_moved(change, reader), _elsewhere(change, reader), _others(change, reader)]
    if change["act"] == Act.ADDED:
        words = [_fill(gettext("Added: %(now)s."), now=_when(change["now"], reader))] if "now" in change else []
    if change["act"] == Act.REMOVED:
        words = (
            [_fill(gettext("Removed; it was %(was)s."), was=_when(change["was"], reader))] if "was" in change else []
        )
    plain = word(change_labels.ACTS, change["act"])
    return Line(_title(change, reader), tuple(filter(None, words)) or (SafeString(escape(plain)),), change["act"])


def _title(change: Change, reader: Reader) -> SafeString:
    if not change["title"]:
        return SafeString(escape(word(change_labels.KINDS, change["kind"])))
    words, language = reader.wording(change["title"])
    if len(words) <= LONGEST_TITLE:
        return reader.name(change["title"])
    return reader.name({language: f"{words[:LONGEST_TITLE].rpartition(' ')[0]} …"})


def _moved(change: Change, reader: Reader) -> SafeString:
    was, now = change.get("was"), change.get("now")
    if not was or not now or (was["starts_at"], was["ends_at"]) == (now["starts_at"], now["ends_at"]):
        return SafeString("")
    sentence = gettext("Moved from %(was)s to %(now)s.")
    return _fill(sentence, was=escape(_time(was, reader)), now=escape(_time(now, reader)))


def _elsewhere(change: Change, reader: Reader) -> SafeString:
    was, now = change.get("was"), change.get("now")
    if not was or not now or was["place"] == now["place"]:
        return SafeString("")
    if not was["place"] or not now["place"]:
        sentence = gettext("Now in %(now)s.") if now["place"] else gettext("No longer in %(was)s.")
    else:
        sentence = gettext("Now in %(now)s instead of %(was)s.")
    return _fill(sentence, was=reader.name(was["place"]), now=reader.name(now["place"]))


def _others(change: Change, reader: Reader) -> SafeString:
    known = change_labels.PARTS
    parts = dict.fromkeys(word(known, name) for name in change["parts"] if name in known)
    if not change["parts"]:
        return SafeString("")
    if not parts:
        return SafeString(escape(gettext("Details changed.")))
    listed = languages.comma(reader.around).join(parts)
    return _fill(gettext("Changed: %(parts)s."), parts=escape(listed))


def _when(place: Mapping[str, Any], reader: Reader) -> str:
    words = escape(_time(place, reader))
    comma = languages.comma(reader.language)
    return f"{words}{comma}{reader.name(place['place'])}" if place["place"] else words


def _time(place: Mapping[str, Any], reader: Reader) -> str:
    starts_at, ends_at = datetime.fromisoformat(place["starts_at"]), datetime.fromisoformat(place["ends_at"])
    comma = languages.comma(reader.language)
    if starts_at.date() != ends_at.date():
        return " – ".join(f"{reader.dates(each.date())[0]}{comma}{reader.time(each)}" for each in (starts_at, ends_at))
    day = reader.dates(starts_at.date())[0]
    return f"{day}{comma}{format_time_span(starts_at, ends_at, reader.language)}"


def _fill(sentence: str, **values: str) -> SafeString:
    """Put values that are HTML already into a sentence."""
    return SafeString(escape(sentence) % values)
