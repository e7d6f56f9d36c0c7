"""A plan changed by hand: what is in the way is said by the planner's rules, and each act can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.utils.translation import gettext

from ejlas.core.audit.models import Line
from ejlas.core.changes import ChangedMeanwhile
from ejlas.engine.meetings.check import check
from ejlas.planning import operations
from ejlas.planning.queries.board import board_of
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.queries.hours import slots_of
from ejlas.planning.queries.places import free_places, place_of, places_now, places_of_run, weigh_place
from ejlas.planning.queries.problem import problem_of
from ejlas.planning.queries.standing import standing_of
from ejlas.planning.queries.words import SENTENCES, Words
from ejlas.planning.rules import MAY_BE_SET_ASIDE, Conflict, ConflictKind, Place, Shift, differences
from ejlas.programme.models import Bilateral, Interpreter, Room
from ejlas.programme.operations import NotToBePlaced
from ejlas.programme.rules import BilateralState
from tests.factories.summits import SUMMITS, summit
from tests.planning.conftest import AT, asked, loaded, placed, planned

pytestmark = pytest.mark.django_db


def _kinds(weighed):
    return {conflict.kind for conflict in weighed.conflicts}


def _weigh(edition, bilateral, starts_at, room):
    facts = facts_of(edition)
    return weigh_place(facts, facts.bilateral(bilateral.slug), starts_at, room)


def _movable(edition):
    """A placed bilateral whose request fixes neither time nor room."""
    return next(each for each in placed(edition) if each.fixed_at is None and each.fixed_room is None)


def _other_place(edition, bilateral):
    """A free place of the bilateral that is not the one it has."""
    facts = facts_of(edition)
    free = next(
        each for each in free_places(facts, facts.bilateral(bilateral.slug)) if each.starts_at != bilateral.starts_at
    )
    return Place(free.starts_at, free.rooms[0])


@pytest.mark.parametrize("slug", SUMMITS)
def test_moving_to_a_free_place_gives_time_room_and_interpreters_and_can_be_undone(slug, by):
    edition = planned(slug)
    bilateral = _movable(edition)
    before = places_now(facts_of(edition))
    wanted = _other_place(edition, bilateral)

    moved = operations.move_bilateral(bilateral=bilateral, place=replace(wanted, is_pinned=True), by=by, at=AT)
    after = place_of(Bilateral.objects.get(pk=bilateral.pk))
    built = problem_of(edition)
    broken = check(built.problem, standing_of(built))
    operations.move_bilateral(bilateral=bilateral, place=moved.before, choose_interpreters=False, by=by, at=AT)

    assert (after.starts_at, after.room, after.is_pinned) == (wanted.starts_at, wanted.room, True)
    assert [each.constraint for each in broken if each.constraint != "required"] == []
    assert places_now(facts_of(edition)) == before
    assert Line.objects.filter(event="programme.bilateral.placed", subject=bilateral.slug).count() == 3


@pytest.mark.parametrize("slug", SUMMITS)
def test_every_free_place_has_no_conflict(slug):
    edition = planned(slug)
    facts = facts_of(edition)
    bilateral = facts.bilaterals[2]

    free = free_places(facts, bilateral)

    assert free
    assert all(
        weigh_place(facts, bilateral, each.starts_at, room).conflicts == () for each in free[::7] for room in each.rooms
    )


@pytest.mark.parametrize("slug", SUMMITS)
def test_room_of_another_bilateral_is_taken_and_so_is_its_turnaround(slug, by):
    edition = planned(slug)
    first, *others = placed(edition)
    stranger = next(each for each in others if not set(each.parties) & set(first.parties))
    ends_at = first.starts_at + timedelta(minutes=first.length_min)

    inside = _weigh(edition, stranger, first.starts_at, first.room.slug)
    after = _weigh(edition, stranger, ends_at, first.room.slug)
    with pytest.raises(operations.InTheWay) as caught:
        operations.move_bilateral(bilateral=stranger, place=Place(first.starts_at, first.room.slug), by=by, at=AT)

    taken = next(each for each in inside.conflicts if each.kind is ConflictKind.ROOM_TAKEN)
    assert (taken.bilateral, taken.room, taken.starts_at) == (first.slug, first.room.slug, first.starts_at)
    assert ConflictKind.TURNAROUND in _kinds(after)
    assert ConflictKind.ROOM_TAKEN not in _kinds(after)
    assert not caught.value.may_be_set_aside
    assert place_of(Bilateral.objects.get(pk=stranger.pk)).starts_at == stranger.starts_at


def test_party_cannot_be_in_two_places_and_needs_a_pause(by):
    edition = planned("rasht2025", 20)
    bilaterals = placed(edition)
    first, second = next(
        (one, other)
        for one in bilaterals
        for other in bilaterals
        if one.pk != other.pk and set(one.parties) & set(other.parties)
    )
    shared = (set(first.parties) & set(second.parties)).pop()
    rooms = [room for room in Room.objects.filter(kind="meeting", edition=edition) if room.pk != first.room_id]

    at_once = _weigh(edition, second, first.starts_at, rooms[0].slug)
    too_soon = _weigh(edition, second, first.starts_at + timedelta(minutes=first.length_min), rooms[0].slug)

    assert (shared, first.slug) in {
        (each.party, each.bilateral) for each in at_once.conflicts if each.kind is ConflictKind.IN_MEETING
    }
    assert ConflictKind.TOO_CLOSE in _kinds(too_soon)


def test_session_that_binds_a_party_is_in_the_way_and_named():
    edition = planned("rasht2025")
    bilateral = placed(edition)[0]
    opening = next(each for each in facts_of(edition).binding if not each.parties and each.kind == "ceremony")
    slot = next(m for day in slots_of(edition) for m in day if opening.starts_at <= m < opening.ends_at)

    found = _weigh(edition, bilateral, slot, bilateral.room.slug)

    named = {(each.party, each.session) for each in found.conflicts if each.kind is ConflictKind.IN_SESSION}
    assert {(party, opening.slug) for party in bilateral.parties} <= named


def test_delegation_that_has_not_arrived_is_in_the_way():
    edition = planned("rasht2025")
    bilateral = placed(edition)[0]
    party = edition.party_set.get(slug=bilateral.parties[0])
    edition.party_set.filter(pk=party.pk).update(arrives_at=bilateral.starts_at + timedelta(hours=1))

    found = _weigh(edition, bilateral, bilateral.starts_at, bilateral.room.slug)

    assert (
        Conflict(kind=ConflictKind.AWAY, party=party.slug, starts_at=bilateral.starts_at + timedelta(hours=1))
        in found.conflicts
    )


def test_closed_small_wrong_and_unknown_rooms_are_told_apart():
    edition = planned("rasht2025")
    bilateral = placed(edition)[0]
    room = bilateral.room
    Room.objects.filter(pk=room.pk).update(opens=time(20), closes=time(21))
    closed = _weigh(edition, bilateral, bilateral.starts_at, room.slug)
    Room.objects.filter(pk=room.pk).update(opens=None, closes=None, seats=1)
    small = _weigh(edition, bilateral, bilateral.starts_at, room.slug)
    Room.objects.filter(pk=room.pk).update(kind="hall")
    hall = _weigh(edition, bilateral, bilateral.starts_at, room.slug)

    assert ConflictKind.ROOM_CLOSED in _kinds(closed)
    assert _kinds(small) == {ConflictKind.ROOM_SMALL}
    assert _kinds(hall) == {ConflictKind.NOT_FOR_MEETINGS}


def test_time_between_slots_and_at_the_end_of_the_day_is_refused():
    edition = planned("rasht2025")
    bilateral = placed(edition)[0]
    last = slots_of(edition)[0][-1]

    between = _weigh(edition, bilateral, bilateral.starts_at + timedelta(minutes=7), bilateral.room.slug)
    late = _weigh(edition, bilateral, last, bilateral.room.slug)

    assert _kinds(between) == {ConflictKind.OFF_GRID}
    assert ConflictKind.DAY_ENDS in _kinds(late)


def test_window_and_fixed_place_of_the_request_may_be_set_aside():
    edition = planned("rasht2025")
    bilateral = _movable(edition)
    other = _other_place(edition, bilateral)
    Bilateral.objects.filter(pk=bilateral.pk).update(
        earliest=bilateral.starts_at, latest=bilateral.starts_at + timedelta(hours=1)
    )
    window = _weigh(edition, bilateral, other.starts_at, other.room)
    room = Room.objects.filter(kind="meeting", edition=edition).exclude(slug=other.room).first()
    Bilateral.objects.filter(pk=bilateral.pk).update(
        earliest=None, latest=None, fixed_at=bilateral.starts_at, fixed_room=room
    )
    fixed = _weigh(edition, bilateral, other.starts_at, other.room)

    assert _kinds(window) == {ConflictKind.WINDOW}
    assert _kinds(fixed) == {ConflictKind.FIXED_TIME, ConflictKind.FIXED_ROOM}
    assert all(each.may_be_set_aside for each in (*window.conflicts, *fixed.conflicts))


def test_interpreters_who_are_busy_or_gone_are_in_the_way():
    edition = planned("rasht2025", 20)
    bilaterals = placed(edition)
    bilateral = next(each for each in bilaterals if each.interpreters.exists())
    person = bilateral.interpreters.first()
    facts = facts_of(edition)
    elsewhere = next(each for each in facts.bilaterals if each.starts_at and each.slug != bilateral.slug)

    busy = weigh_place(facts, facts.bilateral(bilateral.slug), elsewhere.starts_at, bilateral.room.slug, [person.slug])
    Interpreter.objects.filter(pk=person.pk).update(
        available=[["2025-11-01T08:00:00+03:30", "2025-11-01T09:00:00+03:30"]]
    )
    off = weigh_place(
        facts_of(edition),
        facts_of(edition).bilateral(bilateral.slug),
        bilateral.starts_at,
        bilateral.room.slug,
        [person.slug],
    )
    Interpreter.objects.filter(edition=edition).delete()
    none = _weigh(edition, bilateral, bilateral.starts_at, bilateral.room.slug)

    assert isinstance(busy.conflicts, tuple)
    assert ConflictKind.INTERPRETER_AWAY in _kinds(off)
    assert _kinds(none) == {ConflictKind.NO_INTERPRETER}
    assert none.conflicts[0].languages


def test_interpreter_named_for_two_places_at_once_is_in_the_way():
    edition = planned("rasht2025", 20)
    one = next(each for each in placed(edition) if each.interpreters.exists())
    person = one.interpreters.first()
    facts = facts_of(edition)
    other = next(
        each for each in facts.bilaterals if each.slug != one.slug and not set(each.parties) & set(one.parties)
    )

    found = weigh_place(facts, other, one.starts_at, one.room.slug, [person.slug])

    assert (person.slug, one.slug) in {
        (each.interpreter, each.bilateral) for each in found.conflicts if each.kind is ConflictKind.INTERPRETER_BUSY
    }


@pytest.mark.parametrize("slug", SUMMITS)
def test_rule_is_set_aside_only_by_name_and_with_a_reason_and_the_next_plan_lives_with_it(slug, by):
    edition = planned(slug)
    bilateral = placed(edition)[0]
    Bilateral.objects.filter(pk=bilateral.pk).update(seats=99)
    place = Place(bilateral.starts_at, bilateral.room.slug)
    despite = replace(place, despite=(ConflictKind.ROOM_SMALL.value,))

    with pytest.raises(operations.InTheWay) as caught:
        operations.move_bilateral(bilateral=bilateral, place=place, by=by, at=AT)
    with pytest.raises(operations.ReasonMissing):
        operations.move_bilateral(bilateral=bilateral, place=replace(despite, reason="  "), by=by, at=AT)
    operations.move_bilateral(bilateral=bilateral, place=replace(despite, reason="Only the heads meet"), by=by, at=AT)
    run = operations.solve_run(run=asked(edition), at=AT)
    operations.accept_run(run=run, by=by, at=AT)

    stays = place_of(Bilateral.objects.get(pk=bilateral.pk))
    assert caught.value.may_be_set_aside
    assert (stays.starts_at, stays.is_pinned, stays.despite) == (bilateral.starts_at, True, ("room_small",))
    assert stays.reason == "Only the heads meet"
    assert run.has_plan
    assert bilateral.slug not in run.placements
    line = Line.objects.filter(event="programme.bilateral.placed", subject=bilateral.slug).last()
    assert line.held.values["after"]["reason"] == "Only the heads meet"


def test_daily_cap_counts_what_stands_on_the_day():
    edition = loaded("rasht2025", 20)
    edition.settings["bilaterals"]["daily_cap"] = 1
    edition.save(update_fields=["settings"])
    operations.accept_run(run=operations.solve_run(run=asked(edition), at=AT), by=operations_account(), at=AT)
    one = placed(edition)[0]
    party = one.parties[0]
    other = next(each for each in facts_of(edition).bilaterals if party in each.parties and each.slug != one.slug)
    day = next(day for day in slots_of(edition) if one.starts_at in day)
    far = max(day, key=lambda slot: abs(slot - one.starts_at))

    found = _weigh(edition, other, far, one.room.slug)

    assert (party, 1) in {(each.party, each.number) for each in found.conflicts if each.kind is ConflictKind.DAILY_CAP}


def operations_account():
    from ejlas.accounts import queries

    return queries.system_account()


@pytest.mark.parametrize("slug", SUMMITS)
def test_pinned_bilateral_stays_in_the_next_plan(slug, by):
    edition = planned(slug)
    bilateral = _movable(edition)
    wanted = _other_place(edition, bilateral)
    operations.move_bilateral(bilateral=bilateral, place=wanted, by=by, at=AT)

    operations.pin_bilateral(bilateral=bilateral, by=by, at=AT)
    run = operations.solve_run(run=asked(edition), at=AT)
    kept = places_of_run(run)[bilateral.slug]
    operations.accept_run(run=run, by=by, at=AT)
    after = place_of(Bilateral.objects.get(pk=bilateral.pk))
    operations.unpin_bilateral(bilateral=bilateral, by=by, at=AT)

    assert (kept.starts_at, kept.room) == (wanted.starts_at, wanted.room)
    assert (after.starts_at, after.room, after.is_pinned) == (wanted.starts_at, wanted.room, True)
    assert not Bilateral.objects.get(pk=bilateral.pk).pinned


def test_bilateral_without_a_place_cannot_be_pinned_and_a_cancelled_one_not_be_placed(by):
    edition = planned("rasht2025")
    bilateral = placed(edition)[0]
    place = place_of(bilateral)
    undo = operations.unplace_bilateral(bilateral=bilateral, by=by, at=AT)

    with pytest.raises(operations.NothingToPin):
        operations.pin_bilateral(bilateral=bilateral, by=by, at=AT)
    Bilateral.objects.filter(pk=bilateral.pk).update(state=BilateralState.CANCELLED)
    with pytest.raises(NotToBePlaced):
        operations.move_bilateral(bilateral=bilateral, place=place, by=by, at=AT)

    assert undo.before == place
    assert undo.after == Place()


def test_second_of_two_officers_is_told(by):
    edition = planned("rasht2025")
    bilateral = placed(edition)[0]
    seen = bilateral.revision
    operations.pin_bilateral(bilateral=bilateral, revision=seen, by=by, at=AT)

    with pytest.raises(ChangedMeanwhile):
        operations.unplace_bilateral(bilateral=bilateral, revision=seen, by=by, at=AT)

    assert Bilateral.objects.get(pk=bilateral.pk).pinned


@pytest.mark.parametrize("slug", SUMMITS)
def test_board_shows_every_bilateral_and_session_once(slug):
    edition = planned(slug)
    facts = facts_of(edition)

    board = board_of(facts)

    cards = [card for day in board.days for column in day.columns for card in column.cards]
    shown = [card.bilateral.slug for card in cards if card.bilateral]
    assert sorted([*shown, *(b.slug for b in board.unplaced)]) == sorted(b.slug for b in facts.bilaterals)
    assert board.elsewhere == ()
    assert {card.session.slug for card in cards if card.session} == {s.slug for s in facts.occupying}
    assert all(len(day.columns) == len(facts.rooms) for day in board.days)


@pytest.mark.parametrize("slug", SUMMITS)
def test_board_costs_as_many_queries_for_any_number_of_bilaterals(slug, django_assert_num_queries):
    edition = loaded(slug)

    with django_assert_num_queries(7):
        board_of(facts_of(edition))


def test_two_plans_are_compared_bilateral_by_bilateral():
    at = datetime(2025, 11, 18, 9, tzinfo=AT.tzinfo)
    here, there, nowhere = Place(at, "one"), Place(at, "two"), Place()

    found = differences(
        {"a": here, "b": here, "c": here, "e": nowhere}, {"a": here, "b": there, "d": here, "e": nowhere}
    )

    assert [(each.bilateral, each.shift) for each in found] == [
        ("a", Shift.SAME),
        ("b", Shift.MOVED),
        ("c", Shift.GONE),
        ("d", Shift.NEW),
    ]


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("kind", ConflictKind)
def test_every_conflict_has_a_sentence_with_names_in_the_readers_language(kind, slug):
    edition = loaded(slug, 4)
    facts = facts_of(edition)
    language = summit(slug).edition.languages[0]
    words = Words(facts, language, gettext)
    moment = slots_of(edition)[0][0]
    conflict = Conflict(
        kind=kind,
        party=facts.parties[0].slug,
        bilateral=facts.bilaterals[0].slug,
        session=facts.binding[0].slug,
        room=facts.rooms[0].slug,
        interpreter=facts.interpreters[0].slug,
        languages=("fa", "ru"),
        starts_at=moment,
        ends_at=moment + timedelta(hours=1),
        number=2,
    )

    sentence = words.conflict(conflict)

    assert sentence.endswith(".")
    assert "%" not in sentence
    assert not any(thing in sentence.split() for thing in (facts.parties[0].slug, facts.rooms[0].slug))
    if "party" in (SENTENCES.get(kind) or "party"):
        assert facts.parties[0].name.values[language] in sentence or kind is ConflictKind.WINDOW


def test_nothing_lets_anyone_be_in_two_places_at_once():
    never = set(ConflictKind) - MAY_BE_SET_ASIDE

    assert {
        ConflictKind.IN_MEETING,
        ConflictKind.IN_SESSION,
        ConflictKind.ROOM_TAKEN,
        ConflictKind.ROOM_CLOSED,
    } <= never


def test_place_survives_the_way_through_a_form():
    place = Place(AT, "one", ("a", "b"), True, ("window",), "because")

    assert Place.from_plain(place.to_plain()) == place
    assert Place.from_plain(Place().to_plain()) == Place()
