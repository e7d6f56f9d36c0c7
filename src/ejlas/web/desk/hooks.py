"""Webhooks and their deliveries as their pages show them, in words for one reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.accounts.rules import DeliveryState
from ejlas.core.outgoing import Fault
from ejlas.web.ui.kinds import KINDS, Sheet
from ejlas.web.ui.labels import DELIVERY_FAULTS, DELIVERY_STATES

# First parts of events, with the words of what they are about.
EVENTS: Sequence[tuple[str, Any]] = (
    *((kind.event, kind.many) for kind in KINDS),
    ("forum.edition", _("The edition itself")),
    ("forum.publication", _("Publications")),
    ("planning.run", _("Plans")),
)
_WORDS = dict(EVENTS)
STATES = {
    "active": _in("state of a webhook", "Active"),
    "paused": _in("state of a webhook", "Paused"),
    "stopped": _in("state of a webhook", "Paused for its failures"),
}


def webhook_row(webhook: Any, sheet: Sheet) -> dict[str, Any]:
    """Return a webhook in words; counts stand in it where its query counted."""
    state = "active" if webhook.is_active else "stopped" if webhook.paused_at else "paused"
    return {
        "key": webhook.pk,
        "address": webhook.address,
        "is_active": webhook.is_active,
        "state": state,
        "state_words": STATES[state],
        "events": event_words(webhook.events),
        "owner": webhook.owner.name,
        "added": sheet.moment(webhook.created_at),
        "paused": sheet.moment(webhook.paused_at),
        "n_failures": webhook.n_failures,
        "failures": sheet.number(webhook.n_failures),
        "last": sheet.moment(getattr(webhook, "last_at", None)),
        "waiting": sheet.number(getattr(webhook, "n_waiting", None)),
        "failed": sheet.number(getattr(webhook, "n_failed", None)),
    }


def event_words(events: Iterable[str]) -> list[Any]:
    """Return what a webhook hears of in words; an event without words as it is written, nothing for all."""
    return [_WORDS.get(event) or _code(event) for event in events]


def delivery_row(delivery: Any, sheet: Sheet) -> dict[str, Any]:
    """Return a delivery in words."""
    kind, _dot, _act = delivery.event.rpartition(".")
    state = DeliveryState(delivery.state)
    return {
        "key": delivery.pk,
        "number": sheet.number(delivery.number),
        "event": _code(delivery.event),
        "kind": _WORDS.get(kind, ""),
        "subject": delivery.subject,
        "at": sheet.moment(delivery.at),
        "state": state.value,
        "state_words": DELIVERY_STATES[state],
        "tries": sheet.number(delivery.n_tries),
        "next": sheet.moment(delivery.next_at) if state is DeliveryState.WAITING else "",
        "last": sheet.moment(delivery.last_tried_at),
        "fault": DELIVERY_FAULTS[Fault(delivery.fault)] if delivery.fault in set(Fault) else "",
        "answer": sheet.number(delivery.answer),
    }


def _code(event: str) -> SafeString:
    return format_html('<bdi dir="ltr" class="event">{}</bdi>', event)
