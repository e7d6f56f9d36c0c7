"""The plan as a board: the rooms with their hours day by day, what stands in them, and what has no place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ejlas.core.intervals import Interval
from ejlas.planning.queries.facts import Facts, span_of
from ejlas.planning.queries.hours import days_of_bilaterals, hours_of, slots_of
from ejlas.programme.models import Bilateral, Room, Session


@dataclass(frozen=True)
class Card:
    """What stands in a room: a bilateral, or a session that cannot be moved here."""

    span: Interval
    bilateral: Bilateral | None = None
    session: Session | None = None


@dataclass(frozen=True)
class Column:
    """A room on one day."""

    room: Room
    hours: Interval
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class BoardDay:
    """One day of bilaterals: its hours, the moments at which one may start, and its rooms."""

    day: date
    hours: Interval
    slots: tuple[datetime, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Board:
    """The whole plan."""

    slot_min: int
    days: tuple[BoardDay, ...]
    unplaced: tuple[Bilateral, ...]
    elsewhere: tuple[Bilateral, ...]
    """Bilaterals whose place is on no day or in no room of the board."""


def board_of(facts: Facts) -> Board:
    """Lay out the plan that these facts hold. No SQL query."""
    edition = facts.edition
    hours, slots = hours_of(edition), slots_of(edition)
    of_rooms = {room.slug: hours_of(edition, room.opens, room.closes) for room in facts.rooms}
    days = tuple(
        BoardDay(
            day,
            hours[number],
            tuple(slots[number]),
            tuple(_column(facts, room, hours[number], of_rooms[room.slug][number]) for room in facts.rooms),
        )
        for number, day in enumerate(days_of_bilaterals(edition))
    )
    shown = {card.bilateral.pk for day in days for column in day.columns for card in column.cards if card.bilateral}
    return Board(
        int(edition.settings["bilaterals"]["grid_min"]),
        days,
        tuple(each for each in facts.bilaterals if each.starts_at is None),
        tuple(each for each in facts.bilaterals if each.starts_at and each.pk not in shown),
    )


def _column(facts: Facts, room: Room, day: Interval, hours: Interval) -> Column:
    meetings = ((span_of(each), each) for each in facts.bilaterals if each.room_id == room.pk)
    sessions = ((Interval(each.starts_at, each.ends_at), each) for each in facts.occupying if each.room_id == room.pk)
    cards = [Card(span, bilateral=each) for span, each in meetings if span and span.overlaps(day)]
    cards += [Card(span, session=each) for span, each in sessions if span.overlaps(day)]
    return Column(room, hours, tuple(sorted(cards, key=lambda card: card.span)))
