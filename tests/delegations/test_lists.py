"""Naming people, sending the list, and what the house's rules forbid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line
from ejlas.core.changes import SEALED
from ejlas.delegations import operations, queries
from ejlas.delegations.models import Capacity, Delegation, Person
from ejlas.delegations.operations.filing import send_person
from ejlas.delegations.queries.hashes import document_hash
from ejlas.delegations.rules.states import ListState, PersonState, Step
from ejlas.forum.operations import StillNeeded
from tests.factories.delegations import AT, capacity, columns, named, opened


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(request, summits):
    return summits[request.param]


@pytest.fixture
def delegation(edition):
    return next(iter(opened(edition).values()))


@pytest.fixture
def by():
    return accounts.system_account()


def _kept(person):
    return Person.objects.get(pk=person.pk)


def test_every_party_gets_a_delegation_once_and_the_edition_its_capacities(edition, by):
    first = opened(edition)

    again = operations.open_delegations(edition=edition, by=by, at=AT)

    assert set(first) == {party.slug for party in edition.party_set.all()}
    assert again == []
    assert Capacity.objects.filter(edition=edition, audience="press").count() == 4


def test_what_is_personal_stands_sealed_in_the_table_and_not_at_all_in_the_trail(delegation):
    person = named(delegation)[0]

    raw = Person.objects.filter(pk=person.pk).extra(select={"raw": "document_number"}).values_list("raw", flat=True)[0]
    values = Line.objects.get(event="delegations.person.added", subject=person.slug).held.values["after"]

    assert person.document_number not in raw
    assert values["document_number"] == values["born_on"] == values["phone"] == SEALED
    assert person.document_number not in str(values)
    assert _kept(person).document_number == person.document_number


def test_a_person_is_found_by_the_hash_of_the_document_in_another_spelling(delegation):
    first, second = named(delegation, 2)
    operations.change_person(
        thing=second,
        fields={"document_number": first.document_number.lower() + " "},
        by=accounts.system_account(),
        at=AT,
    )

    assert [twin.slug for twin in queries.twins_of(_kept(first))] == [second.slug]


def test_people_of_one_sound_and_birthday_are_found_across_scripts(delegation):
    first = named(delegation, family_name="Orlov", given_name="Igor", born_on="1970-01-02")[0]
    other = named(delegation, family_name="Орлов", given_name="Игорь", born_on="1970-01-02")[0]
    named(delegation, family_name="Orlov", given_name="Igor", born_on="1971-01-02")

    assert [twin.slug for twin in queries.twins_of(_kept(first))] == [other.slug]


def test_no_more_are_named_than_a_capacity_and_a_delegation_take(edition, delegation, by):
    Person.objects.filter(delegation=delegation).delete()
    Delegation.objects.filter(pk=delegation.pk).update(most_people=4)
    rows = [columns(edition, slug="deputy"), columns(edition, slug="deputy"), *(columns(edition) for _ in range(4))]

    done = operations.add_people(delegation=delegation, rows=rows, by=by, at=AT)

    assert [(number, type(broken)) for number, broken in done.refused] == [
        (1, operations.CapacityFull),
        (5, operations.DelegationFull),
    ]
    assert len(done.people) == 4


def test_a_capacity_that_is_full_at_the_edition_takes_nobody(edition, by):
    one, other = list(opened(edition).values())[:2]
    Capacity.objects.filter(edition=edition, slug="adviser").update(in_all=1)
    named(one, slug="adviser")

    with pytest.raises(operations.CapacityFullInAll):
        operations.add_person(delegation=other, fields=columns(edition, slug="adviser"), by=by, at=AT)


def test_a_capacity_of_the_press_is_not_for_a_party(edition, delegation, by):
    with pytest.raises(operations.CapacityOfOthers):
        operations.add_person(delegation=delegation, fields=columns(edition, slug="reporter"), by=by, at=AT)


def test_nobody_is_named_after_the_window_unless_the_edition_says_who_approves(edition, delegation, by):
    late = queries.windows_of(delegation).nominate_by + timedelta(minutes=1)
    with pytest.raises(operations.NominationOver):
        operations.add_person(delegation=delegation, fields=columns(edition), by=by, at=late)

    operations.set_rules(edition=edition, rules={"late": "approver", "late_approver": "Protocol"}, by=by, at=late)
    delegation.refresh_from_db()
    person = operations.add_person(delegation=delegation, fields=columns(edition), by=by, at=late)

    assert person.is_late


def test_a_list_is_sent_with_those_of_whom_all_is_there(edition, delegation, by):
    whole, lacking = named(delegation, slug="head")[0], named(delegation)[0]
    with pytest.raises(operations.NominationLetterMissing):
        operations.submit_list(delegation=delegation, by=by, at=AT)
    operations.add_paper(
        delegation=delegation, kind=operations.PaperKind.NOMINATION, data=b"%PDF-1.7 letter", name="n.pdf", by=by, at=AT
    )

    operations.submit_list(delegation=delegation, by=by, at=AT)

    assert _kept(whole).state == PersonState.SUBMITTED
    assert (_kept(lacking).state, _kept(lacking).lacks) == (PersonState.DRAFT, ["photo"])
    with pytest.raises(operations.ListClosed):
        operations.add_person(delegation=delegation, fields=columns(edition), by=by, at=AT)


def test_a_list_goes_back_with_a_reason_is_confirmed_and_locked(delegation, by):
    Delegation.objects.filter(pk=delegation.pk).update(list_state=ListState.SUBMITTED)
    with pytest.raises(operations.ReasonNeeded):
        operations.return_list(delegation=delegation, answer=" ", by=by, at=AT)

    operations.return_list(delegation=delegation, answer="Two heads are named.", by=by, at=AT)
    assert delegation.list_state == ListState.RETURNED
    Delegation.objects.filter(pk=delegation.pk).update(list_state=ListState.SUBMITTED)
    with pytest.raises(operations.ConfirmationOver):
        operations.confirm_list(delegation=delegation, by=by, at=datetime(2040, 1, 1, tzinfo=UTC))
    operations.confirm_list(delegation=delegation, by=by, at=AT)
    operations.lock_list(delegation=delegation, by=by, at=AT)

    assert delegation.list_state == ListState.LOCKED


@pytest.mark.parametrize(
    ("state", "step", "after"),
    [
        (PersonState.SUBMITTED, Step.COMPLETE, PersonState.COMPLETE),
        (PersonState.COMPLETE, Step.APPROVE, PersonState.VETTING),
        (PersonState.VETTING, Step.CLEAR, PersonState.APPROVED),
        (PersonState.APPROVED, Step.REFUSE, PersonState.REFUSED),
        (PersonState.REFUSED, Step.REOPEN, PersonState.SUBMITTED),
    ],
)
def test_each_step_leads_on(state, step, after, delegation, by):
    person = named(delegation, slug="head", state=state)[0]

    operations.take_step(person=person, step=step, reason="Said on the telephone.", by=by, at=AT)

    assert _kept(person).state == after


def test_vetting_waits_for_the_desk_and_a_refusal_for_a_reason(delegation, by):
    person = named(delegation, slug="head", state=PersonState.SUBMITTED)[0]

    with pytest.raises(operations.StepNotPossible):
        operations.take_step(person=person, step=Step.CLEAR, by=by, at=AT)
    with pytest.raises(operations.ReasonNeeded):
        operations.take_step(person=person, step=Step.REFUSE, by=by, at=AT)


def test_another_identity_is_checked_anew(delegation, by):
    person = named(delegation, slug="head", state=PersonState.APPROVED)[0]

    operations.change_person(thing=person, fields={"note": "Sits in front."}, by=by, at=AT)
    assert _kept(person).state == PersonState.APPROVED
    operations.change_person(thing=person, fields={"document_number": "X7654321"}, by=by, at=AT)

    assert _kept(person).state == PersonState.SUBMITTED


def test_two_rows_become_one_with_what_only_the_other_knew(delegation, by):
    keep, other = named(delegation, slug="head", phone="")[0], named(delegation)[0]

    operations.merge(keep=keep, other=other, by=by, at=AT)

    assert (_kept(keep).phone, _kept(other).state, _kept(other).merged_into) == (
        "+994501234567",
        PersonState.WITHDRAWN,
        keep,
    )


def test_somebody_comes_instead_of_another(edition, delegation, by):
    person = named(delegation, slug="deputy")[0]

    new = operations.substitute(person=person, fields=columns(edition, slug="deputy"), by=by, at=AT)

    assert (_kept(person).state, _kept(new).substitutes) == (PersonState.WITHDRAWN, person)


def test_a_request_is_granted_once(edition, delegation, by):
    person = named(delegation)[0]
    request = operations.ask(
        delegation=delegation,
        kind=operations.RequestKind.CHANGE,
        person=person,
        fields={"office": replace(person.office), "phone": "+994500000000"},
        reason="A new number",
        by=by,
        at=AT,
    )

    operations.grant(request=request, by=by, at=AT)

    assert _kept(person).phone == "+994500000000"
    with pytest.raises(operations.RequestAnswered):
        operations.refuse(request=request, answer="No", by=by, at=AT)


def test_a_walk_in_is_let_in_on_the_word_of_an_office(edition, delegation, by):
    with pytest.raises(operations.ApproverNeeded):
        operations.add_walk_in(delegation=delegation, fields=columns(edition), approver=" ", by=by, at=AT)

    person = operations.add_walk_in(delegation=delegation, fields=columns(edition), approver="Protocol", by=by, at=AT)

    assert (person.is_walk_in, person.approver, person.state) == (True, "Protocol", PersonState.SUBMITTED)


def test_what_is_asked_of_a_capacity_is_asked_of_its_people(edition, delegation, by):
    person = named(delegation, slug="head")[0]

    operations.change_capacity(thing=capacity(edition, "head"), fields={"needs": ["press_card"]}, by=by, at=AT)

    assert _kept(person).lacks == ["press_card"]


def test_a_party_goes_with_an_empty_delegation_and_stays_with_one_that_names_people(edition, by):
    first, second = list(opened(edition).values())[:2]
    named(first)
    slugs = {party.slug for party in edition.party_set.all()}

    with pytest.raises(StillNeeded):
        operations.release_parties(edition=edition, keep=slugs - {first.slug}, by=by, at=AT)
    operations.release_parties(edition=edition, keep=slugs - {second.slug}, by=by, at=AT)

    assert Delegation.objects.filter(edition=edition, slug__in=(first.slug, second.slug)).get() == first


def test_a_document_is_the_same_whichever_way_its_state_is_spelled():
    assert document_hash("AZE", "c 123-45") == document_hash("AZ", "C12345") == document_hash("Azerbaijan", "C12345")
    assert document_hash("AZ", "C12345") != document_hash("KZ", "C12345")
    assert document_hash("AZ", "") == ""


def test_of_whom_more_is_asked_that_person_is_mended_also_on_a_locked_list(edition, delegation, by):
    asked, other = named(delegation, slug="head", state=PersonState.RETURNED)[0], named(delegation)[0]
    Delegation.objects.filter(pk=delegation.pk).update(list_state=ListState.LOCKED)

    operations.change_person(thing=asked, fields={"note": "Mended."}, by=by, at=AT, by_host=False)
    send_person(person=asked, by=by, at=AT)

    assert (_kept(asked).note, _kept(asked).state) == ("Mended.", PersonState.SUBMITTED)
    with pytest.raises(operations.ListClosed):
        operations.change_person(thing=other, fields={"note": "No."}, by=by, at=AT, by_host=False)
