"""`ejlas worker` as a process: it ends well, a kill loses no task, and it outlives its database."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests.factories.processes import ROOT, environment, made, script, serving

STATES = """
import json
from django_tasks_db.models import DBTaskResult
from ejlas.core.workers.models import Duty, Worker
tasks = list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))
duties = sorted(Duty.objects.filter(ended_at__isnull=False).values_list("name", flat=True))
print(json.dumps([tasks, Worker.objects.count(), duties]))
"""


@pytest.fixture
def var(tmp_path):
    return made(tmp_path)


@contextmanager
def working(var, **variables):
    log = (var / "worker.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "ejlas", "worker"], cwd=ROOT, env=environment(var, **variables), stdout=log, stderr=log
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        log.close()


def enqueue(var, call, **variables):
    script(f"from tests.factories import slow\nslow.{call}", var=var, **variables)


def states(var, **variables):
    return json.loads(script(STATES, var=var, **variables))


def said(var, words, *, seconds=40):
    """Wait until the task has said these words; return what it said."""
    for _ in range(seconds * 10):
        text = (var / "said").read_text() if (var / "said").exists() else ""
        if text.split() == words.split():
            return text
        time.sleep(0.1)
    raise AssertionError(f"said {text.split()}: {(var / 'worker.log').read_text()}")


def test_end_is_asked_for_and_the_task_that_was_begun_is_ended_first(var):
    for _ in range(2):
        enqueue(var, f"wait.enqueue({str(var / 'said')!r}, 5)")

    with working(var) as process:
        said(var, "begun")
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=20)

    tasks, workers, duties = states(var)
    assert code == 0
    assert tasks == ["SUCCESSFUL", "READY"]
    assert workers == 0
    assert {"core.workers.forget_finished", "core.workers.forget_sessions"} <= set(duties)


def test_task_of_a_killed_worker_is_done_by_the_next(var):
    enqueue(var, f"wait.enqueue({str(var / 'said')!r}, 3)")
    with working(var) as process:
        said(var, "begun")
        process.kill()
        process.wait()
    between, left, _ = states(var)

    with working(var) as process:
        said(var, "begun begun ended")
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)

    assert (between, left) == (["RUNNING"], 1)
    assert states(var)[0] == ["SUCCESSFUL"]


def test_task_that_ends_every_worker_does_not_go_on_for_ever(var):
    enqueue(var, f"end_the_worker.enqueue({str(var / 'said')!r})")
    enqueue(var, f"wait.enqueue({str(var / 'said')!r}, 0)")

    with serving(var):
        # The server starts the worker again each time.
        said(var, "begun begun begun begun ended")

    assert states(var)[0] == ["FAILED", "SUCCESSFUL"]


def test_server_ends_its_worker_and_can_do_without(var):
    with serving(var, "--no-worker") as server:
        alone = json.loads(server.ask("/health/ready").text)["checks"]["worker"]
    with serving(var) as server:
        for _ in range(100):
            beside = json.loads(server.ask("/health/ready").text)["checks"]["worker"]
            if beside == "ok":
                break
            time.sleep(0.1)
        listed = ["ps", "--ppid", str(server.process.pid), "-o", "pid=,args="]
        children = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    worker = next(int(line.split()[0]) for line in children.splitlines() if line.endswith("ejlas worker"))

    assert (alone, beside) == ("none", "ok")
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert states(var)[1] == 0
