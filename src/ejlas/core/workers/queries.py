"""Questions about the background: what waits, how long, and who is alive to do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ejlas.core.workers import rules
from ejlas.core.workers.models import Duty, Worker


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue at one moment: tasks that wait, seconds the oldest has waited, seconds since the last sign of life."""

    waiting: int
    oldest_s: float
    running: int
    workers: int
    beat_age_s: float | None


def queue(*, at: datetime) -> Queue:
    """Return the state of the queue. Three SQL queries."""
    waiting = DBTaskResult.objects.ready().aggregate(n=Count("pk"), oldest=Min("enqueued_at"))
    running = DBTaskResult.objects.running().count()
    beats = sorted(Worker.objects.values_list("beat_at", flat=True))
    return Queue(
        waiting=waiting["n"],
        oldest_s=(at - waiting["oldest"]).total_seconds() if waiting["oldest"] else 0.0,
        running=running,
        workers=sum(at - beat <= rules.DEAD_AFTER for beat in beats),
        beat_age_s=(at - beats[-1]).total_seconds() if beats else None,
    )


def living_workers(*, at: datetime, gone_here: Callable[[str, int], bool]) -> set[str]:
    """Return the names of the workers that are at work. One SQL query."""
    lives = [worker.life for worker in Worker.objects.all()]
    return {
        life.name for life in lives if not rules.is_dead(life, at=at, gone_here=gone_here(life.place, life.process))
    }


def running_tasks() -> list[DBTaskResult[Any, Any]]:
    """Return the tasks that some worker has begun and not ended. One SQL query."""
    return list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))


def due_duties(every: dict[str, int], *, at: datetime) -> list[Duty]:
    """Return the duties whose time has come, held or not. One SQL query."""
    duties = Duty.objects.filter(name__in=every)
    return [
        duty for duty in duties if duty.begun_at is None or at - duty.begun_at >= timedelta(seconds=every[duty.name])
    ]
