"""A search spread over workers: the plan of one process, whoever dies, fails, is late, or is not there at all."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from ejlas.core.workers import operations as workers
from ejlas.engine.meetings.tables.check import check
from ejlas.engine.meetings.tables.part_search import solve_part
from ejlas.engine.meetings.tables.spread import solve_in_parts
from ejlas.engine.stop import Deadline, FirstOf, MaxWork, Switch
from ejlas.planning import operations, queries
from ejlas.planning.models import Part, Spread
from ejlas.planning.operations import spreading
from ejlas.planning.rules import PartState, patience_s
from tests.cli.test_worker import working
from tests.engine.meetings.tables.instances import fair
from tests.factories.processes import ROOT, ejlas, environment, made

AT = datetime(2027, 5, 1, 8, 0, tzinfo=UTC)
POSTGRESQL = "postgresql://ejlas:ejlas@127.0.0.1"


@pytest.fixture(scope="module")
def crowd():
    """Some hundred participants who want more than there are tables for, over four days."""
    return replace(fair(people=120, slots=20, days=4, share=0.9), tables=np.full(20, 45))


@pytest.fixture
def works(monkeypatch):
    """A worker that does what waits whenever the coordinator sleeps; what it takes of the parts may be changed."""

    def take():
        return list(Part.objects.filter(state=PartState.WAITING))

    def sleep(_seconds):
        for part in how["take"]():
            how["solve"](part)

    how = {"take": take, "solve": lambda part: operations.solve_part(part=part.pk, at=AT)}
    monkeypatch.setattr(spreading, "sleep", sleep)
    monkeypatch.setattr(spreading, "STAYS_NEAR_S", 0.0)
    monkeypatch.setattr(spreading, "n_workers", lambda *, at: 1)
    return how


def spread(problem, stop=None, **values):
    values = {"stop": stop or MaxWork(0.4), "seed": 3, "n_parts": 2, "at": AT, **values}
    return operations.solve_spread(problem=problem, **values)


@pytest.mark.django_db
def test_workers_find_the_plan_of_one_process_and_nothing_is_left_behind(crowd, works):
    alone = solve_in_parts(
        crowd, lambda parts: [solve_part(crowd, each) for each in parts], stop=MaxWork(0.4), seed=3, n_parts=2
    )

    plan = spread(crowd)

    assert np.array_equal(plan.slot, alone.slot)
    assert (Spread.objects.count(), Part.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_part_that_fails_stays_as_it_stood(crowd, works, monkeypatch):
    states, answer = [], spreading._answer

    def fail_at_second(part):
        if part.number == 1:
            raise MemoryError
        return answer(part)

    def solve(part):
        with suppress(MemoryError):
            operations.solve_part(part=part.pk, at=AT)
        states.append(Part.objects.get(pk=part.pk).state)

    works["solve"] = solve
    monkeypatch.setattr(spreading, "_answer", fail_at_second)
    plan = spread(crowd)

    assert set(states) == {PartState.ANSWERED, PartState.FAILED}
    assert check(crowd, plan.slot) == ()
    assert plan.statistics["lost"] == states.count(PartState.FAILED)


@pytest.mark.django_db
def test_a_part_that_is_late_is_not_waited_for_and_changes_nothing_later(crowd, works, monkeypatch):
    late = []

    def take():
        for part in Part.objects.filter(state=PartState.WAITING):
            if part.number:
                yield part
            else:
                late.append(part.pk)

    works["take"] = take
    monkeypatch.setattr(spreading, "patience_s", lambda _after, *, has_clock: 0.0)
    plan = spread(crowd)
    for part in set(late):
        operations.solve_part(part=part, at=AT)

    assert check(crowd, plan.slot) == ()
    assert plan.statistics["lost"] == len(set(late)) > 2
    assert Part.objects.count() == 0


@pytest.mark.django_db
def test_without_workers_a_first_plan_comes(crowd, works, monkeypatch):
    works["take"] = list
    monkeypatch.setattr(spreading, "n_workers", lambda *, at: 0)
    monkeypatch.setattr(spreading, "HEARD_OF_EVERY", timedelta(0))
    monkeypatch.setattr(spreading, "ALONE_S", 0.05)

    plan = spread(crowd)

    assert check(crowd, plan.slot) == ()
    assert plan.certificate("weight").gap < 0.1
    assert (plan.statistics["parts"], plan.statistics["lost"]) == (2, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["clock", "switch"])
def test_the_stop_ends_the_waiting_at_once(crowd, works, kind):
    switch, began = Switch(), time.monotonic()
    works["take"] = (lambda: (switch.throw(), [])[1]) if kind == "switch" else list
    stop = Deadline(began + 3.0, time.monotonic) if kind == "clock" else FirstOf((MaxWork(5), switch))

    plan = spread(crowd, stop)

    assert check(crowd, plan.slot) == ()
    assert time.monotonic() - began < 5
    assert Spread.objects.count() == 0


@pytest.mark.django_db
def test_only_a_search_that_is_silent_for_long_is_forgotten():
    for minutes in (1, 11):
        silent = AT - timedelta(minutes=minutes)
        row = Spread.objects.create(problem=b"", asked_at=silent, seen_at=silent)
        Part.objects.create(spread=row, number=0, seed=1, question=b"", asked_at=silent)

    n_rows = operations.forget_spreads(at=AT)

    assert n_rows == 2
    assert [row.seen_at for row in Spread.objects.all()] == [AT - timedelta(minutes=1)]
    assert Part.objects.count() == 1


@pytest.mark.django_db
def test_only_workers_that_live_are_counted():
    for name, seconds in (("a", 5), ("b", 40)):
        workers.beat(name=name, place="elsewhere", process=1, at=AT - timedelta(seconds=seconds))

    assert queries.n_workers(at=AT) == 1


def test_patience_grows_with_the_time_that_answers_take():
    assert patience_s(1.0, has_clock=True) == 12.0
    assert patience_s(20.0, has_clock=True) == 60.0
    assert patience_s(1.0, has_clock=False) == 300.0


def forum_file(problem, file):
    """The problem as the file of a forum."""
    pools = problem.interpreters.tolist()
    requests = np.column_stack([problem.pair, problem.weight, problem.pool]).tolist()
    asked = {"P": problem.n_participants, "T": problem.n_slots, "days": problem.n_days, "tables": 45, "pools": pools}
    file.write_text(json.dumps({**asked, "unavailable": [[] for _ in problem.available], "requests": requests}))
    return file


def test_the_command_says_what_to_start_where_no_worker_lives(crowd, tmp_path):
    file = forum_file(crowd, tmp_path / "forum.json")

    done = ejlas("engine", "meetings", file, "--spread", 2, var=tmp_path, code=1)

    assert "start “ejlas worker”" in done.stderr


@contextmanager
def _postgresql(name):
    psycopg = pytest.importorskip("psycopg")
    with closing(psycopg.connect(f"{POSTGRESQL}/ejlas", autocommit=True)) as server:
        server.execute(f"create database {name}")
        try:
            yield f"{POSTGRESQL}/{name}"
        finally:
            server.execute(f"drop database {name} with (force)")


@contextmanager
def _tables(var, variables):
    """A connection to the database of the processes."""
    if "DATABASE_URL" in variables:
        psycopg = pytest.importorskip("psycopg")
        with closing(psycopg.connect(variables["DATABASE_URL"], autocommit=True)) as connection:
            yield connection
    else:
        with closing(sqlite3.connect(var / "ejlas.sqlite3", timeout=20)) as connection:
            yield connection


def _kill_in_a_part(tables, processes):
    """Kill one of the workers in a part."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        begun = [row[0] for row in tables.execute("select id from planning_part where state = 'begun'").fetchall()]
        running = "select args_kwargs, worker_ids from django_tasks_database_dbtaskresult where status = 'RUNNING'"
        for asked, names in tables.execute(running).fetchall():
            part = _plain(asked)["kwargs"].get("part")
            if part in begun:
                pid = tables.execute(
                    f"select process from workers_worker where name = '{_plain(names)[-1]}'"
                ).fetchone()
                # It may be about to answer: only one that is held in the middle is killed.
                os.kill(pid[0], signal.SIGSTOP)
                state = tables.execute(f"select state from planning_part where id = {part}").fetchone()
                os.kill(pid[0], signal.SIGKILL if state == ("begun",) else signal.SIGCONT)
                if state == ("begun",):
                    return next(each for each in processes if each.pid == pid[0]).wait()
        time.sleep(0.002)
    raise AssertionError("No worker was seen in a part.")


def _plain(value):
    return json.loads(value) if isinstance(value, str) else value


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def test_a_worker_killed_in_a_part_costs_nothing_but_time(crowd, tmp_path, database):
    moves = 1_000_000
    file, out = forum_file(crowd, tmp_path / "forum.json"), tmp_path / "plan.json"
    command = ["engine", "meetings", str(file), "--spread", "2", "--iterations", str(moves), "--out", str(out)]
    with ExitStack() as stack:
        variables = {}
        if database == "postgresql":
            variables["DATABASE_URL"] = stack.enter_context(_postgresql(f"ejlas_spread_{os.getpid()}"))
            ejlas("migrate", var=tmp_path, **variables)
        else:
            made(tmp_path)
        processes = [stack.enter_context(working(tmp_path, **variables)) for _ in range(2)]
        tables = stack.enter_context(_tables(tmp_path, variables))
        while tables.execute("select count(*) from workers_worker").fetchone() != (2,):
            time.sleep(0.1)
        coordinator = subprocess.Popen(
            [sys.executable, "-m", "ejlas", *command],
            cwd=ROOT,
            env=environment(tmp_path, **variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        stack.callback(coordinator.kill)
        code = _kill_in_a_part(tables, processes)
        printed, complaints = coordinator.communicate(timeout=150)
        left = tables.execute("select count(*) from planning_spread").fetchone()

    found = json.loads(printed or complaints)
    alone = solve_in_parts(
        crowd,
        lambda parts: [solve_part(crowd, each) for each in parts],
        stop=MaxWork(moves * 1e-6),
        seed=1,
        n_parts=2,
    )
    assert code == -signal.SIGKILL
    assert found["feasible"]
    assert found["spread"]["lost"] == 0
    assert [-1 if each is None else each for each in json.loads(out.read_text())["placements"]] == alone.slot.tolist()
    assert left == (0,)
