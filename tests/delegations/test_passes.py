"""Passes: made on approval, taken from step to step, following their person; tokens within their quotas."""

from __future__ import annotations

from typing import Any

import pytest

from ejlas.accounts import queries as accounts
from ejlas.core.errors import RuleBroken
from ejlas.delegations import operations
from ejlas.delegations.models import Access, Badge, Delegation, GateList, Person
from ejlas.delegations.operations.errors import ReasonNeeded
from ejlas.delegations.operations.passes import badges, errors, matrix, steps
from ejlas.delegations.rules.passes.access import Cell
from ejlas.delegations.rules.passes.badges import CHECKED_ANEW, BadgeState, BadgeStep
from ejlas.delegations.rules.states import PersonState, Step
from tests.factories.delegations import capacity, named
from tests.factories.passes import AT, approved, category, handed, issued

SLUGS = ("rasht2025", "atlantic2027")


@pytest.fixture(params=SLUGS)
def delegation(summits: dict[str, Any], request: pytest.FixtureRequest) -> Delegation:
    found = Delegation.objects.filter(edition=summits[request.param]).select_related("edition", "party")
    return found.order_by("position")[0]


def stands(badge: Badge) -> Badge:
    return Badge.objects.get(pk=badge.pk)


def test_clearing_a_person_makes_the_pass_that_the_capacity_gives(delegation: Delegation) -> None:
    by = accounts.system_account()
    person = named(delegation, slug="interpreter")[0]
    Person.objects.filter(pk=person.pk).update(state=PersonState.VETTING)

    operations.take_step(person=person, step=Step.CLEAR, by=by, at=AT)

    (badge,) = Badge.objects.filter(person=person)
    assert (badge.state, badge.category.slug, badge.kind) == (BadgeState.APPROVED, "advisers", "badge")


def test_a_later_refusal_revokes_the_pass_at_once_and_the_gates_learn_of_it(delegation: Delegation) -> None:
    by = accounts.system_account()
    badge = issued(delegation)[0]
    before = GateList.objects.get(edition=delegation.edition).revision

    operations.take_step(person=badge.person, step=Step.REFUSE, by=by, at=AT, reason="A warrant")

    found = stands(badge)
    assert (found.state, found.reason) == (BadgeState.REVOKED, "A warrant")
    assert found.gate_revision == GateList.objects.get(edition=delegation.edition).revision > before


def test_a_pass_waits_while_its_person_is_checked_anew_and_then_opens_gates_again(delegation: Delegation) -> None:
    by = accounts.system_account()
    badge = issued(delegation)[0]

    operations.change_person(thing=badge.person, fields={"family_name": "Otherwise"}, by=by, at=AT)

    waiting = stands(badge)
    assert (waiting.state, waiting.reason) == (BadgeState.SUSPENDED, CHECKED_ANEW)
    Person.objects.filter(pk=badge.person_id).update(state=PersonState.VETTING)
    operations.take_step(person=badge.person, step=Step.CLEAR, by=by, at=AT)
    assert (stands(badge).state, stands(badge).reason) == (BadgeState.ISSUED, "")


def test_another_capacity_gives_another_category_and_voids_what_was_printed(delegation: Delegation) -> None:
    by = accounts.system_account()
    badge = issued(delegation)[0]

    operations.change_person(
        thing=badge.person, fields={"capacity": capacity(delegation.edition, "companion")}, by=by, at=AT
    )
    Person.objects.filter(pk=badge.person_id).update(state=PersonState.VETTING)
    operations.take_step(person=badge.person, step=Step.CLEAR, by=by, at=AT)

    found = stands(badge)
    assert (found.category.slug, found.state) == ("companions", BadgeState.APPROVED)


def test_a_suspension_by_an_officer_does_not_end_by_itself(delegation: Delegation) -> None:
    by = accounts.system_account()
    badge = issued(delegation)[0]
    steps.take_step(badges=[badge], step=BadgeStep.SUSPEND, by=by, at=AT, reason="Asked by the host")

    operations.change_person(thing=badge.person, fields={"note": "spoken to"}, by=by, at=AT)
    assert stands(badge).state == BadgeState.SUSPENDED

    steps.take_step(badges=[badge], step=BadgeStep.RESUME, by=by, at=AT)
    assert stands(badge).state == BadgeState.ISSUED


def test_a_lost_pass_is_replaced_under_another_number(delegation: Delegation) -> None:
    by = accounts.system_account()
    badge = issued(delegation)[0]

    new = steps.report_lost(badge=badge, reason="In a taxi", by=by, at=AT)

    assert (stands(badge).state, new.state, new.replaces_id) == (BadgeState.LOST, BadgeState.APPROVED, badge.pk)
    assert new.number > badge.number
    assert new.person_id == badge.person_id


def test_printing_again_asks_why_and_counts(delegation: Delegation) -> None:
    by = accounts.system_account()
    badge = issued(delegation)[0]

    with pytest.raises(ReasonNeeded):
        steps.note_printed(badges=[badge], by=by, at=AT)
    steps.note_printed(badges=[badge], by=by, at=AT, reason="Damaged")

    assert (stands(badge).print_number, stands(badge).state) == (2, BadgeState.PRINTED)


@pytest.mark.parametrize(
    ("to", "fault"),
    [
        (steps.Collected(), errors.SignatureNeeded),
        (steps.Collected(name="Rostam", is_signed_on_paper=True), errors.AuthorityNeeded),
    ],
)
def test_cards_are_handed_to_nobody_without_signature_or_authority(
    delegation: Delegation, to: steps.Collected, fault: type[RuleBroken]
) -> None:
    by = accounts.system_account()
    badge = approved(delegation)[0]
    steps.note_printed(badges=[badge], by=by, at=AT)

    with pytest.raises(fault):
        steps.hand_out(badges=[badge], to=to, by=by, at=AT)

    assert stands(badge).state == BadgeState.PRINTED


def test_written_authority_is_kept_with_the_card(delegation: Delegation) -> None:
    by = accounts.system_account()
    made = approved(delegation, 2)
    steps.note_printed(badges=made, by=by, at=AT)
    to = steps.Collected("Rostam Darvishi", b"%PDF-1.4 a letter", "letter.pdf", is_signed_on_paper=True)

    steps.hand_out(badges=made, to=to, by=by, at=AT)

    first = stands(made[0])
    assert (first.issued_to, first.is_by_authority, first.authority is not None) == ("Rostam Darvishi", True, True)


def test_a_step_that_does_not_lead_on_from_here_changes_none_of_many(delegation: Delegation) -> None:
    by = accounts.system_account()
    printed, fresh = issued(delegation)[0], approved(delegation)[0]

    with pytest.raises(errors.BadgeStepNotPossible):
        steps.take_step(badges=[printed, fresh], step=BadgeStep.LOSE, by=by, at=AT, reason="Gone")

    assert stands(printed).state == BadgeState.ISSUED


def test_a_delegation_gets_no_more_tokens_than_its_quota_and_its_uses(delegation: Delegation) -> None:
    by = accounts.system_account()
    floater = category(delegation.edition, "leaders-floater")
    badges.add_tokens(delegation=delegation, category=floater, n_tokens=1, by=by, at=AT, mark="security")

    with pytest.raises(errors.LimitReached):
        badges.add_tokens(delegation=delegation, category=floater, n_tokens=1, by=by, at=AT, mark="security")
    badges.add_tokens(delegation=delegation, category=floater, n_tokens=5, by=by, at=AT)
    with pytest.raises(errors.QuotaReached):
        badges.add_tokens(delegation=delegation, category=floater, n_tokens=1, by=by, at=AT)


def test_a_rank_class_may_lead_to_a_category_of_its_own(delegation: Delegation) -> None:
    by = accounts.system_account()
    edition = delegation.edition
    fields = {
        "slug": "first-rank",
        "short": "A1",
        "capacities": ["delegate"],
        "rank_classes": [delegation.party.rank_class],
        "position": 0,
    }
    matrix.add_category(edition=edition, fields=fields, by=by, at=AT)

    assert approved(delegation)[0].category.slug == "first-rank"


def test_two_officers_at_the_matrix_lose_nothing_to_one_another(delegation: Delegation) -> None:
    by, edition = accounts.system_account(), delegation.edition
    one, other = Cell("advisers", "press", "days"), Cell("delegates", "ceremony", "days")

    matrix.change_matrix(edition=edition, allowed=[one], forbidden=[], by=by, at=AT)
    done = matrix.change_matrix(
        edition=edition, allowed=[], forbidden=[other, Cell("gone", "hall", "days")], by=by, at=AT
    )

    assert done == (0, 1)
    held = Access.objects.filter(category__edition=edition).values_list("category__slug", "zone__slug", "window__slug")
    assert one in set(held)
    assert other not in set(held)


def test_whom_no_category_suits_gets_no_pass(delegation: Delegation) -> None:
    by, edition = accounts.system_account(), delegation.edition
    matrix.change_thing(thing=category(edition, "companions"), fields={"capacities": []}, by=by, at=AT)

    assert approved(delegation, slug="companion") == []


def test_erasing_a_person_voids_the_pass_and_takes_the_name_from_it(delegation: Delegation) -> None:
    from ejlas.delegations.operations import privacy

    by = accounts.system_account()
    badge = handed(approved(delegation))[0]

    privacy.erase_person(person=Person.objects.get(pk=badge.person_id), by=by, at=AT)

    found = stands(badge)
    assert (found.state, found.issued_to, found.signature) == (BadgeState.REVOKED, "", None)
