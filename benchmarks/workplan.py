"""Limited hands beside plain CP-SAT, and the forecast: `python -m benchmarks workplan [--all] [--afresh]`.

The instances of PSPLIB belong to others and are no part of this project: they are read from `psplib` in the folder that
BENCH_DATA names. What was measured is kept in var/bench/, so that a run that was broken off goes on where it stood; a
change of the sources makes it be measured anew.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean

from benchmarks.machine import Yardstick
from benchmarks.runs import ROOT, Book, Record, Task, python

_WORKPLAN = "src/ejlas/engine/workplan"
SOURCES = (
    f"{_WORKPLAN}/kernels",
    *(f"{_WORKPLAN}/{name}.py" for name in ("search", "population", "cp", "bounds", "critical", "order", "problem")),
    f"{_WORKPLAN}/formats/rcp.py",
    "src/ejlas/cli/engine/workplan.py",
)
PLAIN = ("benchmarks/plain_work.py", f"{_WORKPLAN}/formats/rcp.py")
FORECAST = (f"{_WORKPLAN}/forecast", "benchmarks/forecasts.py")
SECONDS, WORKERS = 60, 2
HARD = (6, 7, 11, 12, 16, 17)
"""Classes of j120 in which hands are scarcest for their links."""
QUICK_J30 = (1, 5, 9, 13, 21, 25, 29, 37, 41, 45)
"""Files of j30 of a short run: those that do not prove themselves at once."""


def run(yardstick: Yardstick, options: Sequence[str] = ()) -> None:
    """Measure what is not measured yet, and print the tables."""
    asked = _options(options)
    book = Book(ROOT / "var/bench/workplan.jsonl")
    data = _data()
    tasks = [*_forecasts(), *(() if data is None else _files(data, asked))]
    print("\nPlans of work:")
    for task in tasks:
        if asked.afresh or book.measured(task) is None:
            yardstick.renew()
            print(f"  {task.name}, {task.solver} {task.label} … ", end="", flush=True)
            record = book.measure(task, yardstick.loop)
            print(f"{record['wall']} s: {record['result'] or record['fault']}", flush=True)
    _tell_forecasts(book, yardstick)
    if data is not None:
        _tell_files(book, tasks, _best_known(data))


def _options(options: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks workplan")
    parser.add_argument("--all", action="store_true", help="all of j30, and plain CP-SAT on all of j120")
    parser.add_argument("--afresh", action="store_true", help="measure again what was measured")
    parser.add_argument("--class", dest="only", help="files whose name begins so, as j30 or j120_16")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"for each file ({SECONDS})")
    parser.add_argument("--no-plain", action="store_true", help="without plain CP-SAT")
    return parser.parse_args(options)


def _data() -> Path | None:
    """Return the folder of the instances, where it is there."""
    place = Path(os.environ.get("BENCH_DATA") or ROOT.parent / "shared/data") / "psplib"
    if (place / "best_known.csv").is_file():
        return place.absolute()
    print("The instances of PSPLIB are not there (BENCH_DATA names their folder): only the forecast is measured.")
    return None


def _best_known(data: Path) -> Mapping[str, int]:
    with (data / "best_known.csv").open(encoding="utf-8") as lines:
        return {row["instance"]: int(row["best_known_makespan"]) for row in csv.DictReader(lines)}


def _forecasts() -> Iterator[Task]:
    for distribution in ("triangular", "pert"):
        yield Task("forecast", distribution, "ours", python("benchmarks.forecasts", distribution), FORECAST)


def _files(data: Path, asked: argparse.Namespace) -> Iterator[Task]:
    """Yield the files of j30 and j120 with ours, and with plain CP-SAT what a run of this length allows."""
    for file in sorted(data.glob("*.rcp"), key=lambda file: tuple(map(int, file.stem[1:].split("_")))):
        size, kind, _number = map(int, file.stem[1:].split("_"))
        if asked.only and not f"{file.stem}_".startswith(f"{asked.only}_"):
            continue
        if size == 30 and not (asked.all or asked.only or kind in QUICK_J30):
            continue
        command = python("ejlas", "engine", "workplan", file, "--seconds", asked.seconds, "--workers", WORKERS)
        yield Task("workplan", file.stem, "ours", command, SOURCES, str(asked.seconds))
        if size > 30 and not asked.no_plain and (asked.all or asked.only or kind in HARD):
            command = python("benchmarks.plain_work", file, asked.seconds, WORKERS)
            yield Task("workplan", file.stem, "plain", command, PLAIN, str(asked.seconds))


def _tell_forecasts(book: Book, yardstick: Yardstick) -> None:
    print("\n10,000 runs of 2,000 obligations with 3,000 links, one core; seconds, scaled:")
    for task in _forecasts():
        record = book.measured(task)
        if record is not None:
            found = record["result"]
            seconds = found["seconds"] * 100 / record["loop_ms"]
            print(f"  {task.name}: {seconds:.2f} s (here {found['seconds']:.2f} s), {record['memory_mb']} MB")


def _tell_files(book: Book, tasks: Iterable[Task], best: Mapping[str, int]) -> None:
    """Print a line for each file, and the mean gaps to the best known ends."""
    found: dict[tuple[str, str], Record] = {}
    for task in tasks:
        record = book.measured(task)
        if task.section == "workplan" and record is not None:
            found[task.name, task.solver] = record["result"]
    names = list(dict.fromkeys(name for name, _solver in found))
    print("\n| file | best known | ours | bound | seconds | plain CP-SAT |\n| --- | --- | --- | --- | --- | --- |")
    for name in names:
        ours, plain = found.get((name, "ours")), found.get((name, "plain"))
        cells = (name, best.get(name, ""), *_cells(ours), plain["makespan"] if plain else "")
        print(f"| {' | '.join(map(str, cells))} |")
    small = [record for (name, _solver), record in found.items() if name.startswith("j30_")]
    print(f"\nj30: {sum(record['proven'] for record in small)} of {len(small)} proven")
    for solver in ("ours", "plain"):
        gaps = {n: found[n, solver]["makespan"] / best[n] - 1 for n in names if n in best and (n, solver) in found}
        hard = [gap for name, gap in gaps.items() if int(name.split("_")[1]) in HARD]
        for words, values in (("all", list(gaps.values())), ("hard classes", hard)):
            if values:
                print(f"j120, {solver}, {words}: mean gap {mean(values):.2%} over {len(values)} files")


def _cells(record: Record | None) -> tuple[object, ...]:
    if record is None:
        return ("", "", "")
    proven = " proven" if record["proven"] else ""
    return (f"{record['makespan']}{proven}", record["bound"], record["seconds"])
