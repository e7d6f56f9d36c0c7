"""YAML in: a strict, harmless part of it, with the line of every value, and every problem in one run.

Values are those of YAML 1.2 (`true`, `false`, `null`, decimal numbers); dates and times stay the words they are.
Anchors, aliases, merge keys, tags and several documents are refused: what is written is what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from ejlas.core.errors import marked
from ejlas.core.formats import yaml_text
from ejlas.core.formats.problem import WHOLE_FILE, Path, Problem, path_text, shown

MAX_DEPTH = 100
MAX_DIGITS = 18

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL_FLOAT = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: plain values, the line of each, and what kept it from being read."""

    name: str
    value: Any = None
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True
    lines: dict[Path, int] = field(default_factory=dict, repr=False)

    def line_of(self, path: Path) -> int:
        """Return the line of a key or item; of what is not there, the line of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


def read(data: bytes, *, name: str) -> Document:
    """Read a YAML file; nothing in it raises.

    `is_whole` is false where reading had to stop, so that `value` holds a part or nothing; problems beside which
    reading could go on (a key given twice: the first stands) leave it true.
    """
    text, problems = yaml_text.decode(data)
    if text is None:
        return Document(name, problems=tuple(problems), is_whole=False)
    reading = _Reading(problems, n_lines=max(1, len(text.splitlines())))
    try:
        reading.take(_events(text))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # The parser in Python lets the latter two through for numbers that no character has.
        reading.add_syntax(error)
    except _Stop:
        reading.is_whole = False
    if reading.is_whole and reading.value is None:
        reading.refuse(1, marked("the file is empty"), marked("write a summit into it"))
        reading.is_whole = False
    found = tuple(sorted(set(reading.problems), key=lambda problem: (problem.line, problem.path)))
    return Document(name, reading.value, found, reading.is_whole, reading.lines)


def _events(text: str) -> Iterator[Event]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Stop(Exception):
    """Reading cannot go on; the reason stands among the problems."""


class _Reading:
    """One pass over the events of the parser, without recursion."""

    def __init__(self, problems: list[Problem], *, n_lines: int) -> None:
        self.problems = problems
        self.n_lines = n_lines
        self.value: Any = None
        self.lines: dict[Path, int] = {}
        self.is_whole = True
        self._open: list[_Collection] = []
        self._n_documents = 0

    def take(self, events: Iterator[Event]) -> None:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self._start_document(event)
            elif isinstance(event, CollectionEndEvent):
                self._open.pop()
            elif isinstance(event, NodeEvent):
                self._node(event)

    def refuse(self, line: int, wrong: str, remedy: str, path: str = WHOLE_FILE, **values: object) -> None:
        line = min(max(line, 1), self.n_lines)
        self.problems.append(Problem(line, path, wrong, remedy, values))

    def add_syntax(self, error: Exception) -> None:
        self.is_whole = False
        line, wrong, remedy = yaml_text.syntax_problem(error)
        line = min(line, self.n_lines)
        # Where a tab or a strange character stands, that is the cause; the parser's complaint is only its echo.
        if all(problem.line != line for problem in self.problems):
            self.refuse(line, wrong, remedy)

    def _start_document(self, event: DocumentStartEvent) -> None:
        self._n_documents += 1
        if self._n_documents > 1:
            wrong = marked("a second document starts here")
            self.refuse(_line(event), wrong, marked("keep one document in a file and take the line --- away"))
            raise _Stop

    def _node(self, event: NodeEvent) -> None:
        if self._open and self._open[-1].awaits_key:
            self._key(event)
            return
        path = self._next_path()
        if path is not None:
            self.lines.setdefault(path, _line(event))
            self._refuse_extras(event, path)
        value = self._value(event, path)
        self._place(value)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._enter(event, path, value)

    def _next_path(self) -> Path | None:
        return self._open[-1].child_path() if self._open else ()

    def _place(self, value: Any) -> None:
        if self._open:
            self._open[-1].put(value)
        else:
            self.value = value

    def _enter(self, event: Event, path: Path | None, value: Any) -> None:
        if len(self._open) >= MAX_DEPTH:
            wrong = marked("more than %(depth)s levels stand inside one another")
            self.refuse(_line(event), wrong, marked("take levels away; a summit needs fewer than ten"), depth=MAX_DEPTH)
            raise _Stop
        self._open.append(_Collection(value, path))

    def _key(self, event: NodeEvent) -> None:
        mapping = self._open[-1]
        if isinstance(event, ScalarEvent):
            self._scalar_key(event, mapping)
            return
        mapping.skip()
        if isinstance(event, AliasEvent):
            self._refuse_extras(event, mapping.path or ())
            return
        wrong = marked("the name of a field is not a word but a list or a group of fields")
        self.refuse(_line(event), wrong, marked("write a word before the colon, and put braces in quotes"))
        self._enter(event, None, {} if isinstance(event, MappingStartEvent) else [])

    def _scalar_key(self, event: ScalarEvent, mapping: _Collection) -> None:
        if mapping.path is None:
            mapping.skip()
            return
        key = self._resolved(event, mapping.path)
        self._refuse_extras(event, mapping.path)
        if isinstance(key, str) and key not in mapping.value and (key != "<<" or event.style):
            self.lines[(*mapping.path, key)] = _line(event)
            mapping.expect(key)
        else:
            self._refuse_key(event, key, mapping.path)
            mapping.skip()

    def _refuse_key(self, event: ScalarEvent, key: Any, path: Path) -> None:
        line, here = _line(event), path_text(path, self.value)
        if not isinstance(key, str):
            wrong = marked("the name of the field %(name)s is not a word")
            self.refuse(line, wrong, marked("put it in quotes"), here, name=shown(event.value) or "''")
        elif (*path, key) in self.lines:
            first = self.lines[(*path, key)]
            wrong = marked("the field is given twice, first in line %(first)s")
            self.refuse(line, wrong, marked("keep one of the two"), path_text((*path, key), self.value), first=first)
        else:
            wrong = marked("a merge key << is not read")
            self.refuse(line, wrong, marked("write the fields out where they belong"), here)

    def _value(self, event: NodeEvent, path: Path | None) -> Any:
        if isinstance(event, MappingStartEvent):
            return {}
        if isinstance(event, SequenceStartEvent):
            return []
        if isinstance(event, ScalarEvent):
            return self._resolved(event, path)
        return None

    def _resolved(self, event: ScalarEvent, path: Path | None) -> Any:
        """Return the value of a scalar; what cannot be kept is refused, and a harmless value stands for it."""
        is_plain = not event.style
        word = event.value
        if is_plain and _INT.fullmatch(word) and len(word) > MAX_DIGITS:
            wrong, remedy = marked("the number has too many digits"), marked("write a smaller number")
            self.refuse(_line(event), wrong, remedy, path_text(path or (), self.value))
            return 0
        if yaml_text.UNFIT.search(word):
            wrong = marked("the text holds a character that cannot be kept")
            remedy = marked("take control characters such as \\0 out of it")
            self.refuse(_line(event), wrong, remedy, path_text(path or (), self.value))
            return yaml_text.UNFIT.sub(" ", word)
        return _plain(word) if is_plain else word

    def _refuse_extras(self, event: NodeEvent, path: Path) -> None:
        tag = getattr(event, "tag", None)
        if not event.anchor and not tag:
            return
        here = path_text(path, self.value)
        if isinstance(event, AliasEvent):
            wrong = marked("an alias *%(name)s is not read")
            self.refuse(_line(event), wrong, marked("write the value itself"), here, name=shown(event.anchor))
        elif event.anchor:
            wrong = marked("an anchor &%(name)s is not read")
            remedy = marked("take it away and write the value where it is needed")
            self.refuse(_line(event), wrong, remedy, here, name=shown(event.anchor))
        if tag:
            wrong = marked("a tag %(tag)s is not read")
            self.refuse(_line(event), wrong, marked("take it away; a text may stand in quotes"), here, tag=shown(tag))


class _Collection:
    """A list or mapping that is being filled; one without a path is thrown away."""

    def __init__(self, value: Any, path: Path | None) -> None:
        self.value = value
        self.path = path
        self.key: str | None = None
        self.awaits_key = isinstance(value, dict)
        self._skips = False

    def expect(self, key: str) -> None:
        """Keep the next value under this key."""
        self.key, self._skips, self.awaits_key = key, False, False

    def skip(self) -> None:
        """Let the next value go by."""
        self.key, self._skips, self.awaits_key = None, True, False

    def child_path(self) -> Path | None:
        if self.path is None or self._skips:
            return None
        return (*self.path, self.key if self.key is not None else len(self.value))

    def put(self, value: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
            return
        if self.key is not None:
            self.value[self.key] = value
        self.key, self._skips, self.awaits_key = None, False, True


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(word: str) -> Any:
    if word in _NULLS:
        return None
    if word in _BOOLEANS:
        return _BOOLEANS[word]
    if _INT.fullmatch(word):
        return int(word)
    if _FLOAT.fullmatch(word):
        return float(word)
    if _SPECIAL_FLOAT.fullmatch(word):
        return float(word.replace(".", "", 1))
    return word
