"""Pairs of people at an edition who may be one: the same document, or names alike in whatever scripts.

Found through keyed hashes, the sound of names and the names themselves; nothing that stands encrypted is opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet, Sum

from ejlas.delegations.models import Person
from ejlas.delegations.queries.desk import workable
from ejlas.delegations.queries.people import people_for
from ejlas.delegations.rules.names import Somebody, candidates
from ejlas.forum.models import Edition

# Of more people only those are compared whose documents or sounds are the same.
MOST_COMPARED = 3000
# Of one document or one sound no more than so many are held against one another.
MOST_OF_ONE = 20
KEPT_S = 3600
CERTAIN = 2.0


@dataclass(frozen=True, slots=True)
class Twins:
    """Two people who may be one; by their document, where that is the same, else by how alike their names are."""

    one: Person
    other: Person
    same_document: bool


@dataclass(frozen=True, slots=True)
class _Light:
    pk: int
    slug: str
    document_hash: str
    birth_hash: str
    spoken: str
    apart_from: list[str]


_COLUMNS = ("pk", "slug", "document_hash", "birth_hash", "spoken", "apart_from")


def twins(user: Any, edition: Edition, *, first: int, last: int) -> tuple[list[Twins], int]:
    """Return the pairs from one place to another, the surest first, and how many there are. Three SQL queries."""
    people = workable(people_for(user, edition), user, edition).counted()
    pairs = _pairs(people, edition)
    wanted = pairs[first:last]
    found = people.in_bulk({pk for pair in wanted for pk in pair[:2]})
    made = [Twins(found[one], found[other], sure >= CERTAIN) for one, other, sure in wanted]
    return made, len(pairs)


def _pairs(people: QuerySet[Person], edition: Edition) -> list[tuple[int, int, float]]:
    """Return the keys of pairs with how sure each is; kept as long as nobody at the edition changes."""
    told = people.order_by().aggregate(n=Count("pk"), last=Max("pk"), turns=Sum("revision"), lists=Sum("delegation_id"))
    name = f"twins {edition.slug} {told['n']} {told['last']} {told['turns']} {told['lists']}".replace(" ", ":")
    pairs: list[tuple[int, int, float]] | None = cache.get(name)
    if pairs is None:
        pairs = _found(people, is_small=(told["n"] or 0) <= MOST_COMPARED)
        cache.set(name, pairs, KEPT_S)
    return pairs


def _found(people: QuerySet[Person], *, is_small: bool) -> list[tuple[int, int, float]]:
    rows = people.order_by("pk").values_list(*_COLUMNS, *(_NAMES if is_small else ()))
    if not is_small:
        rows = rows.filter(
            Q(document_hash__in=_twice(people, "document_hash")) | Q(spoken__in=_twice(people, "spoken"))
        )
    read = list(rows)
    light = {row[0]: _Light(*row[: len(_COLUMNS)]) for row in read}
    sure: dict[tuple[int, int], float] = dict.fromkeys(_same(light.values(), "document_hash"), CERTAIN)
    for pair in _same(light.values(), "spoken"):
        if _births_agree(light[pair[0]], light[pair[1]]):
            sure.setdefault(pair, 1.0)
    if is_small:
        for alike in candidates([Somebody(row[0], _names(*row[len(_COLUMNS) :])) for row in read]):
            one, other = sorted((light[alike.one], light[alike.other]), key=lambda each: each.pk)
            if _births_agree(one, other):
                sure.setdefault((one.pk, other.pk), alike.likeness)
    kept = [(one, other, how) for (one, other), how in sure.items() if light[other].slug not in light[one].apart_from]
    return sorted(kept, key=lambda pair: (-pair[2], pair[0], pair[1]))


_NAMES = ("given_name", "family_name", "name")


def _names(given: str, family: str, preferred: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (f"{given} {family}".strip(), *preferred.values.values()) if name))


def _twice(people: QuerySet[Person], column: str) -> QuerySet[Any]:
    """Return the values of a column that more than one person has."""
    filled: QuerySet[Any] = people.order_by().exclude(**{column: ""}).values(column)
    found: QuerySet[Any] = filled.annotate(n=Count("pk")).filter(n__gt=1).values(column)
    return found


def _same(people: Iterable[_Light], column: str) -> Iterable[tuple[int, int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for person in people:
        if value := getattr(person, column):
            groups[value].append(person.pk)
    for group in groups.values():
        yield from combinations(sorted(group)[:MOST_OF_ONE], 2)


def _births_agree(one: _Light, other: _Light) -> bool:
    """Whether two birthdays speak for nothing against one person; one that is not known speaks for nobody."""
    return not one.birth_hash or not other.birth_hash or one.birth_hash == other.birth_hash
