"""`ejlas worker`: does the background work."""

from __future__ import annotations

from argparse import Namespace

from django.core.management import call_command

from ejlas.cli import session


def run(options: Namespace) -> int:
    """Work until told to stop; several workers may share one queue."""
    session.ready_database()
    call_command("db_worker", verbosity=0, interval=1)
    return session.OK
