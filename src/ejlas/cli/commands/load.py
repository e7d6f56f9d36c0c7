"""`ejlas load FILE`: all of a summit file, or nothing of it."""

from __future__ import annotations

from argparse import Namespace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ejlas.accounts import queries as accounts
from ejlas.cli import session
from ejlas.cli.commands.check import checked
from ejlas.core.changes import Changes
from ejlas.core.errors import RuleBroken
from ejlas.journeys.summit_file.load import load
from ejlas.journeys.summit_file.schema import SummitFile


def run(options: Namespace) -> int:
    """Load the file; 0 also when nothing had to change, 2 when it has faults."""
    session.ready_database()
    summit = checked(options.file)
    if summit is None:
        session.say(_("Nothing was loaded."))
        return session.BAD_INPUT
    changes = loaded(summit, dry_run=options.dry_run)
    if options.json:
        counts = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
        session.answer_json({"edition": summit.edition.slug, "dry_run": options.dry_run, **counts})
    else:
        report(changes, slug=summit.edition.slug)
    return session.OK


def loaded(summit: SummitFile, *, dry_run: bool = False) -> Changes:
    """Load a checked summit in one transaction, which a dry run rolls back."""
    try:
        with transaction.atomic():
            changes = load(summit, by=accounts.system_account(), at=timezone.now(), progress=_say_stage)
            transaction.set_rollback(dry_run)
    except RuleBroken as broken:
        raise session.Refused(broken.sentence(_)) from broken
    return changes


def _say_stage(stage: str) -> None:
    words = {
        "forum": _("Forum, parties and facts …"),
        "programme": _("Programme and bilaterals …"),
        "texts": _("Texts and points …"),
    }
    session.say(words[stage])


def report(changes: Changes, *, slug: str) -> None:
    """Say what a load changed: each thing changed or removed, the rest by number."""
    if not changes:
        session.answer(_("%(edition)s: nothing has changed.") % {"edition": slug})
        return
    for words in changes.changed:
        session.answer(_("changed: %(thing)s") % {"thing": words})
    for words in changes.removed:
        session.answer(_("removed: %(thing)s") % {"thing": words})
    counts = {
        "edition": slug,
        "added": len(changes.added),
        "changed": len(changes.changed),
        "removed": len(changes.removed),
    }
    session.answer(_("%(edition)s: %(added)d added, %(changed)d changed, %(removed)d removed.") % counts)
