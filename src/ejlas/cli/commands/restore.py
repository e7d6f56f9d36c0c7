"""`ejlas restore FILE`: what a backup holds, in the place of what stands."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from django.core.cache import caches
from django.utils.translation import gettext as _

from ejlas.cli import session
from ejlas.core.archive import operations, restore
from ejlas.core.errors import RuleBroken


def run(options: Namespace) -> int:
    """Prove the backup, then bring it in; 2 when it is damaged or the database holds work that may not go."""
    try:
        with session.database_faults(), restore.opened(Path(options.file)) as backup:
            session.say(_("Reading %(file)s …") % {"file": options.file})
            backup.prove()
            operations.require_empty(may_replace=options.replace)
            if options.replace and not operations.is_untouched():
                require_consent(options)
            session.say(_("Restoring what stood at %(moment)s …") % {"moment": backup.manifest["made_at"]})
            done = restore.restore(backup, as_it_was=options.as_it_was)
    except RuleBroken as broken:
        raise session.Refused(broken.sentence(_)) from broken
    # Nothing that was kept from before may be shown now.
    caches["default"].clear()
    return report(options, done)


def report(options: Namespace, done: restore.Restored) -> int:
    """Say what came in, and which keys are missing to read all of it."""
    values = {"tables": done.tables, "rows": done.rows, "files": done.files, "lost": done.lost}
    if options.json:
        session.answer_json({**values, "missing_keys": list(done.missing_keys)})
        return session.OK
    words = _("Restored and proven: %(tables)d tables, %(rows)d rows, %(files)d stored files; the trail is whole.")
    session.answer(words % values)
    session.tell_lost(done.lost)
    if done.missing_keys:
        words = _("Some secrets need keys that are not in EJLAS_FIELD_KEYS: %(keys)s.")
        session.say(words % {"keys": ", ".join(done.missing_keys)})
    if options.as_it_was:
        session.say(
            _("The tables are those of the version before: install it now; this one would bring them up again.")
        )
    return session.OK


def require_consent(options: Namespace) -> None:
    """Ask the person at the terminal, unless the command says yes; without a terminal, refuse."""
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise session.Refused(_("This would replace what stands in the database; say --yes to allow it."))
    word = _("replace")
    session.say(_("Everything in the database will be replaced. Type “%(word)s” to go on:") % {"word": word})
    if sys.stdin.readline().strip() != word:
        raise session.Refused(_("Nothing was changed."))
