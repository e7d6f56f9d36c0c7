"""What a dead worker left behind is done again, and not for ever; duties come round, at one worker at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ejlas.core import background
from ejlas.core.workers import operations, queries
from ejlas.core.workers.models import Duty, Worker

AT = datetime(2027, 5, 1, 8, 0, tzinfo=UTC)
HERE, ELSEWHERE = "this machine", "another"

pytestmark = pytest.mark.django_db


def gone_here(place, process):
    """Process 13 of this machine is gone."""
    return place == HERE and process == 13


def worker(name, *, seconds_ago=0, place=HERE, process=12):
    operations.beat(name=name, place=place, process=process, at=AT - timedelta(seconds=seconds_ago))


def begun(*workers, status=TaskResultStatus.RUNNING):
    return DBTaskResult.objects.create(
        status=status,
        started_at=AT,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.factories.slow.wait",
        worker_ids=list(workers),
        backend_name="default",
        run_after=AT,
    )


@pytest.mark.parametrize(
    ("silent", "place", "process", "expected"),
    [
        (5, ELSEWHERE, 12, TaskResultStatus.RUNNING),
        (29, ELSEWHERE, 12, TaskResultStatus.RUNNING),
        (31, ELSEWHERE, 12, TaskResultStatus.READY),
        (1, HERE, 13, TaskResultStatus.READY),
        (1, ELSEWHERE, 13, TaskResultStatus.RUNNING),
    ],
)
def test_task_waits_again_once_its_worker_is_dead(silent, place, process, expected):
    worker("a", seconds_ago=silent, place=place, process=process)
    task = begun("a")

    operations.requeue_lost(at=AT, gone_here=gone_here)

    task.refresh_from_db()
    assert task.status == expected


def test_task_of_a_worker_that_nobody_knows_waits_again():
    task = begun("a", "b")
    ended = begun("c", status=TaskResultStatus.SUCCESSFUL)

    put_back = operations.requeue_lost(at=AT, gone_here=gone_here)

    task.refresh_from_db()
    ended.refresh_from_db()
    assert put_back == 1
    assert (task.status, task.worker_ids) == (TaskResultStatus.READY, ["a", "b"])
    assert ended.status == TaskResultStatus.SUCCESSFUL


def test_task_that_ended_three_workers_has_failed():
    task = begun("a", "b", "c")

    operations.requeue_lost(at=AT, gone_here=gone_here)

    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert task.task_result.errors[0].exception_class.__name__ == "WorkerLost"
    assert "3 times" in task.traceback


def test_worker_that_lost_the_database_gives_up_its_own_task():
    worker("a")
    task = begun("a")

    operations.requeue_lost(at=AT, gone_here=gone_here, idle="a")

    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_duty_is_taken_by_one_worker_and_again_when_its_time_has_come():
    for name in "ab":
        worker(name)
    operations.know_duties(["x.sweep"])

    def take(name, seconds):
        at = AT + timedelta(seconds=seconds)
        for each in "ab":
            worker(each, seconds_ago=-seconds)
        return operations.take_duty({"x.sweep": 60}, by=name, at=at, gone_here=gone_here)

    taken = [take("a", 0), take("b", 1), take("b", 61)]
    operations.end_duty("x.sweep", by="a", at=AT + timedelta(seconds=62))
    taken += [take("b", 62), take("a", 63)]

    assert taken == ["x.sweep", "", "", "x.sweep", ""]


def test_duty_of_a_dead_worker_is_taken_over():
    worker("a", process=13)
    worker("b")
    operations.know_duties(["x.sweep"])
    Duty.objects.update(held_by="a", begun_at=AT - timedelta(seconds=61))

    taken = operations.take_duty({"x.sweep": 60}, by="b", at=AT, gone_here=gone_here)

    assert taken == "x.sweep"


def test_worker_that_leaves_hands_back_its_duties():
    worker("a")
    operations.know_duties(["x.sweep", "x.dust"])
    operations.know_duties(["x.sweep"])
    Duty.objects.filter(name="x.sweep").update(held_by="a")

    operations.leave(name="a")

    assert sorted(Duty.objects.values_list("name", "held_by")) == [("x.dust", ""), ("x.sweep", "")]
    assert not Worker.objects.exists()


def test_queue_tells_what_waits_how_long_and_who_lives():
    worker("a", seconds_ago=3)
    worker("b", seconds_ago=300)
    begun("a")
    waiting = begun(status=TaskResultStatus.READY)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=AT - timedelta(seconds=40), run_after=long_ago)

    assert queries.queue(at=AT) == queries.Queue(waiting=1, oldest_s=40.0, running=1, workers=1, beat_age_s=3.0)


def test_finished_tasks_are_forgotten_after_a_week():
    for days in (6, 8):
        task = begun(status=TaskResultStatus.SUCCESSFUL)
        DBTaskResult.objects.filter(pk=task.pk).update(finished_at=AT - timedelta(days=days))
    begun(status=TaskResultStatus.READY)

    assert operations.forget_finished(at=AT) == 1
    assert DBTaskResult.objects.count() == 2


def test_every_duty_is_a_task():
    duties = background.duties()

    assert "core.workers.forget_finished" in duties
    assert all(background.task_of(name) for name in duties)


@pytest.mark.parametrize(("seconds", "name"), [(0, "core.workers.forget_finished"), (5, "Nonsense")])
def test_duty_without_sense_is_refused(seconds, name):
    with pytest.raises(ValueError, match="is no duty"):
        background.every(seconds, name)
