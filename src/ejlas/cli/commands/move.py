"""`ejlas move --to DATABASE_URL`: all rows into another database, proven there."""

from __future__ import annotations

from argparse import Namespace

from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from ejlas.cli import session
from ejlas.core.archive import move
from ejlas.core.databases import database_from
from ejlas.core.errors import RuleBroken


def run(options: Namespace) -> int:
    """Move and print the proof; the old database stays as it is."""
    session.ready_database()
    try:
        target = database_from(options.to, name="--to")
        with session.database_faults():
            proof = move.move(target)
    except ImproperlyConfigured as fault:
        raise session.Refused(str(fault)) from fault
    except RuleBroken as broken:
        raise session.Refused(broken.sentence(_)) from broken
    except (DataError, IntegrityError) as fault:
        words = _("The other database refused a row: %(fault)s Nothing was kept there.")
        raise session.Refused(words % {"fault": fault}, session.FAULT) from fault
    if options.json:
        tables = {table.label: {"rows": table.n_rows, "digest": table.digest} for table in proof.tables}
        session.answer_json({"tables": tables, "derived": list(proof.derived)})
        return session.OK
    report(proof)
    return session.OK


def report(proof: move.Move) -> None:
    """Say of each table how many rows are the same on both sides, and what to do next."""
    for table in proof.tables:
        session.answer(f"  {table.n_rows:>9}  {table.digest[:16]}  {table.label}")
    for name in proof.derived:
        words = _("%(table)s was made anew from the others")
        session.answer(f"  {'':>9}  {'':16}  {words % {'table': name}}")
    n_rows = sum(table.n_rows for table in proof.tables)
    words = _("%(rows)d rows in %(tables)d tables are the same on both sides, and the trail is whole there.")
    session.answer(words % {"rows": n_rows, "tables": len(proof.tables)})
    session.say(_("Set DATABASE_URL to the new address and start again; the old database stays as it was."))
