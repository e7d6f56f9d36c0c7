"""The wordings of a kind in one language: what wants work, what a person wrote, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.core.index import operations as index_operations
from ejlas.core.index import queries as index
from ejlas.core.index.rules import WordingState
from ejlas.core.inputs.texts import MOST_CHARACTERS, tidy
from ejlas.core.text import Text
from ejlas.forum import operations as forum
from ejlas.web.ui.kinds import EDITION, KINDS, Kind

# The edition itself has texts too: its name, its motto.
TRANSLATED: Mapping[str, Kind] = {kind.name: kind for kind in (EDITION, *KINDS)}
STATES = {
    WordingState.MISSING: lazy("Missing"),
    WordingState.BEHIND: lazy("Behind: its source changed"),
    WordingState.UNSURE: lazy("Not confirmed"),
    WordingState.PRESENT: lazy("Current"),
}
WORK = (WordingState.MISSING, WordingState.BEHIND, WordingState.UNSURE)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """What a person did to one wording: new words, the box of an unconfirmed one, or the word that it is current."""

    slug: str
    field: str
    words: str
    is_unsure: bool
    seen: str
    is_current: bool = False


@dataclass(slots=True)
class Outcome:
    """How many wordings were saved, and what was refused: by thing and field, with the reason in words."""

    n_saved: int
    refused: dict[Key, str]


def visible_kinds(user: Any, edition: Any) -> list[Kind]:
    """Return the kinds whose texts a person may see."""
    return [kind for kind in TRANSLATED.values() if may(user, kind.view, edition)]


def work_by_kind(edition: Any, language: str, states: Iterable[WordingState]) -> dict[str, int]:
    """Return how many wordings of a language are in these states, by kind. One SQL query."""
    return index.wordings_by_kind(edition.slug, language=language, states=states)


def state_word(state: str) -> str:
    """Return the word for the state of a wording."""
    return str(STATES[WordingState(state)])


def label_of(kind: Kind, field: str) -> str:
    """Return what a field is called."""
    asked = kind.form.base_fields.get(field)
    return str(asked.label if asked is not None and asked.label else field)


def is_asked(kind: Kind, field: str) -> bool:
    """Whether the form of the kind asks for a text of this name, so that a person may write it."""
    return field in kind.form.base_fields


def write(
    kind: Kind, edition: Any, written: Iterable[Written], *, language: str, source: str, by: Any, at: datetime
) -> Outcome:
    """Save wordings of one kind, each thing by itself: what is refused of one does not hold up the others."""
    by_thing: dict[str, list[Written]] = {}
    for each in written:
        by_thing.setdefault(each.slug, []).append(each)
    found = {thing.slug: thing for thing in kind.things(by, edition).filter(slug__in=list(by_thing))}
    outcome = Outcome(0, {})
    for slug, rows in by_thing.items():
        if slug not in found:
            outcome.refused |= {(slug, row.field): _("This thing is not there any more.") for row in rows}
            continue
        _save_thing(kind, found[slug], rows, outcome, language=language, source=source, by=by, at=at)
    return outcome


def _save_thing(
    kind: Kind, thing: Any, rows: list[Written], outcome: Outcome, *, language: str, source: str, by: Any, at: datetime
) -> None:
    fitting = []
    for row in rows:
        fault = _fault(kind, thing, row, language)
        if fault:
            outcome.refused[thing.slug, row.field] = fault
        else:
            words = tidy(row.words, keep_lines=row.field in kind.form.long_texts)
            fitting.append(forum.Translation(row.field, language, words, row.is_unsure, row.seen, source))
    current = [(row.field, language) for row in rows if row.is_current]
    try:
        written, refused = forum.translate(thing=thing, translations=fitting, change=kind.change_one, by=by, at=at)
    except RuleBroken as broken:
        outcome.refused |= {(thing.slug, each.field): broken.sentence(_) for each in fitting}
        return
    for field, _language in refused:
        outcome.refused[thing.slug, field] = _("Somebody changed this wording or its source meanwhile; compare.")
    still = [pair for pair in current if pair not in written and pair not in refused]
    n_current = index_operations.mark_current(
        scope=edition_slug(thing), kind=kind.name, slug=thing.slug, wordings=still, by=by.name, at=at
    )
    outcome.n_saved += len(written) + n_current


def edition_slug(thing: Any) -> str:
    """Return the slug of the edition that a thing is or belongs to."""
    return str(thing.scope_in_index())


def _fault(kind: Kind, thing: Any, row: Written, language: str) -> str:
    if not is_asked(kind, row.field) or not isinstance(getattr(thing, row.field, None), Text):
        return _("There is no such text here.")
    if len(row.words) > MOST_CHARACTERS:
        return _("The text is longer than %(most)d characters.") % {"most": MOST_CHARACTERS}
    held: Text = getattr(thing, row.field)
    if row.field in kind.form.required_texts and not row.words.strip() and not set(held.values) - {language}:
        return _("Write it in at least one language.")
    return ""
