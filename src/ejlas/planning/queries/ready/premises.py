"""What a forecast rests on besides the obligations: its day, the opening, and how the host counts."""

from __future__ import annotations

from ejlas.planning.models import Forecast
from ejlas.planning.rules.ready.basis import Basis


def premises_of(forecast: Forecast) -> Basis | None:
    """Return what a forecast rests on without what is owed; None where it was cut to its figures. One SQL query."""
    parts = ("basis__today", "basis__opening", "basis__rules")
    found = Forecast.objects.filter(pk=forecast.pk).values_list(*parts).first()
    if found is None or None in found:
        return None
    today, opening, rules = found
    return Basis.read({"today": today, "opening": opening, "rules": rules, "owed": (), "hands": {}})
