"""The search in parts: right plans whatever comes back, the same plan for the same answers, and bytes to send about."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from ejlas.engine.meetings.tables import transport
from ejlas.engine.meetings.tables.check import check
from ejlas.engine.meetings.tables.objectives import breaks, granted_weight
from ejlas.engine.meetings.tables.pace import LEAST_SECONDS, Pace, rounds_of
from ejlas.engine.meetings.tables.part_search import solve_part
from ejlas.engine.meetings.tables.parts import Part, Phase, cut, is_answer, members, problem_of
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.solve import is_small
from ejlas.engine.meetings.tables.spread import SearchInParts, solve_in_parts
from ejlas.engine.stop import Deadline, FirstOf, MaxWork, Spent, Switch
from tests.engine.meetings.tables.instances import fair, tiny

ARRAYS = [name for name in TableProblem.__dataclass_fields__ if name != "most_difference"]


@pytest.fixture(scope="module")
def crowd():
    """Some hundred participants who want more than there are tables for, over four days."""
    return replace(fair(people=120, slots=20, days=4, share=0.9), tables=np.full(20, 45))


def here(problem):
    """Answer all that is asked, in this process."""
    return lambda parts: [solve_part(problem, part) for part in parts]


def part_of(problem, phase=Phase.GRANT, *, n_parts=2, slot=None, **changes):
    """The first part of a cut."""
    generator = np.random.default_rng(1)
    slot = np.full(problem.n_meetings, NONE) if slot is None else slot
    groups = cut(problem, phase, n_parts, generator)
    meetings = members(slot, groups, phase, generator)[0]
    values = {"moves": 3_000, "heats": (0.9, 0.3), "seed": 5, **changes}
    return Part(phase=phase, slots=groups[0], meetings=meetings, slot=slot[meetings], **values)


@pytest.mark.parametrize("n_parts", [1, 3, 9])
def test_plan_is_right_near_the_bound_and_the_same_again(crowd, n_parts):
    plans = [solve_in_parts(crowd, here(crowd), stop=MaxWork(0.6), seed=4, n_parts=n_parts) for _ in range(2)]
    other = solve_in_parts(crowd, here(crowd), stop=MaxWork(0.6), seed=5, n_parts=n_parts)

    assert check(crowd, plans[0].slot) == ()
    assert plans[0].certificate("weight").gap < 0.02
    assert np.array_equal(plans[0].slot, plans[1].slot)
    assert not np.array_equal(plans[0].slot, other.slot)
    assert plans[0].statistics["lost"] == 0
    assert plans[0].statistics["work"] < 0.7


def test_breaks_are_closed_with_the_same_grants(crowd):
    search = SearchInParts(crowd, here(crowd), MaxWork(2), 1, 2)
    search.grant(10**9)
    granted, before = search.best != NONE, breaks(crowd, search.best).sum()

    search.close()

    assert np.array_equal(search.best != NONE, granted)
    assert breaks(crowd, search.best).sum() < 0.5 * before
    assert check(crowd, search.best) == ()


def test_answers_that_never_come_leave_a_right_plan(crowd):
    asked = count()

    def sometimes(parts):
        return [solve_part(crowd, part) if next(asked) % 3 else None for part in parts]

    plan = solve_in_parts(crowd, sometimes, stop=MaxWork(1), seed=1, n_parts=4)

    assert check(crowd, plan.slot) == ()
    assert plan.statistics["lost"] > plan.statistics["parts"] / 4
    assert plan.certificate("weight").gap < 0.02


def test_where_nobody_answers_the_first_plan_remains_and_nobody_is_asked_again(crowd):
    asked = []

    def never(parts):
        asked.append(len(parts))
        return [None] * len(parts)

    plan = solve_in_parts(crowd, never, stop=MaxWork(3), seed=1, n_parts=4)

    assert asked == [4]
    assert check(crowd, plan.slot) == ()
    assert plan.certificate("weight").gap < 0.1


def test_of_several_seeds_the_best_answer_is_taken(crowd):
    few = replace(crowd, before=np.array([[0, 1]]))
    granted = []

    def ask(parts):
        answers = [solve_part(few, part) for part in parts]
        granted.append([granted_weight(few, answer_in(few, part, answer)) for part, answer in zip(parts, answers)])  # noqa: B905
        return answers

    search = SearchInParts(few, ask, MaxWork(0.3), 1, 3)
    search.grant(10**9)

    assert {len(row) for row in granted} == {3}
    assert any(len(set(row)) > 1 for row in granted)
    assert granted_weight(few, search.slot) == max(granted[-1])


def answer_in(problem, part, answer):
    whole = np.full(problem.n_meetings, NONE)
    whole[part.meetings] = answer
    return whole


def test_answers_that_break_a_rule_are_not_taken(crowd):
    narrow = replace(
        crowd,
        before=np.array([[0, 1]]),
        allowed=np.where(np.arange(crowd.n_meetings)[:, np.newaxis] == 2, False, crowd.allowed),
    )
    part = part_of(narrow, n_parts=1)
    right = solve_part(narrow, part)

    def wrong(place):
        changed = right.copy()
        for meeting, slot in place.items():
            changed[meeting] = slot
        return changed

    same = np.flatnonzero((narrow.pair == narrow.pair[9, 0]).any(axis=1))
    pool = np.flatnonzero(narrow.pool == 0)
    assert is_answer(narrow, part, right)
    assert not is_answer(narrow, part, right[1:])
    assert not is_answer(narrow, part, wrong({0: 20}))
    assert not is_answer(narrow, part, wrong({2: 3}))
    assert not is_answer(narrow, part, wrong({0: 7, 1: 6}))
    assert not is_answer(narrow, part, wrong(dict.fromkeys(same, 5)))
    assert not is_answer(narrow, part, wrong(dict.fromkeys(pool, 5)))
    assert not is_answer(narrow, part, np.full(narrow.n_meetings, 5))
    assert not is_answer(narrow, replace(part, phase=Phase.CLOSE), np.full(narrow.n_meetings, NONE))


def test_who_answers_wrongly_spoils_nothing(crowd):
    def badly(parts):
        return [np.full(len(part.meetings), part.slots[0]) for part in parts]

    plan = solve_in_parts(crowd, badly, stop=MaxWork(3), seed=1, n_parts=4)

    assert check(crowd, plan.slot) == ()
    assert plan.statistics["lost"] == plan.statistics["parts"] == 4


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("n_parts", [1, 2, 3, 4, 7])
def test_parts_share_no_slot_and_no_meeting(crowd, phase, n_parts):
    generator = np.random.default_rng(n_parts)
    slot = generator.integers(NONE, crowd.n_slots, crowd.n_meetings)

    groups = cut(crowd, phase, n_parts, generator)
    meetings = members(slot, groups, phase, generator)

    assert 1 <= len(groups) <= n_parts
    assert sorted(np.concatenate(groups)) == list(range(20))
    known = np.arange(crowd.n_meetings) if phase is Phase.GRANT else np.flatnonzero(slot != NONE)
    assert np.array_equal(np.sort(np.concatenate(meetings)), known)
    for group, within in zip(groups, meetings, strict=True):
        assert np.isin(slot[within], [NONE, *group]).all()
        if phase is Phase.CLOSE:
            assert len(group) == 5 * len(set(crowd.day_of_slot[group]))


def test_orders_are_kept_and_leave_one_part(crowd):
    ordered = replace(crowd, before=np.array([[each, each + 1] for each in range(0, 60, 2)]))

    plan = solve_in_parts(ordered, here(ordered), stop=MaxWork(1), seed=1, n_parts=3)

    assert len(cut(ordered, Phase.GRANT, 3, np.random.default_rng(1))) == 1
    assert check(ordered, plan.slot) == ()


def test_mandatory_meetings_come_before_any_weight(crowd):
    crowded = replace(crowd, tables=np.full(20, 10), mandatory=np.arange(crowd.n_meetings) < 170)

    plan = solve_in_parts(crowded, here(crowded), stop=MaxWork(0.6), seed=1, n_parts=2)

    assert (plan.slot[:170] != NONE).all()
    assert check(crowded, plan.slot) == ()


def test_a_part_is_a_problem_of_its_own(crowd):
    part = part_of(crowd)

    own = problem_of(crowd, part)

    assert (own.n_slots, own.n_meetings, own.n_participants) == (10, len(part.meetings), 120)
    assert np.array_equal(own.open, crowd.open[np.ix_(part.meetings, part.slots)])
    assert is_answer(crowd, part, solve_part(crowd, part))


def test_a_small_problem_asks_nobody():
    problem = tiny(3, mandatory=np.zeros(len(tiny(3).weight), dtype=bool), most_difference=0)
    assert is_small(problem)

    plan = solve_in_parts(problem, lambda _parts: pytest.fail("asked"), stop=MaxWork(1), seed=1, n_parts=2)

    assert check(problem, plan.slot) == ()


def test_a_switch_ends_the_search_and_the_best_plan_is_kept(crowd):
    switch, n_asked = Switch(), []

    def ask(parts):
        n_asked.append(len(parts))
        if len(n_asked) == 3:
            switch.throw()
        return [solve_part(crowd, part) for part in parts]

    plan = solve_in_parts(crowd, ask, stop=FirstOf((MaxWork(50), switch)), seed=1, n_parts=2)

    assert n_asked == [2, 2, 2]
    assert check(crowd, plan.slot) == ()


def test_problems_parts_and_answers_go_through_bytes(crowd):
    for problem in (crowd, tiny(1), tiny(2, most_difference=2)):
        again = transport.problem_from_bytes(transport.problem_bytes(problem))
        assert all(np.array_equal(getattr(again, name), getattr(problem, name)) for name in ARRAYS)
        assert again.most_difference == problem.most_difference
    part = part_of(crowd)
    again = transport.part_from_bytes(transport.part_bytes(part))
    answer = solve_part(crowd, part)

    assert (again.phase, again.moves, again.heats, again.seed) == (part.phase, part.moves, part.heats, part.seed)
    assert np.array_equal(again.meetings, part.meetings)
    assert np.array_equal(solve_part(crowd, again), answer)
    assert np.array_equal(transport.answer_from_bytes(transport.answer_bytes(answer)), answer)


def test_bytes_of_something_else_are_refused(crowd):
    answer = transport.answer_bytes(np.array([1, 2]))

    for data in (b"", b"nothing of the kind", answer, transport.problem_bytes(crowd)[:-40]):
        with pytest.raises(ValueError, match="bytes are not a problem"):
            transport.problem_from_bytes(data)


def test_rounds_follow_the_clock():
    now = [0.0]
    pace = Pace(Deadline(100.0, lambda: now[0]), Spent(), part=0.5, most_work=1e9, first_moves=1_000)
    shares, moves, rounds = [], [], rounds_of(2)

    while (found := pace.next_round(Spent(), 2, 1)) is not None:
        began = now[0]
        # Half a second goes by whatever is asked; then a thousand moves take a tenth.
        now[0] += 0.5 + found.moves / 10_000
        pace.learn(found, 2, now[0] - began)
        shares.append(found.share)
        moves.append(found.moves)

    assert 50 - 2 * LEAST_SECONDS < now[0] < 51
    assert shares == sorted(shares)
    assert moves[0] == 1_000
    assert rounds < len(moves) < 2 * rounds
    assert moves[rounds // 2] == pytest.approx(10_000 * (50 / rounds - 0.5), rel=0.05)
