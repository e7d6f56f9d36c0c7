"""The page of a duty: what came of it, what can be attached; and what its removal would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from ejlas.accounts.permissions import may
from ejlas.readiness.queries import duties as queries
from ejlas.readiness.rules.states import ObligationState
from ejlas.web.desk.readiness.obligation_page import CHANGES, is_late, offered
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.readiness_labels import OBLIGATION_STATES

VIEWS = "readiness.view_readiness"
ACTS = ("unfold", "write", "attach", "detach")


def prepare(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what came of a duty, and where more is made of it, for who may."""
    if not may(request.user, VIEWS, edition):
        return {"sees_owed": False}
    changes = may(request.user, CHANGES, edition)
    today = timezone.now().astimezone(edition.zone).date()
    return {
        "sees_owed": True,
        "owed": [_owed(each, sheet, today) for each in queries.obligations_of(request.user, thing)],
        "changes_owed": changes,
        "to": {name: reverse(f"desk:duty-{name}", args=[edition.slug, thing.slug]) for name in ACTS},
        "table_address": reverse("desk:duties-table", args=[edition.slug]),
        "others": offered(queries.may_attach(thing), sheet) if changes else [],
    }


def _owed(row: Any, sheet: Sheet, today: Any) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": sheet.text(row.name) or row.slug,
        "address": reverse("desk:obligation", args=[sheet.edition.slug, row.slug]),
        "body": sheet.text(row.body.name) or row.body.slug if row.body else "",
        "state": row.state,
        "state_words": OBLIGATION_STATES[ObligationState(row.state)],
        "due": sheet.day(row.due_on),
        "is_late": is_late(row, today),
    }


def of_removal(things: Sequence[Any], sheet: Sheet) -> str:
    """Say what becomes of the obligations of duties that are removed; nothing where there are none."""
    number = queries.n_obligations_of(things)
    if not number:
        return ""
    words = ngettext(
        "%(number)s obligation came of this. It stays with its body and its day, and belongs to no duty any more;"
        " to put back what you remove here does not attach it again.",
        "%(number)s obligations came of this. They stay with their bodies and their days, and belong to no duty any"
        " more; to put back what you remove here does not attach them again.",
        number,
    )
    return words % {"number": sheet.number(number)}
