"""Moments, spans of time and scans in the words of who watches the gates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ejlas.delegations.rules.passes.verdicts import Reason
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.passes import badge_name
from ejlas.web.ui.pass_labels import TITLES


def when(moment: datetime | None, at: datetime, sheet: Sheet) -> SafeString:
    """Return the time of a moment of today at the place; of another day also the day."""
    if moment is None:
        return SafeString("")
    local = moment.astimezone(sheet.edition.zone)
    if local.date() != at.astimezone(sheet.edition.zone).date():
        return sheet.moment(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), sheet.reader.time(local))


def long(span: timedelta, sheet: Sheet) -> str:
    """Return a span of time in its largest unit: minutes, hours or days."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 60:
        return _put(ngettext("%(number)s minute", "%(number)s minutes", minutes), minutes, sheet)
    if minutes < 48 * 60:
        hours = minutes // 60
        return _put(ngettext("%(number)s hour", "%(number)s hours", hours), hours, sheet)
    days = minutes // (24 * 60)
    return _put(ngettext("%(number)s day", "%(number)s days", days), days, sheet)


def _put(words: str, number: int, sheet: Sheet) -> str:
    return words % {"number": sheet.number(number)}


def who(scan: Any, sheet: Sheet) -> SafeString:
    """Return whom a scan names: the name of the pass, else its number, else that it was none."""
    if scan.badge is not None:
        # The mark of another language beside a name would draw the digits behind it into its direction.
        return format_html("<bdi>{}</bdi>", badge_name(scan.badge, sheet))
    if scan.number is not None:
        return format_html(_("Pass %(number)s") % {"number": "<bdi>{}</bdi>"}, sheet.number(scan.number))
    return format_html('<span class="soft">{}</span>', _("No pass"))


def reason_title(reason: str) -> Any:
    """Return a reason in a few words; one of a newer gate as it is written."""
    known = set(Reason)
    return TITLES[Reason(reason)] if reason in known else reason


def city(edition: Any, sheet: Sheet) -> SafeString:
    """Return the name of the place whose time is told."""
    return sheet.text(edition.city)


# --- How many, beside the number; the first page of the desk says the same ---


def n_requests(number: int) -> str:
    """Say how many wait at gates."""
    return ngettext("person waits at a gate for an answer", "people wait at gates for an answer", number)


def n_alerts(number: int) -> str:
    """Say how many alerts there are of today."""
    return ngettext("alert of the gates today", "alerts of the gates today", number)


def n_cut_off(number: int) -> str:
    """Say how many gates are cut off."""
    return ngettext("gate is cut off", "gates are cut off", number)


def n_without_pass(number: int) -> str:
    """Say how many people have no pass."""
    return ngettext("approved person has no pass", "approved people have no pass", number)


def n_to_print(number: int) -> str:
    """Say how many passes are to be printed."""
    return ngettext("pass is still to be printed", "passes are still to be printed", number)


def skew(skew_ms: int, sheet: Sheet) -> str:
    """Say by how much a clock is wrong, and in which direction."""
    span = long(timedelta(milliseconds=abs(skew_ms)), sheet)
    return (_("%(span)s fast") if skew_ms > 0 else _("%(span)s slow")) % {"span": span}
