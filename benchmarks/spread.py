"""What more workers add to the search of a large forum: `python -m benchmarks spread [--forum L] [--seconds N …]`.

Three tables. The first two are measured: so many processes of `ejlas worker`, and `ejlas engine meetings --spread`
beside them, on the cores that there are; with the same number of moves for all, and with the same seconds, in which
more workers do more. The third is reckoned: one process searches all parts one after the other and counts
for each round the CPU seconds of its longest part alone, as if each worker had a core of its own; sending is not in it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.forums import SIZES, growing, text
from benchmarks.machine import Yardstick
from ejlas.engine.meetings.formats.forum_json import read_forum
from ejlas.engine.stop import Deadline

if TYPE_CHECKING:
    from ejlas.engine.meetings.tables.parts import Part
    from ejlas.engine.meetings.tables.problem import TableProblem
    from ejlas.engine.values import Ints

SHARES = (0.998, 0.999)
TOLD = re.compile(r"\s*([\d.]+) s  weight: (\d+), bound (\d+)")
HEADER = (
    "| workers | limit | " + " | ".join(f"to {share}" for share in SHARES) + " | share at the end | breaks | parts |"
)


@dataclass
class Found:
    """What one run came to, and after how many seconds it passed each share of the bound."""

    workers: int
    limit: float
    reached: dict[float, float] = field(default_factory=dict)
    share: float = 0.0
    breaks: int = 0
    parts: int = 0
    seconds: float = 0.0

    def hear(self, seconds: float, value: int, bound: int) -> None:
        """Note a better plan."""
        for share in SHARES:
            if value >= share * bound:
                self.reached.setdefault(share, seconds)

    def line(self) -> str:
        """Return the row of a table."""
        times = [f"{self.reached[share]:.1f} s" if share in self.reached else "–" for share in SHARES]
        cells = [str(self.workers), f"{self.limit:g} s", *times, f"{self.share:.5f}", str(self.breaks), str(self.parts)]
        return f"| {' | '.join(cells)} |"


def run(_yardstick: Yardstick, arguments: Sequence[str] = ()) -> None:
    """Measure, reckon and print."""
    options = _parser().parse_args(arguments)
    instance = text(SIZES[options.forum] if options.forum in SIZES else growing(int(options.forum)), 1)
    if options.processes:
        _print_measured(instance, options)
    if options.reckon:
        _print_reckoned(read_forum(instance), options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks spread")
    parser.add_argument("--forum", default="L", help="S, M, L, or a number of requests in the shape of L (L)")
    parser.add_argument("--seconds", type=float, nargs="+", default=[30.0], help="limits of a run (30)")
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2, 4], help="workers to start (1 2 4)")
    parser.add_argument("--reckon", type=int, nargs="*", default=[1, 2, 4, 8], help="workers to reckon (1 2 4 8)")
    parser.add_argument("--moves", type=int, default=16_000_000, help="moves in the first table (16000000)")
    parser.add_argument("--database", help="address of an empty database; without it, an embedded one")
    return parser


def _print_measured(instance: str, options: argparse.Namespace) -> None:
    where = f"Forum {options.forum}, measured on {len(os.sched_getaffinity(0))} cores; seconds of the whole command"
    with tempfile.TemporaryDirectory() as var:
        file = Path(var, "forum.json")
        file.write_text(instance, encoding="utf-8")
        env = {**os.environ, "EJLAS_VAR": var, "EJLAS_LOG_LEVEL": "warning", "PYTHONPATH": os.pathsep.join(sys.path)}
        env |= {"DATABASE_URL": options.database} if options.database else {}
        subprocess.run([sys.executable, "-m", "ejlas", "migrate"], env=env, check=True, stderr=subprocess.DEVNULL)
        print(f"\n{where}; {options.moves:,} moves each.\n")
        print(f"| workers | seconds | speed-up | share at the end | parts | load before |\n{'| --- ' * 6}|")
        first = None
        for n_workers in options.processes:
            found, load = _measured(env, file, n_workers, ("--iterations", str(options.moves)))
            first = first or found.seconds
            speed = f"{found.seconds:.1f} s | {first / found.seconds:.2f}"
            print(f"| {n_workers} | {speed} | {found.share:.5f} | {found.parts} | {load:.1f} |", flush=True)
        print(f"\n{where}.\n")
        print(f"{HEADER} load before |\n{'| --- ' * 8}|")
        for seconds in options.seconds:
            for n_workers in options.processes:
                found, load = _measured(env, file, n_workers, ("--seconds", f"{seconds:g}"))
                found.limit = seconds
                print(f"{found.line()} {load:.1f} |", flush=True)


@contextmanager
def _workers(env: dict[str, str], number: int) -> Iterator[None]:
    command = [sys.executable, "-m", "ejlas", "worker"]
    processes = [subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) for _ in range(number)]
    try:
        # They announce themselves; without any, the command would refuse.
        time.sleep(5)
        yield
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait()


def _measured(env: dict[str, str], file: Path, n_workers: int, limit: tuple[str, str]) -> tuple[Found, float]:
    """Return what so many workers find, and the load of the machine before; their libraries are loaded already."""
    with _workers(env, n_workers):
        _found(env, file, n_workers, ("--iterations", "500000"))
        load = os.getloadavg()[0]
        return _found(env, file, n_workers, limit), load


def _found(env: dict[str, str], file: Path, n_workers: int, limit: tuple[str, str]) -> Found:
    """Return what so many workers, already at work, find."""
    command = ["engine", "meetings", str(file), "--spread", str(n_workers), "--progress", *limit]
    done = subprocess.run(
        [sys.executable, "-m", "ejlas", *command], env=env, capture_output=True, text=True, check=True
    )
    found = Found(n_workers, 0.0)
    for seconds, value, bound in TOLD.findall(done.stderr):
        found.hear(float(seconds), int(value), int(bound))
    answer = json.loads(done.stdout)
    found.share, found.breaks = answer["granted_weight"] / answer["bound"], answer["breaks"]
    found.seconds = answer["seconds"]
    found.parts = answer["spread"]["parts"] - answer["spread"]["lost"]
    return found


def _print_reckoned(problem: TableProblem, options: argparse.Namespace) -> None:
    print(
        f"\nForum {options.forum}, reckoned with a core for each worker; CPU seconds of the longest part of a round.\n"
    )
    print(f"{HEADER}\n{'| --- ' * 7}|")
    _Reckoned(problem, 1, 1.0).search()
    for seconds in options.seconds:
        for n_workers in options.reckon:
            print(_Reckoned(problem, n_workers, seconds).search().line(), flush=True)


class _Reckoned:
    """A search in one process, with a clock on which the parts of a round take as long as the longest of them."""

    def __init__(self, problem: TableProblem, n_workers: int, seconds: float) -> None:
        self.problem, self.found = problem, Found(n_workers, seconds)
        self.began = time.process_time()
        self.beside = 0.0

    def now(self) -> float:
        """Return the seconds that would have gone by."""
        return time.process_time() - self.began - self.beside

    def ask(self, parts: Sequence[Part]) -> list[Ints]:
        """Search all parts, and let the clock count the longest."""
        from ejlas.engine.meetings.tables.part_search import solve_part

        answers, took = [], []
        for part in parts:
            began = time.process_time()
            answers.append(solve_part(self.problem, part))
            took.append(time.process_time() - began)
        self.beside += sum(took) - max(took)
        return answers

    def hear(self, objective: str, value: int, bound: int) -> None:
        """Note a better plan."""
        if objective == "weight":
            self.found.hear(self.now(), value, bound)

    def search(self) -> Found:
        """Search until the clock says so."""
        from ejlas.engine.meetings.tables.spread import solve_in_parts

        stop = Deadline(self.found.limit, self.now)
        plan = solve_in_parts(self.problem, self.ask, stop=stop, seed=1, n_parts=self.found.workers, progress=self.hear)
        weight = plan.certificate("weight")
        self.found.share, self.found.breaks = weight.value / weight.bound, plan.certificate("breaks").value
        self.found.parts = int(plan.statistics["parts"])
        return self.found
