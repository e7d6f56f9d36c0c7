from __future__ import annotations

import json
from datetime import UTC, datetime
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from ejlas.exports import programme_json
from ejlas.exports.content import Content
from ejlas.exports.programme_json import PublicProgramme
from tests.factories.content import LANGUAGES, content

PUBLISHED_AT = datetime(2025, 11, 17, 11, 0, tzinfo=UTC)


def written(of: Content, language: str = "en", *, site: str = "") -> bytes:
    return programme_json.render(of, number=3, published_at=PUBLISHED_AT, language=language, site=site)


def keeps_to(value: object, kind: Any) -> bool:
    """Tell whether a value read from JSON has just the fields and types of a TypedDict."""
    inner = get_args(kind)
    if is_typeddict(kind):
        fields = get_type_hints(kind)
        return (
            isinstance(value, dict)
            and {*value} == {*fields}
            and all(keeps_to(value[key], fields[key]) for key in value)
        )
    if get_origin(kind) is list:
        return isinstance(value, list) and all(keeps_to(each, inner[0]) for each in value)
    if get_origin(kind) is dict:
        return isinstance(value, dict) and all(keeps_to(each, inner[1]) for each in value.values())
    if get_origin(kind) is UnionType:
        return any(keeps_to(value, each) for each in inner)
    return isinstance(value, kind)


def test_file_keeps_to_the_types_that_describe_it() -> None:
    body = written(content(n_sessions=30), site="https://summit.example.org")

    assert keeps_to(json.loads(body), PublicProgramme)


def test_keys_stand_in_the_order_of_their_description() -> None:
    read = json.loads(written(content()))

    assert list(read) == list(PublicProgramme.__annotations__)
    assert list(read["edition"]) == list(programme_json.PublicEdition.__annotations__)
    assert list(read["sessions"][0]) == list(programme_json.PublicSession.__annotations__)


def test_session_tells_local_time_and_utc() -> None:
    read = json.loads(written(content(), site="https://summit.example.org/"))

    session = next(each for each in read["sessions"] if each["slug"] == "session-2")
    assert {name: session[name] for name in session if name not in ("title", "description", "speakers", "sources")} == {
        "slug": "session-2",
        "kind": "plenary",
        "starts_at": "2025-11-18T09:00:00+03:30",
        "ends_at": "2025-11-18T09:50:00+03:30",
        "starts_at_utc": "2025-11-18T05:30:00Z",
        "ends_at_utc": "2025-11-18T06:20:00Z",
        "duration_min": 50,
        "timing": "assumed",
        "venue": "central-hall",
        "room": "room-2",
        "languages": ["fa", "en", "ru"],
        "parties": [],
        "is_sample": False,
        "confidence": "medium",
        "url": "https://summit.example.org/en/rasht2025/programme/#session-2",
    }


def test_every_language_is_inside() -> None:
    of = content()

    read = json.loads(written(of))

    assert read["edition"]["name"] == of["edition"]["name"]
    assert [session["title"] for session in read["sessions"]] == [each["title"] for each in of["programme"]["sessions"]]
    assert read["parties"] == of["parties"]
    assert read["speakers"] == of["programme"]["speakers"]
    assert read["rooms"] == of["programme"]["venues"][0]["rooms"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_site_every_language_gives_the_same_file(language: str) -> None:
    assert written(content(), language) == written(content(), "en")


def test_days_name_the_sessions_that_start_on_them() -> None:
    of = content(n_sessions=3)
    of["programme"]["sessions"][-1] |= {
        "starts_at": "2025-11-17T20:15:00+03:30",
        "ends_at": "2025-11-17T21:00:00+03:30",
    }

    read = json.loads(written(of))

    assert read["days"] == [
        {"date": "2025-11-17", "sessions": ["session-2"]},
        {"date": "2025-11-18", "sessions": ["expo", "session-1"]},
        {"date": "2025-11-19", "sessions": []},
    ]


def test_clock_change_shows_in_the_offset_and_not_in_the_duration() -> None:
    of = content(n_sessions=1, languages=("pt", "es"))
    of["edition"]["timezone"] = "Atlantic/Azores"
    of["programme"]["sessions"][0] |= {
        "starts_at": "2027-10-31T00:30:00+00:00",
        "ends_at": "2027-10-31T00:30:00-01:00",
    }

    session = json.loads(written(of, "pt"))["sessions"][0]

    assert {
        name: session[name] for name in ("starts_at", "ends_at", "starts_at_utc", "ends_at_utc", "duration_min")
    } == {
        "starts_at": "2027-10-31T00:30:00+00:00",
        "ends_at": "2027-10-31T00:30:00-01:00",
        "starts_at_utc": "2027-10-31T00:30:00Z",
        "ends_at_utc": "2027-10-31T01:30:00Z",
        "duration_min": 60,
    }


@pytest.mark.parametrize("title", ['"}</script>', "a\x00b", "lone \ud800", "\u202eturned", "emoji 🎉", "line\u2028end"])
def test_hostile_title_comes_back_as_it_was(title: str) -> None:
    of = content(n_sessions=2)
    of["programme"]["sessions"][1]["title"] = {"en": title}

    read = json.loads(written(of).decode("utf-8"))

    assert read["sessions"][1]["title"] == {"en": title}


def test_persian_stands_as_letters_and_not_as_escapes() -> None:
    assert "نخستین اجلاس".encode() in written(content())


def test_same_publication_gives_the_same_bytes() -> None:
    assert written(content(n_sessions=300, n_rooms=10)) == written(content(n_sessions=300, n_rooms=10))
