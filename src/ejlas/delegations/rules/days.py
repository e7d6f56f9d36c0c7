"""Days as people type them: ISO, day first, month names, Solar Hijri, the serial numbers of spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

import icu

from ejlas.core import calendars, languages
from ejlas.core.errors import RuleBroken, marked
from ejlas.delegations.rules.folding import ascii_digits, folded, tidy
from ejlas.delegations.rules.headings import LANGUAGES

Order = Literal["dmy", "mdy"]

# These years are Solar Hijri wherever they stand: 1921 to 2042.
_FIRST_HIJRI, _LAST_HIJRI = 1300, 1420
_FIRST_YEAR, _LAST_YEAR = 1850, 2200
# A smaller number in a cell is a bare year, or nothing.
_FIRST_SERIAL, _LAST_SERIAL = 3_000, 80_000
_LONGEST, _LARGEST = 60, 10**12
_DAY_ZERO = date(1899, 12, 30)
_YEAR_FIRST = re.compile(r"(\d{4})\s?([-/.\s])\s?(\d{1,2})\s?\2\s?(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.\s])\s?(\d{1,2})\s?\2\s?(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}\s?([-/.\s])\s?\d{1,2}\s?\1\s?\d{2}|\d{1,2}[-\s]?[^\W\d]+\.?[-\s]?\d{2}")
_CLOCK = re.compile(r"[T\s]00:00(?::00(?:\.0+)?)?Z?$")
_YEAR_WORDS = re.compile(r"(?<=\d)\s*(?:г\.?|года|год|гг?|ж\.?|жылы?|жылғы|ci il|cu il|cı il|cü il)\s*$")
_NUMBERS, _WORDS = re.compile(r"\d+"), re.compile(r"[^\W\d]+")


class DayFault(RuleBroken):
    """A day that cannot be taken."""

    code = "day"


class DayUnknown(DayFault):
    """What was typed is no date."""

    code = "day.unknown"
    message = marked("“%(typed)s” cannot be read as a date: write it as %(example)s.")


class DayUnclear(DayFault):
    """What was typed could be two days."""

    code = "day.unclear"
    message = marked("“%(typed)s” can be read in two ways: write the date as %(example)s, the year first.")


class DayShort(DayFault):
    """The year has two digits."""

    code = "day.short_year"
    message = marked("Write the year of “%(typed)s” with four digits, as in %(example)s.")


class NoSuchDay(DayFault):
    """The calendar has no such day."""

    code = "day.none"
    message = marked("The calendar has no day “%(typed)s”.")


_EXAMPLE = "1975-11-23"


def parse(typed: object, *, order: Order | None = None) -> date:
    """Return the day of a cell or of what was typed; `order` says what other rows prove of 03/04/1975.

    Raises DayUnknown, DayUnclear, DayShort, NoSuchDay.
    """
    if isinstance(typed, datetime):
        return _real(typed.date())
    if isinstance(typed, date):
        return _real(typed)
    if isinstance(typed, int | float) and not isinstance(typed, bool) and abs(typed) < _LARGEST:
        if _FIRST_SERIAL <= typed <= _LAST_SERIAL:
            return _DAY_ZERO + timedelta(days=int(typed))
        typed = str(int(typed))
    text = _CLOCK.sub("", _YEAR_WORDS.sub("", ascii_digits(tidy(str(typed)))))
    shown = str(typed).strip()[:_LONGEST]
    if len(text) > _LONGEST:
        raise DayUnknown(typed=shown, example=_EXAMPLE)
    return _of_text(text, shown, order)


def _real(day: date) -> date:
    # A sheet may hold a Solar Hijri date as if it were one of ours.
    return _day(day.year, day.month, day.day, day.isoformat())


def _of_text(text: str, typed: str, order: Order | None) -> date:
    if re.fullmatch(r"\d{8}", text):
        return _compact(text, typed)
    if re.fullmatch(r"[1-6]\d{4}", text):
        return _DAY_ZERO + timedelta(days=int(text))
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]), typed)
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(found, typed, order)
    if _SHORT_YEAR.fullmatch(text):
        raise DayShort(typed=typed, example=_EXAMPLE)
    return _with_words(text, typed)


def _compact(text: str, typed: str) -> date:
    """Return the day of eight digits, the year first or last, whichever makes a day."""
    years = [int(text[:4]), int(text[4:])]
    first, last = (_is_year(year) for year in years)
    if first == last:
        fault = DayUnclear if first else DayUnknown
        raise fault(typed=typed, example=_EXAMPLE)
    if first:
        return _day(years[0], int(text[4:6]), int(text[6:]), typed)
    return _day(years[1], int(text[2:4]), int(text[:2]), typed)


def _year_last(found: re.Match[str], typed: str, order: Order | None) -> date:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    # A dot always parts a day from the month behind it, and no Iranian begins with the month.
    if found[2] == "." or first > 12 or first == second or (year <= _LAST_HIJRI and second <= 12):
        return _day(year, second, first, typed)
    if second > 12:
        return _day(year, first, second, typed)
    if order is None:
        raise DayUnclear(typed=typed, example=_EXAMPLE)
    return _day(year, second, first, typed) if order == "dmy" else _day(year, first, second, typed)


def _is_year(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR or _FIRST_HIJRI <= year <= _LAST_HIJRI


def _day(year: int, month: int, day: int, typed: str) -> date:
    if not _is_year(year):
        raise DayUnknown(typed=typed, example=_EXAMPLE)
    try:
        if _FIRST_HIJRI <= year <= _LAST_HIJRI:
            return calendars.from_solar_hijri(calendars.SolarHijri(year, month, day))
        return date(year, month, day)
    except ValueError as fault:
        raise NoSuchDay(typed=typed) from fault


def order_of(typed: Iterable[object]) -> Order | None:
    """Return the order that the dates of a column prove: one of them has a day over 12, and none proves the other."""
    proved: set[Order] = set()
    for each in typed:
        found = _YEAR_LAST.fullmatch(_CLOCK.sub("", ascii_digits(tidy(each)))) if isinstance(each, str) else None
        if found and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            if 12 < first <= 31 and second <= 12:
                proved.add("dmy")
            elif 12 < second <= 31 and first <= 12:
                proved.add("mdy")
    return proved.pop() if len(proved) == 1 else None


# --- Months by their names ---


def _with_words(text: str, typed: str) -> date:
    numbers = [int(number) for number in _NUMBERS.findall(text)[:4]]
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if 1 <= number <= 31]
    if len(numbers) != 2 or len(years) != 1 or len(days) != 1:
        raise DayUnknown(typed=typed, example=_EXAMPLE)
    is_hijri = _FIRST_HIJRI <= years[0] <= _LAST_HIJRI
    months = {month for word in _WORDS.findall(folded(text)) if (month := _month(word, is_hijri=is_hijri))}
    if len(months) != 1:
        raise DayUnknown(typed=typed, example=_EXAMPLE)
    return _day(years[0], months.pop(), days[0], typed)


def _month(word: str, *, is_hijri: bool) -> int:
    """Return the month that a folded word names, whole, inflected or cut short; 0 if none."""
    names = _months(calendars.SOLAR_HIJRI if is_hijri else calendars.GREGORIAN)
    if word in names:
        return names[word]
    if len(word) < 3:
        return 0
    found = {month for name, month in names.items() if len(name) > 3 and (word.startswith(name) or _cut(word, name))}
    return found.pop() if len(found) == 1 else 0


def _cut(word: str, name: str) -> bool:
    """Tell whether one is the other but for its end: сентябр, noýabry."""
    shorter = min(len(word), len(name))
    return name.startswith(word) or (shorter > 4 and word[: shorter - 1] == name[: shorter - 1])


@lru_cache(maxsize=4)
def _months(calendar: calendars.Calendar) -> dict[str, int]:
    """Return the numbers of the months by their folded names in each language; a name of two months is none's."""
    known: dict[str, int] = {}
    taken_twice: set[str] = set()
    for language in LANGUAGES:
        for number, name in _names(language, calendar):
            word = folded(name).replace(" ", "")
            if known.setdefault(word, number) != number:
                taken_twice.add(word)
    return {word: number for word, number in known.items() if word not in taken_twice and word}


def _names(language: str, calendar: calendars.Calendar) -> list[tuple[int, str]]:
    named = [(month, calendars.month_name(month, language, calendar=calendar)) for month in range(1, 13)]
    if calendar == calendars.SOLAR_HIJRI:
        # Beside a day a month may be inflected: тира.
        days = [(month, calendars.from_solar_hijri(calendars.SolarHijri(1380, month, 1))) for month in range(1, 13)]
        written = [(month, calendars.format_date(day, language, calendar=calendar)) for month, day in days]
        return named + [(month, max(_WORDS.findall(text), key=len)) for month, text in written]
    kinds = icu.DateFormatSymbols
    symbols = icu.SimpleDateFormat("d", languages.locale_of(language, calendar="gregorian")).getDateFormatSymbols()
    for context in (kinds.FORMAT, kinds.STANDALONE):
        for width in (kinds.WIDE, kinds.ABBREVIATED):
            named += enumerate(map(str, symbols.getMonths(context, width)), start=1)
    return named
