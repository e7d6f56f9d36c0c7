"""Printing many cards: the print is counted first, then the files are made, kept for a day and forgotten."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import background
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.files import operations as files
from ejlas.core.files import rules as kinds
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import Badge, Printing
from ejlas.delegations.operations.passes import steps
from ejlas.delegations.rules.passes.printing import KEPT, MOST_AT_ONCE, PrintState, is_stuck
from ejlas.forum.models import Edition

PURPOSE, TASK = "cards", "journeys.print_cards"
MOST_BYTES = 500_000_000


class NothingToPrint(RuleBroken):
    """No pass was chosen."""

    message = marked("No pass was chosen: there is nothing to print.")


class TooManyToPrint(RuleBroken):
    """More cards than are printed at once."""

    message = marked("At most %(most)s cards are printed at once: narrow the choice, by delegation or category.")


class PrintingGoesOn(RuleBroken):
    """The files are still being made, or are there."""

    message = marked("The files are being made, or are there already.")


@transaction.atomic
def ask_for_cards(
    *,
    edition: Edition,
    badges: Iterable[Badge],
    design: str,
    sheet: str,
    language: str,
    by: User,
    at: datetime,
    reason: str = "",
    in_background: bool = True,
) -> Printing:
    """Count one more print of these passes, and ask for the files with their cards, in the order of the passes.

    Raises NothingToPrint, TooManyToPrint, BadgeStepNotPossible, ReasonNeeded, NumbersUsedUp.
    """
    keys = list(dict.fromkeys(badge.pk for badge in badges))
    if not keys:
        raise NothingToPrint
    if len(keys) > MOST_AT_ONCE:
        raise TooManyToPrint(most=MOST_AT_ONCE)
    held = Badge.objects.filter(pk__in=keys, edition=edition).only("pk")
    steps.note_printed(badges=held, by=by, at=at, reason=reason)
    made = Printing.objects.create(
        slug=secrets.token_hex(8),
        edition=edition,
        badges=keys,
        n_cards=len(keys),
        design=design,
        sheet=sheet,
        language=language,
        asked_at=at,
        asked_by=by.name[:200],
        moved_at=at,
    )
    if in_background:
        background.enqueue(TASK, printing_key=made.pk)
    return made


@transaction.atomic
def take_up(*, printing: Printing, at: datetime) -> bool:
    """Begin to make the files; False where another does, or they are there."""
    row = Printing.objects.select_for_update().get(pk=printing.pk)
    is_free = row.state == PrintState.WAITING or is_stuck(PrintState(row.state), row.moved_at, at)
    if is_free:
        _forget_files(row, at=at)
        row.state, row.n_made, row.fault, row.moved_at = PrintState.MAKING, 0, "", at
        row.save(update_fields=["state", "n_made", "fault", "moved_at", "files"])
    return is_free


@transaction.atomic
def keep_cards(*, printing: Printing, data: bytes, n_cards: int, at: datetime) -> StoredFile:
    """Keep one more file of cards. Raises FileEmpty, FileTooLarge, FileTypeRefused."""
    row = Printing.objects.select_for_update().get(pk=printing.pk)
    kept = files.keep(
        data,
        scope=row.edition.slug,
        purpose=PURPOSE,
        name=f"{row.edition.slug}-cards-{len(row.files) + 1}.pdf",
        allowed=frozenset({kinds.PDF}),
        most_bytes=MOST_BYTES,
        by=row.asked_by,
        at=at,
    )
    row.files = [*row.files, kept.key]
    row.n_made, row.moved_at = min(row.n_cards, row.n_made + n_cards), at
    row.save(update_fields=["files", "n_made", "moved_at"])
    return kept


@transaction.atomic
def finish(*, printing: Printing, at: datetime) -> None:
    """Note that all files are there."""
    Printing.objects.filter(pk=printing.pk, state=PrintState.MAKING).update(
        state=PrintState.DONE, done_at=at, moved_at=at
    )


@transaction.atomic
def fail(*, printing: Printing, fault: str, at: datetime) -> None:
    """Note why the files were not made; what was made goes."""
    row = Printing.objects.select_for_update().get(pk=printing.pk)
    _forget_files(row, at=at)
    row.state, row.fault, row.n_made, row.moved_at = PrintState.FAILED, fault[:2000], 0, at
    row.save(update_fields=["state", "fault", "n_made", "files", "moved_at"])


@transaction.atomic
def ask_again(*, printing: Printing, at: datetime) -> None:
    """Ask once more for files that were not made; no further print is counted. Raises PrintingGoesOn."""
    row = Printing.objects.select_for_update().get(pk=printing.pk)
    if not is_stuck(PrintState(row.state), row.moved_at, at):
        raise PrintingGoesOn
    _forget_files(row, at=at)
    row.state, row.fault, row.n_made, row.moved_at = PrintState.WAITING, "", 0, at
    row.save(update_fields=["state", "fault", "n_made", "files", "moved_at"])
    background.enqueue(TASK, printing_key=row.pk)


@transaction.atomic
def forget_prints(*, at: datetime) -> int:
    """Remove the files of cards that are older than a day; return how many printings that were."""
    rows = Printing.objects.select_for_update().filter(asked_at__lt=at - KEPT).exclude(state=PrintState.FORGOTTEN)
    for row in rows:
        _forget_files(row, at=at)
        row.state, row.badges = PrintState.FORGOTTEN, []
        row.save(update_fields=["state", "badges", "files"])
    return len(rows)


def _forget_files(row: Printing, *, at: datetime) -> None:
    for file in StoredFile.objects.filter(key__in=row.files, purged_at=None):
        files.forget(file, at=at)
    row.files = []
