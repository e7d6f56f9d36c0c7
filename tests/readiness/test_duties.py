"""Duties: the usual split put in, unfolded into obligations, and what becomes of these when a duty goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line as TrailLine
from ejlas.forum.models import Duty
from ejlas.journeys.summit_file.load import load
from ejlas.readiness.models import Body, Link, Obligation
from ejlas.readiness.operations import duties as operations
from ejlas.readiness.operations import errors
from ejlas.readiness.operations.template import NEW, NONE
from ejlas.readiness.queries import duties as queries
from ejlas.readiness.rules.days import calendar_of
from ejlas.readiness.rules.template.duties import lines_of, owner_of_lines, standard_duties
from ejlas.readiness.rules.template.standard import LANGUAGES_OF_NAMES, standard
from ejlas.readiness.rules.template.timing import day_before
from tests.factories.readiness import AT, body, owed
from tests.factories.summits import SUMMITS, summit

BY = accounts.system_account


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    return summits[request.param]


def put_in(edition: Any, *slugs: str) -> list[Duty]:
    return operations.put_in_duties(edition=edition, chosen=slugs, by=BY(), at=AT)


def unfold(duty: Duty, *slugs: str, **more: Any) -> operations.Unfolded:
    opening = duty.edition.starts_on
    return operations.unfold_duty(duty=duty, template=standard(), chosen=slugs, opening=opening, by=BY(), at=AT, **more)


def test_the_usual_split_has_thirteen_lines_in_every_language_and_each_line_of_the_template_belongs_to_one() -> None:
    duties, template = standard_duties(), standard()
    streams, lines = {each.slug for each in template.workstreams}, {each.slug for each in template.lines}

    assert len(duties) == len({duty.slug for duty in duties}) == 13
    assert {duty.bearer for duty in duties} == {"host", "lead_ministry", "secretariat"}
    for duty in duties:
        assert duty.task.values.keys() == set(LANGUAGES_OF_NAMES)
        assert duty.bearer not in duty.supported_by
        assert streams >= set(duty.workstreams)
        assert lines >= set(duty.lines)
    assert owner_of_lines(template.lines).keys() == lines
    assert sum(len(lines_of(duty.slug, template)) for duty in duties) == len(template.lines)
    assert all(lines_of(duty.slug, template) for duty in duties)
    assert [line.slug for line in lines_of("invitations", template)] == ["invitations-sent", "liaison-trained"]
    assert lines_of("of-our-own", template) == ()


def test_chosen_lines_of_the_usual_split_are_put_in_once_in_the_languages_of_the_edition(edition: Any) -> None:
    Duty.objects.filter(edition=edition).delete()

    added = put_in(edition, "direction", "halls", "no-such-line")
    again = put_in(edition, "halls", "press")

    stored = list(Duty.objects.filter(edition=edition))
    assert [[duty.slug for duty in each] for each in (added, again)] == [["direction", "halls"], ["press"]]
    assert [duty.slug for duty in stored] == ["direction", "halls", "press"]
    assert stored[0].task.values.keys() == set(LANGUAGES_OF_NAMES) & {*edition.languages, *edition.fallback_languages}
    assert (stored[0].bearer, stored[0].supported_by) == ("host", ["lead_ministry", "secretariat"])
    assert TrailLine.objects.filter(scope=edition.slug, event="forum.duty.added", subject="press").count() == 1


def test_a_duty_unfolds_into_obligations_timed_backwards_each_owed_by_the_body_that_was_said(edition: Any) -> None:
    [duty] = put_in(edition, "halls")
    governor = body(edition, "governor")
    owed_by = {"venue-chosen": "governor", "halls-surveyed": NONE, "venue-contracted": NEW}

    done = unfold(duty, "venue-chosen", "halls-surveyed", "venue-contracted", owed_by=owed_by)
    again = unfold(duty, "venue-chosen", owed_by={"venue-chosen": NONE})

    rows = {row.origin: row for row in Obligation.objects.filter(duty=duty)}
    calendar = calendar_of(edition.settings, edition.country)
    dues = {line.slug: line.due for line in standard().lines}
    assert (done.applied.n_obligations, again.applied.n_obligations) == (3, 0)
    assert {slug: row.body for slug, row in rows.items()} == {
        "venue-chosen": governor,
        "halls-surveyed": None,
        "venue-contracted": Body.objects.get(edition=edition, slug="finance"),
    }
    assert not Body.objects.filter(edition=edition, slug__in=["host-authority", "venue-owner"]).exists()
    for slug, row in rows.items():
        assert row.due_on == day_before(calendar, edition.starts_on, dues[slug] or 0)
    assert Link.objects.filter(after__duty=duty, before__duty=duty).exists()
    told = TrailLine.objects.get(event="readiness.obligation.added", subject=rows["venue-chosen"].slug)
    assert told.held.values["after"]["duty"] == "halls"


def test_what_stands_there_is_attached_and_not_doubled(edition: Any) -> None:
    [halls, press] = put_in(edition, "halls", "press")
    unfold(press, "media-plan")
    free = owed(edition, "Sweep the yard", origin="venue-chosen")

    done = unfold(halls, "venue-chosen", "media-plan", attached={free.slug, "media-plan"})

    assert (done.applied.n_obligations, done.n_attached) == (0, 1)
    assert [row.slug for row in Obligation.objects.filter(duty=halls)] == [free.slug]
    assert [row.slug for row in Obligation.objects.filter(duty=press)] == ["media-plan"]


def test_a_body_that_is_no_more_takes_nothing_and_nothing_is_written(edition: Any) -> None:
    [duty] = put_in(edition, "halls")
    gone = body(edition, "gone", dissolved_on=date(2025, 1, 1))
    before = Obligation.objects.count()

    with pytest.raises(errors.BodyDissolved):
        unfold(duty, "venue-chosen", "halls-surveyed", owed_by={"halls-surveyed": gone.slug})

    assert Obligation.objects.count() == before


def test_the_split_counts_what_came_of_each_duty_by_state_and_what_is_late(edition: Any) -> None:
    [duty] = put_in(edition, "halls")
    due = date(2025, 6, 1)
    for more in ({}, {"due_on": None}, {"state": "done"}, {"state": "delivered"}):
        owed(edition, duty=duty, **{"due_on": due, **more})
    n_loose = Obligation.objects.filter(edition=edition, duty=None).count()

    rows, loose = queries.split_of(edition, today=due + timedelta(days=1))

    carried = {each.slug: counted for each, counted in rows}["halls"]
    assert carried.by_state == {"planned": 2, "done": 1, "delivered": 1}
    assert (carried.n_obligations, carried.n_late, loose.n_obligations) == (4, 1, n_loose)
    assert [each.slug for each, _counted in rows] == [each.slug for each in edition.duty_set.all()]


def test_a_duty_that_is_removed_lets_its_obligations_go_with_a_line_for_each(edition: Any) -> None:
    [duty] = put_in(edition, "halls")
    row = owed(edition, duty=duty)

    line = operations.remove_duty(thing=duty, by=BY(), at=AT)

    row.refresh_from_db()
    assert row.duty is None
    assert TrailLine.objects.get(number=line).event == "forum.duty.removed"
    told = TrailLine.objects.filter(event="readiness.obligation.changed", subject=row.slug).latest("number")
    assert told.held.values["before"] == {"duty": "halls"}


@pytest.mark.parametrize("slug", SUMMITS)
def test_a_summit_file_without_a_duty_lets_its_obligations_go_by_name(slug: str, summits: dict[str, Any]) -> None:
    edition, file = summits[slug], summit(slug)
    kept, gone = edition.duty_set.first(), edition.duty_set.last()
    rows = [owed(edition, duty=duty) for duty in (kept, gone)]

    load(file.model_copy(update={"duties": file.duties[:-1]}), by=BY(), at=AT)

    assert [Obligation.objects.get(pk=row.pk).duty for row in rows] == [kept, None]
    assert TrailLine.objects.filter(event="readiness.obligation.changed", subject=rows[1].slug).count() == 1


def test_an_obligation_goes_to_another_duty_and_back_by_its_lines(edition: Any) -> None:
    [halls, press] = put_in(edition, "halls", "press")
    row = owed(edition, duty=halls)

    lines = operations.set_duty(obligations=[row], duty=press, by=BY(), at=AT)
    same = operations.set_duty(obligations=[row], duty=press, by=BY(), at=AT)

    assert (len(lines), same) == (1, [])
    assert queries.n_obligations_of([halls, press]) == 1
