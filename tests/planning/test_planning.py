"""Planning an edition: the problem made from the apps, the run, the accepted plan, each refusal with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django_tasks.base import TaskContext
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line
from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.solve import solve
from ejlas.engine.stop import MaxWork
from ejlas.forum import queries as forum
from ejlas.journeys.summit_file.load import load
from ejlas.planning import operations, tasks
from ejlas.planning.models import Run
from ejlas.planning.queries.grid import grid_of
from ejlas.planning.queries.problem import NoRoomForBilaterals, OffTheGrid, problem_of
from ejlas.planning.queries.reasons import WORDS, sentences
from ejlas.planning.rules import NoSharedLanguage, RunState, needed_pair
from ejlas.programme.models import Bilateral, Room
from ejlas.programme.rules import BilateralState
from tests.factories.summits import SUMMITS, summit
from tests.planning.conftest import loaded

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)


def _loaded(slug, **changes):
    if not changes:
        return loaded(slug)
    load(summit(slug).model_copy(update=changes), by=accounts.system_account(), at=AT)
    return forum.edition(slug)


def _few(slug, n):
    """The summit with its first wishes alone: enough for a plan, little enough for a test."""
    return loaded(slug, n)


def _asked(edition, **values):
    values = {"seconds": 20, "workers": 1, "seed": 1, **values}
    return operations.ask_for_run(edition=edition, by=accounts.system_account(), at=AT, **values)


@pytest.mark.parametrize(
    ("speakers", "pairs", "stated", "needed"),
    [
        ([["fa", "en"], ["en", "ru"]], [("fa", "ru")], [], None),
        ([["fa", "en"], ["az", "ru"]], [("en", "ru"), ("az", "fa")], [], ("az", "fa")),
        ([["fa"], ["tk", "ru"]], [("fa", "ru")], [], ("fa", "ru")),
        ([["fa"], ["kk"]], [("fa", "ru")], [], NoSharedLanguage(("fa", "kk"))),
        ([["fa", "en"], ["en"]], [("fa", "ru")], ["ru", "fa"], ("fa", "ru")),
        ([["fa"], ["ru"]], [("fa", "ru")], ["fa"], None),
        ([["fa"], ["az", "ru"], ["ru"]], [("az", "fa"), ("fa", "ru")], [], ("fa", "ru")),
        ([["fa"], ["az"], ["kk"]], [("az", "fa")], [], NoSharedLanguage(("fa", "az", "kk"))),
    ],
)
def test_needed_pair_serves_every_party_or_names_the_languages(speakers, pairs, stated, needed):
    assert needed_pair(speakers, pairs, stated=stated) == needed


@pytest.mark.django_db
def test_grid_counts_minutes_that_pass_also_on_the_day_the_clock_changes():
    edition = _few("atlantic2027", 4)

    grid = grid_of(edition)

    local = [moment.astimezone(edition.zone) for moment in grid.starts]
    by_day = {day: [m for m in local if m.date() == day] for day in {m.date() for m in local}}
    step = timedelta(minutes=edition.settings["bilaterals"]["grid_min"])
    assert {len(moments) for moments in by_day.values()} == {len(by_day[date(2027, 10, 31)])}
    assert {moments[0].strftime("%H:%M") for moments in by_day.values()} == {"09:00"}
    assert all(
        later.astimezone(UTC) - earlier.astimezone(UTC) == step
        for moments in by_day.values()
        for earlier, later in pairwise(moments)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SUMMITS)
def test_problem_keeps_parties_from_meetings_while_a_session_binds_them(slug):
    edition = _loaded(slug)
    built = problem_of(edition)

    opening = next(
        s for s in summit(slug).sessions if s.binding and not s.parties and s.kind in ("ceremony", "plenary")
    )
    slots = [
        number
        for number, moment in enumerate(built.grid.starts)
        if moment.astimezone(edition.zone).replace(tzinfo=None) == opening.starts_at.replace(tzinfo=None)
    ]

    assert len(built.bilaterals) == len(summit(slug).bilaterals)
    assert all(not built.problem.available[:, slot].any() for slot in slots)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SUMMITS)
def test_plan_of_a_summit_breaks_no_rule_and_keeps_what_is_fixed(slug):
    edition = _few(slug, 14)
    built = problem_of(edition)

    result = solve(built.problem, stop=MaxWork(5), seed=1)

    fixed = [number for number, bilateral in enumerate(built.bilaterals) if bilateral.fixed_at]
    assert fixed
    assert check(built.problem, result) == ()
    assert [built.grid.starts[int(result.start[number])] for number in fixed] == [
        built.bilaterals[number].fixed_at.astimezone(UTC) for number in fixed
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SUMMITS)
def test_problem_costs_as_many_queries_for_any_number_of_wishes(slug, django_assert_num_queries):
    edition = _loaded(slug)

    with django_assert_num_queries(7):
        problem_of(edition)


@pytest.mark.django_db
def test_accepted_run_gives_places_and_a_second_one_moves_nothing():
    edition = _few("rasht2025", 12)
    by = accounts.system_account()
    run = operations.solve_run(run=_asked(edition), at=AT)

    first = operations.accept_run(run=run, by=by, at=AT)
    second = operations.accept_run(run=run, by=by, at=AT)

    placed = Bilateral.objects.placed()
    run.refresh_from_db()
    assert run.state == RunState.ACCEPTED
    assert run.proven
    assert {b.slug for b in placed} == set(run.placements)
    assert len(first.changed) == len(run.placements)
    assert not second
    assert all(b.room and b.starts_at for b in placed)
    assert len(run.placements) + len(run.refusals) == 12
    events = set(Line.objects.values_list("event", flat=True))
    assert {"planning.run.asked", "planning.run.ended", "planning.run.accepted", "programme.bilateral.placed"} <= events


@pytest.mark.django_db
def test_interpreters_of_a_placed_bilateral_speak_its_pair_and_are_in_one_place_at_a_time():
    edition = _few("rasht2025", 20)
    run = operations.solve_run(run=_asked(edition), at=AT)
    operations.accept_run(run=run, by=accounts.system_account(), at=AT)

    busy = {}
    for bilateral in Bilateral.objects.placed().prefetch_related("interpreters"):
        ends_at = bilateral.starts_at + timedelta(minutes=bilateral.length_min)
        for person in bilateral.interpreters.all():
            busy.setdefault(person.slug, []).append((bilateral.starts_at, ends_at))

    assert busy
    for spans in busy.values():
        spans.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.django_db
def test_wish_whose_languages_nobody_interprets_is_refused_for_that():
    file = summit("rasht2025")
    wish = next(b for b in file.bilaterals if set(b.parties) == {"golestan", "mangystau"} or "mangystau" in b.parties)
    lonely = wish.model_copy(update={"languages": ("kk", "fa"), "fixed": None})
    edition = _loaded("rasht2025", bilaterals=(lonely,), interpreters=())

    run = operations.solve_run(run=_asked(edition), at=AT)

    things = [thing for reason in run.refusals[wish.slug] for thing in reason["scarce"]]
    assert run.placements == {}
    (lacking,) = things
    assert (lacking["kind"], lacking["languages"]) == ("interpreter", ["fa", "kk"])
    assert lacking["from"] < lacking["to"]
    assert lacking["from"][:10] == lacking["to"][:10]
    assert "fa–kk" in sentences(run.refusals[wish.slug], str)


@pytest.mark.django_db
def test_edition_without_a_room_for_meetings_says_so_and_the_run_stands_as_failed():
    edition = _few("rasht2025", 4)
    Bilateral.objects.update(fixed_room=None)
    Room.objects.update(kind="hall")
    asked = _asked(edition)

    with pytest.raises(NoRoomForBilaterals):
        operations.solve_run(run=asked, at=AT)

    assert Run.objects.get(pk=asked.pk).state == RunState.FAILED


@pytest.mark.django_db
def test_fixed_time_between_two_slots_is_named():
    edition = _few("rasht2025", 4)
    fixed = Bilateral.objects.exclude(fixed_at=None).first()
    Bilateral.objects.filter(pk=fixed.pk).update(fixed_at=fixed.fixed_at + timedelta(minutes=7))

    with pytest.raises(OffTheGrid) as caught:
        problem_of(edition)

    assert fixed.slug in str(caught.value)
    assert "07" in str(caught.value)


@pytest.mark.django_db
def test_run_without_a_plan_cannot_be_accepted():
    edition = _few("rasht2025", 4)
    asked = _asked(edition)

    with pytest.raises(operations.NoPlanToAccept):
        operations.accept_run(run=asked, by=accounts.system_account(), at=AT)

    assert Bilateral.objects.filter(state=BilateralState.PLACED).count() == 0


@pytest.mark.django_db
def test_run_in_the_background_waits_for_the_commit_and_is_done_by_the_task(django_capture_on_commit_callbacks):
    edition = _few("rasht2025", 4)

    with django_capture_on_commit_callbacks(execute=True):
        asked = _asked(edition, in_background=True)
        before_commit = DBTaskResult.objects.count()
    queued = DBTaskResult.objects.get()
    tasks.solve_run.call(TaskContext(task_result=queued.task_result), **queued.args_kwargs["kwargs"])

    assert before_commit == 0
    assert queued.args_kwargs["kwargs"] == {"run": asked.pk}
    assert Run.objects.get(pk=asked.pk).state == RunState.DONE


def test_every_kind_of_scarcity_has_words():
    kinds = {
        "participant_hours",
        "daily_cap",
        "participant_clash",
        "interpreter",
        "interpreter_rest",
        "travel",
        "room_hours",
        "room_seats",
        "room_number",
        "start",
        "outweighed",
        "search",
        "several",
    }

    assert set(WORDS) == kinds
    assert sentences([], str) == "no reason was found in the time given"
