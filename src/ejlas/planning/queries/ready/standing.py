"""Where the forecast of an edition stands: the newest that was made, one on its way, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Subquery

from ejlas.core.audit import queries as audit
from ejlas.forum.models import Edition
from ejlas.planning.models import Forecast
from ejlas.planning.rules.ready.basis import Basis
from ejlas.planning.rules.ready.states import LOST_AFTER, MADE, ForecastState

# What is said or shown about an obligation moves no forecast.
_HARMLESS = ("readiness.obligation.discussed", "readiness.obligation.proven")


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest forecast that was made, with that of the last meeting, and one asked for later that is not made.

    Parameters
    ----------
    premises : what the newest rests on besides what is owed; None where there is none
    """

    made: Forecast | None
    premises: Basis | None
    asked: Forecast | None

    def is_waiting(self, at: datetime) -> bool:
        """Whether a forecast is on its way."""
        asked = self.asked
        return asked is not None and asked.state == ForecastState.QUEUED and asked.asked_at > at - LOST_AFTER

    def is_lost(self, at: datetime) -> bool:
        """Whether the worker of the one that was asked for last never came."""
        return self.asked is not None and not self.is_failed and not self.is_waiting(at)

    @property
    def is_failed(self) -> bool:
        """Whether the worker of the one that was asked for last met a fault."""
        return self.asked is not None and self.asked.state == ForecastState.FAILED


def standing_of(edition: Edition) -> Standing:
    """Return where the forecast of an edition stands. One SQL query."""
    made = Q(state__in=sorted(MADE))
    own = Forecast.objects.filter(edition=edition).order_by("-pk").values("pk")
    rows = (
        Forecast.objects.filter(
            Q(pk=Subquery(own.filter(made)[:1])) | Q(pk=Subquery(own.exclude(made)[:1])),
        )
        .select_related("since__meeting")
        .defer("basis", "since__basis", "since__result", "since__shifts")
    )
    newest, *older = [*rows, None]
    if newest is None or newest.state in MADE:
        return Standing(newest, premises_of(newest), None)
    last = older[0]
    return Standing(last, premises_of(last), newest)


def premises_of(forecast: Forecast | None) -> Basis | None:
    """Return what a forecast rests on without what is owed; None where it was cut to its figures. No SQL query."""
    stored = None if forecast is None else forecast.result.get("premises")
    return None if stored is None else Basis.read(stored)


def n_changed_since(forecast: Forecast, *, scope: str) -> int:
    """Return how many obligations changed since a forecast was made, as the trail has it. One SQL query."""
    made = audit.history_of(scope=scope, kind="forecast", subject=f"{scope} {forecast.pk}")
    number = made.filter(event="planning.forecast.ended").values("number")[:1]
    later = audit.lines_in(scope).filter(subject_kind="obligation", number__gt=Subquery(number)).order_by()
    return int(later.exclude(event__in=_HARMLESS).aggregate(n=Count("subject", distinct=True))["n"])


def scored_forecasts(edition: Edition) -> list[Forecast]:
    """Return the forecasts of meetings that were scored after the opening, the first made first. One SQL query."""
    rows = Forecast.objects.filter(edition=edition, meeting__isnull=False).exclude(score={})
    return list(rows.select_related("meeting").only("made_on", "p_ready", "score", "meeting__number").order_by("pk"))
