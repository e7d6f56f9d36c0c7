"""Why two forecasts differ: the earlier one led to the later in steps, each with its own part of the difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ejlas.planning.rules.ready.basis import Basis, Owed
from ejlas.planning.rules.ready.outcome import Made
from ejlas.planning.rules.ready.states import Cause

# So many obligations are named for each step.
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Shift:
    """One step from an earlier forecast to a later one.

    Parameters
    ----------
    change : by how much it moved the probability that all is ready
    days : by how many days it moved the day by which all is ready with 80 per cent; above 0 = later
    slugs : obligations that it is about, at most `MOST_NAMED`; n of them in all
    """

    cause: Cause
    change: float
    days: int
    n: int
    slugs: tuple[str, ...]

    def stored(self) -> dict[str, Any]:
        """Return the step as JSON can hold it."""
        return {
            "cause": self.cause.value,
            "change": self.change,
            "days": self.days,
            "n": self.n,
            "slugs": list(self.slugs),
        }


def shifts(old: Basis, new: Basis, *, seed: int) -> tuple[Shift, ...]:
    """Return the steps from an earlier basis to a later one that moved anything; nothing where either owes nothing."""
    if not old.owed or not new.owed:
        return ()
    found, standing = [], old
    p_before, day_before = _seen(old, seed)
    for cause, step in _STEPS.items():
        moved, slugs = step(standing, new)
        if moved == standing:
            continue
        p_after, day_after = _seen(moved, seed)
        found.append(
            Shift(cause, p_after - p_before, (day_after - day_before).days, len(slugs), tuple(slugs[:MOST_NAMED]))
        )
        standing, p_before, day_before = moved, p_after, day_after
    return tuple(found)


def _seen(basis: Basis, seed: int) -> tuple[float, date]:
    made = Made(basis, seed=seed)
    return made.p_ready, made.end_by(0.8)


Step = tuple[Basis, list[str]]


def _time(standing: Basis, new: Basis) -> Step:
    return replace(standing, today=max(standing.today, new.today)), []


def _fields(*names: str) -> Callable[[Basis, Basis], Step]:
    def step(standing: Basis, new: Basis) -> Step:
        later: Mapping[str, Owed] = {each.slug: each for each in new.owed}
        rows, slugs = [], []
        for each in standing.owed:
            wanted = later.get(each.slug)
            moved = each if wanted is None else replace(each, **{name: getattr(wanted, name) for name in names})
            if moved != each:
                slugs.append(each.slug)
            rows.append(moved)
        return replace(standing, owed=tuple(rows)), slugs

    return step


def _order(standing: Basis, new: Basis) -> Step:
    moved, slugs = _fields("after", "uses", "start_after", "due")(standing, new)
    return replace(moved, hands=new.hands), slugs


def _scope(standing: Basis, new: Basis) -> Step:
    before, after = ({each.slug for each in basis.owed} for basis in (standing, new))
    slugs = [each.slug for each in new.owed if each.slug not in before]
    slugs += [each.slug for each in standing.owed if each.slug not in after]
    return replace(standing, owed=new.owed), slugs


def _rules(_standing: Basis, new: Basis) -> Step:
    return new, []


_STEPS: dict[Cause, Callable[[Basis, Basis], Step]] = {
    Cause.TIME: _time,
    Cause.WORK: _fields("state", "started", "delivered"),
    Cause.ESTIMATES: _fields("least", "likely", "most", "body", "stream"),
    Cause.ORDER: _order,
    Cause.SCOPE: _scope,
    Cause.RULES: _rules,
}
