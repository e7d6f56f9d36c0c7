"""The plan of an edition as a whole: its obligations, their order, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from ejlas.delegations.rules.folding import folded
from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Link, Obligation, Resource, ResourceUse, Workstream


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan; links and uses by the key of the obligation that begins after, or holds."""

    edition: Edition
    rows: tuple[Obligation, ...]
    links: Mapping[int, tuple[tuple[int, int], ...]]
    uses: Mapping[int, tuple[tuple[Resource, int], ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """The names that things of an edition have in any language, folded, with the slug of each."""

    obligations: Mapping[str, str]
    bodies: Mapping[str, str]
    workstreams: Mapping[str, str]
    resources: Mapping[str, str]


def plan_of(edition: Edition) -> Plan:
    """Return the plan of an edition, workstream by workstream. Three SQL queries."""
    rows = Obligation.objects.filter(edition=edition).select_related("body", "workstream")
    links: dict[int, list[tuple[int, int]]] = {}
    for before, after, lag in Link.objects.filter(after__edition=edition).values_list("before", "after", "lag_days"):
        links.setdefault(after, []).append((before, lag))
    uses: dict[int, list[tuple[Resource, int]]] = {}
    for use in ResourceUse.objects.filter(obligation__edition=edition).select_related("resource"):
        uses.setdefault(use.obligation_id, []).append((use.resource, use.amount))
    # Databases differ in where they put those without a workstream.
    ordered = rows.order_by(F("workstream__position").asc(nulls_last=True), "workstream_id", "position", "pk")
    return Plan(edition, tuple(ordered), _frozen(links), _frozen(uses))


def _frozen(groups: Mapping[int, list[Any]]) -> dict[int, tuple[Any, ...]]:
    return {key: tuple(values) for key, values in groups.items()}


def known_names(edition: Edition) -> Known:
    """Return the names by which a plan may mean what is there already. Four SQL queries."""
    models: tuple[Any, ...] = (Obligation, Body, Workstream, Resource)
    return Known(*(_names(model.objects.filter(edition=edition).only("slug", "name")) for model in models))


def _names(rows: Iterable[Any]) -> dict[str, str]:
    return {folded(words): row.slug for row in rows for words in (row.slug, *row.name.values.values())}
