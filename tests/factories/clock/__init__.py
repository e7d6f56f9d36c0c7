"""A clock for the processes of a summit under test."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent


def clock_at(moment: datetime, file: Path) -> dict[str, str]:
    """Set the clock in a file; return what the environment of processes needs so that they go by it."""
    fresh = file.with_suffix(".new")
    fresh.write_text(moment.isoformat(), encoding="utf-8")
    # Whoever asks the time finds it whole.
    fresh.replace(file)
    return {"EJLAS_TEST_CLOCK": str(file), "PYTHONPATH": os.pathsep.join([str(HERE), *_there()])}


def _there() -> list[str]:
    return [path for path in [os.environ.get("PYTHONPATH", "")] if path]
