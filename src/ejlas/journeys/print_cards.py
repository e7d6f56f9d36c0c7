"""Making the files of cards that somebody asked for: the print was counted before, the files are kept for a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ejlas.delegations.operations.passes import printing
from ejlas.delegations.queries.passes import designs
from ejlas.delegations.queries.passes import printing as queries
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.cards import Sheet, Side, design_of
from ejlas.exports.cards import badges as cards
from ejlas.exports.cards import samples
from ejlas.exports.cards.badge_values import card_edition, card_values
from ejlas.exports.cards.printing import MOST_IN_FILE, preview

if TYPE_CHECKING:
    from ejlas.delegations.models import Badge, Printing


def print_cards(*, key: int, now: Callable[[], datetime]) -> bool:
    """Make the files of a printing; False where another makes them, or they are there.

    Whatever goes wrong is noted with the printing, for a person to read, and rises.
    """
    asked = queries.printing_by_key(key)
    if asked is None or not printing.take_up(printing=asked, at=now()):
        return False
    try:
        for data, n_cards in _files(asked, now()):
            printing.keep_cards(printing=asked, data=data, n_cards=n_cards, at=now())
    except Exception as fault:
        printing.fail(printing=asked, fault=str(fault) or type(fault).__name__, at=now())
        raise
    printing.finish(printing=asked, at=now())
    return True


def _files(asked: Printing, at: datetime) -> Iterator[tuple[bytes, int]]:
    """Yield each file with how many cards it holds."""
    for design, badges in _by_design(asked):
        left = len(badges)
        made = cards.card_files(
            badges, edition=asked.edition, design=design, language=asked.language, at=at, sheet=Sheet(asked.sheet)
        )
        for data in made:
            n_cards = min(left, MOST_IN_FILE)
            yield data, n_cards
            left -= n_cards


def _by_design(asked: Printing) -> Iterator[tuple[Any, list[Any]]]:
    """Yield passes with their design: the one that was chosen, else for each kind the first that is meant for it."""
    badges = queries.badges_of(asked)
    held = designs.designs_of(asked.edition)
    chosen = next((each for each in held if each.slug == asked.design), None)
    if chosen is not None:
        yield chosen, badges
        return
    kinds = list(BadgeKind)
    ordered = sorted(badges, key=lambda badge: kinds.index(BadgeKind(badge.kind)))
    for kind, some in groupby(ordered, key=lambda badge: badge.kind):
        yield next((each for each in held if kind in each.kinds), None), list(some)


def card_of(badge: Badge, *, side: Side, language: str, at: datetime) -> bytes:
    """Return one side of the card of a pass as PNG, with a code that no gate reads. Raises CannotTypeset."""
    edition = badge.edition
    held = next((each for each in designs.designs_of(edition) if badge.kind in each.kinds), None)
    design = design_of(held.design) if held is not None else cards.standard_for(BadgeKind(badge.kind), edition)
    values = next(iter(card_values([badge], edition)))
    shown = replace(values, code=samples.CODE)
    return preview(design, shown, edition=card_edition(edition), side=side, language=language, at=at)
