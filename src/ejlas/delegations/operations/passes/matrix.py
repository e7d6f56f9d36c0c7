"""Zones, windows, categories and gates, and what each category may enter: every change reaches the gates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.changes import Changes
from ejlas.delegations.models import Access, Category, Gate, Window, Zone
from ejlas.delegations.operations.passes import errors, lists
from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.access import MOST_CATEGORIES, MOST_ZONES, Cell
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition, OfEdition

EVENT = "delegations.access"
T = TypeVar("T", bound=OfEdition)


@transaction.atomic
def add_zone(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Zone:
    """Add a zone, with the first free bit in the code of a pass. Raises NumbersUsedUp."""
    bit = _free(Zone.objects.filter(edition=edition).values_list("bit", flat=True), range(MOST_ZONES))
    return _added(Zone, edition, {"bit": bit, **fields}, by=by, at=at)


@transaction.atomic
def add_category(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Category:
    """Add a category, with the first free number in the code of a pass. Raises NumbersUsedUp."""
    taken = Category.objects.filter(edition=edition).values_list("code", flat=True)
    return _added(Category, edition, {"code": _free(taken, range(1, MOST_CATEGORIES + 1)), **fields}, by=by, at=at)


@transaction.atomic
def add_window(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Window:
    """Add a window of time."""
    return _added(Window, edition, fields, by=by, at=at)


@transaction.atomic
def add_gate(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Gate:
    """Add a gate."""
    return _added(Gate, edition, fields, by=by, at=at)


def _free(taken: Iterable[int], numbers: range) -> int:
    used = set(taken)
    for number in numbers:
        if number not in used:
            return number
    raise errors.NumbersUsedUp(most=len(numbers))


def _added(model: type[T], edition: Edition, fields: Mapping[str, Any], *, by: User, at: datetime) -> T:
    # The row of the list makes a second officer wait, so that both do not take one number.
    lists.note_rules(edition)
    return forum.add_thing(model, edition=edition, fields=fields, by=by, at=at)


@transaction.atomic
def change_thing(
    *, thing: Any, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Change a zone, a window, a category or a gate. Raises ChangedMeanwhile."""
    lists.note_rules(thing.edition)
    return forum.change_thing(thing=thing, fields=fields, by=by, at=at, revision=revision)


@transaction.atomic
def change_many(*, things: Iterable[Any], fields: Mapping[str, Any], by: User, at: datetime) -> Changes:
    """Change several zones, windows, categories or gates alike: all of them or none."""
    chosen = list(things)
    if chosen:
        lists.note_rules(chosen[0].edition)
    return forum.change_many(things=chosen, fields=fields, by=by, at=at)


@transaction.atomic
def remove_thing(*, thing: Any, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a zone, a window, a category or a gate; return the line that puts it back.

    Raises ChangedMeanwhile, StillNeeded.
    """
    lists.note_rules(thing.edition)
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


@transaction.atomic
def change_matrix(
    *, edition: Edition, allowed: Collection[Cell], forbidden: Collection[Cell], by: User, at: datetime
) -> tuple[int, int]:
    """Allow some cells and forbid others; return how many of each were otherwise before.

    What an officer did not touch is not named here: so two who edit the table at once lose nothing to one another.
    Cells that name what is no longer there are left out.
    """
    lists.note_rules(edition)
    named = _Named(edition)
    wanted = [keys for cell in allowed if (keys := named.keys(cell))]
    unwanted = [keys for cell in forbidden if (keys := named.keys(cell))]
    there = set(Access.objects.filter(category__edition=edition).values_list("category_id", "zone_id", "window_id"))
    new = [keys for keys in dict.fromkeys(wanted) if keys not in there]
    Access.objects.bulk_create(
        Access(category_id=category, zone_id=zone, window_id=window) for category, zone, window in new
    )
    gone = [keys for keys in dict.fromkeys(unwanted) if keys in there]
    for category, zone, window in gone:
        Access.objects.filter(category=category, zone=zone, window=window).delete()
    _note(edition, named, new, gone, by=by, at=at)
    return len(new), len(gone)


class _Named:
    """The keys of what cells name by slug, and back."""

    def __init__(self, edition: Edition) -> None:
        self._tables: list[dict[str, int]] = [
            dict(model._default_manager.filter(edition=edition).values_list("slug", "pk"))
            for model in (Category, Zone, Window)
        ]
        self._slugs = [{key: slug for slug, key in table.items()} for table in self._tables]

    def keys(self, cell: Cell) -> tuple[int, int, int] | None:
        category, zone, window = (table.get(slug, 0) for table, slug in zip(self._tables, cell, strict=True))
        return (category, zone, window) if category and zone and window else None

    def words(self, keys: tuple[int, int, int]) -> str:
        return " ".join(slugs[key] for slugs, key in zip(self._slugs, keys, strict=True))


def _note(edition: Edition, named: _Named, new: list[Any], gone: list[Any], *, by: User, at: datetime) -> None:
    if not new and not gone:
        return
    values = {"after": {"allowed": [*map(named.words, new)], "forbidden": [*map(named.words, gone)]}}
    audit.record([Entry(f"{EVENT}.changed", "access", "matrix", values)], scope=edition.slug, by=by.name, at=at)


@transaction.atomic
def change_edition(
    *, thing: Edition, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring an edition to these fields, such as its rules for passes, of which gates hear. Raises ChangedMeanwhile."""
    lists.note_rules(thing)
    return forum.change_edition(thing=thing, fields=fields, by=by, at=at, revision=revision)


@transaction.atomic
def set_rules(*, edition: Edition, rules: Mapping[str, Any], by: User, at: datetime) -> Changes:
    """Give an edition its own rules for passes, besides those it has."""
    own = {**house.stored(edition.settings), **rules}
    return change_edition(thing=edition, fields={"settings": {**edition.settings, house.SETTINGS: own}}, by=by, at=at)
