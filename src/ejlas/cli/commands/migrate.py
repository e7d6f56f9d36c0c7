"""`ejlas migrate`: the database of this version."""

from __future__ import annotations

from argparse import Namespace

from django.utils.translation import gettext as _

from ejlas.cli import session


def run(options: Namespace) -> int:
    """Bring the database up to date; what is in it goes into a backup before."""
    with session.database_faults():
        if not session.pending_migrations():
            session.answer(_("The database is up to date."))
            return session.OK
        session.migrate(with_backup=not options.no_backup)
    session.answer(_("The database is now up to date."))
    return session.OK
