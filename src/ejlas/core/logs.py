"""Log lines as JSON, without personal data: what happened, where in the code, in which request; never the values."""

from __future__ import annotations

import json
import logging
import os
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any

OWN = "ejlas"
_request: ContextVar[str] = ContextVar("request", default="")


def enter_request(name: str) -> None:
    """Let every line that this request writes from now on carry its name."""
    _request.set(name)


def current_request() -> str:
    """Return the name of the request that is being answered here; empty outside of one."""
    return _request.get()


class JsonFormatter(logging.Formatter):
    """One JSON object a line.

    Our own lines are written out, with the fields given as `extra={"fields": {…}}`: they name no person. Of the lines
    of a library only the pattern is kept, and of an exception only its kind and the places in the code, for values put
    into them may be an address, a name or an e-mail.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        is_own = record.name == OWN or record.name.startswith(f"{OWN}.")
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": os.getpid(),
            "event": record.getMessage() if is_own else _pattern(record),
        }
        if current_request():
            line["request"] = current_request()
        line |= getattr(record, "fields", {}) if is_own else {}
        if record.exc_info and record.exc_info[0]:
            line["exception"] = f"{record.exc_info[0].__module__}.{record.exc_info[0].__qualname__}"
            line["at"] = places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)


def places(trace: TracebackType | None) -> list[str]:
    """Return where in the code an exception passed, the innermost last: file, line, function."""
    frames = traceback.extract_tb(trace)[-12:]
    return [f"{'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in frames]


def _pattern(record: logging.LogRecord) -> str:
    """Return what a library said before it put its values in; only the place when they stand in it already."""
    if record.args and isinstance(record.msg, str):
        return record.msg
    return f"{record.module}:{record.lineno}"
