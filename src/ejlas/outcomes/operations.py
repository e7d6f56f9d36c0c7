"""Every change to the tables of outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.changes import Changes, synchronise
from ejlas.forum.models import Edition
from ejlas.forum.operations import Rows, set_rows
from ejlas.outcomes.models import OutcomeText, Point


def set_texts(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's outcome texts exactly these."""
    return set_rows(OutcomeText, edition=edition, rows=rows, event="outcomes.text", by=by, at=at)


@transaction.atomic
def set_points(*, text: OutcomeText, rows: Iterable[Mapping[str, Any]], by: User, at: datetime) -> Changes:
    """Make the points of a text exactly these."""
    stored = Point.objects.filter(text=text)
    changes = synchronise(stored, rows, event="outcomes.point", common={"text": text})
    audit.record(changes.entries, scope=text.edition.slug, by=by.name, at=at)
    return changes
