"""Who may enter where, and when: the matrix of categories, zones and windows of time (rules 9, 10 and 12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from ejlas.delegations.rules.passes.badges import BadgeKind

# So many zones have a place in the code of a pass, and so many categories a number there.
MOST_ZONES, MOST_CATEGORIES = 24, 255


class Cell(NamedTuple):
    """One permission: a category may enter a zone within a window; each by its slug."""

    category: str
    zone: str
    window: str


@dataclass(frozen=True, slots=True)
class Span:
    """A window of time; the end itself is outside."""

    slug: str
    starts_at: datetime
    ends_at: datetime

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in the window."""
        return self.starts_at <= at < self.ends_at


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is permitted, with the windows by slug."""

    cells: frozenset[Cell]
    spans: dict[str, Span] = field(default_factory=dict)

    def spans_of(self, category: str, zone: str) -> list[Span]:
        """Return the windows in which a category may enter a zone, the earliest first."""
        found = [self.spans[cell.window] for cell in self.cells if (cell.category, cell.zone) == (category, zone)]
        return sorted(found, key=lambda span: (span.starts_at, span.ends_at, span.slug))

    def zones_of(self, category: str) -> frozenset[str]:
        """Return the zones that a category may enter at some time."""
        return frozenset(cell.zone for cell in self.cells if cell.category == category)

    def whole_span(self, category: str) -> tuple[datetime, datetime] | None:
        """Return from the first moment to the last at which a category may enter anything."""
        spans = [self.spans[cell.window] for cell in self.cells if cell.category == category]
        if not spans:
            return None
        return min(span.starts_at for span in spans), max(span.ends_at for span in spans)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A category, as far as it decides who gets it; an empty set means any."""

    slug: str
    kind: BadgeKind
    capacities: frozenset[str]
    rank_classes: frozenset[int]

    def suits(self, capacity: str, rank_class: int | None) -> bool:
        """Whether a nominative pass of a person of this capacity and rank is of this category."""
        if self.kind is not BadgeKind.BADGE or capacity not in self.capacities:
            return False
        return not self.rank_classes or rank_class in self.rank_classes


def category_for(categories: Iterable[Assigned], capacity: str, rank_class: int | None) -> str | None:
    """Return the category that follows from capacity and rank class: the first in order that suits (rule 10)."""
    return next((each.slug for each in categories if each.suits(capacity, rank_class)), None)


def zone_mask(bits: Iterable[int]) -> int:
    """Return the zones as the code of a pass carries them: one bit each."""
    return sum(1 << bit for bit in set(bits))
