"""What a "what if" found, for one reader: numbers before and after, what differs, who would be touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ejlas.planning import queries
from ejlas.planning.queries.reasons import broken_lines
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import Change, Difference, NotAChange, Place, Shift, differences
from ejlas.web.desk.plan_changes import asking_address, change_words, form_for
from ejlas.web.desk.plan_reasons import Reasons
from ejlas.web.desk.plan_words import RunShown, counts_shown, differences_shown, run_shown

if TYPE_CHECKING:
    from ejlas.planning.models import Run

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Card:
    """One question beside others."""

    shown: RunShown
    changes: tuple[str, ...]
    numbers: tuple[tuple[str, str, str], ...]
    counts: tuple[tuple[str, str], ...]
    touched: str
    address: str
    progress_address: str
    discard_address: str
    stop_address: str


def changes_of(run: Run) -> list[Change]:
    """Return the changes that a question thinks of."""
    found = []
    for written in run.changes:
        try:
            found.append(Change.read(written))
        except NotAChange:  # pragma: no cover - written by an older version
            continue
    return found


def card_shown(run: Run, words: Words, *, at: datetime) -> Card:
    """Show one question as a card."""
    edition = words.facts.edition
    compared = _compared(run)
    return Card(
        run_shown(run, words, at=at),
        tuple(change_words(each, words) for each in changes_of(run)),
        tuple(numbers_shown(run, words)),
        tuple(counts_shown(compared, words)) if run.has_plan else (),
        words.number(len(touched(compared, words))) if run.has_plan else "",
        *(
            reverse(f"desk:plan-{name}", args=[edition.slug, run.pk])
            for name in ("what-if", "what-if-progress", "what-if-discard", "stop")
        ),
    )


def answer_shown(run: Run, words: Words, now: Mapping[str, Place], *, user: Any, at: datetime) -> dict[str, Any]:
    """Prepare the page of one answer; `now` is the plan in force."""
    edition, changes = words.facts.edition, changes_of(run)
    compared, refusals = _compared(run), run.refusals
    seats = {each.slug: each.seats for each in words.facts.bilaterals}
    reasons = Reasons(words, user, seats)
    before = queries.places_before(run)
    was = {slug: (place.starts_at, place.room) for slug, place in before.items()}
    stands = {slug: (place.starts_at, place.room) for slug, place in now.items()}
    return {
        "run": run,
        "card": card_shown(run, words, at=at),
        "broken": broken_lines(run.broken, _, words),
        "differences": differences_shown(compared, words, most=MOST_SHOWN),
        "touched": words.listed(words.party(each) for each in touched(compared, words)),
        "refusals": [
            (words.bilateral(slug), slug, reasons.of(slug, why)) for slug, why in list(refusals.items())[:MOST_SHOWN]
        ],
        "steps": [(change_words(each, words), *form_for(each, words, user)) for each in changes],
        "is_old": run.has_plan and was != stands,
        "again": [each.written() for each in changes],
        "change_address": asking_address(edition, changes),
    }


def numbers_shown(run: Run, words: Words) -> Iterable[tuple[str, str, str]]:
    """Yield what is counted, before and after."""
    was, now = run.before.get("was"), run.before.get("is")
    if not was or not now or not run.has_plan:
        return
    for name, label in (
        ("granted", _("Bilaterals with a place")),
        ("weight", _("Weight granted")),
        ("gaps", _("Idle gaps between meetings")),
    ):
        yield label, words.number(was[name]), words.number(now[name])


def _compared(run: Run) -> list[Difference]:
    if not run.has_plan:
        return []
    before, after = queries.places_before(run), queries.places_of_run(run)
    known = run.placements.keys() | run.refusals.keys() | {slug for part in run.parts for slug in part}
    # What stands despite a rule is no part of the problem, and stays.
    settled = {slug: place for slug, place in before.items() if slug not in known and slug not in _withdrawn(run)}
    return differences(before, {**settled, **after}, with_people=True)


def _withdrawn(run: Run) -> set[str]:
    return {change.thing for change in changes_of(run) if change.kind == "withdrawn"}


def touched(compared: Iterable[Difference], words: Words) -> list[str]:
    """Return the parties of the bilaterals that differ, in the order of their list."""
    parties = {each.slug: each.parties for each in words.facts.bilaterals}
    slugs = {party for each in compared if each.shift is not Shift.SAME for party in parties.get(each.bilateral, ())}
    return [party.slug for party in words.facts.parties if party.slug in slugs]
