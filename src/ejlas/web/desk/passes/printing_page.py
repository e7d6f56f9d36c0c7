"""The queue of cards to print as the page shows it, and a printing with its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from ejlas.core import languages
from ejlas.delegations.queries.passes import designs, printing, things
from ejlas.delegations.rules.passes.badges import BadgeKind, BadgeState
from ejlas.delegations.rules.passes.cards import Sheet as Paper
from ejlas.delegations.rules.passes.printing import PrintState, is_stuck
from ejlas.web.desk.passes.rows import row_of
from ejlas.web.desk.passes.words import PAPERS, PRINT_STATES
from ejlas.web.ui.badge_labels import BADGE_KINDS, BADGE_STATES
from ejlas.web.ui.kinds import BY_NAME, Sheet

KIND = BY_NAME["badge"]
NAMES = ("state", "kind", "delegation", "category", "thing")
ONGOING = (PrintState.WAITING, PrintState.MAKING)


def chosen(data: QueryDict) -> dict[str, str]:
    """Return what an address or a form narrows the queue by; what is wrong is left out."""
    found = {name: data.get(name, "")[:100].replace("\x00", "") for name in NAMES}
    if found["state"] not in printing.PRINTABLE:
        found["state"] = BadgeState.APPROVED.value
    if found["kind"] not in set(BadgeKind):
        found["kind"] = ""
    return found


def filters(user: Any, edition: Any, asked: dict[str, str], sheet: Sheet) -> list[dict[str, Any]]:
    """Return what the queue can be narrowed by. Two SQL queries."""
    categories = things.categories_for(user, edition).order_by("position", "pk")
    delegations = edition.delegation_set.select_related("party").order_by("position", "pk")
    named, plain = KIND.filters, sheet.reader.plain
    states: list[tuple[str, Any]] = [(each, BADGE_STATES[BadgeState(each)]) for each in printing.PRINTABLE]
    kinds: list[tuple[str, Any]] = [(each.value, BADGE_KINDS[each]) for each in BadgeKind]
    options: dict[str, list[tuple[str, Any]]] = {
        "state": states,
        "kind": kinds,
        "delegation": [(row.slug, plain(row.title.to_stored())) for row in delegations],
        "category": [(row.slug, plain(row.name.to_stored())) for row in categories],
    }
    labels = {each.name: each.label for each in named}
    return [_filter(name, labels[name], asked, several) for name, several in options.items()]


def _filter(name: str, label: Any, asked: dict[str, str], options: list[tuple[str, Any]]) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "has_all": name != "state",
        "options": [(value, words, value == asked[name]) for value, words in options],
    }


def row(badge: Any, sheet: Sheet) -> dict[str, Any]:
    """Return a pass as the queue shows it."""
    return {
        **row_of(badge, sheet),
        "print": sheet.number(badge.print_number) if badge.print_number else "",
    }


def choices_of_design(edition: Any, sheet: Sheet) -> list[tuple[str, str]]:
    """Return the designs that may be chosen; none of them: the usual one of each kind of card. One SQL query."""
    rows = designs.designs_of(edition)
    return [(each.slug, sheet.reader.plain(each.name.to_stored()) or each.slug) for each in rows]


def papers() -> list[tuple[str, Any]]:
    """Return on what cards may be printed."""
    return [(paper.value, PAPERS[paper]) for paper in Paper]


def tongues(edition: Any) -> list[tuple[str, str]]:
    """Return the languages in whose direction and wording cards may be printed."""
    return [(code, languages.own_name(code)) for code in edition.languages]


def told(made: Any, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Return a printing as its page and the list of printings show it."""
    state = PrintState(made.state)
    return {
        "slug": made.slug,
        "address": reverse("desk:pass-printing", args=[sheet.edition.slug, made.slug]),
        "state": state.value,
        "state_words": PRINT_STATES[state],
        "n_cards": sheet.number(made.n_cards),
        "n_made": sheet.number(made.n_made),
        "made": made.n_made,
        "cards": made.n_cards,
        "asked_at": sheet.moment(made.asked_at),
        "asked_by": made.asked_by,
        "fault": made.fault,
        "is_ongoing": state in ONGOING and not is_stuck(state, made.moved_at, at),
        "is_stuck": is_stuck(state, made.moved_at, at),
        "files": [
            (
                sheet.number(place),
                reverse("desk:pass-printing-file", args=[sheet.edition.slug, made.slug, place]),
            )
            for place in range(1, len(made.files) + 1)
        ],
    }
