"""What is shown of a forecast: how the work goes, on what the risk hangs, and what the answer rests on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ejlas.accounts import queries as accounts
from ejlas.exports.ready_labels import CAUSES, WAITING, statements
from ejlas.planning.models import Forecast
from ejlas.planning.operations import ready as operations
from ejlas.planning.queries import ready as queries
from ejlas.planning.rules.ready.burn_up import MOST_POINTS
from ejlas.planning.rules.ready.states import Cause, Waiting, waiting_on
from ejlas.readiness.models import Obligation
from ejlas.readiness.operations import obligations
from ejlas.readiness.rules.states import ObligationState, Step
from tests.factories.readiness import owed


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    return summits[request.param]


def made(edition: Any, days: int) -> Forecast:
    """The forecast of the morning so many days before the opening."""
    day = edition.starts_on - timedelta(days=days)
    at = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
    asked = operations.ask_for_forecast(edition=edition, by=accounts.system_account(), at=at)
    return operations.make_forecast(forecast=queries.forecast_by_key(asked.pk), at=at)


def test_the_burn_up_counts_what_is_due_delivered_and_expected_without_a_question(
    edition: Any, django_assert_num_queries: Any
) -> None:
    by, day = accounts.system_account(), edition.starts_on - timedelta(days=20)
    Obligation.objects.filter(edition=edition).update(due_on=edition.starts_on - timedelta(days=9))
    first = owed(edition, "Signs", due_on=day, least_days=1, likely_days=1, most_days=1)
    owed(edition, "No day", due_on=None)
    at = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
    for step in (Step.START, Step.DELIVER):
        obligations.take_step(obligation=first, step=step, by=by, at=at)
    forecast = made(edition, 19)

    with django_assert_num_queries(0):
        found = queries.burn_up(edition, forecast)

    assert (found.n, found.step_days) == (3, 1)
    before, today, *_ahead, last = (point for point in found.points if point.day >= day)
    assert (before.planned, before.delivered, before.likely) == (1, 1, None)
    assert (today.day, today.delivered, today.likely) == (forecast.made_on, 1, 1)
    assert (last.planned, last.delivered, last.likely, last.sure) == (3, None, 3, 3)


def test_a_long_preparation_is_counted_by_the_week(edition: Any) -> None:
    owed(edition, "Early", due_on=edition.starts_on - timedelta(days=300))

    found = queries.burn_up(edition, made(edition, 40))

    assert found.step_days == 7
    assert len(found.points) < MOST_POINTS


def test_the_risk_list_says_on_whom_each_obligation_waits(edition: Any, django_assert_num_queries: Any) -> None:
    by = accounts.system_account()
    first = Obligation.objects.get(edition=edition)
    second = owed(edition, "Second", due_on=edition.starts_on - timedelta(days=35))
    obligations.set_predecessors(
        obligation=second, lags={first: 0}, by=by, at=datetime(2025, 9, 2, tzinfo=UTC), revision=second.revision
    )
    forecast = made(edition, 30)

    with django_assert_num_queries(2):
        found = {risk.obligation.slug: risk for risk in queries.risks(forecast, 10)}

    assert found[first.slug].waits_on == Waiting.ANSWER
    assert found[first.slug].is_unaccepted
    assert found[second.slug].waits_on == Waiting.BEFORE
    assert found[second.slug].before == (first,)
    assert found[second.slug].is_late


def test_waiting_is_said_of_every_state() -> None:
    found = {state: waiting_on(state, has_body=True, is_held=False) for state in ObligationState}

    assert found[ObligationState.REFUSED] == Waiting.HOST
    assert found[ObligationState.IN_WORK] == found[ObligationState.ACCEPTED] == Waiting.BODY
    assert found[ObligationState.DELIVERED] == Waiting.NOBODY
    assert waiting_on(ObligationState.PLANNED, has_body=False, is_held=True) == Waiting.CHOICE
    assert (set(CAUSES), set(WAITING)) == (set(Cause), set(Waiting))


def test_a_forecast_states_what_it_rests_on_until_it_is_cut(edition: Any) -> None:
    forecast = made(edition, 30)
    premises = queries.premises_of(forecast)
    assert premises is not None

    words = statements(forecast, premises, language="en", shown=())

    assert "2 working days before the opening" in words[0]
    assert "(PERT)" in words[1]
    assert "20%" in words[3]
    assert "0 of 1" in words[4]
    assert "10,000 times" in words[-1]
    Forecast.objects.update(basis={}, result={})
    forecast.refresh_from_db()
    assert queries.premises_of(forecast) is None
