"""Adding and changing a forum and an edition by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import changes
from ejlas.core.audit import operations as audit
from ejlas.core.changes import Changes
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.models import Edition, Forum
from ejlas.forum.operations.editions import SlugTaken
from ejlas.forum.operations.things import event_of
from ejlas.forum.rules import bilateral_defaults, slug_is_free


class NumberTaken(RuleBroken):
    """Each meeting of a series has a number of its own."""

    message = marked("Meeting %(number)d of this series is there already; choose another number.")
    field = "number"


@transaction.atomic
def add_forum(*, fields: Mapping[str, Any], by: User, at: datetime) -> Forum:
    """Add a series of meetings."""
    forum = Forum(**fields)
    done = changes.add(forum, event=event_of(Forum), at=at)
    audit.record(done.entries, scope="", by=by.name, at=at)
    return forum


@transaction.atomic
def change_forum(
    *, thing: Forum, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a series to these fields, if it still stands as the person saw it. Raises ChangedMeanwhile."""
    done = changes.change(thing, fields, event=event_of(Forum), revision=revision, at=at)
    audit.record(done.entries, scope="", by=by.name, at=at)
    return done


@transaction.atomic
def add_edition(*, forum: Forum, fields: Mapping[str, Any], by: User, at: datetime) -> Edition:
    """Add an edition to a series, with the house's rules for bilaterals. Raises SlugTaken, NumberTaken."""
    # Two people may add at once: the second waits here, so that names and numbers differ.
    list(Forum.objects.select_for_update().order_by("pk"))
    slug = fields["slug"]
    if not slug_is_free(slug) or Edition.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    _require_free_number(forum, fields["number"])
    settings = {"bilaterals": bilateral_defaults(), **fields.get("settings", {})}
    edition = Edition(**{**fields, "forum": forum, "settings": settings})
    done = changes.add(edition, event=event_of(Edition), at=at)
    audit.record(done.entries, scope=slug, by=by.name, at=at)
    return edition


@transaction.atomic
def change_edition(
    *, thing: Edition, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring an edition to these fields, if it still stands as the person saw it. Raises ChangedMeanwhile, NumberTaken.

    Its address and its series stay. What the index holds follows when its languages change.
    """
    kept = {name: value for name, value in fields.items() if name not in {"slug", "forum"}}
    if "number" in kept and kept["number"] != thing.number:
        Forum.objects.select_for_update().get(pk=thing.forum_id)
        _require_free_number(thing.forum, kept["number"])
    done = changes.change(thing, kept, event=event_of(Edition), revision=revision, at=at)
    audit.record(done.entries, scope=thing.slug, by=by.name, at=at)
    return done


def _require_free_number(forum: Forum, number: int) -> None:
    if Edition.objects.filter(forum=forum, number=number).exists():
        raise NumberTaken(number=number)
