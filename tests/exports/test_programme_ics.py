from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import translation

from ejlas.core.formats import ics
from ejlas.exports import labels, programme_ics
from ejlas.exports.content import Content
from tests.factories.content import LANGUAGES, content

PUBLISHED_AT = datetime(2025, 11, 17, 11, 0, tzinfo=UTC)
AZORES = ZoneInfo("Atlantic/Azores")
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "<b>bold</b>, a; b: c \\ d",
    "Панель " * 60,
    "emoji 🎉👩‍👩‍👧",
    "BEGIN:VEVENT",
    "نشست با نیم‌فاصله می‌شود",
)


def written(of: Content, language: str = "en", *, site: str = "") -> bytes:
    return programme_ics.render(of, number=3, published_at=PUBLISHED_AT, language=language, site=site)


def read(body: bytes) -> Any:
    return icalendar.Calendar.from_ical(body)


def events(body: bytes) -> dict[str, Any]:
    return {str(event["UID"]): event for event in read(body).walk("VEVENT")}


def raw(value: Any) -> str:
    found = value.to_ical()
    return found if isinstance(found, str) else found.decode()


def atlantic(*sessions: tuple[str, str, str]) -> Content:
    """Build a summit of the Azores, where the clocks go back at 01:00 on 31 October 2027."""
    built = content(n_sessions=1, languages=("pt", "es"), fallback_languages=("pt",))
    built["edition"] |= {
        "slug": "atlantic2027",
        "timezone": "Atlantic/Azores",
        "starts_on": "2027-10-30",
        "ends_on": "2027-10-31",
    }
    pattern = built["programme"]["sessions"][0]
    built["programme"]["sessions"] = [
        pattern | {"slug": slug, "title": {"pt": slug}, "starts_at": starts_at, "ends_at": ends_at}
        for slug, starts_at, ends_at in sessions
    ]
    return built


def test_calendar_says_what_it_is_and_where_it_comes_from() -> None:
    calendar = read(written(content(), "fa", site="https://summit.example.org/"))

    facts = {
        name: str(calendar[name])
        for name in ("UID", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "URL", "SOURCE")
    }
    assert facts == {
        "UID": "rasht2025.ejlas",
        "METHOD": "PUBLISH",
        "NAME": "نخستین اجلاس استانداران استان‌های ساحلی دریای خزر",
        "X-WR-CALNAME": "نخستین اجلاس استانداران استان‌های ساحلی دریای خزر",
        "X-WR-TIMEZONE": "Asia/Tehran",
        "URL": "https://summit.example.org/fa/rasht2025/programme/",
        "SOURCE": "https://summit.example.org/rasht2025/programme.ics?language=fa",
    }
    assert calendar["NAME"].params == {"LANGUAGE": "fa"}


def test_event_tells_all_of_a_session() -> None:
    event = events(written(content(), site="https://summit.example.org"))["session-2@rasht2025.ejlas"]

    assert {name: raw(event[name]) for name in sorted(event)} == {
        "CATEGORIES": "Plenary session",
        "CLASS": "PUBLIC",
        "DESCRIPTION": (
            "Representatives of the parties state their views\\, and proposals are recorded in the minutes. 2\\n"
            "Moderator: President of the Chamber of Commerce\\, Leyla Mammadova 3 (invented for this sample)\\n"
            "President of the Chamber of Commerce\\, Aliya Kurmangazina 4 (invented for this sample)\\n"
            "Languages: Persian\\, English\\, Russian\\n"
            "Time assumed by the host"
        ),
        "DTEND": "20251118T095000",
        "DTSTAMP": "20251117T110000Z",
        "DTSTART": "20251118T090000",
        "GEO": "37.28;49.58",
        "LOCATION": "Hall 2\\, Rasht Central Hall",
        "SEQUENCE": "3",
        "STATUS": "TENTATIVE",
        "SUMMARY": "Transit\\, logistics & the North–South corridor 2",
        "TRANSP": "OPAQUE",
        "UID": "session-2@rasht2025.ejlas",
        "URL": "https://summit.example.org/en/rasht2025/programme/#session-2",
    }
    assert event["SUMMARY"].params == {"LANGUAGE": "en"}
    assert event["DTSTART"].params["TZID"] == "Asia/Tehran"
    assert event["DTSTART"].dt == datetime(2025, 11, 18, 9, tzinfo=ZoneInfo("Asia/Tehran"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_events_at_the_same_times(language: str) -> None:
    of = content(n_sessions=20)

    found = {uid: (event["DTSTART"].dt, event["DTEND"].dt) for uid, event in events(written(of, language)).items()}

    assert found == {
        ("bilateral." if session["kind"] == "bilateral" else "") + f"{session['slug']}@rasht2025.ejlas": (
            datetime.fromisoformat(session["starts_at"]),
            datetime.fromisoformat(session["ends_at"]),
        )
        for session in of["programme"]["sessions"]
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_category_is_the_word_of_the_language(language: str) -> None:
    event = events(written(content(), language))["session-2@rasht2025.ejlas"]

    with translation.override(language):
        assert raw(event["CATEGORIES"]) == str(labels.SESSION_KINDS["plenary"])


def test_bilateral_is_named_by_its_parties_each_in_a_language_it_has() -> None:
    of = content(n_sessions=6)
    bilateral = next(session for session in of["programme"]["sessions"] if session["kind"] == "bilateral")
    bilateral["parties"] = ["astrakhan", "balkan"]

    event = events(written(of, "kk"))[f"bilateral.{bilateral['slug']}@rasht2025.ejlas"]

    assert str(event["SUMMARY"]) == "Астрахан облысы – Balkan Region"


def test_session_and_bilateral_of_one_slug_stay_two_events() -> None:
    of = content(n_sessions=3)
    first, second = of["programme"]["sessions"][1:3]
    second |= {"slug": first["slug"], "kind": "bilateral", "parties": ["gilan", "balkan"]}

    found = events(written(of))

    assert sorted(found) == [
        "bilateral.session-1@rasht2025.ejlas",
        "expo@rasht2025.ejlas",
        "session-1@rasht2025.ejlas",
    ]


def test_exhibition_of_several_days_is_one_event_that_leaves_its_visitors_free() -> None:
    event = events(written(content()))["expo@rasht2025.ejlas"]

    assert (event["DTSTART"].dt.date(), event["DTEND"].dt.date()) == (date(2025, 11, 18), date(2025, 11, 21))
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_hour_that_the_clocks_show_twice_is_told_apart() -> None:
    of = atlantic(
        ("first", "2027-10-31T00:30:00+00:00", "2027-10-31T00:45:00+00:00"),
        ("second", "2027-10-31T00:30:00-01:00", "2027-10-31T00:45:00-01:00"),
        ("across", "2027-10-31T00:30:00+00:00", "2027-10-31T00:30:00-01:00"),
        ("after", "2027-10-31T09:00:00-01:00", "2027-10-31T10:00:00-01:00"),
    )

    found = {uid.partition("@")[0]: event for uid, event in events(written(of, "pt")).items()}

    moments = {
        slug: tuple(event[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND")) for slug, event in found.items()
    }
    half, later = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert moments == {
        "first": (half, half + timedelta(minutes=15)),
        "second": (later, later + timedelta(minutes=15)),
        "across": (half, later),
        "after": (datetime(2027, 10, 31, 10, tzinfo=UTC), datetime(2027, 10, 31, 11, tzinfo=UTC)),
    }
    assert found["after"]["DTSTART"].params["TZID"] == "Atlantic/Azores"


ZONES = ("Atlantic/Azores", "America/New_York", "Asia/Tehran", "Europe/Dublin", "Australia/Lord_Howe")


@pytest.mark.parametrize("key", ZONES)
def test_time_zone_of_the_file_agrees_with_the_clocks_of_the_place(key: str) -> None:
    zone = ZoneInfo(key)
    first, last = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)

    body = ics.pack(["BEGIN:VCALENDAR", *ics.zone_lines(zone, first, last), "END:VCALENDAR"])

    observances = [part for part in read(body).walk() if part.name in ("STANDARD", "DAYLIGHT")]
    onsets = [
        ((part.DTSTART - part.TZOFFSETFROM).replace(tzinfo=UTC), part.TZOFFSETTO, part.name == "DAYLIGHT")
        for part in observances
    ]
    for moment in (first + timedelta(minutes=30 * step) for step in range(48 * 365)):
        _, offset, is_daylight = max(onset for onset in onsets if onset[0] <= moment)
        assert offset == moment.astimezone(zone).utcoffset()
        assert is_daylight == (offset == max(part.TZOFFSETTO for part in observances) and len(observances) > 1)


def test_clock_change_is_written_as_the_clocks_stood_before_it() -> None:
    lines = ics.zone_lines(AZORES, datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))

    assert [line for line in lines if line.startswith(("BEGIN", "DTSTART", "TZOFFSET"))] == [
        "BEGIN:VTIMEZONE",
        "BEGIN:STANDARD", "DTSTART:20261231T230000", "TZOFFSETFROM:-0100", "TZOFFSETTO:-0100",
        "BEGIN:DAYLIGHT", "DTSTART:20270328T000000", "TZOFFSETFROM:-0100", "TZOFFSETTO:+0000",
        "BEGIN:STANDARD", "DTSTART:20271031T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:-0100",
    ]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_title_comes_back_as_it_was(title: str) -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["title"] = {"en": title}

    found = events(written(of))

    assert len(found) == 2
    assert str(found["session-1@rasht2025.ejlas"]["SUMMARY"]) == title.strip()


def test_controls_and_turns_of_direction_are_left_out() -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["title"] = {"en": "a\x00b\x1b \u202ec\u202c\r\nSUMMARY:d\ud800"}

    found = events(written(of))

    assert str(found["session-1@rasht2025.ejlas"]["SUMMARY"]) == "ab c SUMMARY:d"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says(language: str) -> None:
    body = written(content(n_sessions=30), language, site="https://summit.example.org")

    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(line.decode("utf-8") is not None for line in lines)
    assert lines[-2:] == [b"END:VCALENDAR", b""]


def test_same_publication_gives_the_same_bytes() -> None:
    assert written(content(n_sessions=40), "fa") == written(content(n_sessions=40), "fa")


def test_calendar_without_sessions_is_whole() -> None:
    calendar = read(written(content(n_sessions=0)))

    assert [component.name for component in calendar.walk()] == ["VCALENDAR"]


def test_calendar_holds_300_sessions() -> None:
    assert len(events(written(content(n_sessions=300, n_rooms=10, n_speakers=300), "ru"))) == 300
