"""Appending to the audit trail, and emptying the values of its lines."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.core.audit import rules
from ejlas.core.audit.models import Head, Line, Values


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be written down: what happened to what, and the values before and after."""

    event: str
    subject_kind: str
    subject: str
    values: Mapping[str, Any]


@transaction.atomic
def record(entries: Iterable[Entry], *, scope: str, by: str, at: datetime) -> int:
    """Append one line for each entry, in order; return how many. `by` is the actor's name as it stands now.

    Raises RuntimeError outside a transaction that also holds the change itself.
    """
    entries = list(entries)
    if not entries:
        return 0
    # Writers queue here for the one row: so the chain never forks, also with many at once.
    head = Head.objects.select_for_update().get(pk=1)
    lines, held = [], []
    for entry in entries:
        salt = secrets.token_hex(16)
        head.number += 1
        facts = rules.LineFacts(
            head.number,
            at,
            by,
            entry.event,
            scope,
            entry.subject_kind,
            entry.subject[:200],
            rules.digest_of(entry.values, salt),
        )
        head.hash = rules.hash_of(head.hash, facts)
        line = Line(**{name: getattr(facts, name) for name in facts.__slots__}, hash=head.hash)
        lines.append(line)
        held.append(Values(line_id=line.number, salt=salt, values=dict(entry.values)))
    Line.objects.bulk_create(lines, batch_size=500)
    Values.objects.bulk_create(held, batch_size=500)
    head.save(update_fields=["number", "hash"])
    return len(entries)


def last_number() -> int:
    """Return the number of the last line, inside the transaction that wrote it."""
    return Head.objects.get(pk=1).number


@transaction.atomic
def purge_values(*, numbers: Iterable[int], by: str, at: datetime) -> int:
    """Empty the values of these lines for good; the lines stay, and so does the proof. Return how many.

    The purge is itself a line, with the numbers it emptied.
    """
    wanted = sorted(set(numbers))
    done = Values.objects.filter(line__in=wanted, values__isnull=False).update(values=None, salt="", purged_at=at)
    entry = Entry("audit.values.purged", "audit", "values", {"lines": wanted})
    record([entry], scope="", by=by, at=at)
    return done
