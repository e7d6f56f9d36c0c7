"""The split of duties with what came of each, and what a duty can still unfold into."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q

from ejlas.forum.models import Duty, Edition
from ejlas.readiness import permissions
from ejlas.readiness.models import Obligation, ObligationQuerySet
from ejlas.readiness.rules.states import WORKED


@dataclass(slots=True)
class Carried:
    """What came of a duty: how many obligations in each state, and how many of them are late."""

    by_state: dict[str, int] = field(default_factory=dict)
    n_late: int = 0

    @property
    def n_obligations(self) -> int:
        """How many obligations came of it."""
        return sum(self.by_state.values())


def split_of(edition: Edition, *, today: date) -> tuple[list[tuple[Duty, Carried]], Carried]:
    """Return the duties of an edition with what came of each, and what came of none. Two SQL queries."""
    late = Count("pk", filter=Q(due_on__lt=today) & ~Q(state__in=sorted(WORKED)))
    counted = Obligation.objects.filter(edition=edition).order_by().values("duty_id", "state")
    found: dict[int | None, Carried] = {}
    for row in counted.annotate(n=Count("pk"), n_late=late):
        carried = found.setdefault(row["duty_id"], Carried())
        carried.by_state[row["state"]] = row["n"]
        carried.n_late += row["n_late"]
    duties = Duty.objects.filter(edition=edition).order_by("position", "pk")
    return [(duty, found.get(duty.pk, Carried())) for duty in duties], found.get(None, Carried())


def slugs_there(edition: Edition) -> frozenset[str]:
    """Return the short names of the duties that stand there. One SQL query."""
    return frozenset(Duty.objects.filter(edition=edition).values_list("slug", flat=True))


def obligations_of(user: Any, duty: Duty) -> ObligationQuerySet:
    """Return what came of a duty as far as a user may see it, with its bodies, by the day it is due."""
    seen = permissions.visible_obligations(user, duty.edition).filter(duty=duty)
    return seen.select_related("edition", "body").order_by("due_on", "position", "pk")


def n_obligations_of(duties: Iterable[Duty]) -> int:
    """Return how many obligations came of some duties. One SQL query."""
    return Obligation.objects.filter(duty__in=[duty.pk for duty in duties]).count()


def may_attach(duty: Duty) -> ObligationQuerySet:
    """Return the obligations that came of no duty, or of another one."""
    others = Obligation.objects.filter(edition=duty.edition_id).exclude(duty=duty)
    return others.select_related("edition", "duty").order_by("position", "pk")


def by_origin(edition: Edition) -> Mapping[str, Obligation]:
    """Return what came of lines of a template, by the line, with its duty. One SQL query."""
    came = Obligation.objects.filter(edition=edition).exclude(origin="").select_related("edition", "duty")
    return {row.origin: row for row in came}


def with_slugs(edition: Edition, slugs: Collection[str]) -> list[Obligation]:
    """Return the obligations of these short names that came of no duty yet. One SQL query."""
    free = Obligation.objects.filter(edition=edition, duty=None, slug__in=slugs).select_related("edition")
    return list(free.order_by("position", "pk"))
