"""Days and moments as people write them: in the Gregorian or the Solar Hijri calendar, in the time of the place."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import calendars, languages
from ejlas.core.calendars import SOLAR_HIJRI, NoSuchDate, SolarHijri

# No summit is held before this year of the Gregorian calendar, nor after it of the Solar Hijri one.
_CALENDARS_PART = 1700
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MOMENT = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T ,،]+(\d{1,2}):(\d{2})(?::00)?")


def plain_digits(words: str) -> str:
    """Return the words with every decimal digit as an ASCII one, and without marks of direction."""
    kept = (character for character in words if character not in "\u200e\u200f\u200c")
    return "".join(str(int(character)) if character.isdecimal() else character for character in kept).strip()


def day_from(words: str) -> date:
    """Return the day that is written in either calendar; a year before 1700 is Solar Hijri. Raises ValueError."""
    found = _DAY.fullmatch(plain_digits(words))
    if not found:
        raise ValueError(words)
    year, month, day = map(int, found.groups())
    if year < _CALENDARS_PART:
        return calendars.from_solar_hijri(SolarHijri(year, month, day))
    return date(year, month, day)


def day_in(day: date, calendar: str, language: str = "en") -> str:
    """Write a day so that `day_from` reads it again, in the digits of the language."""
    if calendar != SOLAR_HIJRI:
        return day.isoformat()
    own = calendars.to_solar_hijri(day)
    return languages.digits(f"{own.year:04}/{own.month:02}/{own.day:02}", language)


class DayInput(forms.DateInput):
    """A day: the browser's own calendar for Gregorian readers, a written one for readers of Solar Hijri dates."""

    template_name = "ui/inputs/moment.html"
    has_time = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.language, self.calendar = "en", calendars.GREGORIAN

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["is_written"] = self.calendar == SOLAR_HIJRI
        context["widget"]["type"] = "text" if self.calendar == SOLAR_HIJRI else self.native_type
        context["widget"]["has_time"] = self.has_time
        return context

    native_type = "date"

    def format_value(self, value: Any) -> str:
        return day_in(value, self.calendar, self.language) if isinstance(value, date) else str(value or "")


class MomentInput(DayInput):
    """A moment at the place, in the place's own time."""

    has_time = True
    native_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.zone: ZoneInfo = ZoneInfo("UTC")

    def format_value(self, value: Any) -> str:
        if not isinstance(value, datetime):
            return str(value or "")
        local = value.astimezone(self.zone)
        if self.calendar != SOLAR_HIJRI:
            return f"{local:%Y-%m-%dT%H:%M}"
        return (
            f"{day_in(local.date(), self.calendar, self.language)} {languages.digits(f'{local:%H:%M}', self.language)}"
        )


class DayField(forms.Field):
    """A day, written in the Gregorian or the Solar Hijri calendar."""

    widget: Any = DayInput
    default_error_messages = {
        "invalid": _("Write a day as year-month-day, such as 2025-11-18 or 1404/08/27."),
        "no_day": _("This day does not exist in its calendar."),
    }

    def read_as(self, language: str, zone: ZoneInfo) -> None:
        """Speak the language's digits and its calendar."""
        own = calendars.home_calendar(language)
        self.widget.language, self.widget.calendar = language, own
        if isinstance(self.widget, MomentInput):
            self.widget.zone = zone

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        return self._day(str(value))

    def _day(self, words: str) -> date:
        try:
            return day_from(words)
        except NoSuchDate:
            raise ValidationError(self.error_messages["no_day"], code="no_day") from None
        except ValueError:
            code = "no_day" if _DAY.fullmatch(plain_digits(words)) else "invalid"
            raise ValidationError(self.error_messages[code], code=code) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MomentField(DayField):
    """A moment in the time of the place."""

    widget: Any = MomentInput
    default_error_messages = {
        "invalid": _("Write a day and a time, such as 2025-11-18 09:30 or 1404/08/27 09:30."),
        "skipped": _("The clock of the place jumps over this time; choose a later one."),
    }

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        found = _MOMENT.fullmatch(plain_digits(str(value)))
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day, hour, minute = self._day(found[1]), int(found[2]), int(found[3])
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        moment = datetime.combine(day, time(hour, minute), self.widget.zone)
        if moment.astimezone(UTC).astimezone(self.widget.zone).replace(fold=0) != moment:
            raise ValidationError(self.error_messages["skipped"], code="skipped")
        return moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        # An hour that the clock shows twice is written alike both times: what was not touched has not changed.
        if isinstance(initial, datetime) and str(data) == self.widget.format_value(initial):
            return False
        return super().has_changed(initial, data)


class TimeInput(forms.TimeInput):
    """A time of day in hours and minutes, in the digits of the reader."""

    language = "en"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", **(attrs or {})})

    def format_value(self, value: Any) -> str:
        return languages.digits(f"{value:%H:%M}", self.language) if isinstance(value, time) else str(value or "")


class TimeField(forms.TimeField):
    """A time of day, in any digits."""

    widget = TimeInput

    def read_as(self, language: str, _zone: ZoneInfo) -> None:
        """Speak the language's digits."""
        self.widget.language = language

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_digits(value) if isinstance(value, str) else value)
