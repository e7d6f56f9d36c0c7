"""Why an impossible problem of tables is impossible: a smallest set of mandatory meetings, and the constraints."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ejlas.engine.meetings.runner import Aim, Answer, Runner
from ejlas.engine.meetings.tables.model import TableModel, add_breaks, build
from ejlas.engine.meetings.tables.objectives import MANDATORY
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.propagate import narrow
from ejlas.engine.result import Broken
from ejlas.engine.values import Bools, Ints

WORK_FOR_TRIAL = 2.0
"""Work after which a trial gives up; what it left open counts as possible."""
WORK_FOR_CORE = 10.0
"""Work for a first small set, found by a search over all mandatory meetings."""

Thing = tuple[str, int]
"""A constraint by its name and holder; of `before`, the holder is the row of the order."""
Members = tuple[int, ...]
"""Mandatory meetings, in their order."""


def clashes(problem: TableProblem, runner: Runner) -> tuple[Broken, ...]:
    """Name the constraints that clash, and the meetings in them: together a smallest set that can not stand.

    No meeting of the set can be left out, and no constraint. Fairness is looked at only where nothing clashes without
    it. Where the stop or a limit of work ends the search, set and constraints may be more than needed.

    Parameters
    ----------
    problem : an impossible one
    runner : what solves
    """
    everybody = tuple(np.flatnonzero(problem.mandatory).tolist())
    trials = _Trials(problem, runner)
    if trials.is_seen_impossible(everybody):
        clash = _smallest(everybody, trials.is_seen_impossible)
    else:
        clash = trials.core(everybody)
    clash = _without_spare(clash, lambda members: trials.is_impossible(problem, members))
    return tuple(_broken(problem, thing, clash) for thing in trials.needed(clash))


def _smallest(members: Members, is_impossible: Callable[[Members], bool]) -> Members:
    """Return a part that is impossible, of which every smaller part is not, halving again and again (QuickXplain)."""

    def conflict(beside: Members, candidates: Members, *, is_new: bool) -> Members:
        if is_new and is_impossible(beside):
            return ()
        if len(candidates) == 1:
            return candidates
        first, second = candidates[: len(candidates) // 2], candidates[len(candidates) // 2 :]
        of_second = conflict(beside + first, second, is_new=True)
        return conflict(beside + of_second, first, is_new=bool(of_second)) + of_second

    return tuple(sorted(conflict((), members, is_new=False)))


def _without_spare(members: Members, is_impossible: Callable[[Members], bool]) -> Members:
    """Return the members without those that can be left out, tried one by one."""
    for member in members:
        fewer = tuple(each for each in members if each != member)
        if is_impossible(fewer):
            members = fewer
    return members


@dataclass
class _Trials:
    """Tries whether meetings can be placed together."""

    problem: TableProblem
    runner: Runner
    with_fairness: bool = False
    """Whether it takes fairness to see that the problem is impossible."""

    def is_seen_impossible(self, members: Members) -> bool:
        """Whether it is seen without a search that these meetings can not all be placed."""
        return narrow(self.problem, self._required(members)) is None

    def core(self, members: Members) -> Members:
        """Return some of these meetings that can not all be placed, as the solver tells them; else all."""
        for self.with_fairness in (False, True):
            model = build(self.problem, self.problem.open, required=())
            if self.with_fairness:
                add_breaks(model)
            member_of = {}
            for member in members:
                is_placed = model.cp.new_bool_var("")
                model.cp.add_bool_or([*model.places_of(member), is_placed.negated()])
                model.cp.add_assumption(is_placed)
                member_of[is_placed.index] = member
            answer = self._solve(model, WORK_FOR_CORE)
            if answer.infeasible:
                return tuple(sorted(member_of[index] for index in answer.clash)) or members
        return members

    def is_impossible(self, problem: TableProblem, members: Members) -> bool:
        """Whether these meetings can not all be placed."""
        if not members:
            return False
        if narrow(problem, self._required(members)) is None:
            return True
        if self.runner.is_over:
            return False
        if self.with_fairness:
            return self._is_unfair(problem, members)
        model = build(problem, problem.open & self._required(members)[:, None], required=members)
        return self._solve(model, WORK_FOR_TRIAL).infeasible

    def _is_unfair(self, problem: TableProblem, members: Members) -> bool:
        """Whether these meetings can not all be placed in a fair plan, in which other meetings may fill gaps."""
        people = sorted(set(problem.pair[list(members)].reshape(-1).tolist()))
        theirs: Bools = np.asarray(np.isin(problem.pair, people).any(axis=1, keepdims=True))
        # Meetings of others are left out, which makes no participant of these worse off; the others may be unfair.
        model = build(problem, problem.open & theirs, required=members)
        add_breaks(model, people)
        if self._solve(model, WORK_FOR_TRIAL).infeasible:
            return True
        # Where it is fair to all, it is a plan; otherwise it takes the others' meetings to know.
        for open_ in (problem.open & theirs, problem.open):
            model = build(problem, open_, required=members)
            add_breaks(model)
            answer = self._solve(model, WORK_FOR_TRIAL)
            if answer.values is not None:
                return False
        return answer.infeasible

    def needed(self, clash: Members) -> list[Thing]:
        """Return the constraints without any one of which the meetings could stand together."""
        looser = self.problem
        needed: list[Thing] = []
        for thing in _things(self.problem, clash, with_fairness=self.with_fairness):
            relaxed = _relax(looser, thing, self.problem.before)
            if self.is_impossible(relaxed, clash):
                looser = relaxed
            else:
                needed.append(thing)
        return needed

    def _required(self, members: Members) -> Bools:
        required = np.zeros(self.problem.n_meetings, dtype=np.bool_)
        required[list(members)] = True
        return required

    def _solve(self, model: TableModel, most_work: float) -> Answer:
        return self.runner.optimise(model.cp, Aim(MANDATORY, is_told=False), most_work=most_work)


def _things(problem: TableProblem, clash: Members, *, with_fairness: bool) -> Sequence[Thing]:
    """Return the constraints that could stand in the way of these meetings, the least telling ones first."""
    members = list(clash)
    people = sorted(set(problem.pair[members].reshape(-1).tolist()))
    pools = sorted(set(problem.pool[members].tolist()) - {NONE})
    inside = np.isin(problem.before, members).all(axis=1)
    return (
        *([("fairness", NONE)] if with_fairness else []),
        *(("tables", slot) for slot in range(problem.n_slots)),
        *(("interpreter", pool) for pool in pools),
        *(("allowed", meeting) for meeting in members),
        *(("participant_hours", person) for person in people),
        *(("before", row) for row in np.flatnonzero(inside).tolist()),
        *(("participant_clash", person) for person in people),
    )


def _relax(problem: TableProblem, thing: Thing, orders: Ints) -> TableProblem:
    """Return the problem without a constraint; of `before`, the holder is a row of these orders."""
    name, holder = thing
    if name == "fairness":
        return replace(problem, most_difference=NONE)
    if name == "participant_clash":
        return _doubled(problem, holder)
    if name == "before":
        return replace(problem, before=problem.before[(problem.before != orders[holder]).any(axis=1)])
    field, value = {
        "tables": ("tables", problem.n_meetings),
        "interpreter": ("interpreters", problem.n_meetings),
        "allowed": ("allowed", True),
        "participant_hours": ("available", True),
    }[name]
    array = getattr(problem, field).copy()
    array[holder] = value
    return replace(problem, **{field: array})


def _doubled(problem: TableProblem, person: int) -> TableProblem:
    """Return the problem in which a participant can be in several places at once: each meeting has one of its own."""
    mine = problem.meetings_of[person]
    pair = problem.pair.copy()
    rows, sides = np.nonzero(pair[mine] == person)
    pair[mine[rows], sides] = problem.n_participants + np.arange(len(rows))
    copies = [*range(problem.n_participants), *[person] * len(rows)]
    return replace(problem, pair=pair, available=problem.available[copies], idle=problem.idle[copies])


def _broken(problem: TableProblem, thing: Thing, clash: Members) -> Broken:
    """Return a constraint as the checker names it, with the meetings in it."""
    name, holder = thing
    if name == "before":
        first, second = problem.before[holder].tolist()
        return Broken("before", first, (first, second))
    concerned: dict[str, Callable[[int], bool]] = {
        "allowed": lambda meeting: meeting == holder,
        "participant_hours": lambda meeting: holder in problem.pair[meeting],
        "participant_clash": lambda meeting: holder in problem.pair[meeting],
        "interpreter": lambda meeting: int(problem.pool[meeting]) == holder,
    }
    return Broken(name, holder, tuple(each for each in clash if name not in concerned or concerned[name](each)))
