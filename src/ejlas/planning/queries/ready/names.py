"""The names of what a forecast speaks of by slugs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value

from ejlas.core.text import Text
from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Obligation, Resource, Workstream


@dataclass(frozen=True, slots=True)
class Names:
    """Names by slug; what is not there any more has none."""

    obligations: Mapping[str, Text]
    workstreams: Mapping[str, Text]
    resources: Mapping[str, Text]


def names_of(edition: Edition, obligations: Collection[str]) -> Names:
    """Return the names of some obligations, and of all workstreams and limited hands. One SQL query."""
    rows = _named(Obligation.objects.filter(edition=edition, slug__in=sorted(obligations)), "obligation").union(
        _named(Workstream.objects.filter(edition=edition), "workstream"),
        _named(Resource.objects.filter(edition=edition), "resource"),
        all=True,
    )
    found: dict[str, dict[str, Text]] = {"obligation": {}, "workstream": {}, "resource": {}}
    for kind, slug, name in rows:
        found[kind][slug] = name
    return Names(found["obligation"], found["workstream"], found["resource"])


def groups_of(edition: Edition) -> tuple[list[tuple[str, Text]], list[tuple[str, Text]]]:
    """Return the bodies and the workstreams of an edition in their order, by slug and name. Two SQL queries."""
    bodies = Body.objects.filter(edition=edition).order_by("position", "pk").values_list("slug", "name")
    streams = Workstream.objects.filter(edition=edition).order_by("position", "pk").values_list("slug", "name")
    return list(bodies), list(streams)


def _named(rows: QuerySet[Any], kind: str) -> Any:
    kinds = Value(kind, output_field=CharField())
    return rows.order_by().annotate(kind=kinds).values_list("kind", "slug", "name")
