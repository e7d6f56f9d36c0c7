from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from ejlas.exports import schedule_xml
from ejlas.exports.content import Content
from tests.factories.content import LANGUAGES, content

PUBLISHED_AT = datetime(2025, 11, 17, 11, 0, tzinfo=UTC)


def written(of: Content, language: str = "en", *, site: str = "") -> bytes:
    return schedule_xml.render(of, number=3, published_at=PUBLISHED_AT, language=language, site=site)


def read(body: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(body)


def events(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {event.findtext("slug", ""): event for event in root.iter("event")}


def placed(root: ElementTree.Element) -> list[tuple[str, str, str]]:
    return [
        (day.get("date", ""), room.get("name", ""), event.findtext("slug", ""))
        for day in root.findall("day")
        for room in day.findall("room")
        for event in room.findall("event")
    ]


def test_conference_says_what_it_is() -> None:
    root = read(written(content(), "ru", site="https://summit.example.org/"))

    conference = root.find("conference")
    assert conference is not None
    assert {fact.tag: fact.text for fact in conference} == {
        "acronym": "rasht2025",
        "title": "Первая встреча губернаторов прикаспийских регионов",
        "start": "2025-11-18",
        "end": "2025-11-19",
        "days": "2",
        "timeslot_duration": "00:05",
        "time_zone_name": "Asia/Tehran",
        "base_url": "https://summit.example.org/",
    }
    assert [child.tag for child in root] == ["generator", "version", "conference", "day", "day"]


def test_event_tells_all_of_a_session() -> None:
    root = read(written(content(), site="https://summit.example.org"))

    event = events(root)["rasht2025-session-2"]
    assert {fact.tag: fact.text for fact in event if not len(fact)} == {
        "date": "2025-11-18T09:00:00+03:30",
        "start": "09:00",
        "duration": "00:50",
        "room": "Hall 2",
        "slug": "rasht2025-session-2",
        "title": "Transit, logistics & the North–South corridor 2",
        "subtitle": None,
        "track": "Plenary session",
        "type": "plenary",
        "language": "fa",
        "abstract": "Representatives of the parties state their views, and proposals are recorded in the minutes. 2",
        "description": "Languages: Persian, English, Russian\nTime assumed by the host",
        "logo": None,
        "url": "https://summit.example.org/en/rasht2025/programme/#session-2",
    }
    assert [person.text for person in event.iter("person")] == [
        "Moderator: President of the Chamber of Commerce, Leyla Mammadova 3 (invented for this sample)",
        "President of the Chamber of Commerce, Aliya Kurmangazina 4 (invented for this sample)",
    ]


def test_every_event_stands_once_under_its_day_and_room() -> None:
    of = content(n_sessions=60)

    root = read(written(of))

    found = placed(root)
    assert len(found) == 60
    assert set(found) == {
        (
            session["starts_at"][:10],
            f"Hall {session['room'][-1]}" if session["room"] else "Rasht Central Hall",
            ("rasht2025-bilateral." if session["kind"] == "bilateral" else "rasht2025-") + session["slug"],
        )
        for session in of["programme"]["sessions"]
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_guids_are_the_same_in_every_language(language: str) -> None:
    identities = [
        {slug: (event.get("id"), event.get("guid")) for slug, event in events(read(written(content(), code))).items()}
        for code in (language, "en")
    ]

    assert identities[0] == identities[1]


def test_numbers_fit_the_apps_and_stay_when_others_come_and_go() -> None:
    few, many = (events(read(written(content(n_sessions=n, n_rooms=10)))) for n in (20, 300))

    numbers = [int(event.get("id", "0")) for event in many.values()]
    assert len(set(numbers)) == 300
    assert min(numbers) >= 1
    assert max(numbers) < 2**31
    assert {slug: few[slug].get("id") for slug in few} == {slug: many[slug].get("id") for slug in few}


def test_form_keeps_to_the_patterns_of_its_schema() -> None:
    root = read(written(content(n_sessions=40)))

    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
    for event in root.iter("event"):
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", event.get("guid", ""))
        assert moment.fullmatch(event.findtext("date", ""))
        assert re.fullmatch(r"\d\d:\d\d", event.findtext("start", ""))
        assert re.fullmatch(r"\d{1,2}:\d\d", event.findtext("duration", ""))
    days = root.findall("day")
    assert [day.get("index") for day in days] == [str(index) for index in range(1, len(days) + 1)]
    assert all(moment.fullmatch(day.get(end, "")) for day in days for end in ("start", "end"))


def test_item_of_several_days_stands_on_its_first() -> None:
    root = read(written(content()))

    assert [place for place in placed(root) if place[2] == "rasht2025-expo"] == [
        ("2025-11-18", "Rasht Central Hall", "rasht2025-expo")
    ]
    assert events(root)["rasht2025-expo"].findtext("duration") == "81:00"


def test_rooms_of_one_name_are_told_apart_by_their_venue() -> None:
    of = content(n_sessions=3, n_rooms=2)
    venue = of["programme"]["venues"][0]
    moved = venue["rooms"].pop()
    moved |= {"name": venue["rooms"][0]["name"], "venue": "port"}
    of["programme"]["venues"].append(venue | {"slug": "port", "name": {"en": "Port"}, "rooms": [moved]})

    root = read(written(of))

    assert sorted({room for _, room, _ in placed(root)}) == [
        "Hall 1 (Port)",
        "Hall 1 (Rasht Central Hall)",
        "Rasht Central Hall",
    ]


def test_repeated_hour_keeps_its_offset_and_its_length() -> None:
    of = content(n_sessions=1, languages=("pt", "es"))
    of["edition"] |= {"timezone": "Atlantic/Azores", "starts_on": "2027-10-30", "ends_on": "2027-10-31"}
    of["programme"]["sessions"][0] |= {
        "starts_at": "2027-10-31T00:30:00-01:00",
        "ends_at": "2027-10-31T02:00:00-01:00",
        "title": {"pt": "Vigília", "es": "Vigilia"},
    }

    event = events(read(written(of, "es")))["rasht2025-session-1"]

    assert [event.findtext(name) for name in ("title", "date", "start", "duration")] == [
        "Vigilia",
        "2027-10-31T00:30:00-01:00",
        "00:30",
        "01:30",
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<b>&amp;</b> ]]>", "<b>&amp;</b> ]]>"),
        ("nul\x00 esc\x1b", "nul esc"),
        ("one\ntwo", "one two"),
        ("\u202eturned\u202c", "turned"),
        ("lone \ud800", "lone"),
        ("\ufffe\uffff end", "end"),
        ("emoji 🎉", "emoji 🎉"),
        ("long " * 5000, ("long " * 5000).strip()),
    ],
)
def test_hostile_title_leaves_a_whole_file(title: str, shown: str) -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["title"] = {"en": title}

    assert events(read(written(of)))["rasht2025-session-1"].findtext("title") == shown


def test_edition_without_sessions_still_has_its_days() -> None:
    root = read(written(content(n_sessions=0)))

    assert [date.fromisoformat(day.get("date", "")) for day in root.findall("day")] == [
        date(2025, 11, 18) + timedelta(days=n) for n in range(2)
    ]


def test_same_publication_gives_the_same_bytes() -> None:
    assert written(content(n_sessions=40), "fa") == written(content(n_sessions=40), "fa")
