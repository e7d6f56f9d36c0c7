"""A plan in force made right again: what cannot stand any more, what a repair moves, taken over in part and undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ejlas.planning import operations, queries
from ejlas.planning.models import Run
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.rules import ConflictKind, Place, RunKind, RunState
from ejlas.programme.models import Bilateral, Interpreter, Room
from tests.factories.summits import SUMMITS
from tests.planning.conftest import AT, asked, loaded, placed, planned

pytestmark = pytest.mark.django_db

EFFORT = operations.Effort(seconds=20, workers=1)


def _late(edition, hours=3):
    """Let the party of the first bilateral arrive so many hours after it."""
    first = next(each for each in placed(edition) if not each.mandatory)
    party = edition.party_set.get(slug=first.parties[0])
    party.arrives_at = first.starts_at + timedelta(hours=hours)
    party.save()
    return first, party


def _unfit(edition):
    return queries.unfit_of(facts_of(edition))


def _repaired(edition, by, at=AT):
    run = operations.ask_for_repair(edition=edition, effort=EFFORT, by=by, at=at)
    return operations.solve_run(run=run, at=at)


def _where(edition):
    return queries.places_now(facts_of(edition))


@pytest.mark.parametrize("slug", SUMMITS)
def test_plan_that_was_just_made_has_nothing_that_cannot_stand(slug, by):
    assert _unfit(planned(slug)) == []


def test_late_flight_tells_what_cannot_stand_and_the_repair_moves_little_else(by):
    edition = planned("rasht2025", 30)
    first, party = _late(edition)
    before = _where(edition)

    unfit = _unfit(edition)
    run = _repaired(edition, by)

    named = {each.bilateral.slug for each in unfit}
    assert first.slug in named
    assert {conflict.kind for each in unfit for conflict in each.conflicts} == {ConflictKind.AWAY}
    assert all(party.slug in each.bilateral.parties for each in unfit)
    assert (run.state, run.kind, run.has_plan) == (RunState.DONE, RunKind.REPAIR, True)
    moved = {slug for part in run.parts for slug in part}
    assert named <= moved
    assert _where(edition) == before


@pytest.mark.parametrize("slug", SUMMITS)
def test_repair_is_accepted_as_a_whole_and_then_everything_can_stand(slug, by):
    edition = planned(slug, 20)
    _late(edition)
    run = _repaired(edition, by)

    operations.accept_run(run=run, by=by, at=AT)

    assert _unfit(edition) == []
    assert Run.objects.get(pk=run.pk).state == RunState.ACCEPTED
    assert {slug: place["starts_at"] for slug, place in run.placements.items()} == {
        each.slug: each.starts_at.astimezone(edition.zone).isoformat() for each in placed(edition)
    }


def test_plan_is_put_back_in_one_act_exactly_as_it_was(by):
    edition = planned("rasht2025", 30)
    _late(edition)
    before = _where(edition)
    run = _repaired(edition, by)
    operations.accept_run(run=run, by=by, at=AT)
    during = _where(edition)

    operations.undo_acceptance(run=run, by=by, at=AT)

    again = Run.objects.get(pk=run.pk)
    assert during != before
    assert _where(edition) == before
    assert (again.state, again.acts, again.accepted_at) == (RunState.DONE, [], None)
    with pytest.raises(operations.NothingToUndo):
        operations.undo_acceptance(run=run, by=by, at=AT)
    operations.accept_run(run=run, by=by, at=AT)
    assert _where(edition) == during


def test_plan_from_nothing_is_undone_too(by):
    edition = loaded("rasht2025", 8)
    run = operations.solve_run(run=asked(edition), at=AT)
    operations.accept_run(run=run, by=by, at=AT)

    operations.undo_acceptance(run=run, by=by, at=AT)

    assert placed(edition) == []


def test_undo_is_refused_where_somebody_has_moved_something_since(by):
    edition = planned("rasht2025", 20)
    _late(edition)
    run = _repaired(edition, by)
    operations.accept_run(run=run, by=by, at=AT)
    moved = Run.objects.get(pk=run.pk).acts[-1]["places"]
    bilateral = next(each for each in placed(edition) if each.slug in moved)
    operations.pin_bilateral(bilateral=bilateral, by=by, at=AT)
    stands = _where(edition)

    with pytest.raises(operations.MovedSince) as refused:
        operations.undo_acceptance(run=run, by=by, at=AT)

    assert refused.value.bilaterals == (bilateral.slug,)
    assert _where(edition) == stands


def test_undo_is_refused_where_a_room_is_gone(by):
    edition = planned("rasht2025", 12)
    run = Run.objects.get(state=RunState.ACCEPTED)
    run.acts[-1]["places"] = {
        slug: {**each, "before": {**each["before"], "starts_at": AT.isoformat(), "room": "gone"}}
        for slug, each in run.acts[-1]["places"].items()
    }
    run.save()

    with pytest.raises(operations.MovedSince):
        operations.undo_acceptance(run=run, by=by, at=AT)
    assert placed(edition)


def _two_parts(edition, by):
    """Make two parties late, on different days if there are, and return the run and its parts."""
    _late(edition)
    last = placed(edition)[-1]
    party = edition.party_set.get(slug=last.parties[0])
    party.departs_at = last.starts_at
    party.save()
    run = _repaired(edition, by)
    return run, run.parts


def test_each_part_can_be_accepted_by_itself_and_nothing_new_is_in_the_way(by):
    edition = planned("rasht2025", 24)
    run, parts = _two_parts(edition, by)
    assert len(parts) > 1
    before, unfit = _where(edition), {each.bilateral.slug for each in _unfit(edition)}

    for part in parts:
        operations.accept_run(run=run, by=by, at=AT, only=part)
        now = _where(edition)
        assert {slug for slug in now if now[slug] != before[slug]} <= set(part)
        assert {each.bilateral.slug for each in _unfit(edition)} <= unfit - set(part)
        operations.undo_acceptance(run=run, by=by, at=AT)
        assert _where(edition) == before


def test_parts_are_accepted_one_after_the_other_and_undone_the_last_first(by):
    edition = planned("rasht2025", 24)
    run, parts = _two_parts(edition, by)
    before = _where(edition)
    operations.accept_run(run=run, by=by, at=AT, only=parts[0])
    between = _where(edition)
    operations.accept_run(run=run, by=by, at=AT, only=parts[1])

    operations.undo_acceptance(run=run, by=by, at=AT)
    first = _where(edition)
    state = Run.objects.get(pk=run.pk).state
    operations.undo_acceptance(run=run, by=by, at=AT)

    assert (first, state) == (between, RunState.ACCEPTED)
    assert _where(edition) == before


def test_half_of_what_belongs_together_is_refused_and_named(by):
    edition = planned("rasht2025", 12)
    one, other = (each for each in placed(edition)[:2])
    run = Run.objects.create(
        edition=edition, kind=RunKind.REPAIR, state=RunState.DONE, asked_by="x", asked_at=AT,
        statistics={"status": "feasible"}, parts=[[one.slug, other.slug]],
        placements={
            one.slug: {"starts_at": other.starts_at.isoformat(), "room": other.room.slug, "interpreters": []},
            other.slug: {"starts_at": one.starts_at.isoformat(), "room": one.room.slug, "interpreters": []},
        },
    )  # fmt: skip

    with pytest.raises(operations.PartsBelongTogether) as refused:
        operations.accept_run(run=run, by=by, at=AT, only=[one.slug])

    assert other.slug in refused.value.bilaterals
    assert _where(edition)[one.slug].starts_at == one.starts_at


@pytest.mark.parametrize("only", [[], ["nothing-of-it"]])
def test_part_of_nothing_is_refused(only, by):
    edition = planned("rasht2025", 4)
    run = Run.objects.get(state=RunState.ACCEPTED)

    with pytest.raises(operations.NothingTicked):
        operations.accept_run(run=run, by=by, at=AT, only=only)
    assert placed(edition)


def test_pinned_bilateral_that_cannot_stay_is_moved_and_one_that_can_is_not(by):
    edition = planned("rasht2025", 20)
    first = placed(edition)[0]
    other = next(each for each in placed(edition) if not set(each.parties) & set(first.parties))
    for each in (first, other):
        operations.pin_bilateral(bilateral=each, by=by, at=AT)
    Room.objects.filter(pk=first.room_id).update(seats=1)

    run = _repaired(edition, by)
    operations.accept_run(run=run, by=by, at=AT)

    now = _where(edition)
    assert now[first.slug].room != first.room.slug
    assert not now[first.slug].is_pinned
    assert now[other.slug].starts_at == other.starts_at
    assert now[other.slug].is_pinned


def test_bilateral_that_stands_despite_a_rule_is_left_alone(by):
    edition = planned("rasht2025", 20)
    first = placed(edition)[0]
    Bilateral.objects.filter(pk=first.pk).update(
        pinned=True, despite=["room_small"], despite_reason="Few come", seats=99
    )
    _late_other(edition, first)

    unfit = {each.bilateral.slug for each in _unfit(edition)}
    run = _repaired(edition, by)
    operations.accept_run(run=run, by=by, at=AT)

    assert unfit
    assert first.slug not in unfit
    stands = Bilateral.objects.get(pk=first.pk)
    assert (stands.starts_at, stands.despite, stands.despite_reason) == (first.starts_at, ["room_small"], "Few come")


def _late_other(edition, first):
    other = next(each for each in placed(edition) if not set(each.parties) & set(first.parties))
    party = edition.party_set.get(slug=other.parties[0])
    party.arrives_at = other.starts_at + timedelta(minutes=15)
    party.save()


def test_bilateral_that_stands_despite_one_rule_and_against_another_is_repaired(by):
    edition = planned("rasht2025", 20)
    first = placed(edition)[0]
    Bilateral.objects.filter(pk=first.pk).update(pinned=True, despite=["window"], despite_reason="They agreed")
    party = edition.party_set.get(slug=first.parties[0])
    party.arrives_at = first.starts_at + timedelta(hours=1)
    party.save()

    kinds = {each.bilateral.slug: [c.kind for c in each.conflicts] for each in _unfit(edition)}
    run = _repaired(edition, by)
    operations.accept_run(run=run, by=by, at=AT)

    assert kinds[first.slug] == [ConflictKind.AWAY]
    assert _where(edition).get(first.slug, Place()).starts_at != first.starts_at
    assert _unfit(edition) == []


def test_interpreter_who_is_ill_is_replaced_and_the_time_kept_where_another_is_free(by):
    edition = planned("rasht2025", 30)
    interpreted = next(each for each in placed(edition) if each.interpreters.exists())
    ill = interpreted.interpreters.first()
    Interpreter.objects.filter(pk=ill.pk).update(
        available=[
            [edition.starts_on.isoformat() + "T00:00:00+00:00", edition.starts_on.isoformat() + "T00:15:00+00:00"]
        ]
    )
    unfit = {each.bilateral.slug for each in _unfit(edition)}

    run = _repaired(edition, by)
    operations.accept_run(run=run, by=by, at=AT)

    assert interpreted.slug in unfit
    assert not ill.bilaterals.placed().exists()
    assert _unfit(edition) == []


def test_what_has_to_take_place_and_cannot_is_told_and_the_rest_is_repaired(by):
    edition = planned("rasht2025", 20)
    first, party = _late(edition, hours=24 * 30)
    Bilateral.objects.filter(pk=first.pk).update(mandatory=True)

    run = _repaired(edition, by)

    assert run.has_plan
    assert first.slug in {slug for each in run.broken for slug in each["bilaterals"]}
    operations.accept_run(run=run, by=by, at=AT)
    assert not [each for each in placed(edition) if party.slug in each.parties]
    assert _unfit(edition) == []


def test_withdrawn_bilateral_leaves_its_place_to_a_wish(by):
    edition = planned("rasht2025", 30)
    waiting = edition.bilateral_set.plannable().filter(starts_at=None)
    assert waiting.exists()
    for each in placed(edition)[:10]:
        if not each.mandatory:
            each.delete()

    run = _repaired(edition, by)
    operations.accept_run(run=run, by=by, at=AT)

    assert {part for parts in run.parts for part in parts} <= {each.slug for each in placed(edition)}
    assert run.before["is"]["granted"] > run.before["was"]["granted"]


def test_person_ends_a_repair_and_what_it_has_is_kept(by):
    edition = planned("atlantic2027", 30)
    _late(edition)
    run = operations.ask_for_repair(edition=edition, effort=operations.Effort(seconds=300, workers=1), by=by, at=AT)

    def stop(objective, value, bound):
        if Run.objects.get(pk=run.pk).state == RunState.RUNNING:
            operations.stop_run(run=run, by=by, at=AT)

    done = operations.solve_run(run=run, at=AT, progress=stop)

    assert done.has_plan
    operations.accept_run(run=done, by=by, at=AT)
    assert _unfit(edition) == []


def test_repair_takes_the_place_of_the_one_run_at_a_time(by):
    edition = loaded("rasht2025", 4)
    operations.ask_for_repair(edition=edition, effort=EFFORT, by=by, at=AT)

    with pytest.raises(operations.RunInProgress):
        asked(edition)
    with pytest.raises(operations.RunInProgress):
        operations.ask_for_repair(edition=edition, effort=EFFORT, by=by, at=AT)


def test_repair_whose_ground_has_changed_again_asks_first_and_never_clashes(by):
    edition = planned("rasht2025", 20)
    _late(edition)
    run = _repaired(edition, by)
    moved = next(slug for part in run.parts for slug in part if slug in run.placements)
    bilateral = Bilateral.objects.get(edition=edition, slug=moved)
    party = edition.party_set.get(slug=bilateral.parties[1])
    party.arrives_at, party.departs_at = None, AT
    party.save()

    with pytest.raises(operations.PlanIsOutdated):
        operations.accept_run(run=run, by=by, at=AT)
    with pytest.raises(operations.PlanNoLongerFits) as refused:
        operations.accept_run(run=run, by=by, at=AT, despite_changes=True)

    assert moved in refused.value.bilaterals
