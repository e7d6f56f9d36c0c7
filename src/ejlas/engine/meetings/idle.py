"""The idle gaps of the participants as an expression of the CP-SAT model."""

from typing import TYPE_CHECKING

from ejlas.engine.meetings.cp import Model, literals_by_day, total

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExpr


def gaps(model: Model) -> "LinearExpr":
    """Add to the model what counts idle gaps, and return their number.

    A participant with n meetings on a day has n - 1 pairs of successive ones; each pair is a gap unless a link says
    that the second follows the first without one. The model may claim no link that is not there, and minimising
    claims all that are.
    """
    counts: list[IntVar] = []
    for participant, meetings in enumerate(model.problem.meetings_of):
        pairs = [(meeting, slot) for meeting in meetings for slot in model.options.starts[meeting]]
        cap = int(model.problem.daily_cap[participant])
        most = len(meetings) if cap < 0 else min(cap, len(meetings))
        if most < 2:
            continue
        links = _links(model, participant, pairs)
        for day, literals in literals_by_day(model, pairs).items():
            joined = links.get(day, [])
            if most == 2:
                model.cp.add_at_most_one(joined)
            count = model.cp.new_int_var(0, most - 1, "")
            model.cp.add(count >= total(literals) - 1 - total(joined))
            counts.append(count)
    return total(counts)


def _links(model: Model, participant: int, pairs: list[tuple[int, int]]) -> dict[int, list["IntVar"]]:
    """Return by day a literal for each slot: a meeting ends before it and the next follows without a gap."""
    problem = model.problem
    ends: dict[int, list[IntVar]] = {}
    begins: dict[int, list[IntVar]] = {}
    for meeting, slot in pairs:
        ends.setdefault(slot + int(problem.length[meeting]), []).append(model.at[meeting, slot])
        begins.setdefault(slot, []).append(model.at[meeting, slot])
    links: dict[int, list[IntVar]] = {}
    for end, ending in sorted(ends.items()):
        following = [literal for slot in _window(model, participant, end) for literal in begins.get(slot, [])]
        if following:
            link = model.cp.new_bool_var("")
            model.cp.add(total(ending) >= link)
            model.cp.add(total(following) >= link)
            links.setdefault(int(problem.day_of_slot[end - 1]), []).append(link)
    return links


def _window(model: Model, participant: int, end: int) -> list[int]:
    """Return the slots in which a meeting follows without a gap on one that ended before `end`."""
    problem = model.problem
    window: list[int] = []
    idle = 0
    for slot in range(end + problem.apart_slots, int(problem.day_end[end - 1])):
        window.append(slot)
        idle += int(problem.available[participant, slot])
        if idle > problem.wait_slots:
            break
    return window
