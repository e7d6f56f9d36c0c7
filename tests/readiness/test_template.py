"""A template applied to a summit: once, again, in part; and the plan of a summit as a template that has learned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line as TrailLine
from ejlas.readiness.models import Body, Link, Obligation, Resource, Workstream
from ejlas.readiness.operations import errors, obligations
from ejlas.readiness.operations.template import NONE, Applied, apply_template
from ejlas.readiness.queries.template import plan_as_template
from ejlas.readiness.rules.days import calendar_of
from ejlas.readiness.rules.template.reading import read_template
from ejlas.readiness.rules.template.standard import standard
from ejlas.readiness.rules.template.timing import day_before
from ejlas.readiness.rules.template.values import Estimate
from ejlas.readiness.rules.template.writing import write_template
from tests.factories.readiness import AT, body, owed

EVERY = [line.slug for line in standard().lines]


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    return summits[request.param]


def applied(edition: Any, chosen: list[str] = EVERY, **more: Any) -> Applied:
    arguments = {"template": standard(), "opening": edition.starts_on, "by": accounts.system_account(), "at": AT}
    return apply_template(edition=edition, chosen=chosen, **{**arguments, **more})


def test_a_new_host_starts_with_a_plan_timed_backwards_by_its_own_working_days(edition: Any) -> None:
    done = applied(edition)

    rows = {row.origin: row for row in Obligation.objects.filter(edition=edition).exclude(origin="")}
    calendar = calendar_of(edition.settings, edition.country)
    assert (done.n_obligations, len(rows)) == (len(EVERY), len(EVERY))
    assert done.n_links == sum(len(line.after) for line in standard().lines)
    for line in standard().lines:
        row = rows[line.slug]
        assert row.due_on == day_before(calendar, edition.starts_on, line.due or 0) < edition.starts_on
        assert calendar.is_worked(row.due_on)
        assert (row.body is None, row.workstream is None) == (False, False)
    trail = TrailLine.objects.filter(scope=edition.slug, event="readiness.obligation.added", subject__in=rows)
    assert trail.count() == len(EVERY)


def test_a_second_time_adds_only_what_is_missing(edition: Any) -> None:
    applied(edition, ["venue-chosen", "headquarters-formed"])
    Obligation.objects.filter(edition=edition, origin="venue-chosen").update(due_on=date(2025, 1, 1))

    done = applied(edition, ["venue-chosen", "halls-surveyed"])
    again = applied(edition, ["venue-chosen", "halls-surveyed"])

    assert (done.n_obligations, done.n_links, again) == (1, 1, Applied())
    assert Obligation.objects.get(edition=edition, origin="venue-chosen").due_on == date(2025, 1, 1)
    assert Link.objects.filter(before__origin="venue-chosen", after__origin="halls-surveyed").count() == 1


def test_kinds_of_bodies_become_bodies_of_the_edition_new_ones_or_none(edition: Any) -> None:
    held = body(edition, "town-hall")
    told = {"host-authority": "town-hall", "venue-owner": NONE}
    applied(edition, ["venue-chosen", "halls-surveyed", "headquarters-formed"], bodies=told)

    owed_by = dict(Obligation.objects.filter(edition=edition).exclude(origin="").values_list("origin", "body__slug"))
    assert owed_by == {"venue-chosen": held.slug, "halls-surveyed": None, "headquarters-formed": "lead-ministry"}


def test_a_body_that_was_dissolved_gets_nothing_and_nothing_is_half_done(edition: Any) -> None:
    body(edition, "old-town", dissolved_on=date(2025, 1, 1))
    counts = [model.objects.count() for model in (Obligation, Workstream, Body, Resource)]

    with pytest.raises(errors.BodyDissolved):
        applied(edition, bodies={"city": "old-town"})

    assert [model.objects.count() for model in (Obligation, Workstream, Body, Resource)] == counts


def test_links_that_people_made_and_the_template_close_no_circle(edition: Any) -> None:
    applied(edition, ["headquarters-formed", "halls-surveyed"])
    row = {each.origin: each for each in Obligation.objects.filter(edition=edition).exclude(origin="")}
    late = {row["halls-surveyed"]: 0}
    by = accounts.system_account()
    obligations.set_predecessors(obligation=row["headquarters-formed"], lags=late, by=by, at=AT)

    with pytest.raises(errors.InCircle):
        applied(edition, ["venue-chosen"])


def test_the_template_takes_as_many_queries_for_few_lines_as_it_must(
    edition: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(len(EVERY) * 3 + 200):
        applied(edition)


def test_a_plan_is_handed_on_with_what_it_took_and_without_persons(edition: Any) -> None:
    applied(edition, ["headquarters-formed", "venue-chosen"])
    owed(edition, responsible="Somebody Real", started_on=date(2025, 11, 3), delivered_on=date(2025, 11, 5))
    row = Obligation.objects.get(edition=edition, origin="venue-chosen")
    row.started_on, row.delivered_on = date(2025, 9, 1), date(2025, 11, 5)
    row.save()

    made = plan_as_template(edition, opening=edition.starts_on)
    data = write_template(made)

    lines = {line.slug: line for line in made.lines}
    calendar = calendar_of(edition.settings, edition.country)
    took = calendar.between(date(2025, 9, 1), date(2025, 11, 5)) + calendar.is_worked(date(2025, 11, 5))
    assert read_template(data, name="plan.yaml") == (made, ())
    assert b"Somebody" not in data
    assert (lines["venue-chosen"].took, lines["venue-chosen"].planned) == (took, Estimate(5, 10, 20))
    assert lines["venue-chosen"].estimate == Estimate(5, (10 + took + 1) // 2, max(20, took))
    assert lines["venue-chosen"].due == next(line.due for line in standard().lines if line.slug == "venue-chosen")
    assert lines["venue-chosen"].after == {"headquarters-formed": 0}


def test_a_plan_handed_on_begins_the_next_summit(summits: dict[str, Any]) -> None:
    applied(summits["rasht2025"])
    made = plan_as_template(summits["rasht2025"], opening=summits["rasht2025"].starts_on)

    slugs = [line.slug for line in made.lines]
    done = applied(summits["atlantic2027"], slugs, template=made)

    assert done.n_obligations == len(slugs)
