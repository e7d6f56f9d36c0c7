"""`ejlas worker`: does the background work."""

from __future__ import annotations

from argparse import Namespace

from ejlas.cli import session
from ejlas.core.workers.adapters import SteadyWorker


def run(options: Namespace) -> int:
    """Work until told to stop, and end the task that was begun; several workers may share one queue."""
    session.ready_database()
    SteadyWorker().work()
    return session.OK
