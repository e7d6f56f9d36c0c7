"""Background work: enqueued by name, so that no app imports the tasks of another."""

from __future__ import annotations

import re
from functools import partial
from importlib import import_module
from typing import Any

from django.db import transaction
from django_tasks.base import Task

NAME = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_duties: dict[str, int] = {}


def task_of(name: str) -> Task[..., Any]:
    """Return the task of a name: "planning.solve_run" is `solve_run` in ejlas.planning.tasks. Raises LookupError."""
    if not NAME.fullmatch(name):
        raise LookupError(f"{name!r} is not the name of a task")
    room, _, function = name.rpartition(".")
    try:
        found = getattr(import_module(f"ejlas.{room}.tasks"), function)
    except (ModuleNotFoundError, AttributeError) as fault:
        raise LookupError(f"there is no task {name!r}") from fault
    if not isinstance(found, Task):
        raise LookupError(f"{name!r} is not a task")
    return found


def enqueue(name: str, **values: Any) -> None:
    """Put a task into the queue once the change that asks for it is committed; values must be plain JSON."""
    transaction.on_commit(partial(_put, task_of(name), values))


def every(seconds: int, name: str) -> None:
    """Register a duty, in the `ready` of its app: a worker does this task, without values, so often.

    One worker at a time does it. It comes again after a fault, and after a worker was killed in it: so it must bear
    to be done twice.
    """
    if not NAME.fullmatch(name) or seconds < 1:
        raise ValueError(f"{name!r} every {seconds} s is no duty")
    _duties[name] = seconds


def duties() -> dict[str, int]:
    """Return the seconds between two rounds of each duty, by its name."""
    return dict(_duties)


def _put(task: Task[..., Any], values: dict[str, Any]) -> None:
    task.enqueue(**values)
