"""The house's numbers for passes and gates (rules 9 to 12): defaults, bounds, and how an edition stores its own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ejlas.forum.rules import Bounds

SETTINGS = "passes"


class Passback(StrEnum):
    """What a gate does with a pass that is inside already, or goes out without having come in."""

    OFF = "off"
    ASK = "ask"
    REFUSE = "refuse"


class WhenFull(StrEnum):
    """What a gate does once a zone holds as many as it may."""

    ASK = "ask"
    REFUSE = "refuse"


class Ways(StrEnum):
    """Whether people come in through a gate, go out, or both."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


NUMBERS = {
    "n_spares": Bounds(50, 0, 5000),  # one-day cards printed beforehand (rule 11)
    "list_hours": Bounds(24, 1, 168),  # for which a gate without network uses its list
    "online_seconds": Bounds(60, 10, 3600),  # without a sign of life a gate counts as cut off
    "keep_scans_days": Bounds(90, 0, 3650),  # after the close; then the purge removes them
}
SWITCHES = {
    # Off: a card that was printed and sent ahead is validated on arrival (rule 12).
    "printed_is_valid": False,
    "digital_passes": True,
}


def defaults() -> dict[str, Any]:
    """Return the rules for passes of an edition that has none of its own, as they are stored."""
    return {**{name: bounds.default for name, bounds in NUMBERS.items()}, **SWITCHES}


def stored(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules in the settings of an edition, as they are stored; defaults for what is not."""
    own: dict[str, Any] = settings.get(SETTINGS, {})
    return defaults() | own
