"""Passes as files of cards, drawn by a design of their edition or by the standard one of their kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from ejlas.delegations.rules.passes import card_standards
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.cards import Design, Sheet, design_of
from ejlas.exports.cards.badge_values import card_edition, card_values
from ejlas.exports.cards.printing import render

if TYPE_CHECKING:
    from ejlas.delegations.models import Badge, CardDesign
    from ejlas.forum.models import Edition


def card_files(
    badges: Iterable[Badge],
    *,
    edition: Edition,
    design: CardDesign | Design | None,
    language: str,
    at: datetime,
    sheet: Sheet = Sheet.CARD,
) -> Iterator[bytes]:
    """Yield PDF files of at most 500 cards each, in the order of the passes. Raises CannotTypeset.

    Without a design each kind of pass has its standard one, kind after kind. The passes come with their category, their
    delegation and its party, their person with capacity and photo; photos are opened a file at a time.
    """
    shared = card_edition(edition)
    for drawn, some in _by_design(badges, design, edition):
        values = card_values(some, edition)
        yield from render(values, drawn, edition=shared, language=language, at=at, sheet=sheet)


def standard_for(kind: BadgeKind, edition: Edition) -> Design:
    """Return the standard design for a kind of pass."""
    found = card_standards.standard_designs(edition.languages)
    return next(each.design for each in found if kind in each.kinds)


def _by_design(
    badges: Iterable[Badge], design: CardDesign | Design | None, edition: Edition
) -> Iterator[tuple[Design, Iterable[Badge]]]:
    if design is not None:
        yield design if isinstance(design, Design) else design_of(design.design), badges
        return
    kinds = list(BadgeKind)
    ordered = sorted(badges, key=lambda badge: kinds.index(BadgeKind(badge.kind)))
    for kind, some in groupby(ordered, key=lambda badge: badge.kind):
        yield standard_for(BadgeKind(kind), edition), list(some)
