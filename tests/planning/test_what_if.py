"""Changes that are only thought of: what the plan would become, and that nothing of it is ever written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ejlas.core.audit.models import Line
from ejlas.planning import operations, queries
from ejlas.planning.models import Run
from ejlas.planning.queries.changed import started_from
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.rules import LOST_AFTER, Change, ChangeKind, NotAChange, RunState
from ejlas.programme.models import Bilateral, Interpreter, Room
from tests.factories.summits import SUMMITS
from tests.planning.conftest import AT, asked, loaded, placed, planned

pytestmark = pytest.mark.django_db

EFFORT = operations.Effort(seconds=20, workers=1)
MOMENT = datetime(2025, 11, 18, 9, 0, tzinfo=UTC)


def _answered(edition, by, *changes):
    run = operations.ask_what_if(edition=edition, changes=changes, effort=EFFORT, by=by, at=AT)
    return operations.solve_run(run=run, at=AT)


def _everything():
    return [list(model.objects.order_by("pk").values()) for model in (Bilateral, Room, Interpreter)]


@pytest.mark.parametrize(
    "change",
    [
        Change(ChangeKind.ROOM_CLOSED, "room-1", MOMENT, MOMENT + timedelta(hours=3)),
        Change(ChangeKind.PARTY_AWAY, "gilan", None, MOMENT),
        Change(ChangeKind.INTERPRETER_AWAY, "a-b", MOMENT),
        Change(ChangeKind.INTERPRETER_ADDED, "fa,ru"),
        Change(ChangeKind.INTERPRETER_ADDED, "zh-Hans,ru", MOMENT),
        Change(ChangeKind.ROOM_ADDED, "12", None, MOMENT),
        Change(ChangeKind.ROOMS_OPEN),
        Change(ChangeKind.NO_CAP, "gilan"),
        Change(ChangeKind.WITHDRAWN, "gilan-astrakhan"),
    ],
)
def test_change_is_written_and_read_back(change):
    assert Change.read(change.written()) == change


@pytest.mark.parametrize(
    "written",
    [
        "", "x", "room_closed", "room_closed/a", "room_closed/a/2025-11-18T09:00", "room_closed/a/x/y",
        "room_closed/a/2025-11-18T09:00Z/2025-11-18T09:00Z", "room_closed/a/2025-11-18T10:00Z/2025-11-18T09:00Z",
        "party_away/gilan", "party_away/../2025-11-18T09:00Z", "party_away/گیلان/2025-11-18T09:00Z",
        "rooms_open/a", "rooms_open//2025-11-18T09:00Z", "interpreter_added/fa", "interpreter_added/fa,ru,en",
        "room_added/0", "room_added/-1", "room_added/9999999", "no_cap/", "no_cap/a/b/c/d/e", "\x00",
        "withdrawn/" + "x" * 99,
    ],
)  # fmt: skip
def test_what_is_no_change_is_refused(written):
    with pytest.raises(NotAChange):
        Change.read(written)


@pytest.mark.parametrize("slug", SUMMITS)
def test_late_flight_moves_what_it_must_and_changes_nothing(slug, by):
    edition = planned(slug, 20)
    first = placed(edition)[0]
    late = Change(ChangeKind.PARTY_AWAY, first.parties[0], None, first.starts_at + timedelta(hours=2))
    before, lines = _everything(), Line.objects.count()

    run = _answered(edition, by, late)

    then = queries.places_of_run(run)
    assert (run.state, run.has_plan) == (RunState.DONE, True)
    assert _everything() == before
    assert {each.event for each in Line.objects.order_by("number")[lines:]} == {
        "planning.run.asked",
        "planning.run.ended",
    }
    assert first.slug not in then or then[first.slug].starts_at >= late.ends_at
    assert run.before["was"]["granted"] == len(placed(edition))
    assert run.before["is"]["granted"] == len(then)


def test_more_of_what_is_scarce_grants_what_the_reason_said(by):
    edition = planned("rasht2025")
    run = queries.latest_plan(edition)
    cap = edition.settings["bilaterals"]["daily_cap"]
    edition.settings["bilaterals"]["daily_cap"] = 1
    edition.save()
    run = operations.solve_run(run=asked(edition, seconds=10), at=AT)
    operations.accept_run(run=run, by=by, at=AT)
    freed = next(
        (slug, reason["scarce"][0]["party"])
        for slug, reasons in run.refusals.items()
        for reason in reasons
        if reason["verified"] and [thing["kind"] for thing in reason["scarce"]] == ["daily_cap"]
    )

    answer = _answered(edition, by, Change(ChangeKind.NO_CAP, freed[1]))

    assert cap > 1
    assert answer.before["is"]["weight"] > answer.before["was"]["weight"]
    assert set(answer.placements) > {each.slug for each in placed(edition)}


def test_closed_room_is_empty_and_added_ones_are_used_under_a_name_of_their_own(by):
    edition = planned("rasht2025", 10)
    rooms = list(edition.room_set.filter(kind="meeting"))
    hours = queries.hours_of(edition)
    shut = [Change(ChangeKind.ROOM_CLOSED, room.slug, hours[0].starts_at, hours[-1].ends_at) for room in rooms]

    run = _answered(edition, by, *shut, Change(ChangeKind.ROOM_ADDED, "40"), Change(ChangeKind.ROOM_ADDED, "40"))

    assert run.placements
    assert {place["room"] for place in run.placements.values()} <= {"+1", "+2"}


def test_added_interpreter_works_in_the_hours_named_and_a_sick_one_not_at_all(by):
    edition = planned("rasht2025", 30)
    interpreted = next(each for each in placed(edition) if each.interpreters.exists())
    people = list(edition.interpreter_set.all())
    pair = ",".join(interpreted.interpreters.first().languages)
    ill = [Change(ChangeKind.INTERPRETER_AWAY, each.slug, AT) for each in people]

    without = started_from(facts_of(edition), ill).built.problem
    run = _answered(edition, by, *ill, Change(ChangeKind.INTERPRETER_ADDED, pair))

    assert not without.interpreter_available.any()
    assert {person for place in run.placements.values() for person in place["interpreters"]} <= {"+1"}
    assert interpreted.slug in run.placements


def test_withdrawn_bilateral_is_not_in_the_answer_and_every_kind_can_be_asked(by):
    edition = planned("rasht2025", 12)
    first = placed(edition)[0]
    waiting = edition.bilateral_set.first()

    run = _answered(
        edition,
        by,
        Change(ChangeKind.WITHDRAWN, first.slug),
        Change(ChangeKind.ANY_TIME, waiting.slug),
        Change(ChangeKind.PARTY_FREE, first.parties[0]),
        Change(ChangeKind.ROOMS_OPEN),
        Change(ChangeKind.ROOMS_LARGE),
    )

    assert run.has_plan
    assert first.slug not in run.placements
    assert first.slug in run.start


def test_what_cannot_be_thought_of_is_refused(by):
    edition = loaded("rasht2025", 4)

    def ask(*changes):
        operations.ask_what_if(edition=edition, changes=changes, effort=EFFORT, by=by, at=AT)

    with pytest.raises(operations.NothingChosen):
        ask()
    with pytest.raises(operations.ChangeOfNothing):
        ask(Change(ChangeKind.NO_CAP, "nobody"))
    with pytest.raises(operations.TooManyChanges):
        ask(*(Change(ChangeKind.ROOM_ADDED, str(seats)) for seats in range(2, 23)))
    with pytest.raises(operations.NoSuchChange):
        operations.change_written("x")
    for _ in range(8):
        ask(Change(ChangeKind.ROOMS_OPEN))
    with pytest.raises(operations.TooManyWhatIfs):
        ask(Change(ChangeKind.ROOMS_OPEN))
    assert edition.runs.count() == 8


def test_questions_wait_side_by_side_with_a_plan_that_is_being_made(by):
    edition = loaded("rasht2025", 4)
    operations.ask_what_if(edition=edition, changes=[Change(ChangeKind.ROOMS_OPEN)], effort=EFFORT, by=by, at=AT)
    run = asked(edition)
    operations.ask_what_if(edition=edition, changes=[Change(ChangeKind.ROOMS_LARGE)], effort=EFFORT, by=by, at=AT)

    assert queries.active_run(edition) == run == queries.newest_run(edition)
    assert [each.changes for each in queries.what_ifs_of(edition)] == [["rooms_large"], ["rooms_open"]]
    assert queries.runs_of(edition) == [run]


def test_answer_is_never_accepted(by):
    edition = planned("rasht2025", 8)
    run = _answered(edition, by, Change(ChangeKind.ROOMS_OPEN))

    with pytest.raises(operations.OnlyThoughtOf):
        operations.accept_run(run=run, by=by, at=AT)
    assert queries.latest_plan(edition) != run


def test_question_is_put_away_also_while_it_is_searched_for(by):
    edition = planned("rasht2025", 20)
    run = operations.ask_what_if(edition=edition, changes=[Change(ChangeKind.ROOMS_OPEN)], effort=EFFORT, by=by, at=AT)

    def discard(objective, value, bound):
        operations.discard_what_if(run=run, by=by, at=AT)

    operations.solve_run(run=run, at=AT, progress=discard)
    gone = Run.objects.get(pk=run.pk)
    operations.discard_what_if(run=run, by=by, at=AT)

    assert gone.discarded_at is not None
    assert (gone.state, gone.has_plan) == (RunState.STOPPED, False)
    assert queries.what_ifs_of(edition) == []
    assert Line.objects.filter(event="planning.run.discarded").count() == 1


def test_plan_that_may_be_accepted_is_not_put_away(by):
    run = asked(loaded("rasht2025", 4))

    with pytest.raises(operations.NotAWhatIf):
        operations.discard_what_if(run=run, by=by, at=AT)


def test_change_about_what_is_gone_meanwhile_is_left_out(by):
    edition = planned("rasht2025", 8)
    interpreter = edition.interpreter_set.filter(bilaterals=None).first() or edition.interpreter_set.first()
    run = operations.ask_what_if(
        edition=edition,
        changes=[Change(ChangeKind.INTERPRETER_AWAY, interpreter.slug, AT)],
        effort=EFFORT,
        by=by,
        at=AT,
    )
    interpreter.delete()

    assert operations.solve_run(run=run, at=AT).has_plan


def test_what_cannot_hold_with_what_has_to_take_place_is_told(by):
    edition = planned("rasht2025", 12)
    first = placed(edition)[0]
    Bilateral.objects.filter(pk=first.pk).update(mandatory=True)

    run = _answered(edition, by, Change(ChangeKind.PARTY_AWAY, first.parties[0], AT))

    assert first.slug in {slug for each in run.broken for slug in each["bilaterals"]}
    assert run.has_plan
    assert first.slug not in run.placements


@pytest.mark.parametrize("kind", ["what_if", "repair"])
def test_run_whose_worker_is_gone_is_taken_up_again_whatever_it_was_asked_for(
    kind, by, django_capture_on_commit_callbacks
):
    edition = planned("rasht2025", 8)
    effort = operations.Effort(seconds=20, workers=1, in_background=True)
    if kind == "repair":
        run = operations.ask_for_repair(edition=edition, effort=effort, by=by, at=AT)
    else:
        changes = [Change(ChangeKind.ROOMS_OPEN)]
        run = operations.ask_what_if(edition=edition, changes=changes, effort=effort, by=by, at=AT)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, attempts=1, began_at=AT, seen_at=AT, task="one")

    with django_capture_on_commit_callbacks(execute=True):
        operations.revive_runs(at=AT + LOST_AFTER + timedelta(seconds=1))
    waits = Run.objects.get(pk=run.pk).state
    done = operations.solve_run(run=run, at=AT, task="two")

    assert waits == RunState.QUEUED
    assert (done.state, done.attempts, done.has_plan, done.kind) == (RunState.DONE, 2, True, kind)


def test_question_put_away_while_its_worker_is_gone_is_not_taken_up_again(by):
    edition = planned("rasht2025", 4)
    effort = operations.Effort(seconds=20, workers=1, in_background=True)
    run = operations.ask_what_if(edition=edition, changes=[Change(ChangeKind.ROOMS_OPEN)], effort=effort, by=by, at=AT)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, attempts=1, began_at=AT, seen_at=AT, task="one")
    operations.discard_what_if(run=run, by=by, at=AT)

    assert operations.revive_runs(at=AT + LOST_AFTER + timedelta(seconds=1)) == []
