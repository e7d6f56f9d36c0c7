"""Bilaterals: wishes that some room and some day could hold, and fixed ones within the hours of their room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from ejlas.core.errors import marked
from ejlas.core.formats.problem import Problem
from ejlas.journeys.summit_file.clashes import fixed_interval
from ejlas.journeys.summit_file.items import Item
from ejlas.journeys.summit_file.moments import minutes_between
from ejlas.journeys.summit_file.sheet import Sheet


@dataclass(frozen=True, slots=True)
class _Hours:
    """When bilaterals may be; None where the file is broken there."""

    opens: time | None
    closes: time | None
    grid_min: int | None
    first: date | None
    last: date | None

    @property
    def length_min(self) -> int | None:
        """Minutes between opening and closing; None where they are broken or out of order."""
        if self.opens is None or self.closes is None or self.closes <= self.opens:
            return None
        return _minutes(self.closes) - _minutes(self.opens)

    def of_room(self, room: Item | None) -> _Hours:
        """Return the hours of a room, which may have its own."""
        own = {name: room.get(name) for name in ("opens", "closes") if room and name in room}
        return replace(self, **own)

    def holds_day(self, day: date) -> bool:
        """Tell whether bilaterals may be on a day; True where that cannot be told."""
        return self.first is None or self.last is None or self.last < self.first or self.first <= day <= self.last

    def hold(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Tell whether a local time lies within one day's hours; True where that cannot be told."""
        if self.length_min is None or self.opens is None or self.closes is None:
            return True
        return starts_at.date() == ends_at.date() and self.opens <= starts_at.time() and ends_at.time() <= self.closes

    def are_hit_by(self, at: time) -> bool:
        """Tell whether a time lies on the grid; True where that cannot be told."""
        return not self.opens or not self.grid_min or (_minutes(at) - _minutes(self.opens)) % self.grid_min == 0


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Check each bilateral against the rules of the edition and the rooms."""
    hours, rooms = _hours(sheet), {str(room.raw.get("slug")): room for room in sheet.rooms()}
    seats = [room.get("seats") for room in rooms.values()]
    most_seats = 0 if None in seats else max(seats, default=0)
    for bilateral in sheet.root.many("bilaterals"):
        yield from _length(sheet, bilateral, hours)
        yield from _seats(sheet, bilateral, most_seats)
        yield from _bounds(sheet, bilateral)
        yield from _fixed(sheet, bilateral, hours, rooms)


def _hours(sheet: Sheet) -> _Hours:
    rules = sheet.rules()
    return _Hours(
        opens=rules.get("opens"),
        closes=rules.get("closes"),
        grid_min=rules.get("grid_min"),
        first=rules.get("starts_on") if "starts_on" in rules else sheet.starts_on,
        last=rules.get("ends_on") if "ends_on" in rules else sheet.ends_on,
    )


def _length(sheet: Sheet, bilateral: Item, hours: _Hours) -> Iterator[Problem]:
    path, length, grid = bilateral.at("length_min"), bilateral.get("length_min"), hours.grid_min
    if length and grid and length % grid:
        wrong = marked("%(length)s minutes do not fit the grid of %(grid)s")
        remedy = marked("write %(grid)s, or two or more times as much, or change edition.bilaterals.grid_min")
        yield sheet.problem(path, wrong, remedy, length=length, grid=grid)
    elif length and hours.length_min and length > hours.length_min:
        wrong, remedy = (
            marked("%(length)s minutes are longer than the hours of bilaterals"),
            marked("write at most %(most)s"),
        )
        yield sheet.problem(path, wrong, remedy, length=length, most=hours.length_min)


def _seats(sheet: Sheet, bilateral: Item, most_seats: int) -> Iterator[Problem]:
    seats = bilateral.get("seats")
    if seats and most_seats and seats > most_seats:
        wrong, remedy = marked("no room has %(seats)s seats"), marked("write at most %(most)s")
        yield sheet.problem(bilateral.at("seats"), wrong, remedy, seats=seats, most=most_seats)


def _bounds(sheet: Sheet, bilateral: Item) -> Iterator[Problem]:
    earliest, latest = sheet.moment(bilateral, "earliest"), sheet.moment(bilateral, "latest")
    length, fixed = bilateral.get("length_min"), fixed_interval(sheet, bilateral)
    if earliest and latest and length and minutes_between(earliest, latest) < length:
        wrong = marked("%(length)s minutes do not fit between earliest and latest")
        yield sheet.problem(bilateral.at("latest"), wrong, marked("write a later time"), length=length)
        return
    too_early = fixed and earliest and minutes_between(earliest, fixed.starts_at) < 0
    too_late = fixed and latest and minutes_between(fixed.ends_at, latest) < 0
    if too_early or too_late:
        wrong = marked("the fixed time does not lie between earliest and latest")
        remedy = marked("correct it, or take earliest and latest out")
        yield sheet.problem(bilateral.at("fixed", "starts_at"), wrong, remedy)


def _fixed(sheet: Sheet, bilateral: Item, hours: _Hours, rooms: dict[str, Item]) -> Iterator[Problem]:
    interval, fixed = fixed_interval(sheet, bilateral), bilateral.one("fixed")
    if interval is None or fixed is None:
        return
    starts_at, ends_at = (moment.astimezone(sheet.zone) for moment in (interval.starts_at, interval.ends_at))
    room, path = rooms.get(fixed.get("room")), fixed.at("starts_at")
    if not hours.holds_day(starts_at.date()):
        wrong, remedy = marked("%(day)s is not a day of bilaterals"), marked("write a day from %(first)s to %(last)s")
        yield sheet.problem(path, wrong, remedy, day=starts_at.date(), first=hours.first, last=hours.last)
    elif not hours.of_room(room).hold(starts_at, ends_at):
        wrong = marked("%(start)s to %(end)s is outside the hours of bilaterals there")
        remedy, open_hours = marked("stay within %(opens)s to %(closes)s"), hours.of_room(room)
        clock = {
            "start": starts_at.time(),
            "end": ends_at.time(),
            "opens": open_hours.opens,
            "closes": open_hours.closes,
        }
        yield sheet.problem(path, wrong, remedy, **{name: f"{at:%H:%M}" for name, at in clock.items()})
    elif not hours.are_hit_by(starts_at.time()):
        wrong, remedy = marked("%(start)s is not on the grid"), marked("count steps of %(grid)s minutes from %(opens)s")
        clock = {"start": starts_at.time(), "opens": hours.opens}
        written = {name: f"{at:%H:%M}" for name, at in clock.items()}
        yield sheet.problem(path, wrong, remedy, grid=hours.grid_min, **written)
    yield from _fixed_seats(sheet, bilateral, fixed, room)


def _fixed_seats(sheet: Sheet, bilateral: Item, fixed: Item, room: Item | None) -> Iterator[Problem]:
    seats, wanted = room.get("seats") if room else None, bilateral.get("seats")
    if seats and wanted and wanted > seats:
        wrong = marked("the room has %(seats)s seats, the bilateral needs %(wanted)s")
        remedy = marked("choose a larger room, or ask for fewer seats")
        yield sheet.problem(fixed.at("room"), wrong, remedy, seats=seats, wanted=wanted)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
