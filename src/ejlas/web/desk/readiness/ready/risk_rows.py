"""The rows of the list of risks: what each obligation is, how it stands, and on whom it waits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ejlas.exports.ready_labels import WAITING, share_words
from ejlas.planning.queries.ready.risks import Risk
from ejlas.planning.rules.ready.states import Waiting
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import OBLIGATION_STATES


def risk_rows(risks: Iterable[Risk], sheet: Sheet) -> list[dict[str, Any]]:
    """Return the rows of the list of risks."""
    return [_row(place, risk, sheet) for place, risk in enumerate(risks, start=1)]


def _row(place: int, risk: Risk, sheet: Sheet) -> dict[str, Any]:
    owed, line, language = risk.obligation, risk.line, sheet.reader.language
    return {
        "place": sheet.number(place),
        "thing": _linked(owed, sheet),
        "body": sheet.text(owed.body.name) if owed.body else "",
        "state": word(OBLIGATION_STATES, owed.state),
        "state_name": owed.state,
        "due": sheet.day(owed.due_on),
        "is_late": risk.is_late,
        "is_refused": risk.is_refused,
        "is_unaccepted": risk.is_unaccepted,
        "waits": WAITING[risk.waits_on],
        "before": [_linked(each, sheet) for each in risk.before] if risk.waits_on is Waiting.BEFORE else [],
        "on_time": share_words(line.p_on_time, language),
        "criticality": share_words(line.criticality, language),
        "share": share_words(max(line.share, 0.0), language),
        "slack": _signed(line.slack, sheet),
        "is_behind": line.slack is not None and line.slack < 0,
    }


def _linked(owed: Any, sheet: Sheet) -> SafeString:
    address = reverse("desk:obligation", args=[sheet.edition.slug, owed.slug])
    return format_html('<a href="{}">{}</a>', address, sheet.text(owed.name))


def _signed(number: int | None, sheet: Sheet) -> SafeString:
    if number is None:
        return SafeString("")
    sign = "−" if number < 0 else ""
    return format_html_join("", '<bdi dir="ltr">{}{}</bdi>', [(sign, sheet.number(abs(number)))])
