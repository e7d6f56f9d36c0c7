"""A run with a real worker: killed in the middle and taken up by the next, and stopped from another process."""

from __future__ import annotations

import json
import time

from tests.cli.test_worker import working
from tests.factories.processes import made, script

ASK = """
from django.utils import timezone
from ejlas.accounts.queries import system_account
from ejlas.forum.queries import edition
from ejlas.planning import operations
run = operations.ask_for_run(edition=edition("{slug}"), seconds={seconds}, workers=1, seed=1, by=system_account(),
    at=timezone.now(), in_background=True)
print(run.pk)
"""
STOP = """
from django.utils import timezone
from ejlas.accounts.queries import system_account
from ejlas.planning import operations
from ejlas.planning.models import Run
operations.stop_run(run=Run.objects.get(), by=system_account(), at=timezone.now())
"""
LOOK = """
import json
from ejlas.planning.models import Run
run = Run.objects.get()
print(json.dumps([run.state, run.attempts, run.progress, len(run.placements)]))
"""


def _asked(var, slug, *, seconds):
    made(var, slug)
    script(ASK.format(slug=slug, seconds=seconds), var=var)
    return var


def _until(var, wanted, *, seconds=60):
    """Look at the run until it is so; return its state, attempts, progress and the number of its places."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        seen = json.loads(script(LOOK, var=var))
        if wanted(seen):
            return seen
        time.sleep(0.3)
    raise AssertionError(f"{seen}: {(var / 'worker.log').read_text()}")


def test_run_of_a_killed_worker_is_taken_up_by_the_next(tmp_path):
    var = _asked(tmp_path, "rasht2025", seconds=8)
    with working(var) as process:
        _until(var, lambda seen: seen[0] == "running")
        process.kill()
        process.wait()
    between = json.loads(script(LOOK, var=var))

    with working(var):
        after = _until(var, lambda seen: seen[0] != "running" and seen[0] != "queued")

    assert between[:2] == ["running", 1]
    assert after[:2] == ["done", 2]
    assert after[3] > 0


def test_run_is_followed_and_stopped_from_another_process(tmp_path):
    # The larger summit keeps the planner busy for minutes.
    var = _asked(tmp_path, "atlantic2027", seconds=600)
    with working(var):
        told = _until(var, lambda seen: seen[2].get("weight", {}).get("value", 0) > 0)
        script(STOP, var=var)
        begun = time.monotonic()
        ended = _until(var, lambda seen: seen[0] not in {"running", "stopping"}, seconds=30)

    assert told[0] == "running"
    assert ended[0] == "stopped"
    assert ended[3] > 0
    assert time.monotonic() - begun < 20
