"""Who asks at a gate to come in: the rows of the list, and what can be given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ejlas.delegations.queries.gate import watching
from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.watching import offices
from ejlas.web.desk.gates import words
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.scan_labels import REQUEST_STATES


def row(asked: Any, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Return a request for the list and for its own page."""
    slug = sheet.edition.slug
    return {
        "address": reverse("desk:gate-request", args=[slug, str(asked.request_id)]),
        "name": asked.name,
        "office": asked.office,
        "why": asked.why,
        "gate": sheet.text(asked.gate.name),
        "zone": asked.gate.zone.letter,
        "asked": words.when(asked.asked_at, at, sheet),
        "asked_by": asked.asked_by,
        "waits": words.long(at - asked.asked_at, sheet),
        "state": asked.state,
        "state_words": word(REQUEST_STATES, asked.state),
        "answer": asked.answer,
        "approver": asked.approver,
        "answered": words.when(asked.answered_at, at, sheet),
        "answered_by": asked.answered_by,
        "badge": sheet.number(asked.badge.number) if asked.badge is not None else "",
        "badge_address": reverse("desk:badge", args=[slug, asked.badge.slug]) if asked.badge is not None else "",
    }


def offices_of(edition: Any) -> dict[str, str]:
    """Return the office that approves walk-ins, by category."""
    return offices(house.stored(edition.settings))


def categories(edition: Any, sheet: Sheet) -> list[tuple[Any, str, str]]:
    """Return the categories that can be given at a gate, each with its words and its office. One SQL query."""
    named = offices_of(edition)
    return [
        (each, sheet.reader.plain(each.name.to_stored()) or each.slug, named.get(each.slug, ""))
        for each in watching.categories_of_people(edition)
    ]


def choices(found: list[tuple[Any, str, str]]) -> list[tuple[str, str]]:
    """Return the categories for which an office is named, to choose from."""
    said = _("%(category)s — %(office)s")
    return [(each.slug, said % {"category": label, "office": office}) for each, label, office in found if office]


def spares(found: Mapping[str, Any], sheet: Sheet) -> list[tuple[str, str]]:
    """Return the free spares to choose from."""
    return [(slug, sheet.number(badge.number)) for slug, badge in found.items()]
