"""Tasks that take as long as a test wants, and say in a file that they were begun and ended."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from django_tasks import task


@task()
def wait(said_in: str, seconds: float) -> None:
    """Say "begun", wait, say "ended"."""
    _say(said_in, "begun")
    time.sleep(seconds)
    _say(said_in, "ended")


@task()
def end_the_worker(said_in: str) -> None:
    """End the worker as the kernel does when memory runs out."""
    _say(said_in, "begun")
    os.kill(os.getpid(), signal.SIGKILL)


def _say(said_in: str, word: str) -> None:
    with Path(said_in).open("a") as file:
        file.write(f"{word}\n")
