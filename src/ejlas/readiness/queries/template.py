"""What a template would add to an edition, and the plan of an edition as a template for the next host."""

from __future__ import annotations

from datetime import date

from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Link, Obligation, Resource, ResourceUse, Workstream
from ejlas.readiness.rules.days import calendar_of
from ejlas.readiness.rules.states import EvidenceKind
from ejlas.readiness.rules.template.learning import days_taken, proposed
from ejlas.readiness.rules.template.timing import days_before
from ejlas.readiness.rules.template.values import Estimate, Limited, Line, Named, Template


def lines_there(edition: Edition) -> frozenset[str]:
    """Return the lines of templates from which an obligation of the edition came already."""
    found = Obligation.objects.filter(edition=edition).exclude(origin="")
    return frozenset(found.values_list("origin", flat=True))


def bodies_to_choose(edition: Edition) -> list[Body]:
    """Return the bodies that can owe something new."""
    return list(Body.objects.filter(edition=edition, dissolved_on=None))


def plan_as_template(edition: Edition, *, opening: date) -> Template:
    """Return the plan of an edition as a template, estimates moved towards what really happened. Six SQL queries.

    Persons, contacts, comments and files stay behind.
    """
    rows = list(Obligation.objects.filter(edition=edition).select_related("body", "workstream"))
    slugs = _slugs(rows)
    after: dict[int, dict[str, int]] = {}
    for link in Link.objects.filter(after__edition=edition):
        after.setdefault(link.after_id, {})[slugs[link.before_id]] = link.lag_days
    uses: dict[int, dict[str, int]] = {}
    for use in ResourceUse.objects.filter(obligation__edition=edition).select_related("resource"):
        uses.setdefault(use.obligation_id, {})[use.resource.slug] = use.amount
    return Template(
        edition.name,
        tuple(Named(each.slug, each.name) for each in Workstream.objects.filter(edition=edition)),
        tuple(Named(each.slug, each.name) for each in Body.objects.filter(edition=edition)),
        tuple(Limited(each.slug, each.name, each.capacity) for each in Resource.objects.filter(edition=edition)),
        tuple(_line(row, edition, opening, slugs, after.get(row.pk, {}), uses.get(row.pk, {})) for row in rows),
    )


def _slugs(rows: list[Obligation]) -> dict[int, str]:
    """Return the slug of each line: the one of the template from which it came, if no other bears it."""
    found: dict[int, str] = {}
    taken: set[str] = {row.slug for row in rows if not row.origin}
    for row in rows:
        slug = row.origin if row.origin and row.origin not in taken else row.slug
        found[row.pk] = slug
        taken.add(slug)
    return found


def _line(
    row: Obligation, edition: Edition, opening: date, slugs: dict[int, str], after: dict[str, int], uses: dict[str, int]
) -> Line:
    calendar = calendar_of(edition.settings, edition.country)
    planned = Estimate(row.least_days, row.likely_days, row.most_days)
    took = days_taken(calendar, row.started_on, row.delivered_on)
    return Line(
        slug=slugs[row.pk],
        name=row.name,
        detail=row.detail,
        estimate=proposed(planned, took),
        workstream=row.workstream.slug if row.workstream else "",
        body=row.body.slug if row.body else "",
        due=None if row.due_on is None else days_before(calendar, opening, row.due_on),
        after=after,
        uses=uses,
        evidence=tuple(EvidenceKind(kind) for kind in row.evidence),
        took=took,
        planned=None if took is None else planned,
    )
