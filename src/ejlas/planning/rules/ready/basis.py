"""What a forecast was made of, so that it can be made again, compared with the next, and scored afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ejlas.readiness.rules.days import WorkingCalendar
from ejlas.readiness.rules.states import WORKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One obligation as a forecast sees it; days are those of the host, estimates working days.

    Parameters
    ----------
    after : lag in working days, by the slug of what comes before
    uses : hands or pieces it holds, by the slug of their kind
    """

    slug: str
    state: str
    body: str = ""
    stream: str = ""
    least: int = 1
    likely: int = 1
    most: int = 1
    due: date | None = None
    start_after: date | None = None
    started: date | None = None
    delivered: date | None = None
    after: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_worked(self) -> bool:
        """Whether the work itself is over."""
        return self.state in WORKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a host counts, and how it draws: `body_spread` in hundredths."""

    weekend: tuple[int, ...]
    holidays: tuple[date, ...] = ()
    extra_days: tuple[date, ...] = ()
    ready_days: int = 2
    body_spread: int = 20
    n_runs: int = 10_000
    distribution: str = "pert"

    @property
    def calendar(self) -> WorkingCalendar:
        """The working calendar."""
        return WorkingCalendar(frozenset(self.weekend), frozenset(self.holidays), frozenset(self.extra_days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Everything a forecast knows.

    Parameters
    ----------
    hands : how many of each limited kind there are, by its slug
    """

    today: date
    opening: date
    rules: Rules
    owed: tuple[Owed, ...] = ()
    hands: Mapping[str, int] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """Return the basis as JSON can hold it."""
        return {
            "today": self.today.isoformat(),
            "opening": self.opening.isoformat(),
            "rules": _plain(self.rules),
            "owed": [_plain(each) for each in self.owed],
            "hands": dict(self.hands),
        }

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Basis:
        """Return the basis that was stored."""
        return cls(
            today=date.fromisoformat(stored["today"]),
            opening=date.fromisoformat(stored["opening"]),
            rules=Rules(**_days(stored["rules"])),
            owed=tuple(Owed(**_days(each)) for each in stored["owed"]),
            hands=stored["hands"],
        )


_DAYS = frozenset({"due", "start_after", "started", "delivered"})
_ROWS_OF_DAYS = frozenset({"holidays", "extra_days"})


def _plain(thing: Owed | Rules) -> dict[str, Any]:
    """Return the fields of a thing that say anything, as JSON can hold them."""
    found: dict[str, Any] = {}
    for name in thing.__dataclass_fields__:
        value = getattr(thing, name)
        if name in _ROWS_OF_DAYS:
            found[name] = [day.isoformat() for day in value]
        elif isinstance(value, date):
            found[name] = value.isoformat()
        elif isinstance(value, Mapping):
            found |= {name: dict(value)} if value else {}
        elif value not in (None, ""):
            found[name] = value
    return found


def _days(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored fields with their days."""
    found = dict(stored)
    for name in _DAYS & found.keys():
        found[name] = date.fromisoformat(found[name])
    for name in _ROWS_OF_DAYS & found.keys():
        found[name] = tuple(map(date.fromisoformat, found[name]))
    if "weekend" in found:
        found["weekend"] = tuple(found["weekend"])
    return found
