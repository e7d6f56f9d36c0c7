"""How good a forecast was, once the summit has opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from ejlas.engine.workplan.forecast.score import score
from ejlas.planning.rules.ready.basis import Basis
from ejlas.planning.rules.ready.outcome import Made


@dataclass(frozen=True, slots=True)
class Scored:
    """Penalties, 0 is perfect, and shares of what ended by the days that were named with 50, 80 and 95 per cent.

    Parameters
    ----------
    ready, on_time : Brier scores; a coin that says one half each time scores 0.25
    end_days : continuous ranked probability score of the end, in working days
    was_ready : whether everything was delivered in time
    n, n_open : obligations that were scored; of them, those that were never delivered, which count as ending today
    """

    ready: float
    end_days: float
    on_time: float
    within: tuple[float, ...]
    was_ready: bool
    n: int
    n_open: int

    def stored(self) -> dict[str, Any]:
        """Return the score as JSON can hold it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {"within": list(self.within)}


def scored(basis: Basis, *, seed: int, delivered: Mapping[str, date | None], today: date) -> Scored | None:
    """Return how good the forecast of a basis was; None where nothing of it is left.

    Parameters
    ----------
    delivered : of each obligation that is still there, the day of its delivery, or None
    """
    kept = tuple(each for each in basis.owed if each.slug in delivered)
    if not kept:
        return None
    # What was struck off since can not be held against the forecast; links to it say nothing any more.
    made = Made(
        Basis(today=basis.today, opening=basis.opening, rules=basis.rules, owed=kept, hands=basis.hands), seed=seed
    )
    axis = made.posed.axis
    days = [delivered[each.slug] or today for each in kept]
    happened = np.array([axis.end_of(day) for day in days], dtype=np.float64)
    found = score(made.problem, made.forecast, happened)
    return Scored(
        ready=found.ready,
        end_days=found.end,
        on_time=found.on_time,
        within=found.within,
        was_ready=bool(happened.max() <= made.posed.target),
        n=len(kept),
        n_open=sum(delivered[each.slug] is None for each in kept),
    )
