"""Forecasts that were made: the newest, that of the last meeting, how the answer moved, and the lines."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from ejlas.forum.models import Edition
from ejlas.planning.models import Forecast
from ejlas.planning.rules.ready.states import LOST_AFTER, MADE, ForecastState
from ejlas.readiness.models import CoordinationMeeting

# Figures of at most so many days are shown.
MOST_POINTS = 400


def latest_forecast(edition: Edition) -> Forecast | None:
    """Return the newest forecast that was made, without what it rests on. One SQL query."""
    return _made(edition).defer("basis").first()


def waiting_forecast(edition: Edition, *, at: datetime) -> Forecast | None:
    """Return a forecast that was asked for and is on its way, if there is one. One SQL query."""
    waits = Forecast.objects.filter(edition=edition, state=ForecastState.QUEUED, asked_at__gt=at - LOST_AFTER)
    return waits.defer("basis", "result").first()


def forecast_of_last_meeting(edition: Edition, *, before: Forecast | None = None) -> Forecast | None:
    """Return the forecast made as the last meeting was closed, if it is still whole. One SQL query.

    Parameters
    ----------
    before : only of meetings that were closed before this forecast was made
    """
    found = _made(edition).filter(meeting__isnull=False).exclude(basis={})
    return (found if before is None else found.filter(pk__lt=before.pk)).first()


def forecast_by_key(key: int) -> Forecast:
    """Return the forecast of a key, with its edition. Raises Forecast.DoesNotExist."""
    return Forecast.objects.select_related("edition").get(pk=key)


def has_forecast(meeting: CoordinationMeeting) -> bool:
    """Whether a forecast was asked for as this meeting was closed. One SQL query."""
    return Forecast.objects.filter(meeting=meeting).exists()


def trend_of(edition: Edition) -> list[Forecast]:
    """Return the figures of forecasts in the order in which they were made, the last of each day. One SQL query."""
    rows = _made(edition).exclude(p_ready=None).only("made_on", "p_ready", "ends_50", "ends_80", "ends_95", "meeting")
    by_day = {row.made_on: row for row in reversed(rows[:MOST_POINTS])}
    return list(by_day.values())


def _made(edition: Edition) -> QuerySet[Forecast]:
    return Forecast.objects.filter(edition=edition, state__in=sorted(MADE))
