"""The text of the benchmark of business meetings (.dzn, a data file of MiniZinc) as a problem of tables."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.values import Bools, Ints

MORNING, AFTERNOON, EITHER = 1, 2, 3
"""The sessions that a meeting may ask for."""

_TOKEN = re.compile(r"[ \t\r]+|%[^\n]*|(\n|\[\||\|\]|\.\.|[A-Za-z_]\w*|-?\d+|[][{}|,;=]|.)")


def read_dzn(text: str, *, most_difference: int = 2) -> TableProblem:
    """Return the problem that a file of the benchmark holds; every meeting is mandatory and weighs 1.

    The day is one: a break reaches over noon. Every slot makes a break, also one in which the participant may not
    meet. `requested`, `forbidden`, `fixed` and `precedences` are read; lists that repeat them are passed over.

    Parameters
    ----------
    text : of the whole file
    most_difference : how many breaks one participant may have more than another; the file does not say it

    Raises
    ------
    ValueError : the text is no such file; the message names the line and what was expected there
    """
    items = _items(text)
    people, meetings = _one(items, "nBusiness"), _one(items, "nMeetings")
    slots, tables = _one(items, "nTotalSlots"), _one(items, "nTables")
    requested = _rows(items, "requested", meetings)
    return TableProblem(
        day_of_slot=np.zeros(slots, dtype=np.int64),
        available=_available(items, people, slots),
        idle=np.ones((people, slots), dtype=np.bool_),
        pair=_pairs(requested, people),
        weight=np.ones(meetings, dtype=np.int64),
        mandatory=np.ones(meetings, dtype=np.bool_),
        allowed=_sessions(items, requested, slots) & _fixed(items, meetings, slots),
        pool=np.full(meetings, NONE, dtype=np.int64),
        before=_orders(items, meetings),
        tables=np.full(slots, tables, dtype=np.int64),
        interpreters=np.zeros((0, slots), dtype=np.int64),
        most_difference=most_difference,
    )


class _Token(NamedTuple):
    """A word of the text; of a number, its text."""

    text: str
    line: int


class _Number(NamedTuple):
    value: int
    line: int


class _Item(NamedTuple):
    """What stands behind a name: rows of numbers, one row for a plain list, one of one number for a number."""

    line: int
    rows: list[list[_Number]]


def _wrong(line: int, found: str, expected: str) -> ValueError:
    return ValueError(f"line {line}: {found}, expected {expected}")


# Text to items


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the words with their lines, and one without text at the end."""
    line = 1
    for match in _TOKEN.finditer(text):
        if match[1] == "\n":
            line += 1
        elif match[1]:
            yield _Token(match[1], line)
    yield _Token("", line)


class _Reader:
    """The words from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._next = 0

    @property
    def token(self) -> _Token:
        return self._tokens[self._next]

    def take(self) -> _Token:
        """Return this word and go on to the next."""
        token = self.token
        self._next += bool(token.text)
        return token

    def takes(self, text: str) -> bool:
        """Whether this word is the one named; if so, go on to the next."""
        found = self.token.text == text
        self._next += found
        return found

    def expect(self, text: str) -> None:
        if not self.takes(text):
            raise self.wrong(f'"{text}"')

    def wrong(self, expected: str) -> ValueError:
        found = f'"{self.token.text}"' if self.token.text else "the end of the file"
        return _wrong(self.token.line, found, expected)

    def number(self) -> _Number:
        if not re.fullmatch(r"-?\d+", self.token.text):
            raise self.wrong("a whole number")
        token = self.take()
        return _Number(int(token.text), token.line)

    def numbers(self, *ends: str) -> list[_Number]:
        """Return the numbers, parted by commas, up to one of these words, which is left."""
        found: list[_Number] = []
        while self.token.text not in ends:
            found.append(self.number())
            if self.takes(".."):
                last = self.number()
                found.extend(_Number(value, last.line) for value in range(found[-1].value + 1, last.value + 1))
            if self.token.text not in ends:
                self.expect(",")
        return found


def _items(text: str) -> dict[str, _Item]:
    """Return what the text says, by name."""
    reader, items = _Reader(text), dict[str, _Item]()
    while reader.token.text:
        name = reader.take()
        if not name.text.isidentifier():
            raise _wrong(name.line, f'"{name.text}"', "the name of an item")
        if name.text in items:
            raise _wrong(name.line, f'"{name.text}" for the second time', "each name once")
        reader.expect("=")
        items[name.text] = _Item(name.line, _value(reader))
        reader.expect(";")
    return items


def _value(reader: _Reader) -> list[list[_Number]]:
    """Return a number, a list, a list of sets or a table, as rows."""
    if reader.takes("[|"):
        return _table(reader)
    if not reader.takes("["):
        return [[reader.number()]]
    if reader.token.text != "{":
        rows = [reader.numbers("]")]
        reader.expect("]")
        return rows
    rows = []
    while not reader.takes("]"):
        reader.expect("{")
        rows.append(reader.numbers("}"))
        reader.expect("}")
        if reader.token.text != "]":
            reader.expect(",")
    return rows


def _table(reader: _Reader) -> list[list[_Number]]:
    """Return the rows of a table, whose start was taken."""
    rows = []
    while not reader.takes("|]"):
        rows.append(reader.numbers("|", "|]"))
        reader.takes("|")
    return rows


# Items to arrays


def _item(items: Mapping[str, _Item], name: str) -> _Item:
    if name not in items:
        last = max((item.line for item in items.values()), default=1)
        raise _wrong(last, f"the items end and {name} is not among them", name)
    return items[name]


def _one(items: Mapping[str, _Item], name: str) -> int:
    """Return a number that is 0 or more."""
    item = _item(items, name)
    if len(item.rows) != 1 or len(item.rows[0]) != 1 or item.rows[0][0].value < 0:
        raise _wrong(item.line, f"{name} is something else", "one whole number, 0 or more")
    return item.rows[0][0].value


def _rows(items: Mapping[str, _Item], name: str, n_rows: int) -> list[list[_Number]]:
    """Return so many rows."""
    item = _item(items, name)
    if len(item.rows) != n_rows:
        raise _wrong(item.line, f"{name} has {len(item.rows)} rows", f"{n_rows}")
    return item.rows


def _within(number: _Number, low: int, high: int, what: str) -> int:
    """Return the value of a number that lies within its range."""
    if not low <= number.value <= high:
        raise _wrong(number.line, f"{what} {number.value}", f"{low} to {high}")
    return number.value


def _pairs(requested: list[list[_Number]], people: int) -> Ints:
    """(n_meetings, 2) the participants of each meeting, from 0."""
    pairs = np.zeros((len(requested), 2), dtype=np.int64)
    for meeting, row in enumerate(requested):
        if len(row) != 3:
            line = row[0].line if row else requested[meeting - 1][-1].line
            raise _wrong(line, f"{len(row)} numbers for meeting {meeting + 1}", "two participants and a session")
        pairs[meeting] = [_within(each, 1, people, "participant") - 1 for each in row[:2]]
        if pairs[meeting, 0] == pairs[meeting, 1]:
            raise _wrong(row[1].line, f"participant {row[1].value} twice", "two participants")
    return pairs


def _sessions(items: Mapping[str, _Item], requested: list[list[_Number]], slots: int) -> Bools:
    """(n_meetings, n_slots) whether the slot lies in the session of the meeting."""
    mornings = np.arange(slots) < _one(items, "nMorningSlots")
    of_session = {MORNING: mornings, AFTERNOON: ~mornings, EITHER: np.ones(slots, dtype=np.bool_)}
    allowed = [of_session[_within(row[2], MORNING, EITHER, "session")] for row in requested]
    return np.array(allowed, dtype=np.bool_).reshape(len(requested), slots)


def _fixed(items: Mapping[str, _Item], meetings: int, slots: int) -> Bools:
    """(n_meetings, n_slots) whether the meeting is fixed to this slot or to none."""
    free = np.ones((meetings, slots), dtype=np.bool_)
    if "fixed" not in items:
        return free
    row = _rows(items, "fixed", 1)[0]
    if len(row) != meetings:
        raise _wrong(items["fixed"].line, f"fixed has {len(row)} numbers", f"{meetings}")
    for meeting, number in enumerate(row):
        if slot := _within(number, 0, slots, "slot"):
            free[meeting] = np.arange(slots) == slot - 1
    return free


def _available(items: Mapping[str, _Item], people: int, slots: int) -> Bools:
    """(n_participants, n_slots) whether the slot is not forbidden to the participant."""
    available = np.ones((people, slots), dtype=np.bool_)
    for person, slot in _members(items, "forbidden", people, lambda number: _within(number, 0, slots, "slot")):
        if slot:
            available[person, slot - 1] = False
    return available


def _orders(items: Mapping[str, _Item], meetings: int) -> Ints:
    """(n_orders, 2) the earlier and the later meeting."""
    found = _members(items, "precedences", meetings, lambda number: _within(number, 1, meetings, "meeting"))
    return np.array([(first - 1, then) for then, first in found], dtype=np.int64).reshape(-1, 2)


def _members(
    items: Mapping[str, _Item], name: str, n_sets: int, value_of: Callable[[_Number], int]
) -> Iterator[tuple[int, int]]:
    """Yield the number of each set, from 0, with each of its members; nothing where the item is missing."""
    for index, row in enumerate(_rows(items, name, n_sets) if name in items else ()):
        for number in row:
            yield index, value_of(number)
