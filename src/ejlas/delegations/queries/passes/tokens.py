"""Tokens of delegations, and spares: how many each may have, has, and what is free."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from ejlas.delegations.models import Badge, Category, Delegation
from ejlas.delegations.queries.passes.things import badges_for
from ejlas.delegations.rules.passes.badges import HOLDING, TOKENS, BadgeKind, BadgeState
from ejlas.forum.models import Edition


@dataclass(slots=True)
class Held:
    """What a delegation has of a category of tokens; `marks` counts the uses."""

    category: Category
    n_held: int = 0
    n_out: int = 0
    marks: dict[str, int] = field(default_factory=dict)

    @property
    def n_free(self) -> int | None:
        """How many more it may have; None where there is no limit."""
        most = self.category.per_delegation
        return None if most is None else max(0, most - self.n_held)


def token_categories(edition: Edition) -> list[Category]:
    """Return the categories of tokens, in their order. One SQL query."""
    return list(Category.objects.filter(edition=edition, kind__in=sorted(TOKENS)).order_by("position", "pk"))


def delegations_with_tokens(edition: Edition) -> QuerySet[Delegation]:
    """Return the delegations that may have tokens, in their order."""
    return Delegation.objects.filter(edition=edition).select_related("party", "edition").order_by("position", "pk")


def held_by(delegations: list[Delegation], categories: list[Category]) -> dict[int, list[Held]]:
    """Return what each delegation, by its key, has of each category. One SQL query."""
    rows = Badge.objects.filter(delegation__in=delegations, category__in=categories, state__in=sorted(HOLDING))
    counted = rows.order_by().values_list("delegation_id", "category_id", "mark", "state").annotate(number=Count("pk"))
    found: dict[int, dict[int, Held]] = defaultdict(dict)
    for delegation, category, mark, state, number in counted:
        by_key = {each.pk: each for each in categories}
        held = found[delegation].setdefault(category, Held(by_key[category]))
        held.n_held += number
        held.n_out += number if state in (BadgeState.ISSUED, BadgeState.SUSPENDED) else 0
        if mark:
            held.marks[mark] = held.marks.get(mark, 0) + number
    return {
        each.pk: [found[each.pk].get(category.pk) or Held(category) for category in categories] for each in delegations
    }


def tokens_of(user: Any, delegation: Delegation) -> list[Badge]:
    """Return the tokens of a delegation, those that are void too. One SQL query."""
    found = badges_for(user, delegation.edition).filter(delegation=delegation, kind__in=sorted(TOKENS))
    return list(found.order_by("category__position", "number"))


def spare_categories(edition: Edition) -> list[Category]:
    """Return the categories of spares, in their order. One SQL query."""
    return list(
        Category.objects.filter(edition=edition, kind=BadgeKind.SPARE).select_related("edition").order_by("position")
    )


def spare_counts(edition: Edition) -> dict[str, int]:
    """Return how many spares stand in each state. One SQL query."""
    rows = Badge.objects.filter(edition=edition, kind=BadgeKind.SPARE).order_by().values_list("state")
    return dict(rows.annotate(number=Count("pk")))


def free_spares(user: Any, edition: Edition) -> QuerySet[Badge]:
    """Return the spares that are printed and name nobody, by number."""
    return badges_for(user, edition).filter(kind=BadgeKind.SPARE, state=BadgeState.PRINTED).order_by("number")


def spares_given(edition: Edition, *, since: datetime) -> list[Badge]:
    """Return the spares that were given out since a moment, with who holds them, the latest first. One SQL query."""
    rows = Badge.objects.filter(edition=edition, kind=BadgeKind.SPARE, issued_at__gte=since)
    return list(rows.select_related("category", "edition", "delegation").order_by("-issued_at", "-pk")[:200])


def delegation_at(edition: Edition, slug: str) -> Delegation | None:
    """Return a delegation of an edition. One SQL query."""
    return Delegation.objects.filter(edition=edition, slug=slug).select_related("party", "edition").first()
