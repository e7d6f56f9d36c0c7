"""The files of the planner: instances and plans in, plans out; every fault names its file."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ejlas.engine.meetings.formats.instance import read_instance
from ejlas.engine.meetings.formats.own import Problem

FAULT, BAD_INPUT = 1, 2

_T = TypeVar("_T")


def refused(words: str, code: int = BAD_INPUT) -> SystemExit:
    """Say what is wrong; the command ends with this code."""
    print(f"ejlas: {words}", file=sys.stderr, flush=True)
    return SystemExit(code)


def read_problem(name: str) -> Problem:
    """Return the problem of an instance file; `.dzn` tells the benchmark's files, and so does text that is no JSON."""
    text = read_text(name)
    is_dzn = name.endswith(".dzn") or (name == "-" and not text.lstrip().startswith("{"))
    return parsed(name, lambda: read_instance(text, is_dzn=is_dzn))


def read_text(name: str) -> str:
    """Return the text of a file, or of standard input for "-"."""
    try:
        body = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise refused(f"{name}: cannot be read: {fault.strerror}; check the name") from fault
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        raise refused(f"{name}: line {line}: a byte is no UTF-8, expected text in UTF-8") from fault


def parsed(name: str, parse: Callable[[], _T]) -> _T:
    """Return what a reader makes of a file; its complaint gets the name of the file."""
    try:
        return parse()
    except ValueError as fault:
        raise refused(f"{name}: {fault}") from fault


def demand_folder(name: str) -> None:
    """Refuse a file to be written whose folder is not there, before the search and not after it."""
    if Path(name).is_dir():
        raise refused(f"{name}: it is a folder, expected the name of a file to write")
    if not Path(name).parent.is_dir():
        raise refused(f"{name}: cannot be written: there is no folder {Path(name).parent}")


def write_plan(name: str, plan: dict[str, object]) -> None:
    """Write a plan: whole, or not at all."""
    path = Path(name).resolve()
    # A device or a pipe is written to as it is, and never replaced.
    is_file = path.is_file() or not path.exists()
    part = path.with_name(f"{path.name}.part") if is_file else path
    try:
        part.write_text(json.dumps(plan) + "\n", encoding="utf-8")
        if is_file:
            part.replace(path)
    except OSError as fault:
        if is_file:
            part.unlink(missing_ok=True)
        raise refused(f"{name}: cannot be written: {fault.strerror}", FAULT) from fault
