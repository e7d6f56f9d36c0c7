from __future__ import annotations

from datetime import date, datetime

import pytest

from ejlas.core import calendars
from ejlas.delegations.rules import days

BORN = date(1975, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "1975-11-23", "1975/11/23", "1975.11.23", "1975-11-23 00:00:00", "1975-11-23T00:00:00Z", "19751123", "23111975",
        "23.11.1975", "23. 11. 1975", "23/11/1975", "11/23/1975", "23-11-1975", "23.11.1975 г.", " ۱۹۷۵/۱۱/۲۳ ",
        "٢٣/١١/١٩٧٥", "\u200f23/11/1975",
        "23 November 1975", "November 23, 1975", "23-Nov-1975", "23rd of Nov. 1975", "1975 Nov 23",
        "23 ноября 1975 года", "23 нояб. 1975 г.", "23 noyabr 1975-ci il", "1975-nji ýylyň 23-nji noýabry",
        "1975 жылғы 23 қараша", "۲۳ نوامبر ۱۹۷۵", "23 de novembro de 1975", "23 de noviembre de 1975", "23 Kasım 1975",
        "23 novembre 1975", "٢٣ نوفمبر ١٩٧٥",
        "1354/09/02", "1354-9-2", "۱۳۵۴/۹/۲", "2/9/1354", "02.09.1354", "۲ آذر ۱۳۵۴", "2 Azar 1354", "2 азера 1354",
        "13540902",
        27721, 27721.0, "27721", 27721.75, date(1975, 11, 23), datetime(1975, 11, 23, 12), date(1354, 9, 2), 19751123,
    ],
)  # fmt: skip
def test_a_day_is_read(typed: object) -> None:
    assert days.parse(typed) == BORN


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("03/04/1975", "“03/04/1975” can be read in two ways: write the date as 1975-11-23, the year first."),
        ("3-4-1975", "“3-4-1975” can be read in two ways: write the date as 1975-11-23, the year first."),
        ("23.11.75", "Write the year of “23.11.75” with four digits, as in 1975-11-23."),
        ("23-Nov-75", "Write the year of “23-Nov-75” with four digits, as in 1975-11-23."),
        ("31.02.1975", "The calendar has no day “31.02.1975”."),
        ("1975-13-01", "The calendar has no day “1975-13-01”."),
        ("1404/12/30", "The calendar has no day “1404/12/30”."),
        ("23 Smarch 1975", "“23 Smarch 1975” cannot be read as a date: write it as 1975-11-23."),
        ("1447/01/01", "“1447/01/01” cannot be read as a date: write it as 1975-11-23."),
        ("9999-01-01", "“9999-01-01” cannot be read as a date: write it as 1975-11-23."),
        ("soon", "“soon” cannot be read as a date: write it as 1975-11-23."),
        ("", "“” cannot be read as a date: write it as 1975-11-23."),
        ("99999999", "“99999999” cannot be read as a date: write it as 1975-11-23."),
        (1975, "“1975” cannot be read as a date: write it as 1975-11-23."),
        (-5, "“-5” cannot be read as a date: write it as 1975-11-23."),
        (True, "“True” cannot be read as a date: write it as 1975-11-23."),
        ("1" * 5000, None),
    ],
)
def test_what_is_no_day_is_refused(typed: object, sentence: str | None) -> None:
    with pytest.raises(days.DayFault) as broken:
        days.parse(typed)
    assert sentence is None or broken.value.sentence() == sentence


def test_a_column_proves_its_order() -> None:
    assert days.order_of(["03/04/1975", "23/11/1975", None, 5]) == "dmy"
    assert days.order_of(["03/04/1975", "11/23/1975"]) == "mdy"
    assert days.order_of(["23/11/1975", "11/23/1975"]) is None
    assert days.order_of(["23.11.1975", "03/04/1975"]) is None
    assert days.parse("03/04/1975", order="dmy") == date(1975, 4, 3)
    assert days.parse("03/04/1975", order="mdy") == date(1975, 3, 4)
    assert days.parse("03.04.1975", order="mdy") == date(1975, 4, 3)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read_in_every_language_as_it_is_written(month: int) -> None:
    day = date(1980, month, 15)
    for language in ("en", "fa", "ru", "az", "tk", "kk", "pt", "es", "fr", "ar", "tr", "de"):
        for calendar in ("gregorian", "solar_hijri"):
            assert days.parse(calendars.format_date(day, language, calendar=calendar)) == day  # type: ignore[arg-type]
