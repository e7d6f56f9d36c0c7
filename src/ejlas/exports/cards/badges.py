"""Passes as files of cards, drawn by a design of their edition or by the standard one of their kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from ejlas.delegations.queries.passes.cards import designs_of
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

    A kind of pass for which the design is not meant has the first one of the edition that is, else the standard one;
    these follow, kind after kind. The passes come with category, delegation and its party, person with capacity and
    photo; photos are opened a file at a time.
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
    badges: Iterable[Badge], chosen: CardDesign | Design | None, edition: Edition
) -> Iterator[tuple[Design, list[Badge]]]:
    if isinstance(chosen, Design):
        yield chosen, list(badges)
        return
    meant = set(chosen.kinds or BadgeKind) if chosen is not None else set()
    kinds = list(BadgeKind)

    def rank(badge: Badge) -> int:
        return -1 if badge.kind in meant else kinds.index(BadgeKind(badge.kind))

    others = None
    for place, some in groupby(sorted(badges, key=rank), key=rank):
        if chosen is not None and place < 0:
            yield design_of(chosen.design), list(some)
            continue
        others = designs_of(edition) if others is None else others
        own = next((each for each in others if kinds[place] in each.kinds), None)
        yield design_of(own.design) if own else standard_for(kinds[place], edition), list(some)
