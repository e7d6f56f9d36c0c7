"""The list of scans: what its address asks for, its rows, and the way through its pages by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.forms.watching import SpanForm
from ejlas.delegations.queries.gate import posts, watching
from ejlas.delegations.rules.passes.scans import Flag
from ejlas.delegations.rules.passes.verdicts import Reason
from ejlas.exports.table import plain
from ejlas.web.desk.gates import words
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.passes import badge_name
from ejlas.web.ui.labels import word
from ejlas.web.ui.pass_labels import TITLES, VERDICTS
from ejlas.web.ui.scan_labels import ANSWERS, BY, FLAGS, SCAN_WAYS

MOST_COUNTED = 10_000
_CHOICES: dict[str, tuple[Any, Sequence[tuple[str, Any]]]] = {
    "way": (_in("way through a gate", "Way"), [(str(value), label) for value, label in SCAN_WAYS.items()]),
    "verdict": (gettext_lazy("Answer of the gate"), [(str(value), label) for value, label in VERDICTS.items()]),
    "reason": (gettext_lazy("Reason"), [(value.value, label) for value, label in TITLES.items() if value != Reason.OK]),
    "flag": (
        gettext_lazy("Alert"),
        [("any", gettext_lazy("Any alert")), *((value.value, said.title) for value, said in FLAGS.items())],
    ),
    "offline": (
        gettext_lazy("Network"),
        [("1", gettext_lazy("Decided without network")), ("0", gettext_lazy("Decided with network"))],
    ),
}
_KEEPS: dict[str, Callable[[Any, str], Any]] = {
    "gate": lambda scans, value: scans.filter(gate__slug=value),
    "way": lambda scans, value: scans.filter(way=value),
    "verdict": lambda scans, value: scans.filter(verdict=value),
    "reason": lambda scans, value: scans.filter(reason=value),
    "flag": lambda scans, value: scans.exclude(flag="") if value == "any" else scans.filter(flag=value),
    "offline": lambda scans, value: scans.filter(is_offline=value == "1"),
    "badge": lambda scans, value: scans.filter(badge__slug=value),
    "person": lambda scans, value: scans.filter(badge__person__slug=value),
}
_LABELS = {"badge": gettext_lazy("Pass"), "person": gettext_lazy("Person"), "q": gettext_lazy("Number")}
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


@dataclass
class Scans:
    """The scans that an address asks for, for one reader; what it names wrongly is left out."""

    user: Any
    sheet: Sheet
    data: QueryDict

    @cached_property
    def gates(self) -> list[tuple[str, Any]]:
        """The gates to choose from. One SQL query."""
        rows = posts.gates_of(self.sheet.edition)
        return [(gate.slug, self.sheet.reader.plain(gate.name.to_stored()) or gate.slug) for gate in rows]

    @cached_property
    def span(self) -> SpanForm:
        """The span of time, as it was typed."""
        form = SpanForm(self.data, language=self.sheet.reader.language, zone=self.sheet.edition.zone)
        form.is_valid()
        return form

    @cached_property
    def number(self) -> str:
        """The number that is searched for, in plain digits; "" where none is."""
        typed = "".join(self.data.get("q", "")[:20].split()).translate(_DIGITS)
        return str(int(typed)) if typed.isascii() and typed.isdecimal() and int(typed) < 2**31 else ""

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What the list is kept to."""
        asked = {name: self.data.get(name, "")[:60].replace("\x00", "") for name in _KEEPS}
        allowed = {name: {value for value, _label in options} for name, (_words, options) in _CHOICES.items()}
        return {name: value for name, value in asked.items() if value and value in allowed.get(name, {value})}

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.chosen or self.number or self._span_query())

    @cached_property
    def found(self) -> Any:
        """The scans, the latest first."""
        scans = watching.scans_for(self.user, self.sheet.edition)
        for name, value in self.chosen.items():
            scans = _KEEPS[name](scans, value)
        if self.number:
            scans = scans.filter(number=int(self.number))
        if (since := self.span.moment("from")) is not None:
            scans = scans.filter(at__gte=since)
        if (until := self.span.moment("until")) is not None:
            scans = scans.filter(at__lt=until)
        return scans

    def query(self, **more: str) -> str:
        """Return the query of this list with some parts changed."""
        state = {**self.chosen, "q": self.number, **self._span_query(), **more}
        return urlencode({name: value for name, value in state.items() if value})

    def _span_query(self) -> dict[str, str]:
        typed = {name: self.data.get(name, "")[:40] for name in ("from", "until")}
        return {name: value for name, value in typed.items() if self.span.moment(name) is not None}

    def filters(self) -> list[dict[str, Any]]:
        """Return what can be chosen, and what is."""
        asked = {"gate": (_("Gate"), self.gates), **_CHOICES}
        return [
            {
                "name": name,
                "label": label,
                "options": [(value, shown, value == self.chosen.get(name)) for value, shown in options],
            }
            for name, (label, options) in asked.items()
        ]

    def chips(self) -> list[dict[str, Any]]:
        """Return what the list is kept to, each to be taken off."""
        shown = {name: dict(options) for name, (_words, options) in _CHOICES.items()} | {"gate": dict(self.gates)}
        labels = {name: label for name, (label, _options) in _CHOICES.items()} | {"gate": _("Gate"), **_LABELS}
        kept = {**self.chosen, **({"q": self.sheet.number(int(self.number))} if self.number else {})}
        chips = [
            {"label": labels[name], "words": shown.get(name, {}).get(value, value), "query": self.query(**{name: ""})}
            for name, value in kept.items()
        ]
        for name in self._span_query():
            moment = self.sheet.moment(self.span.moment(name))
            chips.append({"label": self.span.fields[name].label, "words": moment, "query": self.query(**{name: ""})})
        return chips

    @cached_property
    def count(self) -> str:
        """How many there are, as far as they are counted. One SQL query."""
        number = watching.counted(self.found, MOST_COUNTED)
        if number > MOST_COUNTED:
            return _("more than %(number)s") % {"number": self.sheet.number(MOST_COUNTED)}
        return self.sheet.number(number)

    def page(self) -> dict[str, Any]:
        """Return the rows of the page with the ways on: pages go by place, so that the last costs as the first."""
        before, after = _place(self.data.get("before", "")), _place(self.data.get("after", ""))
        if after:
            rows = list(watching.newer_than(self.found, *after)[: PER_PAGE + 1])
            has_newer, has_older = len(rows) > PER_PAGE, True
            rows = rows[:PER_PAGE][::-1]
        else:
            scans = watching.older_than(self.found, *before) if before else self.found
            rows = list(scans[: PER_PAGE + 1])
            has_newer, has_older = before is not None, len(rows) > PER_PAGE
            rows = rows[:PER_PAGE]
        return {
            "rows": [row(scan, self.sheet) for scan in rows],
            "newest": self.query() if has_newer else "",
            "has_newer": has_newer and bool(rows),
            "newer": self.query(after=place_of(rows[0])) if has_newer and rows else "",
            "older": self.query(before=place_of(rows[-1])) if has_older and rows else "",
        }


def place_of(scan: Any) -> str:
    """Return the place of a scan in the list, for an address."""
    return f"{int(scan.at.timestamp() * 1_000_000)}-{scan.pk}"


def _place(typed: str) -> tuple[datetime, int] | None:
    moment, _dash, key = typed[:40].partition("-")
    if not (moment.isascii() and moment.isdecimal() and key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    micros = int(moment)
    if micros >= 10**16:
        return None
    return datetime.fromtimestamp(micros // 1_000_000, UTC).replace(microsecond=micros % 1_000_000), int(key)


def row(scan: Any, sheet: Sheet) -> dict[str, Any]:
    """Return a scan for the page."""
    return {
        "at": sheet.moment(scan.at),
        "who": words.who(scan, sheet),
        "badge": scan.badge.slug if scan.badge is not None else "",
        "number": sheet.number(scan.number),
        "gate": sheet.text(scan.gate.name),
        "way": word(SCAN_WAYS, scan.way),
        "verdict": scan.verdict,
        "verdict_words": word(VERDICTS, scan.verdict),
        "reason": "" if scan.reason == Reason.OK else words.reason_title(scan.reason),
        "answer": word(ANSWERS, scan.answer),
        # The officer did otherwise than the gate said.
        "is_otherwise": (scan.verdict, scan.answer) in {("admit", "refused"), ("refuse", "admitted")},
        "flag": FLAGS[Flag(scan.flag)].title if scan.flag else "",
        "by": word(BY, scan.by),
        "guests": sheet.number(scan.n_guests) if scan.n_guests else "",
        "is_offline": scan.is_offline,
        "taken_at": sheet.moment(scan.taken_at) if scan.is_offline else "",
        "note": scan.note,
    }


def heads() -> list[str]:
    """Return the headings of the list as a file."""
    labels = (
        _("Moment"),
        _("Number"),
        _("Whom"),
        _("Gate"),
        _("Zone"),
        _in("way through a gate", "Way"),
        _("Answer of the gate"),
        _("Reason"),
        _("What the officer did"),
        _("Alert"),
        _("Guests"),
        _("Decided without network"),
        _("Heard of"),
        _("Note"),
    )
    return [str(label) for label in labels]


def cells(scans: Any, sheet: Sheet, most: int) -> Iterator[Sequence[Any]]:
    """Return scans as the rows of a file; moments to the second, in the time of the place.

    Each pass and gate is worded once: a pass is read many times a day.
    """
    gates = {gate.pk: plain(sheet.text(gate.name)) for gate in posts.gates_of(sheet.edition)}
    zones = {zone.pk: plain(sheet.text(zone.name)) for zone in sheet.edition.zone_set.all()}
    named: dict[int | None, str] = {}
    for part, badges in watching.in_parts(scans, most):
        named |= {key: plain(badge_name(badge, sheet)) for key, badge in badges.items()}
        for scan in part:
            place = gates[scan.gate_id], zones[scan.zone_id]
            yield _cells(scan, named.get(scan.badge_id, ""), place, sheet)


def _cells(scan: Any, name: str, place: tuple[str, str], sheet: Sheet) -> Sequence[Any]:
    zone = sheet.edition.zone
    return (
        f"{scan.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        scan.number if scan.number is not None else "",
        name,
        *place,
        word(SCAN_WAYS, scan.way),
        word(VERDICTS, scan.verdict),
        "" if scan.reason == Reason.OK else words.reason_title(scan.reason),
        word(ANSWERS, scan.answer),
        FLAGS[Flag(scan.flag)].title if scan.flag else "",
        scan.n_guests or "",
        "×" if scan.is_offline else "",
        f"{scan.taken_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        scan.note,
    )
