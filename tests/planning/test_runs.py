"""A run from the outside: how far it is, ended by a person, taken up again when its worker is gone, accepted or not."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from time import monotonic

import pytest
from django.db import IntegrityError, transaction
from django_tasks.base import TaskContext
from django_tasks_db.models import DBTaskResult

from ejlas.core.audit.models import Line
from ejlas.planning import operations, queries, tasks
from ejlas.planning.models import Run
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.queries.reasons import broken_lines, reason_lines
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import LOST_AFTER, MOST_ATTEMPTS, Place, RunState, gap_percent
from ejlas.programme.models import Bilateral, Room
from tests.factories.summits import SUMMITS
from tests.planning.conftest import AT, asked, loaded, placed, planned

pytestmark = pytest.mark.django_db

LATER = AT + LOST_AFTER + timedelta(seconds=1)


def _at_work(edition, *, attempts=1, in_background=True, state=RunState.RUNNING, task="one"):
    run = asked(edition, in_background=in_background)
    Run.objects.filter(pk=run.pk).update(
        state=state, attempts=attempts, began_at=AT, seen_at=AT, task=task, stopped_by="Somebody"
    )
    return Run.objects.get(pk=run.pk)


def test_run_tells_how_far_it_is_while_it_searches(monkeypatch, by):
    edition = loaded("rasht2025")
    run = asked(edition, seconds=4)
    seen = []

    def look(objective, value, bound):
        seen.append((objective, value, bound, Run.objects.get(pk=run.pk).state))

    done = operations.solve_run(run=run, at=AT, progress=look)

    assert {state for *_, state in seen} == {RunState.RUNNING}
    assert "weight" in done.progress
    assert done.progress["weight"]["bound"] >= done.progress["weight"]["value"] > 0
    assert done.began_at == AT < done.seen_at <= done.ended_at
    assert done.state == RunState.DONE


@pytest.mark.parametrize("slug", SUMMITS)
def test_person_ends_a_run_and_the_best_plan_until_then_is_kept(slug, by):
    edition = loaded(slug)
    run = asked(edition, seconds=300)
    stopped_at = []

    def stop(objective, value, bound):
        if not stopped_at and value > 0:
            stopped_at.append(monotonic())
            operations.stop_run(run=run, by=by, at=AT)

    done = operations.solve_run(run=run, at=AT, progress=stop)

    # Far below the five minutes it was given.
    assert monotonic() - stopped_at[0] < 60
    assert done.state == RunState.STOPPED
    assert done.stopped_by == by.name
    assert done.has_plan
    operations.accept_run(run=done, by=by, at=AT)
    assert {each.slug for each in placed(edition)} == set(done.placements)


def test_run_that_has_not_begun_is_stopped_at_once_and_one_that_has_ended_not_at_all(by):
    edition = loaded("rasht2025", 4)
    run = asked(edition, in_background=True)

    stopped = operations.stop_run(run=run, by=by, at=AT)
    with pytest.raises(operations.RunHasEnded):
        operations.stop_run(run=run, by=by, at=AT)
    untouched = operations.solve_run(run=run, at=AT)

    assert (stopped.state, stopped.has_plan) == (RunState.STOPPED, False)
    assert untouched.state == RunState.STOPPED
    assert (
        Words(facts_of(edition), "en", str).fault(stopped.fault)
        == f"{by.name} stopped the search before it had a plan."
    )


def test_edition_has_one_run_at_a_time(by):
    edition = loaded("rasht2025", 4)
    other = loaded("atlantic2027", 4)
    asked(edition, in_background=True)

    with pytest.raises(operations.RunInProgress):
        asked(edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(edition=edition, asked_by="x", asked_at=AT)
    assert asked(other).state == RunState.QUEUED


def test_run_whose_worker_is_gone_is_queued_again_and_after_some_attempts_fails(by, django_capture_on_commit_callbacks):
    edition = loaded("rasht2025", 4)
    run = _at_work(edition)
    early = operations.revive_runs(at=AT + timedelta(seconds=5))
    with django_capture_on_commit_callbacks(execute=True):
        revived = operations.revive_runs(at=LATER)
    again = Run.objects.get(pk=run.pk)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, attempts=MOST_ATTEMPTS)
    operations.revive_runs(at=LATER)

    failed = Run.objects.get(pk=run.pk)
    assert early == []
    assert [each.pk for each in revived] == [run.pk]
    assert again.state == RunState.QUEUED
    assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"run": run.pk}
    assert failed.state == RunState.FAILED
    assert failed.fault["name"] == "WorkerLost"
    assert "start again" in Words(facts_of(edition), "en", str).fault(failed.fault)


def test_run_of_a_command_that_was_killed_does_not_stand_in_the_way_of_the_next(by):
    edition = loaded("rasht2025", 4)
    first = _at_work(edition, in_background=False, task="")

    second = asked(edition, at=LATER)

    assert Run.objects.get(pk=first.pk).state == RunState.FAILED
    assert second.state == RunState.QUEUED


def test_run_that_was_being_stopped_when_its_worker_went_is_stopped(by):
    edition = loaded("rasht2025", 4)
    run = _at_work(edition, state=RunState.STOPPING)

    operations.revive_runs(at=LATER)

    assert Run.objects.get(pk=run.pk).state == RunState.STOPPED


def test_task_that_is_begun_again_takes_its_run_up_and_another_leaves_it(by):
    edition = loaded("rasht2025", 4)
    run = _at_work(edition, task="one")

    other = operations.solve_run(run=Run.objects.get(pk=run.pk), at=AT, task="two")
    same = operations.solve_run(run=Run.objects.get(pk=run.pk), at=AT, task="one")
    ended = operations.solve_run(run=Run.objects.get(pk=run.pk), at=AT, task="one")

    assert other.state == RunState.RUNNING
    assert (same.state, same.attempts) == (RunState.DONE, 2)
    assert (ended.state, ended.ended_at) == (RunState.DONE, same.ended_at)


def test_result_of_a_run_that_was_taken_over_is_left_out(by):
    edition = loaded("rasht2025", 8)
    run = asked(edition, seconds=5)

    def take_over(objective, value, bound):
        Run.objects.filter(pk=run.pk).update(attempts=5)

    left = operations.solve_run(run=run, at=AT, progress=take_over)

    assert left.state == RunState.RUNNING
    assert left.placements == {}


def test_rule_in_the_way_is_kept_with_the_run_and_its_task_ends_well(by, django_capture_on_commit_callbacks):
    edition = loaded("rasht2025", 4)
    Bilateral.objects.update(fixed_room=None)
    Room.objects.update(kind="hall")
    with django_capture_on_commit_callbacks(execute=True):
        run = asked(edition, in_background=True)
    queued = DBTaskResult.objects.get()

    tasks.solve_run.call(TaskContext(task_result=queued.task_result), run=run.pk)

    failed = Run.objects.get(pk=run.pk)
    assert failed.state == RunState.FAILED
    assert "meeting" in Words(facts_of(edition), "en", str).fault(failed.fault)


def test_plan_is_not_accepted_when_what_it_was_made_on_has_changed_unless_that_is_known(by):
    edition = loaded("rasht2025", 10)
    run = operations.solve_run(run=asked(edition), at=AT)
    wish = Bilateral.objects.filter(edition=edition, fixed_at=None).first()
    Bilateral.objects.filter(pk=wish.pk).update(weight=wish.weight + 1)
    gone = Bilateral.objects.filter(edition=edition, fixed_at=None).last()
    gone.delete()

    with pytest.raises(operations.PlanIsOutdated) as caught:
        operations.accept_run(run=run, by=by, at=AT)
    operations.accept_run(run=run, by=by, at=AT, despite_changes=True)

    assert set(caught.value.things) == {("bilateral", wish.slug), ("bilateral", gone.slug)}
    assert Run.objects.get(pk=run.pk).accepted_at == AT


def test_plan_that_no_longer_fits_is_never_accepted(by):
    edition = loaded("rasht2025", 10)
    run = operations.solve_run(run=asked(edition), at=AT)
    taken = next(slug for slug in run.placements if Bilateral.objects.get(slug=slug).fixed_at is None)
    Room.objects.filter(slug=run.placements[taken]["room"]).update(seats=1)

    with pytest.raises(operations.PlanNoLongerFits) as caught:
        operations.accept_run(run=run, by=by, at=AT, despite_changes=True)

    assert taken in caught.value.bilaterals
    assert not Bilateral.objects.placed().exists()


def test_place_pinned_after_the_run_stays_when_the_plan_is_accepted(by):
    edition = planned("rasht2025", 10)
    bilateral = next(each for each in placed(edition) if each.fixed_at is None)
    run = operations.solve_run(run=asked(edition), at=AT)
    operations.unplace_bilateral(bilateral=bilateral, by=by, at=AT)
    facts = facts_of(edition)
    others = {(place["starts_at"], place["room"]) for slug, place in run.placements.items() if slug != bilateral.slug}
    free = [
        (each.starts_at, room)
        for each in queries.free_places(facts, facts.bilateral(bilateral.slug))
        for room in each.rooms
        if (each.starts_at.astimezone(edition.zone).isoformat(), room) not in others
    ]
    starts_at, room = free[-1]
    operations.move_bilateral(bilateral=bilateral, place=Place(starts_at, room, is_pinned=True), by=by, at=AT)

    operations.accept_run(run=run, by=by, at=AT)

    kept = Bilateral.objects.get(pk=bilateral.pk)
    assert (kept.starts_at, kept.room.slug, kept.pinned) == (starts_at, room, True)


def test_newest_acceptance_is_the_plan_in_force(by):
    edition = loaded("rasht2025", 4)
    first = operations.solve_run(run=asked(edition), at=AT)
    second = operations.solve_run(run=asked(edition), at=AT)
    operations.accept_run(run=second, by=by, at=AT)
    operations.accept_run(run=first, by=by, at=LATER)

    assert queries.accepted_run(edition) == first
    assert queries.latest_plan(edition) == second
    assert queries.active_run(edition) is None
    assert [run.pk for run in queries.runs_of(edition)] == [second.pk, first.pk]


def test_reasons_name_things_in_the_readers_language():
    edition = loaded("rasht2025", 4)
    words = Words(facts_of(edition), "fa", str)
    morning = {"from": "2025-11-18T08:00:00+03:30", "to": "2025-11-18T12:00:00+03:30"}
    reasons = [
        {"scarce": [{"kind": "daily_cap", "party": "gilan"}], "instead_of": [], "starts_at": None},
        {"scarce": [{"kind": "interpreter", "languages": ["fa", "ru"]}], "instead_of": []},
        {"scarce": [{"kind": "outweighed"}], "instead_of": ["gilan-astrakhan"]},
        {"scarce": [{"kind": "interpreter", "languages": ["fa", "ru"], **morning}], "instead_of": []},
        {"scarce": [{"kind": "room_number", **morning}, {"kind": "travel"}], "instead_of": []},
    ]

    lines = reason_lines(reasons, str, words)
    clash = broken_lines([{"constraint": "room_number", "bilaterals": ["gilan-astrakhan"]}], str, words)

    assert lines == [
        "استان گیلان has as many meetings as the rules allow in a day",
        "there are too few interpreters for فارسی–روسی",
        "it fits only in the place of استان گیلان – استان آستراخان",
        "one more interpreter for فارسی–روسی is needed on ۲۷ آبان ۱۴۰۴, ۰۸:۰۰ تا ۱۲:۰۰",
        "one more room is needed on ۲۷ آبان ۱۴۰۴, ۰۸:۰۰ تا ۱۲:۰۰ + the way from one venue to another takes too long",
    ]
    assert reason_lines(reasons[3:4], str) == [
        "one more interpreter for fa–ru is needed on 2025-11-18, 08:00–12:00",
    ]
    assert clash == ["استان گیلان – استان آستراخان have to take place, and cannot: there are too few rooms."]


def test_every_act_on_a_run_leaves_a_line(by):
    edition = loaded("rasht2025", 4)
    operations.stop_run(run=asked(edition), by=by, at=AT)
    operations.accept_run(run=operations.solve_run(run=asked(edition), at=AT), by=by, at=AT)

    events = set(Line.objects.filter(subject_kind="run").values_list("event", flat=True))

    assert events == {f"planning.run.{name}" for name in ("asked", "stopped", "ended", "accepted")}


def test_web_process_that_shows_runs_loads_neither_numpy_nor_the_solver():
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'ejlas.config.settings'; django.setup()\n"
        "import ejlas.planning.operations, ejlas.planning.queries, ejlas.planning.queries.board\n"
        "import ejlas.planning.queries.reasons, ejlas.planning.queries.words\n"
        "print([name for name in ('numpy', 'ortools') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_run_ends_by_itself_when_it_is_good_enough(by):
    percent = 25.0
    edition = loaded("atlantic2027")

    begun = monotonic()
    done = operations.solve_run(run=asked(edition, seconds=200, enough_percent=percent), at=AT)

    assert done.has_plan
    assert gap_percent(done.value, done.bound) <= percent
    assert monotonic() - begun < 120
    assert done.refusals
    assert done.statistics.get("is_enough") or done.proven


def test_run_that_asks_for_nothing_missing_is_proven_or_takes_its_time(by):
    edition = loaded("rasht2025", 8)

    done = operations.solve_run(run=asked(edition, enough_percent=0.0), at=AT)

    assert done.proven
    assert done.value == done.bound


def test_gap_is_told_in_per_cent_of_the_bound():
    assert (gap_percent(98, 100), gap_percent(0, 0), gap_percent(5, 4)) == (2.0, 0.0, 0.0)
