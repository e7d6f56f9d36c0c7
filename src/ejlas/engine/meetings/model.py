"""The problem of meetings as a CP-SAT model: one literal for each start, and rooms and interpreters around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.options import Options, Team, alike, options_of
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Ints

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr, LinearExprT

MOST_UNIONS = 64
"""Sets of teams for which the lean model counts the meetings that only they can serve."""


@dataclass
class Model:
    """A CP-SAT model and its literals."""

    problem: MeetingProblem
    options: Options
    cp: "CpModel"
    at: dict[tuple[int, int], "IntVar"] = field(default_factory=dict)
    """(meeting, slot): the meeting starts there."""
    room: dict[tuple[int, int, int], "IntVar"] = field(default_factory=dict)
    """(meeting, slot, team): it starts there, in a room of the team; empty in a lean model."""
    interpreter: dict[tuple[int, int, int], "IntVar"] = field(default_factory=dict)
    """(meeting, slot, team): it starts there, with so many interpreters of the team; empty in a lean model."""

    def starts_of(self, meeting: int) -> list["IntVar"]:
        """Return the literals of all starts of a meeting; their sum says whether it is granted."""
        return [self.at[meeting, slot] for slot in self.options.starts[meeting]]


@dataclass(frozen=True)
class Use:
    """A literal that takes something up from one slot until before another."""

    literal: "IntVar"
    start: int
    end: int
    amount: int = 1
    most: int = 1
    """How much the literal can take up at most, counted with the amount."""
    serving: frozenset[int] = frozenset()
    """The teams that can serve it."""


def build(
    problem: MeetingProblem,
    *,
    exact: bool,
    doubled: frozenset[int] = frozenset(),
    kept: Placements | None = None,
) -> Model:
    """Return the model of all hard constraints but the required meetings; the objectives come later.

    Parameters
    ----------
    problem : what to place
    exact : whether each meeting gets its room and interpreters in the model; otherwise the model is lean: it counts
        in each slot how many meetings a set of rooms or interpreters has to serve, which every plan fulfils, and
        the rooms and interpreters are found afterwards
    doubled : participants who may sit in several meetings at once, to find out who stands in the way
    kept : what is placed here has this place or none; the model then tells rooms and people apart by name
    """
    from ortools.sat.python import cp_model

    model = Model(problem, options_of(problem, kept), cp_model.CpModel())
    for meeting, slots in enumerate(model.options.starts):
        for slot in slots:
            model.at[meeting, slot] = model.cp.new_bool_var("")
        model.cp.add_at_most_one(model.starts_of(meeting))
    _add_participants(model, doubled)
    if exact:
        _add_rooms(model)
        _add_interpreters(model)
    else:
        _count_rooms(model)
        _count_interpreters(model)
    return model


def total(terms: Iterable["LinearExprT"]) -> "LinearExpr":
    """Return the sum of the terms as one expression."""
    from ortools.sat.python import cp_model

    # The sum of nothing is to be an expression too.
    return cp_model.LinearExpr.sum([cp_model.LinearExpr.constant(0), *terms])


def _add_capacity(model: Model, uses: Iterable[Use], capacity: int) -> None:
    """Let no more than the capacity be in use in any slot."""
    in_slot: list[list[Use]] = [[] for _ in range(model.problem.n_slots)]
    for use in uses:
        for slot in range(use.start, min(use.end, int(model.problem.day_end[use.start]))):
            in_slot[slot].append(use)
    for slot, present in enumerate(in_slot):
        # Where nothing begins, the slot before says the same or more.
        if sum(use.most for use in present) <= capacity or not any(use.start == slot for use in present):
            continue
        if capacity == 1 and all(use.amount == use.most == 1 for use in present):
            model.cp.add_at_most_one([use.literal for use in present])
        else:
            model.cp.add(total(use.amount * use.literal for use in present) <= capacity)


def _add_participants(model: Model, doubled: frozenset[int]) -> None:
    """Keep the meetings of each participant apart, and no more of them a day than its cap."""
    problem = model.problem
    lasting = problem.length + problem.apart_slots
    for participant, meetings in enumerate(problem.meetings_of):
        pairs = [(meeting, slot) for meeting in meetings for slot in model.options.starts[meeting]]
        if participant not in doubled:
            _add_capacity(model, (Use(model.at[m, s], s, s + int(lasting[m])) for m, s in pairs), 1)
        cap = int(problem.daily_cap[participant])
        if 0 <= cap < len(meetings):
            for literals in literals_by_day(model, pairs).values():
                model.cp.add(total(literals) <= cap)


def literals_by_day(model: Model, pairs: Iterable[tuple[int, int]]) -> dict[int, list["IntVar"]]:
    """Return the literals of these meetings and slots, by day."""
    days: dict[int, list[IntVar]] = {}
    for meeting, slot in pairs:
        days.setdefault(int(model.problem.day_of_slot[slot]), []).append(model.at[meeting, slot])
    return days


def _serving(teams: Sequence[Team], chosen: Iterable[int], slot: int, length: int) -> frozenset[int]:
    """Return the chosen teams that are free for so long from the slot on."""
    return frozenset(index for index in chosen if teams[index].free_run[slot] >= length)


def _room_uses(model: Model) -> list[tuple[int, Use]]:
    """Return for each start the use of a room that it means, turnaround included."""
    problem, options = model.problem, model.options
    uses = []
    for (meeting, slot), at in model.at.items():
        length = int(problem.length[meeting])
        serving = _serving(options.room_teams, options.rooms[meeting], slot, length)
        uses.append((meeting, Use(at, slot, slot + length + problem.turnaround_slots, serving=serving)))
    return uses


def _interpreter_uses(model: Model) -> list[tuple[int, Use]]:
    """Return for each start of a meeting with a language pair the use of interpreters that it means."""
    problem, options = model.problem, model.options
    uses = []
    for (meeting, slot), at in model.at.items():
        if problem.pool[meeting] == NONE:
            continue
        length, needed = int(problem.length[meeting]), int(problem.interpreters_needed[meeting])
        serving = _serving(options.interpreter_teams, options.interpreters[meeting], slot, length)
        uses.append((meeting, Use(at, slot, slot + length, needed, needed, serving)))
    return uses


def _count_rooms(model: Model) -> None:
    """Let the rooms be enough for the meetings in each slot, whichever of them each gets."""
    _count_teams(model, [use for _, use in _room_uses(model)], model.options.room_teams)


def _count_interpreters(model: Model) -> None:
    """Let the interpreters of each pair be enough in each slot, and their daily limits enough in sum."""
    problem, teams = model.problem, model.options.interpreter_teams
    uses = _interpreter_uses(model)
    for pool in sorted({int(problem.pool[meeting]) for meeting, _ in uses}):
        mine = [(meeting, use) for meeting, use in uses if problem.pool[meeting] == pool]
        _count_teams(model, [use for _, use in mine], teams)
        limits = [team.daily_slots for team in teams if problem.interpreter_pool[team.members[0]] == pool]
        if None not in limits:
            _add_daily_work(model, mine, sum(limit for limit in limits if limit is not None))


def _count_teams(model: Model, uses: Sequence[Use], teams: Sequence[Team]) -> None:
    """For each set of teams, let no more be in use that only they can serve than they have members."""
    unions = {use.serving for use in uses}
    for first in tuple(unions):
        for second in tuple(unions):
            if len(unions) < MOST_UNIONS:
                unions.add(first | second)
    for union in sorted(unions, key=sorted):
        capacity = sum(len(teams[team].members) for team in union)
        _add_capacity(model, [use for use in uses if use.serving <= union], capacity)


def _add_daily_work(model: Model, uses: Iterable[tuple[int, Use]], limit: int) -> None:
    """Keep the interpreted slots of each day within the limit."""
    days: dict[int, list[LinearExprT]] = {}
    for meeting, use in uses:
        day = int(model.problem.day_of_slot[use.start])
        days.setdefault(day, []).append(int(model.problem.length[meeting]) * use.amount * use.literal)
    for work in days.values():
        model.cp.add(total(work) <= limit)


def _add_rooms(model: Model) -> None:
    """Give each granted meeting a room team, and no team more meetings at once than it has rooms."""
    teams = model.options.room_teams
    used: list[list[Use]] = [[] for _ in teams]
    for meeting, use in _room_uses(model):
        for team in sorted(use.serving):
            literal = use.literal if len(use.serving) == 1 else model.cp.new_bool_var("")
            model.room[meeting, use.start, team] = literal
            used[team].append(Use(literal, use.start, use.end))
        if len(use.serving) > 1:
            model.cp.add(total(model.room[meeting, use.start, team] for team in use.serving) == use.literal)
    for team, uses in enumerate(used):
        _add_capacity(model, uses, len(teams[team].members))


def _add_interpreters(model: Model) -> None:
    """Give each granted meeting its interpreters, and none two meetings at once or too long a day."""
    teams = model.options.interpreter_teams
    used: list[list[tuple[int, Use]]] = [[] for _ in teams]
    for meeting, use in _interpreter_uses(model):
        for team in sorted(use.serving):
            most = min(use.amount, len(teams[team].members))
            literal = model.cp.new_int_var(0, most, "")
            model.interpreter[meeting, use.start, team] = literal
            used[team].append((meeting, Use(literal, use.start, use.end, 1, most)))
        mine = (model.interpreter[meeting, use.start, team] for team in sorted(use.serving))
        model.cp.add(total(mine) == use.amount * use.literal)
    for team, uses in enumerate(used):
        _add_capacity(model, (use for _, use in uses), len(teams[team].members))
        limit = teams[team].daily_slots
        if limit is not None:
            _add_daily_work(model, uses, limit)
    if not model.options.named:
        _order_interpreters(model)


def _order_interpreters(model: Model) -> None:
    """Let the second of two interpreters that are alike take a meeting only after the first has an earlier one."""
    teams = model.options.interpreter_teams
    for second in range(1, len(teams)):
        people = teams[second - 1].members[0], teams[second].members[0]
        if None in (teams[second - 1].daily_slots, teams[second].daily_slots) or not alike(model.problem, *people):
            continue
        earlier: list[IntVar] = []
        for meeting, slots in enumerate(model.options.starts):
            earlier += [v for s in slots if (v := model.interpreter.get((meeting, s, second - 1))) is not None]
            mine = [v for s in slots if (v := model.interpreter.get((meeting, s, second))) is not None]
            if mine:
                model.cp.add(total(mine) <= total(earlier))


def weights(model: Model) -> "LinearExpr":
    """Return the granted weight."""
    return total(int(model.problem.weight[meeting]) * literal for (meeting, _), literal in model.at.items())


def required_placed(model: Model) -> "LinearExpr":
    """Return how many of the required meetings are placed."""
    required = np.flatnonzero(model.problem.required)
    return total(literal for meeting in required for literal in model.starts_of(int(meeting)))


def hint(model: Model, start: Ints) -> None:
    """Tell the solver where to begin: (n_meetings,) slot; -1 = not granted."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for (meeting, slot), literal in model.at.items():
        model.cp.add_hint(literal, bool(start[meeting] == slot))


def starts_in(model: Model, values: Sequence[int]) -> Ints:
    """(n_meetings,) the slot in which each meeting starts, by the values of the model; -1 = not granted."""
    start = np.full(model.problem.n_meetings, NONE, dtype=np.int64)
    for (meeting, slot), literal in model.at.items():
        if values[literal.index]:
            start[meeting] = slot
    return start
