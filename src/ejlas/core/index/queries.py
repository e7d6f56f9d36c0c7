"""Questions to the index: what is found, in which order things stand, and which wordings want work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL

from ejlas.core.audit import queries as audit
from ejlas.core.index import rules
from ejlas.core.index.models import Entry, Indexed, Key, Make, Scope, Wording
from ejlas.core.index.rules import Condition, Wanted, WordingState
from ejlas.core.index.rules.terms import Term, kind_term, list_term, place_term, scope_term
from ejlas.core.text import Text

KEPT_SECONDS = 3600
SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
# How many things of one rank are looked at before the shortest titles go first.
CANDIDATES = 50

_FIRST = {
    "sqlite": "SELECT rowid AS id FROM index_terms WHERE index_terms MATCH %s ORDER BY rowid LIMIT %s",
    "postgresql": "SELECT id FROM index_entry WHERE index_lexemes(terms) @@ %s::tsquery LIMIT %s",
}
_ALL = {
    "sqlite": "SELECT rowid AS id FROM index_terms WHERE index_terms MATCH %s",
    "postgresql": "SELECT id FROM index_entry WHERE index_lexemes(terms) @@ %s::tsquery",
}
_WORDS = {"sqlite": ('"', '"*', " OR ", " AND "), "postgresql": ("'", "':*", " | ", " & ")}


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a search found."""

    scope: str
    kind: str
    slug: str
    title: Text


def search(
    query: str, *, scopes: Iterable[str] | None = None, kinds: Iterable[str] | None = None, limit: int = 20
) -> list[Found]:
    """Return what these words find, in any script, the nearest first; None stands for every scope or kind.

    First come things whose title is or begins with what was typed, then those with such words in the title, then those
    with such words elsewhere or such that sound so, last those that share their consonants. At most three SQL queries.
    """
    within = _within(scopes, kinds)
    asked = rules.conditions(query) if all(within) else []
    ranks: dict[int, int] = {}
    # The narrow conditions mostly suffice, and cost nothing.
    for first, last in ((0, 3), (3, len(asked))):
        if asked and len(ranks) < limit:
            for pk, rank in _ranked(asked[first:last], within, first, max(limit, CANDIDATES)):
                ranks.setdefault(pk, rank)
    entries = Entry.objects.filter(pk__in=ranks).defer("terms") if ranks else ()
    ordered = sorted(entries, key=lambda entry: (ranks[entry.pk], _length(entry.title), entry.pk))
    return [Found(entry.scope, entry.kind, entry.slug, Text.from_stored(entry.title)) for entry in ordered[:limit]]


def _length(title: dict[str, Any]) -> int:
    return min((len(words) for words in title.values() if isinstance(words, str)), default=0)


def _ranked(asked: list[Condition], within: Condition, first: int, limit: int) -> list[tuple[int, int]]:
    one = f"SELECT id, %s AS rank FROM ({_FIRST[connection.vendor]}) AS found"  # noqa: S608
    values: list[int | str] = []
    for rank, condition in enumerate(asked, start=first):
        values += [rank, _text([condition], within), limit]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(asked)), values)
        return sorted(cursor.fetchall(), key=lambda row: int(row[1]))


def matching(scope: str, kind: str, query: str) -> QuerySet[Entry, str]:
    """Return the slugs of things that these words find, for `filter(slug__in=…)`; nothing is asked before that.

    A blank query finds everything; one without any letter or digit finds nothing.
    """
    entries = Entry.objects.filter(scope=scope, kind=kind)
    if query.strip():
        asked = rules.conditions(query)
        # The widest conditions hold all others.
        text = _text(asked[4:], ((Term(place_term(scope, kind)),),)) if asked else ""
        found = RawSQL(_ALL[connection.vendor], [text])  # noqa: S611
        entries = entries.filter(pk__in=found) if text else entries.none()
    return entries.values_list("slug", flat=True)


def naming(scope: str, kind: str, name: str, slug: str) -> QuerySet[Entry, str]:
    """Return the slugs of things in whose list of this name a slug stands, for `filter(slug__in=…)`."""
    entries = Entry.objects.filter(scope=scope, kind=kind)
    if not SLUG.fullmatch(slug):
        return entries.none().values_list("slug", flat=True)
    asked = ((Term(list_term(name, slug)),),)
    found = RawSQL(_ALL[connection.vendor], [_text([asked], ((Term(place_term(scope, kind)),),))])  # noqa: S611
    return entries.filter(pk__in=found).values_list("slug", flat=True)


def _within(scopes: Iterable[str] | None, kinds: Iterable[str] | None) -> Condition:
    if scopes is None or kinds is None:
        scoped = tuple(Term(scope_term(scope)) for scope in scopes or ())
        of_kind = tuple(Term(kind_term(kind)) for kind in kinds or ())
        return tuple(group for group, names in ((scoped, scopes), (of_kind, kinds)) if names is not None)
    kinds = list(kinds)
    return (tuple(Term(place_term(scope, kind)) for scope in scopes for kind in kinds),)


def _text(alternatives: Iterable[Condition], within: Condition) -> str:
    """Return what the database is asked: one of the alternatives, and all of the groups of `within`."""
    opening, beginning, either, both = _WORDS[connection.vendor]
    whole = beginning[0]

    def group(terms: Iterable[Term]) -> str:
        said = (f"{opening}{term.text}{beginning if term.is_beginning else whole}" for term in dict.fromkeys(terms))
        return f"({either.join(said)})"

    said = either.join(f"({both.join(map(group, condition))})" for condition in alternatives)
    return both.join([f"({said})", *map(group, within)])


def in_order(
    scope: str | None,
    kind: str,
    language: str,
    *,
    slugs: QuerySet[Entry, str] | Iterable[str] | None = None,
    descending: bool = False,
) -> QuerySet[Key, str]:
    """Return the slugs of a kind in the order of a language, to be cut into pages; `slugs` keeps those among them.

    Without a scope, things of all editions stand in one order.
    """
    keys = Key.objects.filter(kind=kind, language=_sorted_in(scope or "", language))
    if scope is not None:
        keys = keys.filter(scope=scope)
    if slugs is not None:
        if isinstance(slugs, QuerySet) and slugs.model is Entry:
            keys = keys.filter(entry__in=slugs.values_list("pk", flat=True))
        else:
            keys = keys.filter(slug__in=slugs)
    order = ("-key", "-slug") if descending else ("key", "slug")
    return keys.order_by(*order).values_list("slug", flat=True)


def _sorted_in(scope: str, language: str) -> str:
    known = language in dict(settings.LANGUAGES) or language in wanted(scope).sorted_in
    return language if known else settings.LANGUAGE_CODE


def wordings(
    scope: str,
    *,
    language: str | None = None,
    states: Iterable[WordingState] | None = None,
    kind: str | None = None,
) -> QuerySet[Wording]:
    """Return states of wordings, with their entries, in a fixed order, to be counted and cut into pages."""
    rows = Wording.objects.filter(scope=scope)
    if states is not None:
        asked = set(states)
        rows = rows.filter(state__in=asked)
        # Said also in this way, it is read in order from an index that starts with it; a bare boolean would not be.
        if len({state == WordingState.PRESENT for state in asked}) == 1:
            rows = rows.filter(wants_work__in=[WordingState.PRESENT not in asked])
    if language is not None:
        rows = rows.filter(language=language)
    if kind is not None:
        rows = rows.filter(kind=kind)
    order = ("language", "kind", "entry_id", "field")
    return rows.select_related("entry").defer("entry__terms").order_by(*order)


def wording_counts(scope: str) -> dict[str, dict[WordingState, int]]:
    """Return how many wordings are in each state, by language."""
    counts: dict[str, dict[WordingState, int]] = {}
    for (language, _kind, state), number in _tally(scope).items():
        counts.setdefault(language, dict.fromkeys(WordingState, 0))[state] += number
    return counts


def wordings_by_kind(
    scope: str, *, language: str, states: Iterable[WordingState], newest: int | None = None
) -> dict[str, int]:
    """Return how many wordings of a language are in these states, by kind.

    `newest` is the number of the newest line of the scope, where the caller knows it.
    """
    asked, counts = set(states), Counter[str]()
    for (spoken, kind, state), number in _tally(scope, newest).items():
        if spoken == language and state in asked:
            counts[kind] += number
    return dict(counts)


def _tally(scope: str, newest: int | None = None) -> dict[tuple[str, str, WordingState], int]:
    """Return the numbers of wordings by language, kind and state; counted again once the trail has gone on."""

    def counted() -> dict[tuple[str, str, WordingState], int]:
        rows = Wording.objects.filter(scope=scope).values_list("language", "kind", "state").order_by()
        return {(spoken, kind, WordingState(state)): n for spoken, kind, state, n in rows.annotate(n=Count("pk"))}

    if connection.in_atomic_block:
        # What is not committed may never be.
        return counted()
    newest = audit.newest_number(scope) if newest is None else newest
    key = f"index-tally:{rules.MAKE}:{scope}:{newest}"
    found: dict[tuple[str, str, WordingState], int] | None = cache.get(key)
    if found is None:
        found = counted()
        cache.set(key, found, KEPT_SECONDS)
    return found


def wordings_of(scope: str, kind: str, slug: str) -> dict[str, dict[str, Wording]]:
    """Return the states of one thing's wordings, by field and language."""
    rows: dict[str, dict[str, Wording]] = {}
    for row in Wording.objects.filter(entry__scope=scope, entry__kind=kind, entry__slug=slug):
        rows.setdefault(row.field, {})[row.language] = row
    return rows


def wanted(scope: str) -> Wanted:
    """Return the languages of a scope."""
    return wanted_by_scope()(scope)


def wanted_by_scope() -> Callable[[str], Wanted]:
    """Return what gives the languages of a scope; those of all editions for what stands above them."""
    known = {scope.slug: scope for scope in Scope.objects.order_by("slug")}
    interface = tuple(code for code, _name in settings.LANGUAGES)
    every = tuple(dict.fromkeys(code for scope in known.values() for code in scope.languages))

    def of(slug: str) -> Wanted:
        scope = known.get(slug)
        languages = tuple(scope.languages) if scope else () if slug else every
        fallbacks = tuple(scope.fallback_languages) if scope else ()
        return Wanted(languages, fallbacks, tuple(dict.fromkeys((*interface, *languages))))

    return of


def indexed_models() -> list[type[Indexed]]:
    """Return the tables whose rows are indexed."""
    return [model for model in apps.get_models() if issubclass(model, Indexed)]


def stands() -> bool:
    """Tell whether the index was made, and by the rules of this version."""
    return Make.objects.filter(pk=1, number=rules.MAKE).exists()
