"""Dates and times as a reader of any language expects them, in the Gregorian and the Solar Hijri calendar."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal

import icu

from ejlas.core import errors, languages

Calendar = Literal["gregorian", "solar_hijri"]
Style = Literal["full", "long", "short", "weekday"]

GREGORIAN: Calendar = "gregorian"
SOLAR_HIJRI: Calendar = "solar_hijri"

_ICU_CALENDARS = {GREGORIAN: "gregorian", SOLAR_HIJRI: "persian"}

# The reviewed glossary. CLDR agrees for en, fa, ru, az and kk, and has no Turkmen names.
_SOLAR_HIJRI_MONTHS = {
    "en": "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "ru": "фарвардин ордибехешт хордад тир мордад шахривер мехр абан азер дей бахман эсфанд",
    "az": "fərvərdin ordibeheşt xordəd tir mordəd şəhrivar mehr abən azər dey bəhmən isfənd",
    "tk": "Farwardin Ordibeheşt Hordad Tir Mordad Şahriwar Mehr Aban Azar Deý Bahman Esfand",
    "kk": "Фарвардин Ордибехешт Хордад Тир Мордад Шахривар Мехр Абан Азар Дей Бахман Эсфанд",
}

# After a day Russian puts the month in the genitive; CLDR does so for Gregorian months only.
_SOLAR_HIJRI_MONTHS_IN_DATES = _SOLAR_HIJRI_MONTHS | {
    "ru": "фарвардина ордибехешта хордада тира мордада шахривера мехра абана азера дея бахмана эсфанда",
}

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_SECONDS_A_DAY = 86_400
_LAST_YEAR = 9377  # the last Solar Hijri year that ends before datetime.date does
_RIGHT_TO_LEFT_MARK = "\u200f"


class NoSuchDate(errors.RuleBroken, ValueError):
    """The Solar Hijri calendar has no such date."""

    message = errors.marked("The Solar Hijri calendar has no date %(date)s.")


# --- The Solar Hijri calendar ---


@dataclass(frozen=True, slots=True, order=True)
class SolarHijri:
    """A date of the official calendar of Iran. Raises NoSuchDate when the year has no such day."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= _LAST_YEAR and 1 <= self.month <= 12):
            raise NoSuchDate(date=str(self))
        if not 1 <= self.day <= _month_length(self.year, self.month):
            raise NoSuchDate(date=str(self))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


@lru_cache(maxsize=2048)
def _nowruz(year: int) -> int:
    """Return the ordinal of 1 Farvardin, which the spring equinox in Tehran decides and ICU knows."""
    calendar = icu.Calendar.createInstance(icu.TimeZone.getGMT(), languages.locale_of("fa", calendar="persian"))
    calendar.clear()
    calendar.set(year, 0, 1)
    return _EPOCH_ORDINAL + int(calendar.getTime() // _SECONDS_A_DAY)


def solar_hijri_is_leap(year: int) -> bool:
    """Tell whether Esfand has 30 days in a Solar Hijri year."""
    return _nowruz(year + 1) - _nowruz(year) == 366


def _month_length(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or solar_hijri_is_leap(year) else 29


def _days_before(month: int) -> int:
    return 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6


def to_solar_hijri(day: date) -> SolarHijri:
    """Return the Solar Hijri date of a Gregorian one. Raises NoSuchDate before 1 Farvardin of the year 1."""
    ordinal = day.toordinal()
    year = day.year - 621
    if ordinal < _nowruz(year):
        year -= 1
    if not 1 <= year <= _LAST_YEAR:
        raise NoSuchDate(date=day.isoformat())
    passed = ordinal - _nowruz(year)
    month = passed // 31 + 1 if passed < 186 else (passed - 6) // 30 + 1
    return SolarHijri(year, month, passed - _days_before(month) + 1)


def from_solar_hijri(day: SolarHijri) -> date:
    """Return the Gregorian date of a Solar Hijri one."""
    return date.fromordinal(_nowruz(day.year) + _days_before(day.month) + day.day - 1)


def parse_solar_hijri(text: str) -> SolarHijri:
    """Read a date such as 1404-08-27 or ۱۴۰۴/۸/۲۷, in the digits of any script. Raises NoSuchDate."""
    # Marks of direction come along when a date is copied from a Persian page.
    bare = re.sub(r"[\s\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    found = re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", bare)
    if not found:
        raise NoSuchDate(date=text)
    return SolarHijri(int(found[1]), int(found[3]), int(found[4]))


# --- The words of a calendar ---


@lru_cache(maxsize=1024)
def _months(language: str, calendar: Calendar, letters: str) -> tuple[str, ...]:
    """Return the twelve names for a field of a pattern: MMMM in a date, LLLL alone, MMM and LLL short."""
    if calendar == SOLAR_HIJRI:
        reviewed = _SOLAR_HIJRI_MONTHS if letters[0] == "L" else _SOLAR_HIJRI_MONTHS_IN_DATES
        names = reviewed.get(languages.plain(language))
        if names:
            return tuple(names.split())
    symbols = icu.DateFormatSymbols
    context = symbols.STANDALONE if letters[0] == "L" else symbols.FORMAT
    width = symbols.ABBREVIATED if len(letters) == 3 else symbols.WIDE
    return tuple(str(name) for name in _symbols(language, calendar).getMonths(context, width))


@lru_cache(maxsize=512)
def _weekdays(language: str, letters: str) -> tuple[str, ...]:
    """Return the seven names from Monday on for a field of a pattern: EEEE in a date, cccc alone, the rest short."""
    symbols = icu.DateFormatSymbols
    context = symbols.STANDALONE if letters[0] == "c" else symbols.FORMAT
    width = symbols.WIDE if len(letters) == 4 else symbols.ABBREVIATED
    _, sunday, *others = _symbols(language, GREGORIAN).getWeekdays(context, width)
    return tuple(str(name) for name in (*others, sunday))


def _symbols(language: str, calendar: Calendar) -> icu.DateFormatSymbols:
    locale = languages.locale_of(language, calendar=_ICU_CALENDARS[calendar])
    return icu.SimpleDateFormat("d", locale).getDateFormatSymbols()


def month_name(month: int, language: str, *, calendar: Calendar = GREGORIAN) -> str:
    """Return the name of a month, 1 to 12, without a day."""
    return _alone(_months(language, calendar, "LLLL")[month - 1], _months(language, calendar, "MMMM")[month - 1])


def weekday_name(day: date | int, language: str, *, short: bool = False) -> str:
    """Return the name of the weekday of a date, or of a number counted as Python does: 0 is Monday."""
    weekday = day.weekday() if isinstance(day, date) else day
    if short:
        return _weekdays(language, "ccc")[weekday]
    return _alone(_weekdays(language, "cccc")[weekday], _weekdays(language, "EEEE")[weekday])


def _alone(alone: str, inside: str) -> str:
    """Choose the form for a name without a date; a capital that CLDR adds to it is the page's business."""
    return inside if alone.lower() == inside.lower() else alone


@lru_cache(maxsize=512)
def week_start(language: str) -> int:
    """Return the weekday on which the reader's week begins, counted as Python does: 0 is Monday, 5 is Saturday."""
    calendar = icu.Calendar.createInstance(languages.locale_of(language).addLikelySubtags())
    return (int(calendar.getFirstDayOfWeek()) + 5) % 7


@lru_cache(maxsize=512)
def home_calendar(language: str) -> Calendar:
    """Return the calendar that readers of the language live by, of the two known here."""
    calendar = icu.Calendar.createInstance(languages.locale_of(language).addLikelySubtags())
    return SOLAR_HIJRI if calendar.getType() == "persian" else GREGORIAN


# --- Patterns ---

# A part of a pattern is a field such as "MMMM" or the words between two fields.
_Part = tuple[Literal["field", "words"], str]
_Pattern = tuple[_Part, ...]


def _parsed(pattern: str) -> _Pattern:
    parts: list[_Part] = []
    # Fonts cut to six languages have no narrow or thin spaces.
    plain_spaced = re.sub("[\u2009\u202f]", "\xa0", pattern)
    for found in re.finditer(r"'((?:[^']|'')*)'|(([A-Za-z])\3*)|([^A-Za-z']+)", plain_spaced):
        quoted, field, between = found[1], found[2], found[4]
        if field:
            parts.append(("field", field))
        elif quoted is not None:
            parts.append(("words", quoted.replace("''", "'") or "'"))
        else:
            parts.append(("words", between))
    return tuple(parts)


@lru_cache(maxsize=1024)
def _pattern(language: str, style: Style | Literal["day_month"]) -> _Pattern:
    """Return the language's Gregorian pattern; Solar Hijri dates follow it too, for their months tell the era."""
    locale = languages.locale_of(language, calendar="gregorian")
    if style in ("weekday", "day_month"):
        generator = icu.DateTimePatternGenerator.createInstance(locale)
        return _parsed(str(generator.getBestPattern("MMMMEEEEd" if style == "weekday" else "MMMMd")))
    length = {"full": icu.DateFormat.FULL, "long": icu.DateFormat.LONG, "short": icu.DateFormat.SHORT}[style]
    pattern = str(icu.DateFormat.createDateInstance(length, locale).toPattern())
    # Two digits of a year would not tell the calendars apart.
    return _parsed(re.sub("y+", "y", pattern))


@lru_cache(maxsize=512)
def _time_pattern(language: str) -> _Pattern:
    generator = icu.DateTimePatternGenerator.createInstance(languages.locale_of(language))
    return _parsed(re.sub("H+", "HH", str(generator.getBestPattern("Hmm"))))


@lru_cache(maxsize=512)
def _between(language: str) -> tuple[str, str]:
    """Return what joins two ends of a span: two numbers, then two wordings."""
    info = icu.DateIntervalInfo(languages.locale_of(language, calendar="gregorian"))
    joint = str(info.getFallbackIntervalPattern()).replace("{0}", "").replace("{1}", "")
    # A word such as Persian «تا» reads the right way in either direction; a bare dash does not.
    return (joint, joint) if any(map(str.isalpha, joint)) else ("–", " – ")


# --- Dates ---


@dataclass(frozen=True, slots=True)
class _Day:
    year: int
    month: int
    day: int
    weekday: int


def _day(day: date, calendar: Calendar) -> _Day:
    shown = to_solar_hijri(day) if calendar == SOLAR_HIJRI else day
    return _Day(shown.year, shown.month, shown.day, day.weekday())


def _field(letters: str, day: _Day, language: str, calendar: Calendar) -> str:
    kind, width = letters[0], len(letters)
    if kind in "ML" and width > 2:
        return _months(language, calendar, letters)[day.month - 1]
    if kind in "Ec" and (kind == "E" or width > 2):
        return _weekdays(language, letters)[day.weekday]
    values = {"d": day.day, "M": day.month, "L": day.month, "y": day.year}
    return languages.digits(f"{values[kind]:0{width}}", language) if kind in values else ""


def _written(pattern: _Pattern, day: _Day, language: str, calendar: Calendar) -> str:
    words = (
        _field(part, day, language, calendar) if kind == "field" else languages.digits(part, language)
        for kind, part in pattern
    )
    # Where the pattern names the era, which is left out here, a space stays behind.
    return re.sub(" {2,}", " ", "".join(words)).strip()


def format_date(day: date, language: str, *, calendar: Calendar = GREGORIAN, style: Style = "long") -> str:
    """Write a date: `full` with its weekday, `long` with the month as a word, `short` in digits, `weekday` yearless."""
    return _written(_pattern(language, style), _day(day, calendar), language, calendar)


def format_dates(
    day: date, language: str, calendars: Collection[str] = (), *, style: Style = "long"
) -> tuple[str, ...]:
    """Write a date once for each calendar the reader wants, the reader's own first.

    The Gregorian date is always there, and so is the one of the reader's home calendar; Solar Hijri is added for
    others where `calendars` asks for it.
    """
    wanted = _wanted(language, calendars)
    return tuple(format_date(day, language, calendar=calendar, style=style) for calendar in wanted)


def _wanted(language: str, calendars: Collection[str]) -> list[Calendar]:
    if home_calendar(language) == SOLAR_HIJRI:
        return [SOLAR_HIJRI, GREGORIAN]
    return [GREGORIAN, SOLAR_HIJRI] if SOLAR_HIJRI in calendars else [GREGORIAN]


def format_spans(first: date, last: date, language: str, calendars: Collection[str] = ()) -> tuple[str, ...]:
    """Write a span of days once for each calendar the reader wants, the reader's own first, as `format_dates` does."""
    wanted = _wanted(language, calendars)
    return tuple(format_span(first, last, language, calendar=calendar) for calendar in wanted)


# --- Spans of days ---


def _day_range(pattern: _Pattern, first: _Day, language: str) -> _Pattern:
    """Return the pattern with the first day put before its own: "18–" and the rest."""
    parts: list[_Part] = []
    for index, (kind, part) in enumerate(pattern):
        if kind == "field" and part[0] == "d":
            follows = pattern[index + 1][1] if index + 2 < len(pattern) else ""
            # An ordinal stop belongs to both days: "18.–19. November".
            stop = "." if follows.startswith(".") else ""
            number = languages.digits(f"{first.day:0{len(part)}}", language)
            parts.append(("words", number + stop + _between(language)[0]))
        parts.append((kind, part))
    return tuple(parts)


def _year_comes_first(pattern: _Pattern) -> bool:
    fields = [part[0] for kind, part in pattern if kind == "field"]
    return fields.index("y") < fields.index("d")


def format_span(first: date, last: date, language: str, *, calendar: Calendar = GREGORIAN) -> str:
    """Write a span of days, both included, and say once what both share: "18–19 November 2025"."""
    if last < first:
        raise ValueError(f"a span of days ends on {last}, before it starts on {first}")
    start, end = _day(first, calendar), _day(last, calendar)
    whole, part = _pattern(language, "long"), _pattern(language, "day_month")
    if start == end:
        return _written(whole, end, language, calendar)
    if (start.year, start.month) == (end.year, end.month):
        return _written(_day_range(whole, start, language), end, language, calendar)
    before, after = whole, whole
    if start.year == end.year:
        before, after = (whole, part) if _year_comes_first(whole) else (part, whole)
    ends = (_written(before, start, language, calendar), _written(after, end, language, calendar))
    return _between(language)[1].join(ends)


# --- Times ---


def format_time(moment: datetime | time, language: str) -> str:
    """Write a time of day as it stands, in 24 hours: "09:00"."""
    values = {"H": moment.hour, "m": moment.minute}
    return "".join(
        languages.digits(f"{values[part[0]]:0{len(part)}}", language) if kind == "field" else part
        for kind, part in _time_pattern(language)
    ).strip()


def format_time_span(start: datetime | time, end: datetime | time, language: str) -> str:
    """Write a span of times of one day: "09:00–10:30"."""
    joint = _between(language)[0]
    span = joint.join((format_time(start, language), format_time(end, language)))
    # Digits and a dash alone would run from left to right wherever the direction is guessed from the text.
    bare = languages.direction(language) == "rtl" and not any(map(str.isalpha, joint))
    return _RIGHT_TO_LEFT_MARK + span if bare else span
