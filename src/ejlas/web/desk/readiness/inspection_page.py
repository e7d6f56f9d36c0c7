"""The page of a round of inspection: its checklist, what was found and by whom, and what a close makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ejlas.accounts.permissions import may
from ejlas.readiness.forms import walking
from ejlas.readiness.queries import inspections as queries
from ejlas.readiness.rules.inspections import Outcome
from ejlas.readiness.rules.meetings import Result
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import OBLIGATION_STATES, OUTCOMES, RESULTS

INSPECTS = "readiness.inspect"
EMPTY = _("Fill the checklist: from obligations, and with lines of your own.")
OPEN = _("Walk the round with a phone, or print the checklist; then close the round.")
CLOSED = _("The round is closed: what passed is inspected, what is wanting went back.")


def prepare(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the page of a round shows beside what every kind has. Four SQL queries, however long the list."""
    inspects, lines, answers = may(request.user, INSPECTS, edition), queries.lines_of(thing), queries.answers_of(thing)
    is_open = thing.closed_at is None
    earlier: dict[int, list[Any]] = {}
    for answer in answers:
        earlier.setdefault(answer.line_id, []).append(answer)
    outcomes = queries.outcomes_of(answers)
    n_seen = sum(line.result != Result.OPEN for line in lines)
    return {
        "needs": [],
        "round": thing,
        "is_open": is_open,
        "next_words": (OPEN if lines else EMPTY) if is_open else CLOSED,
        "inspects": inspects,
        "can_change": inspects and is_open,
        "may_fill": inspects and is_open,
        "checks": [shown(line, sheet, earlier.get(line.pk, ()), outcomes) for line in lines],
        "n_lines": sheet.number(len(lines)),
        "n_seen": sheet.number(n_seen),
        "line_form": walking.LineForm(auto_id="line-%s"),
        "sources": sources(edition, sheet) if inspects and is_open else [],
        "closed_words": sheet.moment(thing.closed_at),
    }


def sources(edition: Any, sheet: Sheet) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return from which obligations a checklist can be filled, by group. Two SQL queries."""
    return [
        (_("Of a workstream"), _named(walking.WORKSTREAM, queries.workstreams_to_choose(edition), sheet)),
        (_("Of a body"), _named(walking.BODY, queries.bodies_to_choose(edition), sheet)),
    ]


def _named(source: str, rows: Iterable[Any], sheet: Sheet) -> list[tuple[str, str]]:
    return [(f"{source}:{row.slug}", sheet.reader.plain(row.name.to_stored()) or row.slug) for row in rows]


def words_of(line: Any, sheet: Sheet) -> Any:
    """Return what a line asks; one that is an obligation's name stands in the reader's language."""
    owed = line.obligation
    if owed is not None and line.words in owed.name.to_stored().values():
        return sheet.text(owed.name)
    return line.words


def shown(line: Any, sheet: Sheet, answers: Iterable[Any] = (), outcomes: Any = None) -> dict[str, Any]:
    """Return a line of the checklist for a page, with what others saw there."""
    edition, owed = sheet.edition, line.obligation
    outcome = (outcomes or {}).get(line.answer_id, "")
    return {
        "slug": line.slug,
        "words": words_of(line, sheet),
        "own_words": line.words,
        "body": sheet.text(owed.body.name) if owed is not None and owed.body else "",
        "obligation": reverse("desk:obligation", args=[edition.slug, owed.slug]) if owed else "",
        "state": owed.state if owed else "",
        "state_words": word(OBLIGATION_STATES, owed.state) if owed else "",
        **look(line, sheet),
        "is_answered": line.answer_id is not None,
        "outcome": outcome,
        "outcome_words": word(OUTCOMES, outcome) if outcome else "",
        "others": [look(each, sheet) for each in answers if each.answer_id != line.answer_id],
    }


def look(row: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what somebody saw: of a line what counts, of an answer what it says."""
    is_kept = row.photo is not None and row.photo.is_kept
    return {
        "result": row.result,
        "result_words": word(RESULTS, row.result),
        "found": row.found,
        "by": row.seen_by,
        "at": sheet.moment(row.seen_at),
        "photo": str(row.answer_id) if is_kept and row.answer_id else "",
    }


def endings(found: Iterable[Any], sheet: Sheet) -> list[dict[str, Any]]:
    """Return what a close makes of the obligations, by what becomes of them, what changes first."""
    parts = []
    for outcome in Outcome:
        its = [each for each in found if each.ending.outcome is outcome]
        if its:
            parts.append({"outcome": outcome.value, "rows": [_ending(each, sheet) for each in its]})
    return parts


def _ending(judged: Any, sheet: Sheet) -> dict[str, Any]:
    owed = judged.obligation
    return {
        "name": sheet.text(owed.name),
        "address": reverse("desk:obligation", args=[sheet.edition.slug, owed.slug]),
        "body": sheet.text(owed.body.name) if owed.body else "",
        "state_words": word(OBLIGATION_STATES, owed.state),
        "found": [line.found for line in judged.lines if line.result == Result.WANTING],
        "is_done": judged.ending.step is None and judged.ending.outcome in (Outcome.PASSED, Outcome.SENT_BACK),
    }
