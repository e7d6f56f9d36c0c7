"""The report of a coordination meeting: what became of each point, who does what by when, in the reader's words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pypdf

from ejlas.core.text import Text
from ejlas.exports import meeting_report
from ejlas.exports.directions import typed
from ejlas.forum.models import Edition
from ejlas.readiness.models import AgendaPoint, Body, CoordinationMeeting, Decision

AT = datetime(2025, 9, 1, 8, 30, tzinfo=UTC)
EDITION = Edition(
    slug="rasht2025",
    name=Text.of(en="First Meeting of Governors", fa="نخستین اجلاس استانداران"),
    starts_on=date(2025, 11, 18),
    ends_on=date(2025, 11, 19),
    timezone="Asia/Tehran",
    languages=["fa", "en", "ru"],
    calendars=["gregorian", "solar_hijri"],
)
AIRPORT = Body(slug="airport", name=Text.of(en="Airport of Rasht", fa="فرودگاه رشت"))
PORT = Body(slug="port", name=Text.of(en="Port of Anzali"))


def meeting(**more: Any) -> CoordinationMeeting:
    return CoordinationMeeting(edition=EDITION, number=2, slug="meeting-2", starts_at=AT, **more)


def text_of(held: CoordinationMeeting, language: str = "en", **more: Any) -> str:
    made = meeting_report.render(
        held,
        points=more.get("points", []),
        decisions=more.get("decisions", []),
        bodies=[AIRPORT, PORT],
        language=language,
        at=AT,
    )
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages)


def test_the_report_tells_who_met_what_became_of_each_point_and_who_does_what_by_when() -> None:
    held = meeting(
        chair="A. Nikfar",
        place=Text.of(en="Council hall"),
        attendance={"airport": "R. Karimi"},
        minutes="Three masts\nof eight #[stand] *lit*.",
        state="closed",
        closed_at=AT,
        closed_by="The secretariat",
    )
    before = AgendaPoint(meeting=CoordinationMeeting(edition=EDITION, number=1, starts_at=AT), words="Light")
    points = [AgendaPoint(meeting=held, words="Light", state="decided", came_from=before)]
    decisions = [
        Decision(meeting=held, words="Change the masts", body=AIRPORT, due_on=date(2025, 10, 22)),
        Decision(meeting=held, words="A mistake", state="dropped"),
    ]

    text = text_of(held, points=points, decisions=decisions)

    for words in ("Council hall", "A. Nikfar", "R. Karimi", "Decided", "Coordination meeting 1", "Change the masts"):
        assert words in text
    assert "of eight #[stand] *lit*." in text
    assert "Airport of Rasht" in text
    assert "22 October 2025" in text
    assert "1404" in text
    assert "The secretariat" in text
    assert "A mistake" not in text
    assert "Port of Anzali" not in text
    assert "Draft" not in text


def test_a_meeting_that_is_not_closed_has_a_draft_and_an_empty_one_says_so() -> None:
    text = text_of(meeting())

    assert "Draft" in text
    assert "Nothing is decided yet." in text


def test_a_persian_report_has_its_own_digits_and_both_calendars() -> None:
    text = text_of(meeting(attendance={"airport": ""}), "fa")

    assert "شهریور" in text
    assert "سپتامبر" in text
    assert not set("0123456789") & set(text)


def test_what_was_typed_in_another_language_runs_its_own_way_as_a_whole() -> None:
    assert typed("رئیس جلسه پرسید.", "ru") == [("رئیس جلسه پرسید.", True)]
    assert typed("The chair asked.", "fa") == [("The chair asked.", True)]
    assert typed("Рейс TK 872.", "ru") == "Рейс TK 872."
    assert typed("12.", "fa") == "12."
