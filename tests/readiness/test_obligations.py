"""Obligations: from the plan to the end, their circles, their evidence, and bodies that are no more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken
from ejlas.core.text import Text
from ejlas.readiness import permissions
from ejlas.readiness.models import Obligation
from ejlas.readiness.operations import bodies, errors, obligations
from ejlas.readiness.rules.states import EvidenceKind, ObligationState, Step
from tests.factories.people import person
from tests.factories.readiness import AT, body, owed, resource


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    return summits[request.param]


def step(obligation: Obligation, *steps: Step, reason: str = "Because") -> Obligation:
    for each in steps:
        obligations.take_step(obligation=obligation, step=each, by=accounts.system_account(), at=AT, reason=reason)
    return obligation


def test_an_obligation_goes_from_the_plan_to_its_end_and_each_step_is_a_line(edition: Any) -> None:
    obligation = owed(edition)
    before = Line.objects.count()

    step(obligation, Step.ACCEPT, Step.START, Step.DELIVER, Step.INSPECT, Step.CLOSE)

    assert (obligation.state, obligation.delivered_on, obligation.progress) == ("done", date(2025, 9, 1), 100)
    assert Line.objects.count() == before + 5


def test_what_was_found_wanting_goes_back_to_work(edition: Any) -> None:
    obligation = step(owed(edition), Step.START, Step.DELIVER, Step.SEND_BACK)

    assert (obligation.state, obligation.delivered_on, obligation.reason) == ("in-work", None, "Because")


def test_two_who_close_the_same_obligation_do_not_both(edition: Any) -> None:
    obligation = step(owed(edition), Step.START, Step.DELIVER)
    seen = obligation.revision
    step(obligation, Step.CLOSE)

    with pytest.raises(errors.StepTaken):
        obligations.take_step(
            obligation=obligation, step=Step.CLOSE, by=accounts.system_account(), at=AT, revision=seen
        )
    with pytest.raises(ChangedMeanwhile):
        obligations.take_step(
            obligation=obligation, step=Step.REOPEN, by=accounts.system_account(), at=AT, revision=seen, reason="Why"
        )
    with pytest.raises(errors.StepGone):
        step(obligation, Step.INSPECT)


def test_evidence_that_was_asked_for_is_needed(edition: Any) -> None:
    obligation = step(owed(edition, evidence=["document", "inspection"]), Step.START, Step.DELIVER)
    with pytest.raises(errors.EvidenceMissing, match="document, inspection"):
        step(obligation, Step.CLOSE)

    obligations.add_evidence(
        obligation=obligation,
        kind=EvidenceKind.DOCUMENT,
        data=b"%PDF-1.4 a protocol",
        name="protocol.pdf",
        by=accounts.system_account(),
        at=AT,
    )
    step(obligation, Step.INSPECT, Step.CLOSE)

    assert obligation.state == ObligationState.DONE


def test_a_circle_is_refused_and_named_with_the_way_round(edition: Any) -> None:
    by = accounts.system_account()
    first, second, third = owed(edition, "First"), owed(edition, "Second"), owed(edition, "Third")
    obligations.set_predecessors(obligation=second, lags={first: 0}, by=by, at=AT)
    obligations.set_predecessors(obligation=third, lags={second: 2}, by=by, at=AT)

    with pytest.raises(errors.InCircle) as broken:
        obligations.set_predecessors(obligation=first, lags={third: 0}, by=by, at=AT)

    way = str(broken.value.values["way"]).split(" › ")
    assert way[0] == way[-1]
    assert set(way) == {"First", "Second", "Third"}
    assert not first.predecessors.exists()


def test_two_who_link_the_same_obligation_do_not_write_over_one_another(edition: Any) -> None:
    by, crews = accounts.system_account(), resource(edition, "crews-of-light")
    before, after = owed(edition, "Lay the cable"), owed(edition, "Light the apron")
    seen = after.revision
    obligations.set_predecessors(obligation=after, lags={before: 0}, by=by, at=AT, revision=seen)

    with pytest.raises(ChangedMeanwhile):
        obligations.set_predecessors(obligation=after, lags={}, by=by, at=AT, revision=seen)
    with pytest.raises(ChangedMeanwhile):
        obligations.set_uses(obligation=after, amounts={crews: 1}, by=by, at=AT, revision=seen)
    obligations.set_uses(obligation=after, amounts={crews: 1}, by=by, at=AT, revision=seen + 1)

    assert after.predecessors.get().before == before
    assert (after.uses.get().resource, after.revision) == (crews, seen + 2)


def test_a_refusal_names_things_and_days_in_the_language_in_which_it_is_said(summits: dict[str, Any]) -> None:
    edition, by = summits["rasht2025"], accounts.system_account()
    cable = owed(edition, Text.of(en="Lay the cable", fa="کابل‌کشی"))
    lamps = owed(edition, Text.of(en="Light the apron", fa="روشنایی باند"))
    old = body(edition, "port", name=Text.of(en="Port", fa="اداره بندر"))
    bodies.dissolve_body(body=old, day=date(2025, 9, 2), by=by, at=AT)
    obligations.set_predecessors(obligation=lamps, lags={cable: 0}, by=by, at=AT)

    with pytest.raises(errors.InCircle) as circle:
        obligations.set_predecessors(obligation=cable, lags={lamps: 0}, by=by, at=AT)
    with pytest.raises(errors.BodyDissolved) as gone:
        obligations.change_obligation(thing=cable, fields={"body": old}, by=by, at=AT)

    with translation.override("fa"):
        assert str(circle.value.values["way"]) in (
            "کابل‌کشی › روشنایی باند › کابل‌کشی",
            "روشنایی باند › کابل‌کشی › روشنایی باند",
        )
        said = gone.value.sentence(translation.gettext)
        assert "اداره بندر" in said
        assert "۱۱ شهریور ۱۴۰۴" in said
    with translation.override("ru"):
        assert "\u2068Port\u2069" in gone.value.sentence(translation.gettext)
    told = "Port was dissolved on 2 September 2025 (11 Shahrivar 1404): choose the body that follows it."
    assert gone.value.sentence() == told


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"least_days": 9, "likely_days": 5}, errors.EstimateOutOfOrder),
        ({"start_after": date(2025, 11, 11)}, errors.DueBeforeStart),
    ],
)
def test_estimates_and_days_out_of_order_change_nothing(
    edition: Any, fields: dict[str, Any], fault: type[RuleBroken]
) -> None:
    obligation = owed(edition)

    with pytest.raises(fault):
        obligations.change_obligation(thing=obligation, fields=fields, by=accounts.system_account(), at=AT)

    obligation.refresh_from_db()
    assert (obligation.least_days, obligation.start_after) == (3, None)


def test_a_dissolved_body_hands_on_what_it_owes_and_owes_nothing_new(edition: Any) -> None:
    by = accounts.system_account()
    obligation, old, heir = owed(edition), body(edition), body(edition, "port")

    with pytest.raises(errors.OpenLeft):
        bodies.dissolve_body(body=old, day=date(2025, 9, 2), by=by, at=AT)
    bodies.dissolve_body(body=old, day=date(2025, 9, 2), heir=heir, by=by, at=AT)

    obligation.refresh_from_db()
    assert obligation.body == heir
    with pytest.raises(errors.BodyDissolved):
        owed(edition, body=old)


def test_a_body_sees_and_answers_its_own_only(edition: Any) -> None:
    own, other = owed(edition), owed(edition, body=body(edition, "port"))
    officer = person()
    officer._ejlas_grants = ()
    from ejlas.accounts.rules import Held

    officer._ejlas_grants = (Held(Role.BODY, edition.slug, body="airport"),)

    assert list(permissions.visible_obligations(officer, edition).filter(pk__in=[own.pk, other.pk])) == [own]
    assert permissions.steps_for(officer, own) == (Step.ACCEPT, Step.REFUSE, Step.START)
    assert permissions.steps_for(officer, other) == ()
