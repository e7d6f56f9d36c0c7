"""Lets every process of a summit under test live at another time: Python imports this file first where it is on its path.

The file named by EJLAS_TEST_CLOCK holds a moment; the clock stands there when the file is written, and goes on from it.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

FILE = Path(os.environ["EJLAS_TEST_CLOCK"])
real = timezone.now
kept: tuple[int, timedelta] = (0, timedelta())


def now() -> datetime:
    """Return the moment of the clock under test."""
    global kept
    written = FILE.stat().st_mtime_ns
    if written != kept[0]:
        since = datetime.fromtimestamp(written / 1e9, tz=UTC)
        kept = written, datetime.fromisoformat(FILE.read_text(encoding="utf-8")) - since
    return real() + kept[1]


timezone.now = now
