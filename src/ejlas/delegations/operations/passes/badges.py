"""Making passes: of people who were approved, tokens of delegations, and numbered spares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.changes import Changes
from ejlas.core.index import operations as index
from ejlas.delegations.models import Badge, Category, Delegation, GateList, Person
from ejlas.delegations.operations import keeping
from ejlas.delegations.operations.passes import errors, lists
from ejlas.delegations.rules.passes.access import Assigned, category_for
from ejlas.delegations.rules.passes.badges import HOLDING, TOKENS, BadgeKind, BadgeState
from ejlas.delegations.rules.states import PersonState
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition

EVENT = "delegations.badge"
# The number of a pass takes three bytes of its code.
MOST_NUMBERS = 2**24 - 1
_TOLD = ("kind", "number", "state", "category", "delegation", "person", "mark", "replaces")


class Categories:
    """The nominative categories of an edition, asked for once."""

    def __init__(self, edition: Edition) -> None:
        rows = Category.objects.filter(edition=edition, kind=BadgeKind.BADGE).order_by("position", "pk")
        self._rows = {row.slug: row for row in rows}
        self._assigned = [
            Assigned(row.slug, BadgeKind(row.kind), frozenset(row.capacities), frozenset(row.rank_classes))
            for row in self._rows.values()
        ]

    def of(self, person: Person) -> Category | None:
        """Return the category that follows from what a person is."""
        party = person.delegation.party
        found = category_for(self._assigned, person.capacity.slug, party.rank_class if party else None)
        return self._rows[found] if found else None


@transaction.atomic
def make_badges(*, edition: Edition, by: User, at: datetime, people: Iterable[Person] | None = None) -> list[Badge]:
    """Give each approved person who has none a pass; those whom no category suits get none, which a page tells.

    Parameters
    ----------
    people : with capacity, delegation and party at hand; None for all who were approved
    """
    gate_list = lists.locked(edition)
    held = Badge.objects.filter(edition=edition, person__isnull=False, state__in=sorted(HOLDING))
    if people is None:
        approved = Person.objects.filter(edition=edition, state=PersonState.APPROVED).unsealed()
        people = approved.exclude(pk__in=held.values("person")).select_related("capacity", "delegation__party")
        people = people.order_by("delegation__position", "capacity__position", "family_name", "pk")
    else:
        people = list(people)
        taken = set(held.filter(person__in=people).values_list("person_id", flat=True))
        people = [person for person in people if person.pk not in taken]
    categories, rows = Categories(edition), []
    for person in people:
        category = categories.of(person)
        if person.state == PersonState.APPROVED and category is not None:
            rows.append({"category": category, "delegation": person.delegation, "person": person})
    return _made(edition, rows, gate_list, by=by, at=at)


@transaction.atomic
def add_tokens(
    *, delegation: Delegation, category: Category, n_tokens: int, by: User, at: datetime, mark: str = ""
) -> list[Badge]:
    """Give a delegation tokens of a category. Raises NotATransferable, QuotaReached, LimitReached."""
    gate_list = lists.locked(delegation.edition)
    _require_room(delegation, category, n_tokens, mark)
    rows: list[Mapping[str, Any]] = [{"category": category, "delegation": delegation, "mark": mark}] * n_tokens
    return _made(delegation.edition, rows, gate_list, by=by, at=at)


def _require_room(delegation: Delegation | None, category: Category, n_tokens: int, mark: str) -> None:
    if category.kind not in TOKENS or delegation is None:
        raise errors.NotATransferable(category=words(category))
    there = Badge.objects.filter(delegation=delegation, category=category, state__in=sorted(HOLDING))
    marks = Counter(there.values_list("mark", flat=True))
    named = {"delegation": keeping.title_of(delegation), "category": words(category)}
    if category.per_delegation is not None and marks.total() + n_tokens > category.per_delegation:
        raise errors.QuotaReached(most=category.per_delegation, **named)
    most = category.most_by_use.get(mark)
    if mark and most is not None and marks[mark] + n_tokens > most:
        raise errors.LimitReached(most=most, **named)


@transaction.atomic
def add_spares(*, category: Category, n_spares: int, by: User, at: datetime) -> list[Badge]:
    """Make numbered one-day cards that name nobody yet (rule 11). Raises NotATransferable."""
    if category.kind != BadgeKind.SPARE:
        raise errors.NotATransferable(category=words(category))
    gate_list = lists.locked(category.edition)
    return _made(category.edition, [{"category": category}] * n_spares, gate_list, by=by, at=at)


# What a form gives a token or a spare; `slug` where one that was removed is put back.
_BY_FORM = ("slug", "category", "delegation", "mark", "zones", "starts_at", "ends_at", "note")


@transaction.atomic
def add_by_desk(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Badge:
    """Make one token or spare from a form; a badge follows from the approval of its person.

    Raises NotATransferable, QuotaReached, LimitReached.
    """
    row = {name: fields[name] for name in _BY_FORM if fields.get(name)}
    gate_list = lists.locked(edition)
    if row["category"].kind == BadgeKind.SPARE:
        row.pop("delegation", None)
    else:
        _require_room(row.get("delegation"), row["category"], 1, row.get("mark", ""))
    return _made(edition, [row], gate_list, by=by, at=at)[0]


@transaction.atomic
def remove_badge(*, thing: Badge, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a token or a spare of which no card was printed; return the line that tells it. Raises PrintedAlready."""
    lists.note_rules(thing.edition)
    row = Badge.objects.select_for_update().get(pk=thing.pk)
    if row.print_number or row.person_id:
        raise errors.PrintedAlready(number=row.number)
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


def add_one(row: Mapping[str, Any], *, edition: Edition, by: User, at: datetime) -> Badge:
    """Make one pass in the place of another."""
    return _made(edition, [row], lists.locked(edition), by=by, at=at)[0]


def _made(
    edition: Edition, rows: Sequence[Mapping[str, Any]], gate_list: GateList, *, by: User, at: datetime
) -> list[Badge]:
    if not rows:
        return []
    first = gate_list.last_number + 1
    if first + len(rows) - 1 > MOST_NUMBERS:
        raise errors.NumbersUsedUp(most=MOST_NUMBERS)
    gate_list.last_number += len(rows)
    gate_list.revision += 1
    gate_list.save(update_fields=["last_number", "revision"])
    badges = [
        Badge(
            **{"state": BadgeState.APPROVED, "slug": keeping.new_slug(), **row},
            edition=edition,
            kind=row["category"].kind,
            number=number,
            position=number,
            gate_revision=gate_list.revision,
        )
        for number, row in enumerate(rows, start=first)
    ]
    Badge.objects.bulk_create(badges, batch_size=500)
    _note_added(badges, edition, by=by, at=at)
    return badges


def _note_added(badges: list[Badge], edition: Edition, *, by: User, at: datetime) -> None:
    index.note_rows(badges, at=at)
    done = Changes()
    for badge in badges:
        done.note_added(EVENT, badge.slug, {name: getattr(badge, name) for name in _TOLD})
    audit.record(done.entries, scope=edition.slug, by=by.name, at=at)


def words(category: Category) -> str:
    """Return the name of a category for a sentence."""
    return category.name.wording("en").text or category.slug
