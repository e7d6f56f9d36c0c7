"""Every change to the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models, router, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

from ejlas.core.audit import operations as audit
from ejlas.core.collation import sort_key
from ejlas.core.index import queries, rules
from ejlas.core.index.models import Entry, Indexed, Key, Make, Scope, Wording
from ejlas.core.index.rules import Item, Wanted, WordingFacts, WordingState

BATCH = 500
LONGEST_SORTED = 100  # of the letters of a title: what comes after decides no order that a reader sees

Address = tuple[str, str, str]
Facts = dict[str, WordingFacts]
Row = tuple[Any, ...]
Thing = TypeVar("Thing")


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    remaining = iter(things)
    while batch := list(islice(remaining, BATCH)):
        yield batch


@transaction.atomic
def set_languages(*, scope: str, languages: Iterable[str], fallbacks: Iterable[str], at: datetime) -> bool:
    """Keep the languages of a scope, and bring what it holds up to date if they differ; tell whether they did.

    What stands above the editions is to be worded in the languages of all of them.
    """
    above = queries.wanted("")
    fields = {"languages": list(languages), "fallback_languages": list(fallbacks)}
    if Scope.objects.filter(slug=scope, **fields).exists():
        return False
    Scope.objects.update_or_create(slug=scope, defaults=fields)
    _bring_scope(scope, at=at)
    if queries.wanted("") != above:
        _bring_scope("", at=at)
    return True


@transaction.atomic
def note(items: Iterable[Item], *, at: datetime) -> set[tuple[str, str]]:
    """Bring what the index holds of these things up to date; return scope and kind of those whose title changed."""
    wanted = queries.wanted_by_scope()
    changed: set[tuple[str, str]] = set()
    for batch in _batches(items):
        by_address = {(item.scope, item.kind, item.slug): item for item in batch}
        changed |= _note(by_address, defaultdict(Wanted, {item.scope: wanted(item.scope) for item in batch}), at=at)
    return changed


def _note(items: Mapping[Address, Item], wanted: Mapping[str, Wanted], *, at: datetime) -> set[tuple[str, str]]:
    held = _held(items)
    entries: dict[Address, Entry] = {}
    for address, item in items.items():
        digest = item.digest(wanted[item.scope])
        if address not in held or held[address].digest != digest:
            title, terms = item.title.to_stored(), rules.terms_of(item)
            entries[address] = Entry(
                scope=item.scope, kind=item.kind, slug=item.slug, title=title, terms=terms, digest=digest
            )
    if not entries:
        return set()
    Entry.objects.bulk_create(
        entries.values(),
        update_conflicts=True,
        unique_fields=["scope", "kind", "slug"],
        update_fields=["title", "terms", "digest"],
    )
    known = [entry.pk for address, entry in entries.items() if address in held]
    before = _facts_of(known)
    Key.objects.filter(entry__in=known).delete()
    Wording.objects.filter(entry__in=known).delete()
    pairs = [(items[address], entry) for address, entry in entries.items()]
    _insert(Key, (row for item, entry in pairs for row in _keys(item, entry, wanted[item.scope])))
    states = (
        row
        for item, entry in pairs
        for row in _wordings(item, entry, before.get(entry.pk, {}), wanted[item.scope].languages, at)
    )
    _insert(Wording, states)
    return {
        (item.scope, item.kind)
        for address, item in items.items()
        if address in entries and (address not in held or held[address].title != entries[address].title)
    }


def _held(addresses: Iterable[Address]) -> dict[Address, Entry]:
    scopes, kinds, slugs = map(set, zip(*addresses, strict=True))
    rows = Entry.objects.filter(scope__in=scopes, kind__in=kinds, slug__in=slugs).defer("terms")
    return {(row.scope, row.kind, row.slug): row for row in rows}


def _facts_of(entries: list[int]) -> dict[int, dict[str, Facts]]:
    facts: dict[int, dict[str, Facts]] = {}
    for row in Wording.objects.filter(entry__in=entries):
        held = WordingFacts(WordingState(row.state), row.digest, row.changed_at)
        facts.setdefault(row.entry_id, {}).setdefault(row.field, {})[row.language] = held
    return facts


def _insert(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Write rows given by their columns, without the id: there are a dozen for each thing, too many to be objects."""
    columns = [column for column in model._meta.concrete_fields if not column.primary_key]
    names = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def _keys(item: Item, entry: Entry, wanted: Wanted) -> Iterator[Row]:
    for language in wanted.sorted_in:
        shown = item.title.wording(language, wanted.fallbacks).text or item.slug
        key = sort_key(shown[:LONGEST_SORTED], language)[: rules.KEY_BYTES]
        yield entry.pk, item.scope, item.kind, language, key, item.slug


def _wordings(
    item: Item, entry: Entry, before: Mapping[str, Facts], languages: tuple[str, ...], at: datetime
) -> Iterator[Row]:
    for field, text in item.fields.items():
        for language, facts in rules.wording_states(text, before.get(field, {}), languages, at).items():
            state, changed_at = facts.state.value, connection.ops.adapt_datetimefield_value(facts.changed_at)
            wants_work = state != WordingState.PRESENT
            yield entry.pk, item.scope, item.kind, field, language, state, wants_work, facts.digest, changed_at


@transaction.atomic
def forget(*, scope: str, kind: str, slugs: Iterable[str]) -> None:
    """Take things out of the index."""
    for batch in _batches(slugs):
        _forget(Entry.objects.filter(scope=scope, kind=kind, slug__in=batch))


def _forget(entries: models.QuerySet[Entry]) -> None:
    for batch in _batches(entries.values_list("pk", flat=True)):
        Key.objects.filter(entry__in=batch).delete()
        Wording.objects.filter(entry__in=batch).delete()
        Entry.objects.filter(pk__in=batch).delete()


@transaction.atomic
def leave_no_traces() -> None:
    """Remove from SQLite's full-text table the words that were taken out of it, for good; PostgreSQL keeps none.

    That table only marks what is removed, and drops it some day when it merges its parts: here they are merged now.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO index_terms(index_terms) VALUES ('optimize')")


@transaction.atomic
def note_rows(rows: Iterable[models.Model], *, at: datetime | None = None) -> None:
    """Bring what the index holds of these rows up to date, of those that are indexed.

    Rows of other tables in whose titles theirs stand follow. Without `at`, changed wordings carry the present moment.
    """
    at = at or timezone.now()
    changed: set[tuple[str, str]] = set()
    for model, indexed in _by_model(rows).items():
        for row in indexed:
            languages = row.index_languages()
            if languages is not None:
                set_languages(scope=row.scope_in_index(), at=at, **languages)
        changed |= note(model.index_items(indexed), at=at)
    for model in queries.indexed_models():
        for scope in {scope for scope, kind in changed if kind in model.index_after}:
            note(_items(model, scope), at=at)


def _by_model(rows: Iterable[models.Model]) -> dict[type[Indexed], list[Indexed]]:
    by_model: dict[type[Indexed], list[Indexed]] = {}
    for row in rows:
        if isinstance(row, Indexed):
            by_model.setdefault(type(row), []).append(row)
    for model, indexed in by_model.items():
        way, _slash, _slug = model.index_scope.rpartition("__")
        if way:
            models.prefetch_related_objects(indexed, way)
    return by_model


def _items(model: type[Indexed], scope: str | None = None) -> Iterator[Item]:
    for batch in _batches(model.rows_to_index(scope).iterator(chunk_size=BATCH)):
        yield from model.index_items(batch)


@transaction.atomic
def forget_rows(rows: Iterable[models.Model]) -> None:
    """Take rows out of the index before they are removed, and with them all that the removal takes along.

    Raises ProtectedError where others need them, as the removal would.
    """
    slugs: dict[tuple[str, str], list[str]] = {}
    for model, gone in _by_model(_all_that_goes(list(rows))).items():
        for row in gone:
            slugs.setdefault((row.scope_in_index(), model.kind_in_index()), []).append(str(getattr(row, "slug")))  # noqa: B009
            if row.index_languages() is not None:
                Scope.objects.filter(slug=row.scope_in_index()).delete()
                _forget(Entry.objects.filter(scope=row.scope_in_index()))
    for (scope, kind), gone_slugs in slugs.items():
        forget(scope=scope, kind=kind, slugs=gone_slugs)


def _all_that_goes(rows: list[models.Model]) -> Iterator[models.Model]:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, same in by_model.items():
        collector = Collector(using=router.db_for_write(model))
        collector.collect(same)
        for instances in collector.data.values():
            yield from instances
        for fast in collector.fast_deletes:
            if issubclass(fast.model, Indexed):
                yield from fast.iterator(chunk_size=BATCH)


@transaction.atomic
def rebuild(*, at: datetime, progress: Callable[[str, int], None] | None = None) -> int:
    """Bring the whole index into agreement with the tables; return how many things it holds.

    What it knows of wordings that are behind stays. `progress` is told each kind, and how many of it there are.
    """
    for model in queries.indexed_models():
        for row in model.rows_to_index().iterator(chunk_size=BATCH):
            languages = row.index_languages()
            if languages is None:
                break
            fields = {"languages": list(languages["languages"]), "fallback_languages": list(languages["fallbacks"])}
            Scope.objects.update_or_create(slug=row.scope_in_index(), defaults=fields)
    total = _bring_scope(None, at=at, progress=progress)
    Make.objects.update_or_create(pk=1, defaults={"number": rules.MAKE})
    return total


def _bring_scope(scope: str | None, *, at: datetime, progress: Callable[[str, int], None] | None = None) -> int:
    """Note all rows of a scope, or of all, and forget what no row stands for any more."""
    total = 0
    for model in queries.indexed_models():
        kind = model.kind_in_index()
        seen: set[tuple[str, str]] = set()
        for batch in _batches(_items(model, scope)):
            note(batch, at=at)
            seen.update((item.scope, item.slug) for item in batch)
        held = Entry.objects.filter(kind=kind, **({} if scope is None else {"scope": scope}))
        rows = held.values_list("pk", "scope", "slug").iterator(chunk_size=BATCH)
        lost = [pk for pk, *address in rows if tuple(address) not in seen]
        for batch_of_lost in _batches(lost):
            _forget(Entry.objects.filter(pk__in=batch_of_lost))
        total += len(seen)
        if progress:
            progress(kind, len(seen))
    return total


@transaction.atomic
def mark_current(
    *, scope: str, kind: str, slug: str, wordings: Iterable[tuple[str, str]], by: str, at: datetime
) -> int:
    """Say that these wordings, given by field and language, are not behind; return how many were, for the trail too."""
    asked = set(wordings)
    behind = Wording.objects.filter(
        entry__scope=scope, entry__kind=kind, entry__slug=slug, state=WordingState.BEHIND
    ).select_for_update(of=("self",))
    rows = [row for row in behind.order_by("field", "language") if (row.field, row.language) in asked]
    if not rows:
        return 0
    Wording.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=WordingState.PRESENT, wants_work=False, changed_at=at
    )
    values = {"wordings": [[row.field, row.language] for row in rows]}
    audit.record([audit.Entry("index.wording.current", kind, slug, values)], scope=scope, by=by, at=at)
    return len(rows)
