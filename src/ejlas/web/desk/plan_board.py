"""The board of one day as a table: a row for each slot, a column for each room, written as HTML once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ejlas.core.intervals import Interval
from ejlas.planning.queries.board import BoardDay, Card, Column
from ejlas.planning.queries.words import Words

if TYPE_CHECKING:
    from ejlas.programme.models import Bilateral


@dataclass(frozen=True, slots=True)
class Marks:
    """The words on cards that more than one shows."""

    pinned: str
    despite: str
    fixed: str


class Board:
    """Writes the table of a day for one reader."""

    def __init__(self, day: BoardDay, words: Words, *, can_move: bool) -> None:
        self.day, self.words, self.can_move = day, words, can_move
        self.slug = words.facts.edition.slug
        self.zone = words.facts.edition.zone
        self.marks = Marks(escape(gettext("Pinned")), escape(gettext("Rule set aside")), escape(gettext("Fixed")))
        self.closed = escape(gettext("Closed"))
        self.address = reverse("desk:plan-move", args=[self.slug, "slug"])

    def table(self) -> SafeString:
        """Return head and body of the table."""
        heads = "".join(
            f'<th scope="col" data-room="{escape(column.room.slug)}">{escape(self.words.room(column.room.slug))}'
            f"<small>{escape(self._seats(column))}</small></th>"
            for column in self.day.columns
        )
        corner = escape(gettext("Time"))
        rows = self._rows()
        return SafeString(f'<thead><tr><th scope="col">{corner}</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody>')

    def _seats(self, column: Column) -> str:
        return gettext("Seats: %(number)s") % {"number": self.words.number(column.room.seats)}

    def _rows(self) -> Iterable[str]:
        cells = [self._cells(column) for column in self.day.columns]
        for number, slot in enumerate(self.day.slots):
            hour = slot.astimezone(self.zone).minute == 0
            head = f'<th scope="row"><time>{escape(self.words.time(slot))}</time></th>'
            body = "".join(column[number] for column in cells)
            yield f'<tr data-slot="{iso(slot, self.zone)}"{" class=hour" if hour else ""}>{head}{body}</tr>'

    def _cells(self, column: Column) -> list[str]:
        """Return the cells of one column; below a card that is taller than a slot there are none."""
        at: dict[int, list[Card]] = {}
        for card in column.cards:
            at.setdefault(self._first(card), []).append(card)
        cells = [""] * len(self.day.slots)
        number, end = 0, 0
        while number < len(cells):
            cards = at.get(number, [])
            end = max([number + 1, *(self._last(card) for card in cards)])
            # Whatever begins while a card lasts stands in the same cell: a plan in which two overlap is seen as such.
            for later in range(number + 1, end):
                cards = cards + at.get(later, [])
            cells[number] = self._cell(column, self.day.slots[number], cards, end - number)
            number = end
        return cells

    def _first(self, card: Card) -> int:
        return max(0, sum(slot <= card.span.starts_at for slot in self.day.slots) - 1)

    def _last(self, card: Card) -> int:
        return sum(slot < card.span.ends_at for slot in self.day.slots)

    def _cell(self, column: Column, slot: datetime, cards: list[Card], height: int) -> str:
        if not cards:
            if not column.hours.contains(slot):
                return f'<td class="closed"><span class="visually-hidden">{self.closed}</span></td>'
            return "<td></td>"
        tall = f' rowspan="{height}"' if height > 1 else ""
        return f"<td{tall}>{''.join(map(self._card, cards))}</td>"

    def _card(self, card: Card) -> str:
        times = escape(self.words.times(card.span.starts_at, card.span.ends_at))
        if card.session:
            title = escape(self.words.session(card.session.slug))
            return f'<div class="card session"><b>{title}</b><small>{times}</small></div>'
        return self.card(card.bilateral, times)

    def card(self, bilateral: Bilateral | None, times: str = "") -> str:
        """Return the card of one bilateral, with what a reader should know of it."""
        if bilateral is None:
            return ""
        marks = [
            *([self.marks.despite] if bilateral.despite else [self.marks.pinned] if bilateral.pinned else []),
            *([self.marks.fixed] if bilateral.fixed_at and not bilateral.pinned else []),
        ]
        notes = "".join(f'<small class="mark">{mark}</small>' for mark in marks)
        title = escape(self.words.bilateral(bilateral.slug))
        inside = f"<b>{title}</b><small>{times}</small>{notes}"
        state = " is-pinned" if bilateral.pinned else ""
        if not self.can_move:
            return f'<div class="card{state}" id="card-{escape(bilateral.slug)}">{inside}</div>'
        address = self.address.replace("/slug/", f"/{escape(bilateral.slug)}/")
        return (
            f'<a class="card{state}" id="card-{escape(bilateral.slug)}" href="{address}" draggable="false"'
            f' data-card="{escape(bilateral.slug)}" data-name="{title}"'
            f' data-revision="{bilateral.revision}">{inside}</a>'
        )


def iso(moment: datetime, zone: object) -> str:
    """Return a moment as an address carries it: on the clocks of the place."""
    return moment.astimezone(zone).isoformat(timespec="minutes")  # type: ignore[arg-type]


def hours_words(hours: Interval, words: Words) -> str:
    """Return the hours of a day in words."""
    return words.times(hours.starts_at, hours.ends_at)
