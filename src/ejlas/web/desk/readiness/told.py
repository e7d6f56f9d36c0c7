"""Which reminders of an obligation went out, when and to whom, and who of its body cannot be reached; for the staff."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.readiness.queries import reminders
from ejlas.readiness.rules.ladder import Level, Rung
from ejlas.readiness.rules.post import Post
from ejlas.readiness.rules.states import ObligationState
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word

RUNGS = {
    Rung.ASKED: _("Told that it is new"),
    Rung.RETURNED: _("Told that it came back"),
    Rung.BEFORE: _("First reminder"),
    Rung.AGAIN: _("Second reminder"),
    Rung.HEAD_OF_BODY: _("Late: the head of the body is told"),
    Rung.SECRETARIAT: _("Late: the head of the secretariat is told"),
}
# What is said where somebody has no address, by the first who has one.
_INSTEAD = {
    Level.HEAD_OF_BODY: _("The body has named no focal point with an address: reminders go to its head."),
    Level.SECRETARIAT: _("The body has named nobody with an address: reminders go to the head of the secretariat."),
    None: _("Nobody can be reminded: neither the body nor the secretariat has an address."),
}
_SILENT = frozenset({ObligationState.DONE, ObligationState.REFUSED})


def told(obligation: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the desk's page of an obligation says of reminders. Three SQL queries."""
    comma = languages.comma(sheet.reader.language)
    rows = groupby(reminders.reminders_of(obligation), key=lambda row: (row.rung, row.sent_at.replace(microsecond=0)))
    return {
        "reminded": [
            {"words": word(RUNGS, rung), "at": sheet.moment(at), "to": comma.join(row.sent_to for row in group)}
            for (rung, at), group in rows
        ],
        "held_until": _held_until(sheet),
        "unreached": _unreached(obligation),
        "unreached_address": _body_address(obligation),
    }


def _held_until(sheet: Sheet) -> str:
    """Return the day on which reminders begin, while the host holds them."""
    edition = sheet.edition
    today = timezone.now().astimezone(edition.zone).date()
    day = Post.of(edition.settings, edition.country).held_until(today)
    return sheet.reader.dates(day)[0] if day else ""


def _unreached(obligation: Any) -> Any:
    if obligation.body is None or obligation.state in _SILENT:
        return ""
    missing = reminders.missing_levels(obligation.body, timezone.now())
    if Level.BODY not in missing:
        return ""
    return _INSTEAD[next((level for level in Level if level not in missing), None)]


def _body_address(obligation: Any) -> str:
    return reverse("desk:body", args=[obligation.edition.slug, obligation.body.slug]) if obligation.body else ""
