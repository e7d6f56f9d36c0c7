"""The planner beside the plain model and the published values: `python -m benchmarks meetings [--all] [--afresh]`.

What was measured is kept in var/bench/, so that a run that was broken off goes on where it stood; a change of the
sources makes it be measured anew. The tables go to docs/engine/measured.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks import forums, growth, meeting_tables
from benchmarks.machine import Yardstick
from benchmarks.runs import ENGINE, ROOT, TABLES, Book, Task, ejlas, python

PLACE = ROOT / "var/bench"
PLAIN = ("benchmarks/plain.py", "src/ejlas/engine/meetings/formats")
GROWTH = (*TABLES, "benchmarks/growth.py", "benchmarks/forums.py")
REPAIRS = (*ENGINE, "benchmarks/repairs.py")
FAST, LONG, PLAIN_LONG = 10, 120, 60
"""Seconds for a file of the B2B benchmark: for a good plan, for the proof, and for the plain model."""
FORUMS = {"S-1": (20,), "M-1": (10, 50), "L-1": (30, 90)}
"""Seconds for each forum."""
MORE_FORUMS = {"S-2": (20,), "S-3": (20,), "Mw-1": (10, 50)}
PLAIN_FORUMS = {"S-1": 20, "M-1": 60}
PLAIN_LARGE = {"L-1": 150}
NO_PLAN = {
    "status": "failed",
    "granted_weight": None,
    "bound": None,
    "breaks": None,
    "proven": False,
    "feasible": False,
}
MOVES = 2_000_000
SUMMIT_SECONDS = 20


def run(yardstick: Yardstick, options: Sequence[str] = ()) -> None:
    """Measure what is not measured yet, and write the tables."""
    asked = _options(options)
    data = _data()
    book = Book(PLACE / "meetings.jsonl")
    _make_instances()
    print("\nThe planner of meetings:")
    for task in _tasks(data, is_all=asked.all):
        if asked.afresh or book.measured(task) is None:
            yardstick.renew()
            print(f"  {task.section}: {task.name}, {task.solver} {task.label} … ", end="", flush=True)
            record = book.measure(task, yardstick.loop)
            told = json.dumps(record["result"])[:160] if record["result"] else f"failed: {record['fault']}"
            print(f"{record['wall']} s: {told}", flush=True)
    tables = meeting_tables.Tables(book, tuple(_tasks(data, is_all=True)), _published(data))
    print(f"\n{tables.write(ROOT / 'docs/engine')}")


def _options(options: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks meetings")
    parser.add_argument("--all", action="store_true", help="also what takes hours: all files of the B2B benchmark")
    parser.add_argument("--afresh", action="store_true", help="measure again what was measured")
    return parser.parse_args(options)


def _data() -> Path | None:
    """Return the folder of the published instances, which belong to others and are no part of this project."""
    place = Path(os.environ.get("BENCH_DATA") or ROOT.parent / "shared/data")
    if (place / "b2b/published_optima.csv").is_file():
        return place.absolute()
    print("The published instances are not there (BENCH_DATA names their folder): only generated ones are measured.")
    return None


def _published(data: Path | None) -> meeting_tables.Published:
    """Return the published optima of each file, and the published seconds of three solvers for each original."""
    if data is None:
        return meeting_tables.Published({}, {})
    with (data / "b2b/published_optima.csv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    optima = {f"{row[0]}.{row[1]}": row[3] for row in rows}
    with (data / "b2b/published_times.csv").open(encoding="utf-8") as lines:
        times = {f"{row[0]}.original": tuple(row[2:5]) for row in list(csv.reader(lines))[1:]}
    return meeting_tables.Published(optima, times)


def _make_instances() -> None:
    """Write the forums and the summit that are not written yet."""
    PLACE.mkdir(parents=True, exist_ok=True)
    makers: dict[str, Callable[[], str]] = {"summit": _summit}
    for name in (*FORUMS, *MORE_FORUMS):
        size, seed = name.split("-")
        makers[name] = partial(forums.text, forums.SIZES[size], int(seed))
    for name, make in makers.items():
        if not _instance(name).is_file():
            _instance(name).write_text(make(), encoding="utf-8")


def _summit() -> str:
    """Return a summit of 40 delegations and 200 requests."""
    from ejlas.engine.meetings.formats.own import write_problem
    from tests.engine.meetings.instances import summit

    return write_problem(summit(seed=1, n_delegations=40, n_requests=200, n_days=2, n_rooms=8, n_interpreters=14))


def _instance(name: str) -> Path:
    return PLACE / f"{name}.json"


def _tasks(data: Path | None, *, is_all: bool) -> Iterator[Task]:
    """Yield what is to be measured, in the order in which it is told."""
    if data is not None:
        yield from _b2b(data / "b2b", is_all=is_all)
    yield from _forums(is_all=is_all)
    yield from _growth(is_all=is_all)
    yield from _repairs()
    for workers in (1, 2, 4):
        out = PLACE / f"same-{workers}.plan.json"
        command = ejlas(_instance("M-1"), "--iterations", MOVES, "--workers", workers, "--out", out)
        yield Task("same", "M-1", "ours", command, label=str(workers), out=out)


def _b2b(folder: Path, *, is_all: bool) -> Iterator[Task]:
    """Yield the originals with both solvers; of all, every file with ours until the proof."""
    for file in sorted(folder.glob("*.original.dzn")):
        name = file.name.removesuffix(".dzn")
        yield Task("b2b", name, "ours", ejlas(file, "--seconds", FAST), label=str(FAST))
        for seconds in (FAST, PLAIN_LONG) if is_all else (FAST,):
            yield Task("b2b", name, "plain", python("benchmarks.plain", file, seconds, 2), PLAIN, str(seconds))
    for file in sorted(folder.glob("*.dzn")) if is_all else ():
        name = file.name.removesuffix(".dzn")
        yield Task("b2b", name, "ours", ejlas(file, "--seconds", LONG), label=str(LONG))


def _forums(*, is_all: bool) -> Iterator[Task]:
    """Yield the forums with both solvers; the plain one takes gigabytes for the large one."""
    for name, limits in (FORUMS | (MORE_FORUMS if is_all else {})).items():
        for seconds in limits:
            out = PLACE / f"{name}-{seconds}.plan.json"
            command = ejlas(_instance(name), "--seconds", seconds, "--out", out)
            yield Task("forum", name, "ours", command, label=str(seconds), out=out)
    for name, seconds in (PLAIN_FORUMS | (PLAIN_LARGE if is_all else {})).items():
        command = python("benchmarks.plain", _instance(name), seconds, 2)
        yield Task("forum", name, "plain", command, PLAIN, str(seconds), without_an_answer=NO_PLAN)


def _growth(*, is_all: bool) -> Iterator[Task]:
    """Yield forums of growing size; of all, three of each."""
    for requests in growth.REQUESTS:
        for seed in (1, 2, 3) if is_all else (1,):
            yield Task("growth", str(requests), "ours", python("benchmarks.growth", requests, seed), GROWTH, str(seed))


def _repairs() -> Iterator[Task]:
    """Yield the plan that stood, the changes, the repair as a command, and the repair alone."""
    summit, plan = _instance("summit"), PLACE / "summit.plan.json"
    command = ejlas(summit, "--seconds", SUMMIT_SECONDS, "--out", plan)
    yield Task("repair", "summit", "ours", command, ENGINE, label="before", out=plan)
    stood = {"forum": (_instance("L-1"), PLACE / f"L-1-{min(FORUMS['L-1'])}.plan.json"), "summit": (summit, plan)}
    for kind, (instance, old) in stood.items():
        told = PLACE / f"{kind}.changes.json"
        command = python("benchmarks.repairs", kind, instance, old, told)
        yield Task("repair", kind, "ours", command, REPAIRS, "changes", out=told)
        command = ejlas(instance, "--seconds", 5, "--repair", old, "--change", told)
        yield Task("repair", kind, "ours", command, REPAIRS, "command")
        yield Task("repair", kind, "ours", python("benchmarks.repairs", "time", instance, old, told), REPAIRS, "alone")
