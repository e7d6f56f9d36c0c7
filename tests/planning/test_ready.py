"""“Are we ready?”: what the host owes becomes a forecast, a forecast says why it moved, and is scored afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line
from ejlas.core.background import duties, task_of
from ejlas.planning.models import Forecast, ForecastLine
from ejlas.planning.operations import ready as operations
from ejlas.planning.queries import ready as queries
from ejlas.planning.rules.ready.states import WHOLE_FOR, ForecastState
from ejlas.readiness.models import Obligation
from ejlas.readiness.operations import meetings, obligations
from ejlas.readiness.rules.states import Step
from tests.factories.readiness import owed, resource

NOW = datetime(2025, 10, 6, 6, 0, tzinfo=UTC)


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    return summits[request.param]


def made(edition: Any, at: datetime = NOW, **more: Any) -> Forecast:
    by = accounts.system_account()
    asked = operations.ask_for_forecast(edition=edition, by=by, at=at, **more)
    return operations.make_forecast(forecast=queries.forecast_by_key(asked.pk), at=at)


def opening(edition: Any, days: int) -> datetime:
    """The morning so many days before the summit opens."""
    day = edition.starts_on - timedelta(days=days)
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def test_a_forecast_says_how_likely_all_is_ready_and_keeps_a_line_of_each_obligation(edition: Any) -> None:
    second = owed(edition, "Signs in the hall", due_on=None, least_days=2, likely_days=2, most_days=2)
    first = Obligation.objects.filter(edition=edition).exclude(pk=second.pk).get()
    obligations.set_predecessors(
        obligation=second, lags={first: 1}, by=accounts.system_account(), at=NOW, revision=second.revision
    )

    forecast = made(edition, opening(edition, 40))

    assert forecast.state == ForecastState.DONE
    assert forecast.p_ready == 1.0
    assert forecast.ends_50 <= forecast.ends_80 <= forecast.ends_95 <= forecast.target_on < edition.starts_on
    lines = {line.obligation.slug: line for line in forecast.lines.select_related("obligation")}
    assert lines.keys() == {first.slug, second.slug}
    assert lines[second.slug].begins > lines[first.slug].ends
    assert lines[second.slug].slack == lines[first.slug].slack > 0
    assert Line.objects.filter(event="planning.forecast.ended").count() == 1


def test_too_late_is_too_late_and_its_slack_is_below_nothing(edition: Any) -> None:
    forecast = made(edition, opening(edition, 1))

    assert forecast.p_ready == 0.0
    line = forecast.lines.select_related("obligation").get()
    assert line.slack < 0
    assert line.criticality == 1.0


def test_what_was_delivered_raises_the_answer_and_the_next_forecast_says_so(edition: Any) -> None:
    by = accounts.system_account()
    only = Obligation.objects.get(edition=edition)
    meeting = edition.coordinationmeeting_set.get()
    before = made(edition, opening(edition, 12), meeting=meeting)

    later = opening(edition, 6)
    obligations.take_step(obligation=only, step=Step.START, by=by, at=later)
    obligations.take_step(obligation=only, step=Step.DELIVER, by=by, at=later)
    after = made(edition, later + timedelta(days=1))

    assert after.since == before
    assert (before.p_ready, after.p_ready) == (pytest.approx(before.p_ready), 1.0)
    causes = {shift["cause"]: shift for shift in after.shifts}
    assert causes.keys() == {"time", "work"}
    assert causes["work"]["slugs"] == [only.slug]
    assert causes["work"]["change"] > 0 >= causes["time"]["change"]
    assert before.p_ready + sum(shift["change"] for shift in after.shifts) == pytest.approx(after.p_ready)


def test_limited_hands_work_one_after_the_other_and_one_more_buys_time(edition: Any) -> None:
    crew = resource(edition, "lifts", capacity=1)
    by = accounts.system_account()
    for name in ("Banner one", "Banner two"):
        row = owed(edition, name, due_on=None, least_days=4, likely_days=4, most_days=9)
        obligations.set_uses(obligation=row, amounts={crew: 1}, by=by, at=NOW, revision=row.revision)

    forecast = made(edition, opening(edition, 14))

    lines = sorted(
        forecast.lines.select_related("obligation").filter(obligation__uses__resource=crew),
        key=lambda line: line.begins,
    )
    assert lines[0].ends < lines[1].begins
    ((kind, p_with_one_more),) = forecast.result["one_more"]
    assert kind == "lifts"
    assert p_with_one_more > forecast.p_ready


def test_an_edition_that_owes_nothing_is_told_so(edition: Any) -> None:
    Obligation.objects.all().delete()

    assert made(edition).state == ForecastState.EMPTY
    assert operations.ask_each_night(at=NOW, by=accounts.system_account()) == []


def test_of_two_who_ask_at_once_the_second_is_told_who_asked(edition: Any) -> None:
    by = accounts.system_account()
    operations.ask_for_forecast(edition=edition, by=by, at=NOW)

    with pytest.raises(operations.ForecastOnItsWay) as refused:
        operations.ask_for_forecast(edition=edition, by=by, at=NOW)

    assert refused.value.values == {"by": by.name}
    # Its worker is gone: nobody has to wait for it.
    assert operations.ask_for_forecast(edition=edition, by=by, at=NOW + timedelta(minutes=6)).pk


def test_made_a_second_time_a_forecast_stays_as_it_is(edition: Any) -> None:
    forecast = made(edition)

    again = operations.make_forecast(forecast=forecast, at=NOW + timedelta(days=1))

    assert again.made_on == forecast.made_on
    assert ForecastLine.objects.filter(forecast=forecast).count() == 1


def test_a_meeting_that_ends_asks_for_a_forecast_of_its_own(
    edition: Any, django_capture_on_commit_callbacks: Any
) -> None:
    by = {"by": accounts.system_account(), "at": NOW}
    meeting = edition.coordinationmeeting_set.get()
    meetings.begin(meeting=meeting, **by)
    with django_capture_on_commit_callbacks() as asked:
        meetings.close(meeting=meeting, **by)
    assert len(asked) == 1

    task_of("planning.forecast_meeting").func(meeting=meeting.pk)

    assert Forecast.objects.get().meeting == meeting


def test_each_night_one_forecast_is_asked_for_until_the_opening(edition: Any) -> None:
    by = accounts.system_account()
    Obligation.objects.exclude(edition=edition).delete()
    at = opening(edition, 20)
    assert [each.edition for each in operations.ask_each_night(at=at, by=by)] == [edition]
    assert operations.ask_each_night(at=at, by=by) == []
    operations.make_forecast(forecast=queries.forecast_by_key(Forecast.objects.get().pk), at=at)
    assert operations.ask_each_night(at=at + timedelta(minutes=10), by=by) == []
    assert operations.ask_each_night(at=opening(edition, -1), by=by) == []
    assert "planning.look_ahead" in duties()


def test_after_the_opening_forecasts_of_meetings_are_scored_once(edition: Any) -> None:
    Obligation.objects.exclude(edition=edition).delete()
    only = Obligation.objects.get(edition=edition)
    early = made(edition, opening(edition, 40), meeting=edition.coordinationmeeting_set.get())
    only.delivered_on = edition.starts_on - timedelta(days=10)
    only.save()

    assert operations.score_forecasts(at=opening(edition, 2)) == []
    assert operations.score_forecasts(at=opening(edition, -1)) == [early]
    assert operations.score_forecasts(at=opening(edition, -2)) == []

    early.refresh_from_db()
    assert early.score["was_ready"] is True
    assert early.score["ready"] == pytest.approx((1 - early.p_ready) ** 2)
    assert early.score["n_open"] == 0


def test_old_forecasts_keep_their_figures_and_those_of_meetings_everything(edition: Any) -> None:
    old = made(edition, NOW)
    of_meeting = made(edition, NOW + timedelta(hours=1), meeting=edition.coordinationmeeting_set.get())
    newest = made(edition, NOW + timedelta(hours=2))

    assert operations.cut_old_forecasts(at=NOW + WHOLE_FOR + timedelta(days=1)) == 1

    for row in (old, of_meeting, newest):
        row.refresh_from_db()
    assert (old.basis, old.lines.count()) == ({}, 0)
    assert old.p_ready is not None
    assert of_meeting.basis
    assert newest.lines.count() == 1
    assert [row.made_on for row in queries.trend_of(edition)] == [date(2025, 10, 6)]


def test_what_a_forecast_rests_on_costs_as_many_questions_for_one_obligation_as_for_thirty(
    edition: Any, django_assert_num_queries: Any
) -> None:
    for number in range(30):
        owed(edition, f"Lamp {number}")

    with django_assert_num_queries(4):
        basis = queries.basis_of(edition, today=date(2025, 10, 6))

    assert len(basis.owed) == 31
    assert type(basis).read(basis.stored()) == basis
