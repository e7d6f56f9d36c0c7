"""`ejlas migrate`: the database of this version."""

from __future__ import annotations

from argparse import Namespace

from django.db import OperationalError
from django.utils.translation import gettext as _

from ejlas.cli import session


def run(options: Namespace) -> int:
    """Bring the database up to date."""
    try:
        if not session.pending_migrations():
            session.answer(_("The database is up to date."))
            return session.OK
        session.migrate()
    except OperationalError as fault:
        raise session.Refused(
            _("The database cannot be reached: %(fault)s") % {"fault": fault}, session.FAULT
        ) from fault
    session.answer(_("The database is now up to date."))
    return session.OK
