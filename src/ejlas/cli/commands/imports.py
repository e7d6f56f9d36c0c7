"""`ejlas import people FILE`: the people of a list from a spreadsheet, with one report of what became of each row."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ejlas.accounts import queries as accounts
from ejlas.cli import session
from ejlas.core.errors import RuleBroken
from ejlas.core.formats.cells import column_name
from ejlas.core.formats.sheets import read_cells
from ejlas.delegations import operations, queries
from ejlas.delegations.operations import importing
from ejlas.delegations.operations.importing import Imported
from ejlas.delegations.rules import columns
from ejlas.forum import queries as forum


def run(options: Namespace) -> int:
    """Bring the people in; 2 when a row or the file was refused. A dry run says the same, and writes nothing."""
    session.ready_database()
    data = session.read_input(options.file)
    edition = forum.edition(options.edition)
    if edition is None:
        raise session.no_edition(options.edition, forum.edition_slugs())
    try:
        table = read_cells(data, suits=lambda table: columns.suits(table, languages=tuple(edition.languages)))
        with session.database_faults(), transaction.atomic():
            done = _imported(edition, table, options)
            transaction.set_rollback(options.dry_run)
    except RuleBroken as broken:
        raise session.Refused(broken.sentence(_)) from broken
    if options.json:
        session.answer_json({"edition": edition.slug, "party": options.party, **_report(done, options)})
    else:
        _tell(done, options)
    return session.BAD_INPUT if done.refused else session.OK


def _imported(edition: Any, table: Any, options: Namespace) -> Imported:
    by, at = accounts.system_account(), timezone.now()
    delegation = queries.delegation_at(edition, options.party)
    if delegation is None and options.party in {party.slug for party in queries.parties_without_delegation(edition)}:
        operations.open_delegations(edition=edition, by=by, at=at)
        session.say(_("The party had no delegation; the delegations of the edition are opened."))
        delegation = queries.delegation_at(edition, options.party)
    if delegation is None:
        values = {"party": options.party, "edition": edition.slug}
        raise session.Refused(_("“%(party)s” is no party of “%(edition)s”, nor a medium there.") % values)
    return importing.import_people(
        delegation=delegation, table=table, by=by, at=at, reader=translation.get_language() or ""
    )


def _report(done: Imported, options: Namespace) -> dict[str, Any]:
    """Return the report: of people nothing but the numbers of their rows and their short names."""
    matching = done.matching
    return {
        "dry_run": options.dry_run,
        "accepted": len(done.people),
        "people": [] if options.dry_run else [{"row": row, "person": slug} for row, slug in done.people.items()],
        "refused": [
            {"row": row, "field": fault.field, "code": fault.code, "reason": fault.sentence(_)}
            for row, fault in done.refused
        ],
        "columns": {column_name(number): name for number, name in matching.columns.items()},
        "left_over": [
            {"column": column_name(number), "heading": matching.headings[number]} for number in matching.leftovers
        ],
        "notes": [_(note.message) % note.values for note in done.notes],
    }


def _tell(done: Imported, options: Namespace) -> None:
    told = _report(done, options)
    for note in told["notes"]:
        session.say(note)
    for left in told["left_over"]:
        session.say(_("Column %(column)s, “%(heading)s”, was left aside.") % left)
    for each in told["refused"]:
        session.answer(_("row %(row)d, %(field)s: %(reason)s") % each)
    n_rows = len({each["row"] for each in told["refused"]})
    words = (
        _("People who would be brought in: %(accepted)d; rows refused: %(refused)d.")
        if options.dry_run
        else _("People brought in: %(accepted)d; rows refused: %(refused)d.")
    )
    session.answer(words % {"accepted": told["accepted"], "refused": n_rows})
