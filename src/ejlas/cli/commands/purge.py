"""`ejlas purge`: what is personal and whose last day has passed goes, and what went is proven."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ejlas.accounts import queries as accounts
from ejlas.cli import session
from ejlas.delegations.operations import purging
from ejlas.delegations.operations.purging import Purged
from ejlas.delegations.queries import privacy
from ejlas.forum import queries as forum


def run(options: Namespace) -> int:
    """Purge, or say what a purge would remove; 1 when something is still there that had to go."""
    session.ready_database()
    editions = privacy.editions(options.edition or "")
    if options.edition and not editions:
        raise session.no_edition(options.edition, forum.edition_slugs())
    done = []
    by, at = accounts.system_account(), timezone.now()
    with session.database_faults():
        for each in purging.purge(editions=editions, by=by, at=at, dry_run=options.dry_run):
            done.append(each)
            if not options.json:
                _tell(each, dry_run=options.dry_run)
    is_proven = options.dry_run or all(each.is_proven for each in done)
    if options.json:
        session.answer_json(
            {"dry_run": options.dry_run, "proven": is_proven, "parts": [_as_json(each) for each in done]}
        )
    elif not any(each.is_due for each in done):
        session.answer(_("Nothing is due: no last day has passed."))
    return session.OK if is_proven else session.FAULT


def _as_json(each: Purged) -> dict[str, Any]:
    return {
        "edition": each.edition,
        "field": each.part,
        "kept_until": each.kept_until.isoformat(),
        "is_due": each.is_due,
        "n_removed": each.n_removed,
        "n_left": each.n_left,
        "n_kept": 0 if each.is_due else each.n_left,
    }


def _tell(each: Purged, *, dry_run: bool) -> None:
    values = {
        "edition": each.edition,
        "part": each.part,
        "day": each.kept_until.isoformat(),
        "removed": each.n_removed,
        "left": each.n_left,
    }
    if not each.is_due:
        words = _("%(edition)s, %(part)s: kept until %(day)s, %(left)d there.")
    elif dry_run:
        words = _("%(edition)s, %(part)s: was kept until %(day)s; %(removed)d would be removed.")
    else:
        words = _("%(edition)s, %(part)s: was kept until %(day)s; %(removed)d removed, %(left)d left.")
    session.answer(words % values)
