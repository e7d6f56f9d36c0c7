"""Lists that were sent as a table: kept sealed until each row is taken over, corrected or left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.text import Text
from ejlas.delegations.models import Capacity, Delegation, Upload
from ejlas.delegations.operations import keeping
from ejlas.delegations.operations.people import Named, add_people
from ejlas.delegations.queries.uploads import people_named_already, read_upload
from ejlas.delegations.rules import uploads
from ejlas.delegations.rules.columns import ColumnUnknown, HeadingsMissing
from ejlas.delegations.rules.filing import TooManyPeople
from ejlas.delegations.rules.records import columns_of
from ejlas.delegations.rules.uploads import Kept
from ejlas.delegations.rules.values import Context

__all__ = ["ColumnUnknown", "HeadingsMissing", "NoRows", "TooManyPeople", "TooManyUploads"]
MOST_UPLOADS = 10


class NoRows(RuleBroken):
    """There is nothing below the headings."""

    message = marked("There is nobody below the headings of this list.")


class TooManyUploads(RuleBroken):
    """Lists were left unfinished."""

    message = marked("Finish or discard one of the lists that you sent before: %(most)d wait already.")


@transaction.atomic
def keep_upload(*, delegation: Delegation, kept: Kept, context: Context, by: User, at: datetime) -> Upload:
    """Keep a list that was sent. Raises HeadingsMissing, TooManyPeople, NoRows, TooManyUploads."""
    delegation = keeping.locked(delegation)
    if delegation.uploads.count() >= MOST_UPLOADS:
        raise TooManyUploads(most=MOST_UPLOADS)
    found = uploads.read(kept, context)
    if not found.n_left:
        raise NoRows
    return Upload.objects.create(
        slug=keeping.new_slug(),
        delegation=delegation,
        rows=uploads.stored(kept),
        n_rows=found.n_left,
        added_at=at,
        added_by=by.name,
    )


@transaction.atomic
def choose_columns(*, upload: Upload, chosen: Mapping[int, str], context: Context) -> None:
    """Match columns by hand. Raises ColumnUnknown, ChangedMeanwhile."""
    row, kept = _opened(upload)
    made = replace(kept, chosen={**kept.chosen, **chosen})
    _write(row, made, uploads.read(made, context).n_left)


@transaction.atomic
def correct_rows(
    *, upload: Upload, typed: Mapping[int, Mapping[str, str]], left_out: Iterable[int], context: Context
) -> None:
    """Put what was corrected into the list, and leave rows out. Raises ChangedMeanwhile."""
    row, kept = _opened(upload)
    made = kept.corrected(typed).without(left_out)
    _write(row, made, uploads.read(made, context).n_left)


@transaction.atomic
def take_over(*, upload: Upload, context: Context, by: User, at: datetime) -> Named:
    """Name everyone whose row is good, all in one transaction; the other rows stay, each with what is wrong in it.

    Raises ListClosed, NominationOver, ChangedMeanwhile.
    """
    row, kept = _opened(upload)
    delegation = keeping.locked(upload.delegation)
    found = read_upload(kept, context, people_named_already(delegation))
    good = found.filed.good
    capacities = {each.slug: each for each in Capacity.objects.filter(edition=delegation.edition)}
    rows = [{**_columns(each.values), "capacity": capacities[each.values["capacity"]]} for each in good]
    named = add_people(delegation=delegation, rows=rows, by=by, at=at)
    broken = {good[number].number: (rule.message, dict(rule.values)) for number, rule in named.refused}
    done = {each.number for each in good} - broken.keys()
    _write(row, replace(kept.without(done), broken=broken), found.n_left - len(done))
    return named


def discard(*, upload: Upload) -> None:
    """Throw a list away; who was taken over from it stays."""
    Upload.objects.filter(pk=upload.pk).delete()


def _opened(upload: Upload) -> tuple[Upload, Kept]:
    """Return the list under a lock: two who work on it come one after the other."""
    row = Upload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if row is None or row.revision != upload.revision:
        raise ChangedMeanwhile
    return row, uploads.from_stored(row.rows or "")


def _write(row: Upload, kept: Kept, n_left: int) -> None:
    if not n_left:
        row.delete()
        return
    row.rows, row.n_rows, row.revision = uploads.stored(kept), n_left, row.revision + 1
    row.save(update_fields=["rows", "n_rows", "revision"])


_TEXTS = ("name", "office")


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values as the tables take them; what the list does not tell stays empty."""
    made = columns_of({name: value for name, value in values.items() if name != "capacity"})
    return {**{name: Text() for name in _TEXTS}, **made}
