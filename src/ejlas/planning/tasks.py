"""Background work of planning: load by key, make one call."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.utils import timezone
from django_tasks import task

from ejlas.accounts import queries as accounts
from ejlas.core.errors import RuleBroken
from ejlas.planning import operations, queries
from ejlas.planning.operations import ready
from ejlas.planning.queries import ready as forecasts
from ejlas.readiness.queries.meetings import meeting_by_key


@task(takes_context=True)
def solve_run(context: Any, run: int) -> None:
    """Find the plan of this run; a rule that stands in the way is kept with the run, for a person to read."""
    found = queries.run_by_key(run)
    with suppress(RuleBroken):
        operations.solve_run(run=found, at=timezone.now(), task=str(context.task_result.id))


@task()
def revive_runs() -> None:
    """Take up again, or end, the runs whose worker is gone."""
    operations.revive_runs(at=timezone.now())


@task()
def solve_part(part: int) -> None:
    """Search one part of a search that is spread over workers."""
    operations.solve_part(part=part, at=timezone.now())


@task()
def forget_spreads() -> None:
    """Remove what spread searches left behind whose coordinator is gone."""
    operations.forget_spreads(at=timezone.now())


@task()
def make_forecast(forecast: int) -> None:
    """Make the forecast that was asked for."""
    ready.make_forecast(forecast=forecasts.forecast_by_key(forecast), at=timezone.now())


@task()
def forecast_meeting(meeting: int) -> None:
    """Ask for the forecast with which a coordination meeting ends."""
    found = meeting_by_key(meeting)
    if not forecasts.has_forecast(found):
        by = accounts.system_account()
        ready.ask_for_forecast(edition=found.edition, by=by, at=timezone.now(), meeting=found)


@task()
def look_ahead() -> None:
    """Ask for the forecast of the day, score those whose summit has opened, and cut old ones to their figures."""
    at = timezone.now()
    ready.ask_each_night(at=at, by=accounts.system_account())
    ready.score_forecasts(at=at)
    ready.cut_old_forecasts(at=at)
