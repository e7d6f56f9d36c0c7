"""Time: moments that exist, ends after starts, everything near the summit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from ejlas.core.errors import RuleBroken, marked
from ejlas.core.formats.problem import Path, Problem
from ejlas.journeys.summit_file.items import Item
from ejlas.journeys.summit_file.moments import AmbiguousMoment, NoSuchMoment
from ejlas.journeys.summit_file.sheet import MARGIN, Sheet

# The planner divides each day of an edition into steps; a longer one is a slip in a date.
MOST_DAYS = 31


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Check every moment by itself, then pairs of them."""
    for path, broken in sheet.odd_moments.items():
        yield sheet.problem(path, *_odd(broken), **broken.values)
    yield from _days(sheet)
    yield from _near_the_summit(sheet)
    for item, first, last in _pairs(sheet):
        yield from _order(sheet, item, first, last)


def _odd(broken: RuleBroken) -> tuple[str, str]:
    if isinstance(broken, NoSuchMoment):
        wrong = marked("the clock of the place jumps over %(moment)s")
        return wrong, marked("write a time that it shows; after the jump it is %(next)s")
    if isinstance(broken, AmbiguousMoment):
        return marked("the clock of the place shows %(moment)s twice"), marked("write %(first)s or %(second)s")
    wrong = marked("%(moment)s does not have the offset of the place")
    return wrong, marked("leave the offset out, or write %(local)s")


def _days(sheet: Sheet) -> Iterator[Problem]:
    first, last, edition = sheet.starts_on, sheet.ends_on, sheet.edition
    if edition is None or first is None or last is None:
        return
    if last < first:
        wrong, remedy = (
            marked("the last day, %(last)s, comes before the first, %(first)s"),
            marked("correct one of the two"),
        )
        yield sheet.problem(edition.at("ends_on"), wrong, remedy, last=last, first=first)
    elif (last - first).days >= MOST_DAYS:
        wrong, days = marked("the edition would last %(days)s days"), (last - first).days + 1
        remedy = marked("correct the first or the last day; %(most)s days are the most")
        yield sheet.problem(edition.at("ends_on"), wrong, remedy, days=days, most=MOST_DAYS)
    opens_at = sheet.moment(edition, "opens_at")
    if opens_at and first <= last and not first <= opens_at.date() <= last:
        wrong, remedy = (
            marked("the opening is not on a day of the edition"),
            marked("write a time from %(first)s to %(last)s"),
        )
        yield sheet.problem(edition.at("opens_at"), wrong, remedy, first=first, last=last)


def _near_the_summit(sheet: Sheet) -> Iterator[Problem]:
    first, last = sheet.starts_on, sheet.ends_on
    if first is None or last is None or last < first:
        return
    earliest, latest = first - MARGIN, last + MARGIN
    dated: dict[Path, date] = {path: moment.date() for path, moment in sheet.moments.items()}
    rules = sheet.rules()
    dated |= {rules.at(name): rules.get(name) for name in ("starts_on", "ends_on") if rules.get(name)}
    for path, day in dated.items():
        if path != ("edition", "opens_at") and not earliest <= day <= latest:
            wrong = marked("%(day)s is more than %(days)s days away from the summit")
            remedy = marked("write a day from %(earliest)s to %(latest)s")
            values = {"day": day, "days": MARGIN.days, "earliest": earliest, "latest": latest}
            yield sheet.problem(path, wrong, remedy, **values)


def _pairs(sheet: Sheet) -> Iterator[tuple[Item, str, str]]:
    root = sheet.root
    yield sheet.rules(), "opens", "closes"
    yield sheet.rules(), "starts_on", "ends_on"
    for party in root.many("parties"):
        yield party, "arrives_at", "departs_at"
    for room in sheet.rooms():
        yield room, "opens", "closes"
    for session in root.many("sessions"):
        yield session, "starts_at", "ends_at"
    for interpreter in root.many("interpreters"):
        for spell in interpreter.many("available"):
            yield spell, "starts_at", "ends_at"


def _order(sheet: Sheet, item: Item, first: str, last: str) -> Iterator[Problem]:
    start, end = _value(sheet, item, first), _value(sheet, item, last)
    if start is None or end is None or (first not in item and last not in item):
        return
    # Days may be the same, times may not; and moments of one zone are compared in UTC, else a clock change deceives.
    reversed_ = end < start if last == "ends_on" else _instant(end) <= _instant(start)
    if reversed_:
        wrong, remedy = (
            marked("the end, %(end)s, does not come after the start, %(start)s"),
            marked("correct one of the two"),
        )
        yield sheet.problem(item.at(last), wrong, remedy, end=_written(end), start=_written(start))


def _value(sheet: Sheet, item: Item, name: str) -> Any:
    if name.endswith("_at"):
        return sheet.moment(item, name)
    defaults = {"starts_on": sheet.starts_on, "ends_on": sheet.ends_on}
    if name in item:
        return item.get(name)
    return defaults[name] if name in defaults else _rule(sheet, name)


def _rule(sheet: Sheet, name: str) -> Any:
    """Return the hour that a room takes from the edition; None where the edition's own hours are out of order."""
    opens, closes = sheet.rules().get("opens"), sheet.rules().get("closes")
    return sheet.rules().get(name) if opens and closes and opens < closes else None


def _instant(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _written(value: Any) -> str:
    return str(value.isoformat(timespec="minutes") if isinstance(value, datetime | time) else value)
