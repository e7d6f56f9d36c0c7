"""Questions about the preparation: what a forecast rests on, and what forecasts said."""

from ejlas.planning.queries.ready.facts import basis_of, days_delivered
from ejlas.planning.queries.ready.forecasts import (
    forecast_by_key,
    forecast_of_last_meeting,
    latest_forecast,
    lines_of,
    trend_of,
    waiting_forecast,
)

__all__ = [
    "basis_of",
    "days_delivered",
    "forecast_by_key",
    "forecast_of_last_meeting",
    "latest_forecast",
    "lines_of",
    "trend_of",
    "waiting_forecast",
]
