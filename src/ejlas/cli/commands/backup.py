"""`ejlas backup FILE`: all that is stored, in one file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from ejlas.cli import session
from ejlas.core.archive import backup


def run(options: Namespace) -> int:
    """Write the backup; 1 when it cannot be written, and then there is none."""
    session.ready_database()
    written = written_to(Path(options.file))
    values = {
        "file": options.file,
        "tables": written.tables,
        "rows": written.rows,
        "files": written.files,
        "size": written.size,
        "lost": written.lost,
    }
    if options.json:
        session.answer_json(values)
        return session.OK
    session.answer(_("%(file)s holds %(tables)d tables, %(rows)d rows and %(files)d stored files.") % values)
    session.tell_lost(written.lost)
    session.say(_("It holds secrets of people and no keys: keep it apart from the keys, and both safe."))
    return session.OK


def written_to(file: Path) -> backup.Written:
    """Write a backup into a file, or refuse and leave none."""
    try:
        with session.database_faults():
            return backup.write(file, at=timezone.now())
    except OSError as fault:
        words = _("%(file)s: cannot be written: %(reason)s") % {"file": str(file), "reason": fault.strerror}
        raise session.Refused(words, session.FAULT) from fault
