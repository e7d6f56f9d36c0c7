from __future__ import annotations

from pathlib import Path

import pytest

from ejlas.journeys.summit_file.check import check
from tests.factories import atlantic
from tests.journeys.summit_file.small import SMALL, edited, lines_after

BROKEN = Path(__file__).with_name("broken.txt")
EXAMPLE = Path(__file__).parents[3] / "examples" / "rasht2025.yaml"
REPEATED_HOUR = "2027-10-31T00:30+00:00"

Edits = list[tuple[str, str]]


def cases() -> list[tuple[Edits, list[str]]]:
    found = []
    for block in BROKEN.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        taken = [line[2:].replace("\\n", "\n") for line in lines if line.startswith("- ")]
        put = [line[2:].replace("\\n", "\n") for line in lines if line.startswith("+")]
        if lines:
            edits = list(zip(taken, put, strict=True))
            found.append((edits, [line[2:] for line in lines if line.startswith("= ")]))
    return found


@pytest.mark.parametrize(("edits", "expected"), cases(), ids=[str(edits[-1][1])[:40] for edits, _ in cases()])
def test_check_says_what_is_wrong_and_what_to_do(edits: Edits, expected: list[str]) -> None:
    assert lines_after(*edits) == expected


def test_check_gives_the_summit_of_a_whole_file() -> None:
    checked = check(SMALL.encode(), name="f.yaml")

    assert checked.problems == ()
    assert checked.summit is not None
    assert [party.slug for party in checked.summit.parties] == ["gilan", "dagestan", "baku"]


@pytest.mark.parametrize("file", [EXAMPLE, atlantic.FILE], ids=["rasht2025", "atlantic2027"])
def test_check_finds_nothing_in_the_files_we_give_away(file: Path) -> None:
    checked = check(file.read_bytes(), name=file.name)

    assert checked.as_lines() == []
    assert checked.summit is not None


def test_check_gives_no_summit_with_a_problem_that_only_reading_finds() -> None:
    checked = check(b"\xef\xbb\xbf" + SMALL.encode(), name="f.yaml")

    assert checked.summit is None
    assert checked.as_lines() == [
        "f.yaml:1: file: the file begins with a byte order mark; save it as UTF-8 without one"
    ]


def test_check_takes_windows_line_ends() -> None:
    assert check(SMALL.replace("\n", "\r\n").encode(), name="f.yaml").as_lines() == []


def test_check_stops_where_the_file_cannot_be_read() -> None:
    checked = check(edited(("slug: rasht2025", 'slug: "rasht2025')), name="f.yaml")

    assert [problem.line for problem in checked.problems] == [4]


@pytest.mark.parametrize("data", [b"- a\n- b\n", b"words", b"12", b"true"])
def test_check_wants_fields_at_the_top(data: bytes) -> None:
    assert check(data, name="f.yaml").as_lines() == [
        "f.yaml:1: file: a group of named fields belongs here; "
        "write a group of fields, with at least: schema, forum, edition, host, parties"
    ]


def _line_of(file: str) -> int:
    """The line of the hour that the clock shows twice."""
    return file[: file.index("ends_at: 2027-10-31T00:30")].count("\n") + 1


def test_check_wants_an_offset_where_the_clock_shows_a_time_twice() -> None:
    file = atlantic.as_yaml().replace(f"ends_at: {REPEATED_HOUR}", "ends_at: 2027-10-31T00:30")

    assert check(file.encode(), name="f.yaml").as_lines() == [
        f"f.yaml:{_line_of(file)}: sessions[4](noite-dos-portos).ends_at: the clock of the place shows "
        "2027-10-31T00:30 twice; write 2027-10-31T00:30+00:00 or 2027-10-31T00:30-01:00"
    ]


def test_check_wants_the_offset_that_the_place_has() -> None:
    file = atlantic.as_yaml().replace(f"ends_at: {REPEATED_HOUR}", "ends_at: 2027-10-31T00:30+01:00")

    assert check(file.encode(), name="f.yaml").as_lines() == [
        f"f.yaml:{_line_of(file)}: sessions[4](noite-dos-portos).ends_at: 2027-10-31T00:30+01:00 does not have "
        "the offset of the place; leave the offset out, or write 2027-10-30T23:30+00:00"
    ]


def test_check_refuses_a_time_that_the_clock_jumps_over() -> None:
    edits = [("timezone: Asia/Tehran", "timezone: Europe/Lisbon"), ("2025-11-18T14:00", "2026-03-29T01:30")]

    assert (
        "f.yaml:65: bilaterals[1](b2).fixed.starts_at: the clock of the place jumps over 2026-03-29T01:30; "
        in (lines_after(*edits)[-1])
    )


def test_check_lets_a_session_last_through_the_repeated_hour() -> None:
    summit = check(atlantic.as_yaml().encode(), name="f.yaml").summit

    assert summit is not None
    concert = next(session for session in summit.sessions if session.slug == "concerto-da-hora-repetida")
    assert concert.ends_at - concert.starts_at == concert.starts_at.utcoffset() - concert.ends_at.utcoffset()


def test_check_reports_no_follow_on_problems_of_a_list_that_cannot_be_read() -> None:
    file = SMALL.replace("  - {slug: gilan,", "  - {slgu: gilan,")

    assert check(file.encode(), name="f.yaml").as_lines() == [
        "f.yaml:27: parties[0].slgu: there is no field slgu here; did you mean slug?"
    ]


def test_check_reports_no_follow_on_problems_of_a_missing_edition() -> None:
    start, end = SMALL.index("edition:"), SMALL.index("host:")

    assert check((SMALL[:start] + SMALL[end:]).encode(), name="f.yaml").as_lines() == [
        "f.yaml:1: edition: this field is missing; write a group of fields, "
        "with at least: slug, number, name, starts_on, ends_on, timezone, city, country, languages"
    ]


def test_problems_can_be_said_in_another_language() -> None:
    problem = check(edited(("starts_on: 2025-11-18", "starts_on: 2025-13-18")), name="f.yaml").problems[0]
    persian = {
        "there is no day %(value)s": "روز %(value)s وجود ندارد",
        "write a day of the Gregorian calendar as YYYY-MM-DD": "روز میلادی را به شکل YYYY-MM-DD بنویسید",
    }

    assert problem.as_line("f.yaml", persian.__getitem__) == (
        "f.yaml:7: edition.starts_on: روز 2025-13-18 وجود ندارد; روز میلادی را به شکل YYYY-MM-DD بنویسید"
    )
