"""Runs of programs to be measured, each kept as one line, so that what was measured need not be measured again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parents[1]
_MEETINGS = "src/ejlas/engine/meetings"
TABLES = (
    f"{_MEETINGS}/tables",
    f"{_MEETINGS}/formats",
    f"{_MEETINGS}/runner.py",
    "src/ejlas/engine/stop.py",
    "src/ejlas/cli/engine",
)
"""The sources that a measurement of the planner for tables depends on."""
ENGINE = (_MEETINGS, "src/ejlas/engine/search", "src/ejlas/engine/stop.py", "src/ejlas/cli/engine")
"""Those of the planner for meetings of all kinds."""

Record: TypeAlias = dict[str, Any]


def digest(paths: Iterable[str]) -> str:
    """Return a short mark of sources: what they measured is kept apart from what others measured."""
    found = hashlib.sha256()
    for path in paths:
        place = ROOT / path
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place] * place.is_file():
            found.update(file.read_bytes())
    return found.hexdigest()[:12]


@dataclass(frozen=True)
class Task:
    """One program to be run and measured."""

    section: str
    name: str
    """What is measured: the instance, and what tells it from the others of its section."""
    solver: str
    """Who solves it: ours or plain."""
    command: tuple[str, ...]
    sources: tuple[str, ...] = TABLES
    label: str = ""
    """What tells apart two measurements of one name by one solver: seconds, seed or workers."""
    out: Path | None = None
    """The plan that the command writes, where it writes one."""
    without_an_answer: Record | None = None
    """What it counts for that the program fails, where that is an answer: a model that no memory holds."""

    @property
    def key(self) -> str:
        """Return what this measurement is kept under."""
        return "/".join((self.section, self.name, self.solver, self.label, digest(self.sources)))


class Book:
    """The measurements so far, one a line in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.records: dict[str, Record] = {}
        if file.is_file():
            for line in file.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                self.records[record["key"]] = record

    def measured(self, task: Task) -> Record | None:
        """Return what was measured of a task, if it was, and the plan that it wrote is still there."""
        return self.records.get(task.key) if task.out is None or task.out.is_file() else None

    def measure(self, task: Task, loop_ms: float) -> Record:
        """Run a task and keep what came of it; of a program that failed, nothing is kept."""
        record = {"key": task.key, "at": time.strftime("%Y-%m-%d"), "load": os.getloadavg()[0], "loop_ms": loop_ms}
        record |= _run(task)
        if record["result"] is None:
            return record
        self.records[task.key] = record
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(record) + "\n")
        return record


def _run(task: Task) -> Record:
    """Return the JSON that a program printed, with the seconds and the memory of the whole process."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    began = time.monotonic()
    with TemporaryFile() as complaints:
        with subprocess.Popen(
            task.command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=complaints
        ) as process:
            assert process.stdout is not None
            printed = process.stdout.read()
            _pid, state, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(state)
        complaints.seek(0)
        words = complaints.read().decode("utf-8", "replace").splitlines()
    lines = printed.decode("utf-8").splitlines()
    plan = task.out.read_bytes() if task.out and process.returncode == 0 else b""
    return {
        "wall": round(time.monotonic() - began, 2),
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "memory_mb": used.ru_maxrss // 1024,
        "code": process.returncode,
        "fault": words[-1] if words and process.returncode else None,
        "plan": hashlib.sha256(plan).hexdigest()[:12] if plan else None,
        "result": json.loads(lines[-1]) if process.returncode == 0 and lines else task.without_an_answer,
    }


def python(module: str, *arguments: object) -> tuple[str, ...]:
    """Return the command that runs a module of this project."""
    return (sys.executable, "-m", module, *map(str, arguments))


def ejlas(*arguments: object) -> tuple[str, ...]:
    """Return the command that plans an instance."""
    return python("ejlas", "engine", "meetings", *arguments)
