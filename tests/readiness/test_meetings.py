"""Coordination meetings: begun, written, decided, closed; what stays open comes back, what is decided is owed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line
from ejlas.core.errors import RuleBroken
from ejlas.readiness.models import Obligation
from ejlas.readiness.operations import errors, meetings
from ejlas.readiness.rules.meetings import MeetingState, PointState, mark_of
from tests.factories.readiness import AT, body


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    return summits[request.param]


def by() -> dict[str, Any]:
    return {"by": accounts.system_account(), "at": AT}


def call(edition: Any) -> Any:
    return meetings.call_meeting(edition=edition, fields={"starts_at": AT + timedelta(days=1)}, **by())


def begun(edition: Any) -> Any:
    meeting = call(edition)
    meetings.begin(meeting=meeting, **by())
    meeting.refresh_from_db()
    return meeting


def point(meeting: Any, words: str, state: PointState = PointState.OPEN) -> Any:
    made = meetings.add_point(meeting=meeting, words=words, **by())
    return meetings.change_point(point=made, state=state, **by())


def words(meeting: Any) -> list[str]:
    return list(meeting.points.values_list("words", flat=True))


def test_what_a_meeting_left_open_comes_back_on_the_next_agenda_and_says_from_where(edition: Any) -> None:
    first = begun(edition)
    point(first, "Lights", PointState.DECIDED)
    point(first, "Buses", PointState.POSTPONED)
    point(first, "Flags")

    second = call(edition)

    assert words(second) == ["Buses", "Flags"]
    assert {each.came_from.meeting for each in second.points.all()} == {first}
    assert set(second.points.values_list("state", flat=True)) == {"open"}


def test_a_meeting_that_was_called_already_takes_what_is_left_at_the_close_and_loses_what_was_decided(
    edition: Any,
) -> None:
    first = begun(edition)
    lights = point(first, "Lights")
    second = call(edition)
    meetings.change_point(point=lights, state=PointState.DECIDED, **by())
    point(first, "Buses", PointState.POSTPONED)

    meetings.close(meeting=first, **by())

    assert words(second) == ["Buses"]


def test_a_point_is_raised_above_the_one_before_it(edition: Any) -> None:
    meeting = begun(edition)
    point(meeting, "Lights")
    buses = point(meeting, "Buses")

    meetings.raise_point(point=buses, **by())
    meetings.raise_point(point=buses, **by())

    assert words(meeting) == ["Buses", "Lights"]


def test_a_decision_becomes_what_its_body_owes_once_also_after_the_close(edition: Any) -> None:
    meeting, airport = begun(edition), body(edition)
    lights = point(meeting, "Lights")
    decision = meetings.decide(
        meeting=meeting,
        words="Light the apron\nAll masts",
        body=airport,
        due_on=date(2025, 10, 1),
        point=lights,
        **by(),
    )
    meetings.close(meeting=meeting, **by())

    owed = meetings.give_decision(decision=decision, language="en", **by())

    held = Obligation.objects.get(pk=owed.pk)
    assert (held.name.wording("en").text, held.detail.wording("en").text) == ("Light the apron", "All masts")
    assert (held.body, held.due_on, held.decision, held.state) == (airport, date(2025, 10, 1), decision, "planned")
    lights.refresh_from_db()
    assert lights.state == "decided"
    with pytest.raises(errors.DecisionSettled):
        meetings.give_decision(decision=decision, language="en", **by())
    assert Obligation.objects.filter(decision=decision).count() == 1


def test_a_decision_without_a_body_or_a_day_is_not_given_and_a_dropped_one_neither(edition: Any) -> None:
    meeting = begun(edition)
    no_body = meetings.decide(meeting=meeting, words="Be ready", due_on=date(2025, 10, 1), **by())
    dropped = meetings.decide(meeting=meeting, words="A mistake", body=body(edition), due_on=date(2025, 10, 1), **by())
    meetings.drop_decision(decision=dropped, **by())

    with pytest.raises(errors.DecisionIncomplete):
        meetings.give_decision(decision=no_body, language="en", **by())
    with pytest.raises(errors.DecisionSettled):
        meetings.give_decision(decision=dropped, language="en", **by())
    assert not Obligation.objects.filter(decision__meeting=meeting).exists()


def test_a_dissolved_body_is_obliged_to_nothing_new(edition: Any) -> None:
    gone = body(edition, "old-port", dissolved_on=date(2025, 8, 1))

    with pytest.raises(errors.BodyDissolved):
        meetings.decide(meeting=begun(edition), words="Dredge", body=gone, **by())


def test_minutes_that_somebody_else_wrote_meanwhile_are_not_written_over(edition: Any) -> None:
    meeting = begun(edition)
    empty = mark_of("")
    meetings.write_minutes(meeting=meeting, minutes="The airport reports.\r\nAll is well.", seen=empty, **by())

    meetings.write_minutes(meeting=meeting, minutes="The airport reports.\nAll is well.", seen=empty, **by())
    with pytest.raises(errors.MinutesChanged):
        meetings.write_minutes(meeting=meeting, minutes="The port reports.", seen=empty, **by())

    meeting.refresh_from_db()
    assert meeting.minutes == "The airport reports.\nAll is well."


def test_each_act_is_a_line_of_the_trail(edition: Any) -> None:
    meeting = call(edition)
    before = Line.objects.count()

    meetings.begin(meeting=meeting, **by())
    meetings.add_point(meeting=meeting, words="Lights", **by())
    meetings.note_attendance(meeting=meeting, attendance={"airport": "A. Karimi"}, guests="", **by())
    meetings.write_minutes(meeting=meeting, minutes="Said.", seen=mark_of(""), **by())
    meetings.decide(meeting=meeting, words="Be ready", **by())
    meetings.close(meeting=meeting, **by())

    meeting.refresh_from_db()
    assert Line.objects.count() == before + 6
    assert (meeting.state, meeting.attendance, meeting.closed_at) == ("closed", {"airport": "A. Karimi"}, AT)


def test_a_closed_meeting_is_not_changed_any_more(edition: Any) -> None:
    meeting = begun(edition)
    lights = point(meeting, "Lights")
    decision = meetings.decide(meeting=meeting, words="Be ready", **by())
    meetings.close(meeting=meeting, **by())
    acts: list[Any] = [
        lambda: meetings.begin(meeting=meeting, **by()),
        lambda: meetings.close(meeting=meeting, **by()),
        lambda: meetings.add_point(meeting=meeting, words="Buses", **by()),
        lambda: meetings.change_point(point=lights, state=PointState.DECIDED, **by()),
        lambda: meetings.raise_point(point=lights, **by()),
        lambda: meetings.note_attendance(meeting=meeting, attendance={}, guests="", **by()),
        lambda: meetings.write_minutes(meeting=meeting, minutes="More", seen=mark_of(""), **by()),
        lambda: meetings.decide(meeting=meeting, words="More", **by()),
        lambda: meetings.drop_decision(decision=decision, **by()),
        lambda: meetings.change_meeting(thing=meeting, fields={"chair": "X"}, **by()),
        lambda: meetings.remove_meeting(thing=meeting, **by()),
    ]

    for act in acts:
        with pytest.raises(errors.MeetingClosed):
            act()

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED


@pytest.mark.parametrize("wrong", ["", "  \n "])
def test_what_says_nothing_is_refused(edition: Any, wrong: str) -> None:
    meeting = begun(edition)

    with pytest.raises(errors.WordsMissing):
        meetings.add_point(meeting=meeting, words=wrong, **by())
    with pytest.raises(errors.WordsMissing):
        meetings.decide(meeting=meeting, words=wrong, **by())


def test_a_meeting_that_was_not_begun_has_no_minutes_and_decides_nothing(edition: Any) -> None:
    meeting = call(edition)

    for act in (
        lambda: meetings.write_minutes(meeting=meeting, minutes="Said.", seen=mark_of(""), **by()),
        lambda: meetings.decide(meeting=meeting, words="Be ready", **by()),
        lambda: meetings.close(meeting=meeting, **by()),
    ):
        with pytest.raises(errors.MeetingNotBegun) as refused:
            act()
        assert isinstance(refused.value, RuleBroken)
