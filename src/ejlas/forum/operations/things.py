"""Adding, changing and removing single things of an edition, many at once, and putting back what was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max, ProtectedError

from ejlas.accounts.models import User
from ejlas.core import changes, naming
from ejlas.core.audit import operations as audit
from ejlas.core.audit.models import Line
from ejlas.core.changes import Changes
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.fields import TranslatedField
from ejlas.core.files.models import StoredFile
from ejlas.core.text import Text
from ejlas.forum.models import Edition, OfEdition

T = TypeVar("T", bound=OfEdition)

# Columns that an operation sets by itself; a person does not put them back.
_OWN = frozenset({"id", "edition", "slug", "position", "revision"})


class StillNeeded(RuleBroken):
    """A thing that others stand on cannot be removed."""

    message = marked("This cannot be removed while other things need it: %(things)s.")


class NothingToPutBack(RuleBroken):
    """The line says nothing that could be put back, or the thing stands so already."""

    message = marked("There is nothing to put back here.")


def event_of(model: type[models.Model]) -> str:
    """Return the first parts of the events of a table: "forum.party"."""
    name = getattr(model, "event_kind", "") or model._meta.model_name
    return f"{model._meta.app_label}.{name}"


@transaction.atomic
def add_thing(model: type[T], *, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> T:
    """Add a thing behind the others of its kind, under a short name made from its title."""
    # Two people may add at once: the edition's row makes the second wait, so that names and places differ.
    Edition.objects.select_for_update().get(pk=edition.pk)
    stored: models.QuerySet[T] = model._default_manager.filter(edition=edition)
    wanted = naming.slug_from(_title(model, fields), otherwise=event_of(model).rpartition(".")[2])
    slug = fields.get("slug") or naming.free_slug(wanted, lambda slug: stored.filter(slug=slug).exists())
    place = (stored.aggregate(last=Max("position"))["last"] or 0) + 1
    thing = model(**{**fields, "edition": edition, "slug": slug, "position": fields.get("position", place)})
    done = changes.add(thing, event=event_of(model), at=at)
    audit.record(done.entries, scope=edition.slug, by=by.name, at=at)
    return thing


@transaction.atomic
def change_thing(
    *, thing: T, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a thing to these fields, if it still stands as the person saw it. Raises ChangedMeanwhile."""
    done = changes.change(thing, fields, event=event_of(type(thing)), revision=revision, at=at)
    audit.record(done.entries, scope=thing.edition.slug, by=by.name, at=at)
    return done


@transaction.atomic
def remove_thing(*, thing: OfEdition, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a thing; return the number of the line by which it can be put back.

    Raises ChangedMeanwhile, StillNeeded.
    """
    _refuse_if_needed(thing)
    try:
        with transaction.atomic():
            done = changes.remove(thing, event=event_of(type(thing)), revision=revision)
    except ProtectedError as needed:
        raise StillNeeded(things=_names(needed.protected_objects)) from needed
    audit.record(done.entries, scope=thing.edition.slug, by=by.name, at=at)
    return audit.last_number()


@transaction.atomic
def change_many(*, things: Iterable[T], fields: Mapping[str, Any], by: User, at: datetime) -> Changes:
    """Give many things of one edition the same values: all of them or none."""
    done, scope = Changes(), ""
    for thing in things:
        done += changes.change(thing, fields, event=event_of(type(thing)), at=at)
        scope = thing.edition.slug
    audit.record(done.entries, scope=scope, by=by.name, at=at)
    return done


@transaction.atomic
def remove_many(
    *, things: Iterable[Any], by: User, at: datetime, remove: Callable[..., int] = remove_thing
) -> list[int]:
    """Remove many things by an operation: all of them or none; return the lines by which they can be put back."""
    return [remove(thing=thing, by=by, at=at) for thing in list(things)]


@transaction.atomic
def together(acts: Iterable[Callable[[], Any]]) -> int:
    """Do several acts: all of them or none; return how many."""
    return len([act() for act in acts])


def restored(model: type[models.Model], values: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    """Return plain values of the trail as the columns hold them; what has no column, or a sealed one, is left out."""
    left = _OWN | changes.sealed_columns(model)
    columns = {column.name: column for column in model._meta.concrete_fields if column.name not in left}
    return {name: _value(columns[name], value, edition) for name, value in values.items() if name in columns}


@transaction.atomic
def put_back(
    model: type[Any],
    *,
    edition: Edition,
    line: Line,
    thing: Any,
    add: Callable[..., Any],
    change: Callable[..., Any],
    by: User,
    at: datetime,
) -> Any:
    """Bring a thing to what a line of the trail says it was before. Raises NothingToPutBack, and what the acts raise.

    Parameters
    ----------
    thing : the thing as it stands now; None if it was removed
    add, change : the operations of its kind, so that every house rule is asked again
    """
    before = restored(model, (line.held.values or {}).get("before", {}), edition)
    if line.event.endswith(".removed") and thing is None and before:
        return add(edition=edition, fields={**before, "slug": line.subject}, by=by, at=at)
    if line.event.endswith(".changed") and thing is not None and before:
        change(thing=thing, fields=before, by=by, at=at)
        return thing
    raise NothingToPutBack


def _value(column: models.Field[Any, Any], value: Any, edition: Edition) -> Any:
    if isinstance(column, TranslatedField):
        return Text.from_stored(value)
    if isinstance(column, models.ForeignKey) and column.related_model is StoredFile:
        # The trail names a file by its purpose and its key; one whose bytes are gone is not put back.
        key = str(value or "").rpartition(" ")[2]
        return StoredFile.objects.kept().of(edition.slug).filter(key=key).first() if key else None
    if isinstance(column, models.ForeignKey):
        return column.related_model._default_manager.filter(edition=edition, slug=value).first() if value else None
    readers = ((models.DateTimeField, datetime), (models.DateField, date), (models.TimeField, time))
    for kind, reader in readers:
        if isinstance(column, kind):
            return reader.fromisoformat(value) if value else None
    return value


def _title(model: type[models.Model], fields: Mapping[str, Any]) -> Text:
    for column in model._meta.concrete_fields:
        words = fields.get(column.name)
        if isinstance(words, Text):
            return words
    title = fields.get("title")
    return Text.of(en=title) if isinstance(title, str) else Text()


def _refuse_if_needed(thing: OfEdition) -> None:
    """Refuse a removal that would take other things along without a word."""
    for relation in thing._meta.related_objects:
        if relation.on_delete is models.CASCADE and relation.get_accessor_name():
            held = relation.related_model._default_manager.filter(**{relation.field.name: thing})[:10]
            if held:
                raise StillNeeded(things=_names(held))


def _names(things: Iterable[Any]) -> str:
    return ", ".join(sorted(str(thing) for thing in things)[:10])
