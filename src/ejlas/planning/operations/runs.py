"""Runs of the planner as people handle them: asked for, stopped, taken up again when their worker is gone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ejlas.accounts.models import User
from ejlas.core import background
from ejlas.core.errors import RuleBroken, marked
from ejlas.planning.models import Run
from ejlas.planning.operations.trail import record
from ejlas.planning.rules import ACTIVE, LOST_AFTER, MOST_ATTEMPTS, RunState, is_lost


class RunHasEnded(RuleBroken):
    """There is nothing to stop any more."""

    message = marked("The run has ended already.")


class WorkerLost(RuleBroken):
    """What is kept with a run whose worker was killed, or whose machine went down."""

    message = marked(
        "The worker that made this plan was gone before the plan was done. Nothing was changed; start again."
    )


class StoppedBeforeAPlan(RuleBroken):
    """What is kept with a run that a person stopped too early."""

    message = marked("%(by)s stopped the search before it had a plan.")


@transaction.atomic
def stop_run(*, run: Run, by: User, at: datetime) -> Run:
    """Let a run end soon with the best plan that it has; one that has not begun, at once. Raises RunHasEnded."""
    run = locked(run)
    if run.state not in ACTIVE:
        raise RunHasEnded()
    waits = run.state == RunState.QUEUED
    if waits or is_lost(run.state, seen_at=run.seen_at, at=at):
        end_without_a_plan(run, RunState.STOPPED, StoppedBeforeAPlan(by=by.name), at=at)
    else:
        run.state = RunState.STOPPING
    run.stopped_by = by.name
    run.save()
    record("planning.run.stopped", run, {}, by=by.name, at=at)
    return run


@transaction.atomic
def revive_runs(*, at: datetime) -> list[Run]:
    """Queue again every run whose worker is gone, and end those that cannot be taken up again; return both."""
    return revived(Run.objects.filter(state__in=ACTIVE), at=at)


def revived(runs: QuerySet[Run], *, at: datetime) -> list[Run]:
    """Take up again or end those of the runs whose worker is gone; the caller holds the transaction."""
    found = [run for run in runs.select_for_update(of=("self",)).select_related("edition") if _is_gone(run, at)]
    for run in found:
        if run.state == RunState.STOPPING:
            end_without_a_plan(run, RunState.STOPPED, StoppedBeforeAPlan(by=run.stopped_by), at=at)
        elif run.in_background and run.attempts < MOST_ATTEMPTS:
            run.state = RunState.QUEUED
            background.enqueue("planning.solve_run", run=run.pk)
        else:
            end_without_a_plan(run, RunState.FAILED, WorkerLost(), at=at)
        run.save()
        record("planning.run.revived", run, {"state": run.state}, by=run.asked_by, at=at)
    return found


def _is_gone(run: Run, at: datetime) -> bool:
    # Nobody but the command that asked for it would begin a run of the foreground.
    abandoned = run.state == RunState.QUEUED and not run.in_background and at - run.asked_at > LOST_AFTER
    return abandoned or is_lost(run.state, seen_at=run.seen_at, at=at)


def locked(run: Run) -> Run:
    """Return the run as it stands now, held until the transaction ends."""
    return Run.objects.select_for_update(of=("self",)).select_related("edition").get(pk=run.pk)


def end_without_a_plan(run: Run, state: RunState, fault: BaseException, *, at: datetime) -> None:
    """Set what is kept of a run that ends with nothing; the caller saves."""
    run.state, run.ended_at = state, at
    run.fault = {"name": type(fault).__name__}
    if isinstance(fault, RuleBroken):
        run.fault |= {"message": fault.message, "values": {name: str(value) for name, value in fault.values.items()}}
