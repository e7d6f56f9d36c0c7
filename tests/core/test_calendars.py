"""The Solar Hijri calendar against known years and days, and every form of a date and a time compared whole."""

import csv
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejlas.core.calendars import (
    GREGORIAN,
    SOLAR_HIJRI,
    NoSuchDate,
    SolarHijri,
    format_date,
    format_dates,
    format_span,
    format_spans,
    format_time,
    format_time_span,
    from_solar_hijri,
    home_calendar,
    month_name,
    parse_solar_hijri,
    solar_hijri_is_leap,
    to_solar_hijri,
    week_start,
    weekday_name,
)

SIX = ("fa", "en", "ru", "az", "tk", "kk")

with (Path(__file__).parent / "data" / "glossary.csv").open(encoding="utf-8", newline="") as file:
    GLOSSARY = {row["key"]: row for row in csv.DictReader(file)}

# The leap years of the official calendar and those worked out from the equinox, 1899 to 2100. Nowruz of 1309, 1930,
# fell within a minute of the noon that decides.
LEAP_YEARS = [
    1280, 1284, 1288, 1292, 1296, 1300, 1304, 1309, 1313, 1317, 1321, 1325, 1329, 1333, 1337, 1342, 1346, 1350,
    1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424,
    1428, 1432, 1436, 1441, 1445, 1449, 1453, 1457, 1461, 1465, 1469, 1474, 1478,
]  # fmt: skip
NOWRUZ_1300 = date(1921, 3, 21)

KNOWN_DAYS = [
    (SolarHijri(1304, 1, 11), date(1925, 3, 31)),
    (SolarHijri(1332, 5, 28), date(1953, 8, 19)),
    (SolarHijri(1357, 11, 22), date(1979, 2, 11)),
    (SolarHijri(1358, 1, 12), date(1979, 4, 1)),
    (SolarHijri(1390, 8, 9), date(2011, 10, 31)),
    (SolarHijri(1395, 1, 1), date(2016, 3, 20)),
    (SolarHijri(1396, 1, 1), date(2017, 3, 21)),
    (SolarHijri(1399, 12, 30), date(2021, 3, 20)),
    (SolarHijri(1400, 1, 1), date(2021, 3, 21)),
    (SolarHijri(1403, 11, 30), date(2025, 2, 18)),
    (SolarHijri(1403, 12, 30), date(2025, 3, 20)),
    (SolarHijri(1404, 1, 1), date(2025, 3, 21)),
    (SolarHijri(1404, 8, 27), date(2025, 11, 18)),
    (SolarHijri(1404, 8, 28), date(2025, 11, 19)),
]

RASHT = date(2025, 11, 18)
RASHT_NEXT_DAY = date(2025, 11, 19)


def nowruz(year):
    """Count from one known Nowruz by the table of leap years."""
    years = range(1300, year) if year >= 1300 else range(year, 1300)
    days = sum(365 + (each in LEAP_YEARS) for each in years)
    return NOWRUZ_1300 + timedelta(days=days if year >= 1300 else -days)


# --- The Solar Hijri calendar ---


@pytest.mark.parametrize(("solar_hijri", "gregorian"), KNOWN_DAYS)
def test_known_days(solar_hijri, gregorian):
    found = to_solar_hijri(gregorian), from_solar_hijri(solar_hijri)

    assert found == (solar_hijri, gregorian)


def test_leap_years_are_the_known_ones():
    found = [year for year in range(1278, 1480) if solar_hijri_is_leap(year)]

    assert found == LEAP_YEARS


def test_every_nowruz_of_two_centuries():
    found = [from_solar_hijri(SolarHijri(year, 1, 1)) for year in range(1278, 1480)]

    assert found == [nowruz(year) for year in range(1278, 1480)]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_there_and_back_and_the_day_counted_by_the_table(day):
    found = to_solar_hijri(day)

    months = [31] * 6 + [30] * 5
    assert from_solar_hijri(found) == day
    assert nowruz(found.year) + timedelta(days=sum(months[: found.month - 1]) + found.day - 1) == day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 30)))
def test_days_keep_their_order(day):
    today, tomorrow = to_solar_hijri(day), to_solar_hijri(day + timedelta(days=1))

    assert today < tomorrow
    assert tomorrow.day in (today.day + 1, 1)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1404, 12, 30), (1404, 7, 31), (1404, 13, 1), (1404, 0, 1), (1404, 1, 0), (1404, 1, 32), (0, 1, 1), (9378, 1, 1)],
)
def test_a_date_that_does_not_exist_is_refused(year, month, day):
    with pytest.raises(NoSuchDate) as refused:
        from_solar_hijri(SolarHijri(year, month, day))

    assert isinstance(refused.value, ValueError)
    assert str(refused.value) == f"The Solar Hijri calendar has no date {year:04}-{month:02}-{day:02}."


@pytest.mark.parametrize("day", [date.min, date(600, 1, 1), date(622, 3, 20), date.max])
def test_days_outside_the_calendar_are_refused(day):
    with pytest.raises(NoSuchDate):
        to_solar_hijri(day)


@pytest.mark.parametrize(
    "text", ["1404-08-27", "1404/8/27", "۱۴۰۴/۰۸/۲۷", "۱۴۰۴-۸-۲۷", "١٤٠٤.٠٨.٢٧", " \u200f۱۴۰۴/۸/۲۷\u200e "]
)
def test_parse_reads_what_people_write(text):
    found = parse_solar_hijri(text)

    assert found == SolarHijri(1404, 8, 27)


@pytest.mark.parametrize("text", ["", "27 Aban", "1404-08", "1404-08/27", "04-08-27", "1404-12-30", "1404-8-271"])
def test_parse_refuses_what_is_no_date(text):
    with pytest.raises(NoSuchDate):
        parse_solar_hijri(text)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(to_solar_hijri))
def test_parse_reads_what_str_writes(day):
    assert parse_solar_hijri(str(day)) == day


# --- Names ---


@pytest.mark.parametrize("language", SIX)
def test_names_follow_the_glossary(language):
    months = [month_name(n, language, calendar=SOLAR_HIJRI) for n in range(1, 13)]
    weekdays = [weekday_name(n, language) for n in range(7)]

    assert months == [GLOSSARY[f"month.sh.{n:02}"][language] for n in range(1, 13)]
    assert weekdays == [
        GLOSSARY[f"weekday.{day}"][language] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    ]


def test_gregorian_months_stand_in_their_plain_form():
    found = [month_name(1, language) for language in SIX]

    assert found == ["ژانویه", "January", "январь", "yanvar", "ýanwar", "қаңтар"]


def test_weekday_name_of_a_date_and_in_short():
    found = [weekday_name(RASHT, "fa"), weekday_name(RASHT, "ru", short=True), weekday_name(RASHT, "de", short=True)]

    assert found == ["سه‌شنبه", "вт", "Di"]


def test_week_starts_as_the_reader_counts():
    found = [week_start(language) for language in (*SIX, "ar", "pt", "en-US")]

    assert found == [5, 0, 0, 0, 0, 0, 5, 6, 6]


def test_home_calendar():
    found = [home_calendar(language) for language in (*SIX, "ps", "ar")]

    assert found == [SOLAR_HIJRI] + [GREGORIAN] * 5 + [SOLAR_HIJRI, GREGORIAN]


# --- Dates ---

DATES = {
    ("fa", GREGORIAN): ["سه‌شنبه ۱۸ نوامبر ۲۰۲۵", "۱۸ نوامبر ۲۰۲۵", "۲۰۲۵/۱۱/۱۸", "سه‌شنبه ۱۸ نوامبر"],
    ("fa", SOLAR_HIJRI): ["سه‌شنبه ۲۷ آبان ۱۴۰۴", "۲۷ آبان ۱۴۰۴", "۱۴۰۴/۸/۲۷", "سه‌شنبه ۲۷ آبان"],
    ("en", GREGORIAN): ["Tuesday, 18 November 2025", "18 November 2025", "18/11/2025", "Tuesday 18 November"],
    ("en", SOLAR_HIJRI): ["Tuesday, 27 Aban 1404", "27 Aban 1404", "27/08/1404", "Tuesday 27 Aban"],
    ("ru", GREGORIAN): ["вторник, 18 ноября 2025 г.", "18 ноября 2025 г.", "18.11.2025", "вторник, 18 ноября"],
    ("ru", SOLAR_HIJRI): ["вторник, 27 абана 1404 г.", "27 абана 1404 г.", "27.08.1404", "вторник, 27 абана"],
    ("az", GREGORIAN): [
        "18 noyabr 2025, çərşənbə axşamı",
        "18 noyabr 2025",
        "18.11.2025",
        "18 noyabr, çərşənbə axşamı",
    ],
    ("az", SOLAR_HIJRI): ["27 abən 1404, çərşənbə axşamı", "27 abən 1404", "27.08.1404", "27 abən, çərşənbə axşamı"],
    ("tk", GREGORIAN): ["18 noýabr 2025 sişenbe", "18 noýabr 2025", "18.11.2025", "18 noýabr sişenbe"],
    ("tk", SOLAR_HIJRI): ["27 Aban 1404 sişenbe", "27 Aban 1404", "27.08.1404", "27 Aban sişenbe"],
    ("kk", GREGORIAN): ["2025 ж. 18 қараша, сейсенбі", "2025 ж. 18 қараша", "18.11.2025", "18 қараша, сейсенбі"],
    ("kk", SOLAR_HIJRI): ["1404 ж. 27 Абан, сейсенбі", "1404 ж. 27 Абан", "27.08.1404", "27 Абан, сейсенбі"],
}


@pytest.mark.parametrize(("language", "calendar"), DATES)
def test_the_opening_day_in_every_form(language, calendar):
    found = [
        format_date(RASHT, language, calendar=calendar, style=style) for style in ("full", "long", "short", "weekday")
    ]

    assert [each.replace("\xa0", " ") for each in found] == DATES[language, calendar]


def test_other_days_in_the_six_languages():
    days = [(date(2011, 10, 31), GREGORIAN), (date(2025, 2, 18), SOLAR_HIJRI), (date(2026, 1, 3), SOLAR_HIJRI)]

    found = {language: [format_date(day, language, calendar=calendar) for day, calendar in days] for language in SIX}

    assert found == {
        "fa": ["۳۱ اکتبر ۲۰۱۱", "۳۰ بهمن ۱۴۰۳", "۱۳ دی ۱۴۰۴"],
        "en": ["31 October 2011", "30 Bahman 1403", "13 Dey 1404"],
        "ru": ["31 октября 2011\xa0г.", "30 бахмана 1403\xa0г.", "13 дея 1404\xa0г."],
        "az": ["31 oktyabr 2011", "30 bəhmən 1403", "13 dey 1404"],
        "tk": ["31 oktýabr 2011", "30 Bahman 1403", "13 Deý 1404"],
        "kk": ["2011\xa0ж. 31 қазан", "1403\xa0ж. 30 Бахман", "1404\xa0ж. 13 Дей"],
    }


def test_other_languages_write_both_calendars():
    found = {
        language: [
            format_date(RASHT, language, calendar=calendar, style="full") for calendar in (GREGORIAN, SOLAR_HIJRI)
        ]
        for language in ("ar", "es", "pt", "de", "ka", "zh", "th")
    }

    assert found == {
        "ar": ["الثلاثاء، 18 نوفمبر 2025", "الثلاثاء، 27 آيان 1404"],
        "es": ["martes, 18 de noviembre de 2025", "martes, 27 de aban de 1404"],
        "pt": ["terça-feira, 18 de novembro de 2025", "terça-feira, 27 de Aban de 1404"],
        "de": ["Dienstag, 18. November 2025", "Dienstag, 27. Ābān 1404"],
        "ka": ["სამშაბათი, 18 ნოემბერი, 2025", "სამშაბათი, 27 Aban, 1404"],
        "zh": ["2025年11月18日星期二", "1404年8月27日星期二"],
        "th": ["วันอังคารที่ 18 พฤศจิกายน 2025", "วันอังคารที่ 27 อะบาน 1404"],
    }


def test_persian_readers_see_solar_hijri_first_and_gregorian_after_it():
    found = [format_dates(RASHT, "fa", calendars) for calendars in ((), (GREGORIAN,), (GREGORIAN, SOLAR_HIJRI))]

    assert found == [("۲۷ آبان ۱۴۰۴", "۱۸ نوامبر ۲۰۲۵")] * 3


def test_other_readers_see_gregorian_first_and_solar_hijri_where_it_is_asked_for():
    found = [format_dates(RASHT, "en", calendars) for calendars in ((GREGORIAN,), (SOLAR_HIJRI, GREGORIAN))]

    assert found == [("18 November 2025",), ("18 November 2025", "27 Aban 1404")]


def test_format_dates_in_another_style():
    found = format_dates(RASHT, "ru", [SOLAR_HIJRI], style="short")

    assert found == ("18.11.2025", "27.08.1404")


# --- Spans of days ---

SPANS = [(RASHT, RASHT_NEXT_DAY), (date(2025, 10, 20), date(2025, 11, 2)), (date(2025, 12, 30), date(2026, 1, 2))]


def test_spans_of_gregorian_days():
    found = {language: [format_span(*span, language) for span in SPANS] for language in (*SIX, "de", "es", "hu")}

    assert {language: [each.replace("\xa0", " ") for each in spans] for language, spans in found.items()} == {
        "fa": ["۱۸ تا ۱۹ نوامبر ۲۰۲۵", "۲۰ اکتبر تا ۲ نوامبر ۲۰۲۵", "۳۰ دسامبر ۲۰۲۵ تا ۲ ژانویهٔ ۲۰۲۶"],
        "en": ["18–19 November 2025", "20 October – 2 November 2025", "30 December 2025 – 2 January 2026"],
        "ru": ["18–19 ноября 2025 г.", "20 октября – 2 ноября 2025 г.", "30 декабря 2025 г. – 2 января 2026 г."],
        "az": ["18–19 noyabr 2025", "20 oktyabr – 2 noyabr 2025", "30 dekabr 2025 – 2 yanvar 2026"],
        "tk": ["18–19 noýabr 2025", "20 oktýabr – 2 noýabr 2025", "30 dekabr 2025 – 2 ýanwar 2026"],
        "kk": ["2025 ж. 18–19 қараша", "2025 ж. 20 қазан – 2 қараша", "2025 ж. 30 желтоқсан – 2026 ж. 2 қаңтар"],
        "de": ["18.–19. November 2025", "20. Oktober – 2. November 2025", "30. Dezember 2025 – 2. Januar 2026"],
        "es": [
            "18–19 de noviembre de 2025",
            "20 de octubre – 2 de noviembre de 2025",
            "30 de diciembre de 2025 – 2 de enero de 2026",
        ],
        "hu": ["2025. november 18–19.", "2025. október 20. – november 2.", "2025. december 30. – 2026. január 2."],
    }


def test_spans_of_solar_hijri_days():
    spans = [(RASHT, RASHT_NEXT_DAY), (date(2025, 10, 20), date(2025, 11, 2)), (date(2025, 3, 20), date(2025, 3, 21))]

    found = {language: [format_span(*span, language, calendar=SOLAR_HIJRI) for span in spans] for language in SIX}

    assert {language: [each.replace("\xa0", " ") for each in spans] for language, spans in found.items()} == {
        "fa": ["۲۷ تا ۲۸ آبان ۱۴۰۴", "۲۸ مهر تا ۱۱ آبان ۱۴۰۴", "۳۰ اسفند ۱۴۰۳ تا ۱ فروردین ۱۴۰۴"],
        "en": ["27–28 Aban 1404", "28 Mehr – 11 Aban 1404", "30 Esfand 1403 – 1 Farvardin 1404"],
        "ru": ["27–28 абана 1404 г.", "28 мехра – 11 абана 1404 г.", "30 эсфанда 1403 г. – 1 фарвардина 1404 г."],
        "az": ["27–28 abən 1404", "28 mehr – 11 abən 1404", "30 isfənd 1403 – 1 fərvərdin 1404"],
        "tk": ["27–28 Aban 1404", "28 Mehr – 11 Aban 1404", "30 Esfand 1403 – 1 Farwardin 1404"],
        "kk": ["1404 ж. 27–28 Абан", "1404 ж. 28 Мехр – 11 Абан", "1403 ж. 30 Эсфанд – 1404 ж. 1 Фарвардин"],
    }


@pytest.mark.parametrize("language", SIX)
def test_a_span_of_one_day_is_a_date(language):
    assert format_span(RASHT, RASHT, language) == format_date(RASHT, language)


def test_a_span_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        format_span(RASHT_NEXT_DAY, RASHT, "en")


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 800), st.sampled_from([*SIX, "ar", "ka", "pt", "zh"])
)
def test_different_spans_read_differently(first, length, language):
    lasts = [first + timedelta(days=length + more) for more in range(3)]

    for calendar in (GREGORIAN, SOLAR_HIJRI):
        found = [format_span(first, last, language, calendar=calendar) for last in lasts]
        assert all(one != other for one, other in pairwise(found))


# --- Times ---


def test_time_is_always_in_24_hours():
    found = [format_time(time(9), language) for language in (*SIX, "en-US", "ar", "fi", "mr")]

    assert found == ["۰۹:۰۰", *["09:00"] * 7, "09.00", "०९:००"]
    assert format_time(datetime(2025, 11, 18, 21, 5, tzinfo=ZoneInfo("Asia/Tehran")), "fa") == "۲۱:۰۵"


def test_time_span():
    found = [format_time_span(time(9), time(10, 30), language) for language in (*SIX, "he")]

    assert found == ["۰۹:۰۰ تا ۱۰:۳۰", *["09:00–10:30"] * 5, "\u200f09:00–10:30"]


def test_format_spans_gives_each_calendar_the_reader_wants_the_own_one_first():
    first, last = date(2025, 11, 18), date(2025, 11, 19)

    spans = {code: format_spans(first, last, code, ["gregorian", "solar_hijri"]) for code in ("fa", "en")}

    assert spans == {
        "fa": ("۲۷ تا ۲۸ آبان ۱۴۰۴", "۱۸ تا ۱۹ نوامبر ۲۰۲۵"),
        "en": ("18–19 November 2025", "27–28 Aban 1404"),
    }
