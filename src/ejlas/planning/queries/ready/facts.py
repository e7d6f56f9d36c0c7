"""What the host owes on a day, as a forecast sees it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from ejlas.forum.models import Edition
from ejlas.planning.rules.ready.basis import Basis, Owed, Rules
from ejlas.readiness.models import Link, Obligation, Resource, ResourceUse
from ejlas.readiness.rules.days import calendar_of
from ejlas.readiness.rules.house import stored

_FIELDS = (
    "pk",
    "slug",
    "state",
    "body__slug",
    "workstream__slug",
    "least_days",
    "likely_days",
    "most_days",
    "due_on",
    "start_after",
    "started_on",
    "delivered_on",
)


def basis_of(edition: Edition, *, today: date) -> Basis:
    """Return what the host owes. Four SQL queries."""
    after: defaultdict[int, dict[str, int]] = defaultdict(dict)
    links = Link.objects.filter(after__edition=edition).values_list("after_id", "before__slug", "lag_days")
    for key, before, lag in links:
        after[key][before] = lag
    uses: defaultdict[int, dict[str, int]] = defaultdict(dict)
    held = ResourceUse.objects.filter(obligation__edition=edition)
    for key, kind, amount in held.values_list("obligation_id", "resource__slug", "amount"):
        uses[key][kind] = amount
    rows = Obligation.objects.filter(edition=edition).order_by("pk").values_list(*_FIELDS)
    return Basis(
        today=today,
        opening=edition.starts_on,
        rules=_rules(edition),
        owed=tuple(_owed(row, after.get(row[0], {}), uses.get(row[0], {})) for row in rows),
        hands=dict(Resource.objects.filter(edition=edition).order_by("slug").values_list("slug", "capacity")),
    )


def _owed(row: Any, after: dict[str, int], uses: dict[str, int]) -> Owed:
    _key, slug, state, body, stream, least, likely, most, due, start_after, started, delivered = row
    return Owed(
        slug=slug,
        state=state,
        body=body or "",
        stream=stream or "",
        least=least,
        likely=likely,
        most=most,
        due=due,
        start_after=start_after,
        started=started,
        delivered=delivered,
        after=after,
        uses=uses,
    )


def _rules(edition: Edition) -> Rules:
    numbers = stored(edition.settings)
    calendar = calendar_of(edition.settings, edition.country)
    return Rules(
        weekend=tuple(sorted(calendar.weekend)),
        holidays=tuple(sorted(calendar.holidays)),
        extra_days=tuple(sorted(calendar.extra)),
        ready_days=numbers["ready_days"],
        body_spread=numbers["body_spread"],
        n_runs=numbers["n_runs"],
        distribution=numbers["distribution"],
    )


def days_delivered(edition: Edition) -> dict[str, date | None]:
    """Return the day on which each obligation that is there was delivered, or None. One SQL query."""
    return dict(Obligation.objects.filter(edition=edition).values_list("slug", "delivered_on"))
