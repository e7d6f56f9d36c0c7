"""Parts of the plan for one page each, so that a page costs the same however long the plan is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from ejlas.core.index import queries as index
from ejlas.core.intervals import Interval
from ejlas.forum import queries as forum
from ejlas.forum.models import Edition
from ejlas.planning.models import Run
from ejlas.planning.queries.facts import Facts
from ejlas.planning.rules import Place
from ejlas.programme import queries as programme
from ejlas.programme.models import Bilateral

MOST_UNPLACED = 60


@dataclass(frozen=True)
class DayPage:
    """What one day of the board shows: its facts, and the first of those that have no place, the weightiest first."""

    facts: Facts
    unplaced: tuple[Bilateral, ...]
    n_unplaced: int


@dataclass(frozen=True)
class TablePage:
    """One page of the table of bilaterals; the facts know by name also those that a reason tells of."""

    facts: Facts
    bilaterals: tuple[Bilateral, ...]
    n_bilaterals: int


def day_page(edition: Edition, hours: Interval, *, hand: str = "") -> DayPage:
    """Return one day of the board. Six SQL queries; `hand` names a bilateral that is shown in any case."""
    plannable = edition.bilateral_set.plannable().select_related("room")
    on_day = Q(starts_at__lt=hours.ends_at, starts_at__gte=hours.starts_at)
    placed = tuple(plannable.filter(on_day))
    waiting = plannable.filter(starts_at=None)
    unplaced = tuple(waiting.order_by("-weight", "position", "pk")[:MOST_UNPLACED])
    held = (
        tuple(plannable.filter(slug=hand)) if hand and all(hand != each.slug for each in (*placed, *unplaced)) else ()
    )
    facts = Facts(
        edition,
        tuple(forum.parties_of(edition)),
        tuple(programme.rooms_for_bilaterals(edition)),
        (),
        (*placed, *unplaced, *held),
        (),
        tuple(programme.sessions_in_meeting_rooms(edition)),
    )
    return DayPage(facts, unplaced, waiting.count())


def table_page(
    edition: Edition, run: Run | None, *, first: int, most: int, state: str = "", party: str = ""
) -> TablePage:
    """Return some rows of the table of bilaterals, with the names that the run's reasons tell. Six SQL queries."""
    rows: Any = edition.bilateral_set.select_related("room").order_by("position", "pk")
    if state == "placed":
        rows = rows.exclude(starts_at=None)
    elif state == "refused":
        rows = rows.plannable().filter(starts_at=None)
    if party:
        rows = rows.filter(slug__in=index.naming(edition.slug, "bilateral", "parties", party))
    shown = tuple(rows.prefetch_related("interpreters")[first : first + most])
    told = told_of(run.refusals.get(each.slug, ()) for each in shown) if run else set()
    others = edition.bilateral_set.filter(slug__in=told - {each.slug for each in shown})
    return TablePage(named_facts(edition, (*shown, *others)), shown, rows.count())


def named_facts(edition: Edition, bilaterals: Iterable[Bilateral] = ()) -> Facts:
    """Return facts that give names to parties, rooms and these bilaterals. Two SQL queries."""
    parties, rooms = tuple(forum.parties_of(edition)), tuple(edition.room_set.all())
    return Facts(edition, parties, rooms, (), tuple(bilaterals), (), ())


def facts_naming(edition: Edition, slugs: Iterable[str]) -> Facts:
    """Return facts that give names to parties, rooms and the bilaterals of these slugs. Three SQL queries."""
    return named_facts(edition, edition.bilateral_set.filter(slug__in=list(slugs)).only("edition", "slug", "parties"))


def placed_now(edition: Edition, *, listed_only: bool = False, with_people: bool = False) -> dict[str, Place]:
    """Return the places of the plan in force, by slug. One SQL query; with interpreters, two."""
    placed = edition.bilateral_set.plannable().exclude(starts_at=None)
    rows = placed.filter(listed=True) if listed_only else placed
    people: dict[str, list[str]] = {}
    if with_people:
        for slug, person in rows.order_by().values_list("slug", "interpreters__slug"):
            people.setdefault(slug, []).extend([person] if person else [])
    columns = rows.order_by().values_list("slug", "starts_at", "room__slug", "pinned")
    return {
        slug: Place(starts_at, room or "", tuple(sorted(people.get(slug, ()))), is_pinned=pinned)
        for slug, starts_at, room, pinned in columns
    }


def things_named(edition: Edition) -> Facts:
    """Return facts that give names to parties, rooms, interpreters and all that may be planned. Four SQL queries."""
    plannable = edition.bilateral_set.plannable().order_by("position", "pk").only("edition", "slug", "parties", "seats")
    return replace(named_facts(edition, plannable), interpreters=tuple(programme.interpreters_of(edition)))


def told_of(refusals: Iterable[Any]) -> set[str]:
    """Return the slugs of the bilaterals that these reasons tell of."""
    return {slug for reasons in refusals for reason in reasons for slug in reason["instead_of"]}
