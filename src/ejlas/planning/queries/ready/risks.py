"""The obligations on which the risk hangs, and on whom each of them waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ejlas.planning.models import Forecast, ForecastLine
from ejlas.planning.rules.ready.states import Waiting, waiting_on
from ejlas.readiness.models import Link, Obligation
from ejlas.readiness.rules.states import WORKED, ObligationState

# So many of those before it are named.
MOST_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Risk:
    """What a forecast says of an obligation on which it hangs; `line` holds its figures.

    Parameters
    ----------
    waits_on : on whom it waits
    before : what comes before it and is not delivered, the latest due first, with their bodies
    is_late : its due day is over
    is_unaccepted, is_refused : what its body said
    """

    line: ForecastLine
    waits_on: Waiting
    before: tuple[Obligation, ...]
    is_late: bool
    is_unaccepted: bool
    is_refused: bool

    @property
    def obligation(self) -> Obligation:
        """The obligation, with its body."""
        return self.line.obligation


def risks(forecast: Forecast, most: int, *, today: date | None = None) -> list[Risk]:
    """Return what the end varies with most, then what is least likely in time. Two SQL queries.

    Parameters
    ----------
    today : what was due before is late; the day of the forecast where none is given
    """
    open_lines = forecast.lines.exclude(obligation__state__in=sorted(WORKED))
    lines = list(
        open_lines.select_related("obligation__body").order_by("-share", "p_on_time", "-criticality", "pk")[:most]
    )
    before = _open_before(line.obligation_id for line in lines)
    day = today or forecast.made_on
    return [_risk(line, before[line.obligation_id], day) for line in lines]


def _risk(line: ForecastLine, before: list[Obligation], today: date | None) -> Risk:
    owed = line.obligation
    return Risk(
        line=line,
        waits_on=waiting_on(owed.state, has_body=owed.body_id is not None, is_held=bool(before)),
        before=tuple(before[:MOST_BEFORE]),
        is_late=today is not None and owed.due_on is not None and owed.due_on < today,
        is_unaccepted=owed.state == ObligationState.PLANNED,
        is_refused=owed.state == ObligationState.REFUSED,
    )


def _open_before(keys: Iterable[int]) -> defaultdict[int, list[Obligation]]:
    found: defaultdict[int, list[Obligation]] = defaultdict(list)
    links = Link.objects.filter(after__in=list(keys)).exclude(before__state__in=sorted(WORKED))
    for link in links.select_related("before__body").order_by("-before__due_on", "pk"):
        found[link.after_id].append(link.before)
    return found
