"""Every change to the tables of the workers, and to the tasks that a dead worker left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ejlas.core.workers import queries, rules
from ejlas.core.workers.models import Duty, Worker

GoneHere = Callable[[str, int], bool]


def beat(*, name: str, place: str, process: int, at: datetime) -> None:
    """Note that this worker is alive; the first time, that it is there."""
    if not Worker.objects.filter(name=name).update(beat_at=at):
        Worker.objects.create(name=name, place=place, process=process, started_at=at, beat_at=at)


@transaction.atomic
def leave(*, name: str) -> None:
    """Note that this worker has ended well, and hand back the duties it held."""
    Duty.objects.filter(held_by=name).update(held_by="")
    Worker.objects.filter(name=name).delete()


def requeue_lost(*, at: datetime, gone_here: GoneHere, idle: str = "") -> int:
    """Put back every task whose worker is dead, or that the worker `idle` left when the database went; return how many.

    A task that was tried often enough has failed for good.
    """
    running = queries.running_tasks()
    if not running:
        return 0
    living = queries.living_workers(at=at, gone_here=gone_here) - {idle}
    return sum(_put_back(task, at=at) for task in running if task.worker_ids[-1:] and task.worker_ids[-1] not in living)


def _put_back(task: DBTaskResult[Any, Any], *, at: datetime) -> int:
    # The condition lets one of several workers do it, and none when the task has come to its end meanwhile.
    mine = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    if len(task.worker_ids) < rules.MOST_TRIES:
        return mine.update(status=TaskResultStatus.READY, started_at=None)
    path = f"{rules.WorkerLost.__module__}.{rules.WorkerLost.__qualname__}"
    lost = rules.WorkerLost(tries=len(task.worker_ids))
    return mine.update(
        status=TaskResultStatus.FAILED, finished_at=at, exception_class_path=path, traceback=lost.sentence()
    )


def know_duties(names: Iterable[str]) -> None:
    """Make a row for each duty that has none yet."""
    Duty.objects.bulk_create([Duty(name=name) for name in names], ignore_conflicts=True)


def take_duty(every: dict[str, int], *, by: str, at: datetime, gone_here: GoneHere) -> str:
    """Give this worker one duty whose time has come and that no living worker holds; its name, or nothing."""
    due = queries.due_duties(every, at=at)
    if not due:
        return ""
    living = queries.living_workers(at=at, gone_here=gone_here)
    for duty in due:
        if duty.held_by in living:
            continue
        # Of several workers that see the same row, one changes it.
        free = Duty.objects.filter(pk=duty.pk, begun_at=duty.begun_at, held_by=duty.held_by)
        if free.update(held_by=by, begun_at=at):
            return duty.name
    return ""


def end_duty(name: str, *, by: str, at: datetime) -> None:
    """Note that a duty was done, well or not."""
    Duty.objects.filter(pk=name, held_by=by).update(held_by="", ended_at=at)


def forget_finished(*, at: datetime) -> int:
    """Remove tasks that ended a while ago, and workers that have been silent as long; return how many tasks."""
    before = at - rules.KEPT_FINISHED
    Worker.objects.filter(beat_at__lt=before).delete()
    done, _by_kind = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return done
