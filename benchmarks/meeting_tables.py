"""The tables of the planner's measurements, as the page docs/engine/measured.md, and the curve of its growth."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.curve import Plot
from benchmarks.growth import REQUESTS, SHARE
from benchmarks.machine import REFERENCE_MS
from benchmarks.runs import Book, Record, Task

VARIANTS = ("original", "fixed020-Forb", "fixed040-Forb", "forb0003", "forb0007", "prec15", "prec25")
LIBRARIES = ("ortools", "numba", "numpy", "scipy")
PAGE, CURVE = "measured.md", "growth.svg"


@dataclass(frozen=True)
class Published:
    """What others have published about the B2B benchmark."""

    optima: Mapping[str, str]
    """Of each file, the fewest breaks; - = impossible."""
    times: Mapping[str, Sequence[str]]
    """Of each original, the seconds of UWrMaxSAT, Chuffed and Cplex."""


class Tables:
    """All that was measured of these tasks."""

    def __init__(self, book: Book, tasks: Iterable[Task], published: Published) -> None:
        self.published = published
        self.found: dict[tuple[str, str, str, str], Record] = {}
        for task in tasks:
            record = book.measured(task)
            if record is not None:
                self.found[task.section, task.name, task.solver, task.label] = record

    def write(self, folder: Path) -> str:
        """Write the page and the curve, and return the page."""
        text = "\n".join(line for part in self._parts() for line in (*part, ""))
        folder.joinpath(PAGE).write_text(text.rstrip("\n") + "\n", encoding="utf-8")
        points = self._growth_points()
        if len(points) > 1:
            title = f"Seconds to {SHARE} of the bound over the number of requests"
            drawn = Plot(points).svg(title=title, x_label="requests", y_label=f"seconds to {SHARE} of the bound")
            folder.joinpath(CURVE).write_text(drawn, encoding="utf-8")
        return text

    def _parts(self) -> Iterator[list[str]]:
        yield [
            "# Measured: the planner of meetings",
            "",
            "Written by `make bench` and `make bench-all`: ours, plain CP-SAT (`benchmarks/plain.py`: the time-indexed",
            "model, default search) and published values, side by side. A value after ≤ or ≥ is the proven bound.",
            "The problem is told in [meetings](meetings.md), the files in [files](files.md).",
        ]
        yield self._machine()
        parts = (self._b2b_fast, self._b2b_proofs, self._forums, self._growth, self._repairs, self._same)
        for part in parts:
            lines = part()
            if lines:
                yield lines

    def _machine(self) -> list[str]:
        records = list(self.found.values())
        if not records:
            return ["Nothing is measured yet."]
        days = sorted(record["at"] for record in records)
        loads = sorted(record["load"] for record in records)
        loop = median(record["loop_ms"] for record in records)
        libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
        return [
            f"Machine: {os.cpu_count()} cores ({_processor()}), {_memory_gb()} GB, Python {platform.python_version()}, "
            f"{libraries}; {days[0]}{'' if days[0] == days[-1] else f' to {days[-1]}'}.",
            f"Load when the runs began: {loads[0]:.1f} to {loads[-1]:.1f}, median {median(loads):.1f}. "
            f"`python3 -m timeit 'sum(i*i for i in range(1000000))'` gives {loop:.0f} ms here "
            f"({REFERENCE_MS:.0f} ms on the machine of the other figures); seconds below are those of this machine.",
        ]

    def _of(self, section: str) -> dict[tuple[str, str, str], Record]:
        return {key[1:]: record for key, record in self.found.items() if key[0] == section and record["result"]}

    def _b2b_fast(self) -> list[str]:
        found = self._of("b2b")
        names = sorted({name for name, _solver, label in found if name.endswith(".original") and label == "10"})
        if not names:
            return []
        header = (
            "instance",
            "optimum",
            "UWrMaxSAT s",
            "Chuffed s",
            "Cplex s",
            "ours, 10 s",
            "plain, 10 s",
            "plain, 60 s",
        )
        rows = []
        for name in names:
            times = self.published.times.get(name, ("", "", ""))
            cells = (("ours", "10"), ("plain", "10"), ("plain", "60"))
            ours = [_breaks(found.get((name, *cell))) for cell in cells]
            rows.append((name.removesuffix(".original"), self.published.optima.get(name, ""), *times, *ours))
        return [
            "## B2B benchmark: the originals",
            "",
            "Breaks, and the seconds of the whole command. Optima and times of the three other solvers, with at most",
            "7,200 s on their machine: Bofill and others, JAIR 74 (2022); TO(k): the best value at the limit.",
            "",
            *_table(header, rows),
        ]

    def _b2b_proofs(self) -> list[str]:
        found = {name: record["result"] for (name, solver, label), record in self._of("b2b").items() if label == "120"}
        if not found:
            return []
        names = sorted({name.partition(".")[0] for name in found})
        rows = [(name, *(_verdict(found.get(f"{name}.{variant}")) for variant in VARIANTS)) for name in names]
        decided = sum(result["status"] in ("optimal", "infeasible") for result in found.values())
        against = [name for name, result in found.items() if _contradicts(result, self.published.optima.get(name))]
        return [
            "## B2B benchmark: all files, 120 s each",
            "",
            f"{decided} of {len(found)} are decided: optimal or impossible, proven. "
            f"Contradictions with the published optima: {', '.join(against) or 'none'}.",
            "",
            *_table(("instance", *VARIANTS), rows),
        ]

    def _forums(self) -> list[str]:
        rows = []
        least = self._least_bounds()
        for (name, solver, label), record in sorted(self._of("forum").items(), key=_by_name):
            result = record["result"]
            weight, bound = result["granted_weight"], result["bound"]
            rows.append(
                (
                    name,
                    solver,
                    f"{label} s",
                    "no plan" if weight is None else f"{weight} ≤ {bound}",
                    "" if weight is None or not least.get(name) else f"{weight / least[name]:.5f}",
                    "yes" if result["proven"] else "no",
                    "" if result["breaks"] is None else str(result["breaks"]),
                    f"{record['wall']:.1f}",
                    f"{record['cpu']:.1f}",
                    str(record["memory_mb"]),
                )
            )
        names = ("forum", "solver", "limit", "granted weight", "share", "proven", "breaks", "seconds")
        header = (*names, "seconds of the processor", "MB")
        if not rows:
            return []
        return [
            "## Forums",
            "",
            "S: 60 participants, 250 requests. M: 500, 2,000. L: 5,000, 40,000. `benchmarks/forums.py` makes them.",
            "The share is that of the least bound that anyone proved for the forum, the same for all. Where two",
            "workers got less than twice the seconds from the processor, other work on the machine took the rest.",
            "The plain model searches for weight alone: its breaks are as they fall.",
            "",
            *_table(header, rows),
        ]

    def _least_bounds(self) -> dict[str, int]:
        """Return of each forum the least bound on the weight: a solver's own may be loose, and flatter others."""
        least: dict[str, int] = {}
        for (name, *_), record in self._of("forum").items():
            bound = record["result"]["bound"]
            if bound is not None:
                least[name] = min(bound, least.get(name, bound))
        return least

    def _growth_points(self, key: str = "seconds") -> list[tuple[float, float]]:
        """Return the requests, and the median over the seeds of what was measured."""
        measured = self._of("growth")
        points = []
        for requests in REQUESTS:
            found = [record["result"][key] for (name, *_), record in measured.items() if name == str(requests)]
            if found and all(found):
                points.append((float(requests), float(median(found))))
        return points

    def _growth(self) -> list[str]:
        points, of_cpu = self._growth_points(), dict(self._growth_points("cpu_seconds"))
        if not points:
            return []
        first = (points[0][0], of_cpu[points[0][0]])
        rows = [
            (f"{x:,.0f}", f"{x / 8:,.0f}", *_seconds_and_law(x, y, *points[0]), *_seconds_and_law(x, of_cpu[x], *first))
            for x, y in points
        ]
        header = ("requests", "participants", "seconds", "times linear", "seconds of the processor", "times linear")
        return [
            "## Growth",
            "",
            f"Search until the granted weight is {SHARE} of the bound, start-up left out, two workers. What else the",
            "machine does counts in the seconds, and not in those of the processor.",
            "",
            *_table(header, rows),
            "",
            f"![Seconds over requests]({CURVE})",
        ]

    def _repairs(self) -> list[str]:
        found = self._of("repair")
        rows = []
        told = {"forum": "L: 1 % withdraw, 1 % of tables close", "summit": "200 meetings, one flight 3 hours late"}
        for kind, words in told.items():
            command, alone = found.get((kind, "ours", "command")), found.get((kind, "ours", "alone"))
            if command is None or alone is None:
                continue
            result = command["result"]
            rows.append(
                (
                    words,
                    f"{alone['result']['repair_seconds']:.2f}",
                    f"{command['wall']:.2f}",
                    "yes" if result["feasible"] else "no",
                    str(result["moved"]),
                    str(result["dropped"]),
                    f"{result['untouched_share']:.4f}",
                )
            )
        header = ("change", "repair, s", "whole command, s", "feasible", "moved", "dropped", "untouched")
        return ["## Repair", "", *_table(header, rows)] if rows else []

    def _same(self) -> list[str]:
        found = self._of("same")
        rows = [(label, str(record["plan"]), f"{record['wall']:.1f}") for (_n, _s, label), record in found.items()]
        if not rows:
            return []
        return [
            "## The same plan twice",
            "",
            f"Forum M, the same seed and number of moves: {len({row[1] for row in rows})} different plan"
            f"{'' if len({row[1] for row in rows}) == 1 else 's'}.",
            "",
            *_table(("workers", "digest of the plan", "seconds"), rows),
        ]


def _by_name(item: tuple[tuple[str, str, str], Record]) -> tuple[int, str, str, int]:
    (name, solver, label), _record = item
    return "SML".index(name[0]), name, solver, int(label)


def _seconds_and_law(x: float, y: float, first_x: float, first_y: float) -> tuple[str, str]:
    """Return the seconds, and how many times they are what the first would grow to if it grew as the requests."""
    return f"{y:.2f}", f"{y / x / (first_y / first_x):.2f}"


def _breaks(record: Record | None) -> str:
    """Return the breaks of one run, or that there are none, with the seconds it took."""
    if record is None:
        return ""
    result: dict[str, Any] = record["result"]
    if result["breaks"] is None:
        return "impossible" if result["status"] == "infeasible" else f"no plan ({record['wall']:.1f} s)"
    bound = result.get("breaks_bound", result["bound"])
    proof = "proven" if result["proven"] else f"≥ {bound}"
    return f"{result['breaks']}, {proof} ({record['wall']:.1f} s)"


def _verdict(result: dict[str, Any] | None) -> str:
    if result is None:
        return ""
    if result["status"] == "infeasible":
        return f"– ({result['seconds']:.1f} s)"
    if result["breaks"] is None:
        return "open"
    value = str(result["breaks"]) if result["proven"] else f"{result['breaks']} ≥ {result['breaks_bound']}"
    return f"{value} ({result['seconds']:.1f} s)"


def _contradicts(result: dict[str, Any], optimum: str | None) -> bool:
    """Whether both can not be true."""
    if optimum is None:
        return False
    if optimum == "-":
        return bool(result["feasible"])
    if result["status"] == "infeasible":
        return True
    found, bound = result["breaks"], result["breaks_bound"]
    return bool((bound is not None and bound > int(optimum)) or (result["feasible"] and found < int(optimum)))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (header, ["---"] * len(header), *rows)]


def _processor() -> str:
    """Return what the system calls its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_gb() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
