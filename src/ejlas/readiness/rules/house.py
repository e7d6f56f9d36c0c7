"""The house's numbers for readiness (rule 29): defaults, bounds, and how an edition stores its own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ejlas.forum.rules import Bounds
from ejlas.readiness.rules.days import SETTINGS


class Distribution(StrEnum):
    """How the length of work is spread between its least and its most."""

    PERT = "pert"
    TRIANGULAR = "triangular"


NUMBERS = {
    # Working days before the opening by which everything is to be ready.
    "ready_days": Bounds(2, 0, 60),
    # By so many hundredths the bodies differ in how late they are in everything: the spread of a shared factor.
    "body_spread": Bounds(20, 0, 100),
    "n_runs": Bounds(10_000, 100, 100_000),
    # The ladder of reminders: days before and after the due day on which somebody is told.
    "remind_before": Bounds(7, 0, 90),
    "remind_again": Bounds(2, 0, 30),
    "tell_head_of_body_after": Bounds(1, 0, 30),
    "tell_secretariat_after": Bounds(4, 0, 60),
    # How long a link in a mail opens what a body owes.
    "link_days": Bounds(30, 1, 120),
}


def defaults() -> dict[str, Any]:
    """Return the rules for readiness of an edition that has none of its own, as they are stored."""
    return {
        **{name: bounds.default for name, bounds in NUMBERS.items()},
        "distribution": Distribution.PERT.value,
        "holidays": [],
        "extra_days": [],
        # The day from which bodies are reminded; empty: at once.
        "remind_from": "",
    }


def stored(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules in the settings of an edition, as they are stored; defaults for what is not."""
    own: dict[str, Any] = settings.get(SETTINGS, {})
    return defaults() | own
