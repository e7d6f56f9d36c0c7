"""Wordings as a file for a translator, and the same file read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ejlas.accounts.permissions import may
from ejlas.core import languages
from ejlas.core.index import queries as index
from ejlas.core.text import Text
from ejlas.exports import table
from ejlas.forum import operations as forum
from ejlas.web.desk import translating
from ejlas.web.desk.translating import TRANSLATED, Written
from ejlas.web.ui.kinds import Kind

MOST_IN_ONE_FILE = 20_000
_BATCH = 500
_YES = frozenset({"x", "1", "yes", "true", "+", "✓"})


@dataclass(slots=True)
class Read:
    """What came of a file: how many wordings were saved, how many rows brought nothing new, and the bad rows."""

    n_saved: int = 0
    n_same: int = 0
    faults: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    kind: str
    slug: str
    field: str
    language: str
    source: str
    words: str
    is_unsure: bool
    seen: str

    @property
    def address(self) -> str:
        return f"{self.kind}/{self.slug}/{self.field}/{self.language}"


def pack(form: str, kinds: list[Kind], edition: Any, user: Any, asked: Any, reader: Any) -> table.Table:
    """Return the wordings that an address asks for as a file."""
    own = reader.language
    heads = [
        _("Address (leave as it is)"),
        _("What it is"),
        _("Wording"),
        languages.name_of(asked.source, own),
        languages.name_of(asked.language, own),
        _("Not confirmed (x)"),
        _("Mark (leave as it is)"),
    ]
    rows = list(_rows(kinds, edition, user, asked, reader))
    return table.make(form, title=str(_("Translations")), heads=heads, rows=rows, language=own)


def _rows(kinds: list[Kind], edition: Any, user: Any, asked: Any, reader: Any) -> Iterator[list[str]]:
    left = MOST_IN_ONE_FILE
    for kind in kinds:
        wordings = list(
            index.wordings(edition.slug, language=asked.language, states=asked.states, kind=kind.name)[:left]
        )
        left -= len(wordings)
        for first in range(0, len(wordings), _BATCH):
            batch = wordings[first : first + _BATCH]
            slugs = {each.entry.slug for each in batch}
            things = {thing.slug: thing for thing in kind.things(user, edition).filter(slug__in=slugs)}
            for each in batch:
                thing = things.get(each.entry.slug)
                if thing is not None and translating.is_asked(kind, each.field):
                    yield _row(kind, thing, each, asked, reader)


def _row(kind: Kind, thing: Any, wording: Any, asked: Any, reader: Any) -> list[str]:
    text: Text = getattr(thing, wording.field)
    mark = forum.mark(text, language=asked.language, source=asked.source)
    return [
        f"{kind.name}/{thing.slug}/{wording.field}/{asked.language}",
        f"{kind.one} · {translating.label_of(kind, wording.field)}: {reader.plain(wording.entry.title)}",
        translating.state_word(wording.state),
        text.values.get(asked.source, ""),
        text.values.get(asked.language, ""),
        "x" if asked.language in text.unsure else "",
        f"{asked.source}:{mark}",
    ]


def read(rows: list[list[str]], edition: Any, *, by: Any, at: datetime) -> Read:
    """Save the wordings of a file row by row: good rows are kept, bad ones listed with their number and why."""
    done = Read()
    groups: dict[tuple[str, str, str], dict[tuple[str, str], _Row]] = {}
    for number, cells in enumerate(rows[1:], start=2):
        row = _parsed(number, cells, edition, by, done)
        if row is not None:
            groups.setdefault((row.kind, row.language, row.source), {})[row.slug, row.field] = row
    for (kind, language, source), fitting in groups.items():
        written = [Written(row.slug, row.field, row.words, row.is_unsure, row.seen) for row in fitting.values()]
        outcome = translating.write(TRANSLATED[kind], edition, written, language=language, source=source, by=by, at=at)
        done.n_saved += outcome.n_saved
        done.n_same += len(written) - outcome.n_saved - len(outcome.refused)
        done.faults += [(fitting[key].number, fitting[key].address, why) for key, why in outcome.refused.items()]
    done.faults.sort()
    return done


def _parsed(number: int, cells: list[str], edition: Any, by: Any, done: Read) -> _Row | None:
    cells = [_unguarded(cell) for cell in [*cells, *[""] * 7][:7]]
    if not any(cells):
        return None
    parts, (source, colon, seen) = cells[0].strip().split("/"), cells[6].strip().partition(":")
    fault = ""
    if len(parts) != 4 or not colon:
        fault = _("The address or the mark of this row was changed.")
    elif parts[0] not in TRANSLATED or not may(by, TRANSLATED[parts[0]].change, edition):
        fault = _("You may not change this.")
    elif parts[3] not in edition.languages:
        fault = _("This is no working language of the edition.")
    if fault:
        done.faults.append((number, cells[0][:200], fault))
        return None
    # A translator who leaves a cell empty has not translated it yet; a wording is taken away at the desk.
    if not cells[4].strip():
        done.n_same += 1
        return None
    is_unsure = cells[5].strip().lower() in _YES
    return _Row(number, parts[0], parts[1], parts[2], parts[3], source, cells[4], is_unsure, seen)


def _unguarded(cell: str) -> str:
    """Take off the sign that keeps a spreadsheet from taking a text for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(table.FORMULA) else cell
