"""Every change to the tables of outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import changes, naming
from ejlas.core.audit import operations as audit
from ejlas.core.changes import Changes, synchronise
from ejlas.forum.models import Edition
from ejlas.forum.operations import Rows, set_rows
from ejlas.outcomes.models import OutcomeText, Point

POINT = "outcomes.point"


def set_texts(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's outcome texts exactly these."""
    return set_rows(OutcomeText, edition=edition, rows=rows, event="outcomes.text", by=by, at=at)


@transaction.atomic
def set_points(*, text: OutcomeText, rows: Iterable[Mapping[str, Any]], by: User, at: datetime) -> Changes:
    """Make the points of a text exactly these."""
    stored = Point.objects.filter(text=text)
    done = synchronise(stored, rows, event=POINT, common={"text": text}, at=at)
    audit.record(done.entries, scope=text.edition.slug, by=by.name, at=at)
    return done


@transaction.atomic
def add_point(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Point:
    """Add a point to one of the edition's texts."""
    text: OutcomeText = fields["text"]
    topic = naming.slug_from(fields["topic_name"], otherwise="topic")
    point = Point(**{"topic": topic, **fields, "slug": f"{text.slug}-{fields['number']}"})
    done = changes.add(point, event=POINT, at=at)
    audit.record(done.entries, scope=edition.slug, by=by.name, at=at)
    return point


@transaction.atomic
def change_point(
    *, thing: Point, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a point to these fields; its name follows its text and number. Raises ChangedMeanwhile."""
    text, number = fields.get("text", thing.text), fields.get("number", thing.number)
    named = {**fields, "slug": f"{text.slug}-{number}"}
    done = changes.change(thing, named, event=POINT, revision=revision, at=at)
    audit.record(done.entries, scope=thing.text.edition.slug, by=by.name, at=at)
    return done


@transaction.atomic
def change_points(*, things: Iterable[Point], fields: Mapping[str, Any], by: User, at: datetime) -> Changes:
    """Give many points the same values: all of them or none."""
    done = Changes()
    for point in list(things):
        done += change_point(thing=point, fields=fields, by=by, at=at)
    return done


@transaction.atomic
def remove_point(*, thing: Point, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a point; return the line by which it can be put back. Raises ChangedMeanwhile."""
    edition = thing.text.edition
    done = changes.remove(thing, event=POINT, revision=revision)
    audit.record(done.entries, scope=edition.slug, by=by.name, at=at)
    return audit.last_number()
