"""Every change to the planner's tables: runs asked for, begun, ended, accepted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import background
from ejlas.core.audit import operations as audit
from ejlas.core.changes import Changes
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.models import Edition
from ejlas.planning.models import Run
from ejlas.planning.queries.plan import Planned, plan_of
from ejlas.planning.rules import RunState
from ejlas.programme import operations as programme

Progress = Callable[[str, int, int], None]


class NoPlanToAccept(RuleBroken):
    """Only a run that has ended with a plan can be accepted."""

    message = marked("Run %(run)s has no plan to accept: it is %(state)s.")


@transaction.atomic
def ask_for_run(
    *, edition: Edition, seconds: int, workers: int, seed: int, by: User, at: datetime, in_background: bool = False
) -> Run:
    """Note that a plan is wanted; in the background, a worker begins it once this is committed."""
    run = Run.objects.create(
        edition=edition, seconds=seconds, workers=workers, seed=seed, asked_by=by.name, asked_at=at
    )
    values = {"run": run.pk, "seconds": seconds, "workers": workers, "seed": seed}
    _record("planning.run.asked", run, values, by=by.name, at=at)
    if in_background:
        background.enqueue("planning.solve_run", run=run.pk)
    return run


def solve_run(*, run: Run, at: datetime, progress: Progress | None = None) -> Run:
    """Find the plan of a run and keep it with its certificate and the reasons of every refusal.

    The search holds no transaction: it may take minutes. Raises OffTheGrid, NoRoomForBilaterals; the run then
    stands as failed.
    """
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    try:
        planned = plan_of(run, progress=progress)
    except Exception as fault:
        _fail(run, fault, at=at)
        raise
    return _keep(run, planned, at=at)


@transaction.atomic
def _keep(run: Run, planned: Planned, *, at: datetime) -> Run:
    for name, value in planned.fields().items():
        setattr(run, name, value)
    run.state = RunState.DONE if planned.has_plan else RunState.FAILED
    run.ended_at = at
    run.save()
    values = {"run": run.pk, "value": run.value, "bound": run.bound, "placed": len(run.placements)}
    _record("planning.run.ended", run, values, by=run.asked_by, at=at)
    return run


@transaction.atomic
def _fail(run: Run, fault: Exception, *, at: datetime) -> None:
    run.state = RunState.FAILED
    run.ended_at = at
    run.statistics = {"fault": type(fault).__name__}
    run.save()
    _record("planning.run.failed", run, {"run": run.pk, "fault": type(fault).__name__}, by=run.asked_by, at=at)


@transaction.atomic
def accept_run(*, run: Run, by: User, at: datetime) -> Changes:
    """Give every bilateral the place that the run found, and take the place of the others. Raises NoPlanToAccept."""
    run = Run.objects.select_for_update(of=("self",)).select_related("edition").get(pk=run.pk)
    if run.state not in {RunState.DONE, RunState.ACCEPTED}:
        raise NoPlanToAccept(run=run.pk, state=run.state)
    placements = {
        slug: (datetime.fromisoformat(place["starts_at"]), place["room"], place["interpreters"])
        for slug, place in run.placements.items()
    }
    changes = programme.place_bilaterals(edition=run.edition, placements=placements, by=by, at=at)
    run.state = RunState.ACCEPTED
    run.save(update_fields=["state"])
    _record("planning.run.accepted", run, {"run": run.pk, "moved": len(changes.changed)}, by=by.name, at=at)
    return changes


def _record(event: str, run: Run, values: dict[str, Any], *, by: str, at: datetime) -> None:
    entry = audit.Entry(event, "run", f"{run.edition.slug} {run.pk}", values)
    audit.record([entry], scope=run.edition.slug, by=by, at=at)
