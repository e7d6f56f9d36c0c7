"""Questions about the preparation: what a forecast rests on, and what forecasts said."""

from ejlas.planning.queries.ready.burn_up import BurnUp, Point, burn_up
from ejlas.planning.queries.ready.facts import basis_of, days_delivered
from ejlas.planning.queries.ready.forecasts import (
    forecast_by_key,
    forecast_of_last_meeting,
    has_forecast,
    latest_forecast,
    trend_of,
    waiting_forecast,
)
from ejlas.planning.queries.ready.risks import Risk, risks
from ejlas.planning.queries.ready.standing import premises_of

__all__ = [
    "BurnUp",
    "Point",
    "Risk",
    "basis_of",
    "burn_up",
    "days_delivered",
    "forecast_by_key",
    "forecast_of_last_meeting",
    "has_forecast",
    "latest_forecast",
    "premises_of",
    "risks",
    "trend_of",
    "waiting_forecast",
]
