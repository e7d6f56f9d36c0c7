"""The devices at the gates: which keeps which, when it was heard of, how old its list is, what it still holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.watching import MOST_SKEW_MS, Contact, Reach, reach
from ejlas.web.desk.gates import words
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.scan_labels import REACHES

# A module of the code, in its own units, with the quiet zone that a reader needs around it.
_SCALE, _QUIET = 6, 4


def row(device: Any, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Return a device for the list and for its own page."""
    rules = house.stored(sheet.edition.settings)
    contact = Contact(device.enrolled_at, device.seen_at)
    state, since = reach([contact], at=at, online_seconds=rules["online_seconds"])
    return {
        "slug": device.slug,
        "name": device.name,
        "address": reverse("desk:device", args=[sheet.edition.slug, device.slug]),
        "gate": sheet.text(device.gate.name),
        "zone": device.gate.zone.letter,
        "reach": state.value,
        "words": word(REACHES, state),
        "since": words.when(since, at, sheet) if state is Reach.CUT_OFF else "",
        "seen": words.when(device.seen_at, at, sheet),
        "list_age": words.long(at - device.list_at, sheet) if device.list_at else "",
        "is_old": bool(device.list_at and (at - device.list_at).total_seconds() >= rules["list_hours"] * 3600),
        "queued": sheet.number(device.n_queued) if device.n_queued else "",
        "skew": words.skew(device.skew_ms, sheet) if abs(device.skew_ms) > MOST_SKEW_MS else "",
        "enrolled": sheet.moment(device.enrolled_at),
        "enrolled_by": device.enrolled_by,
        "is_out": device.shut_out_at is not None,
        "out_at": sheet.moment(device.shut_out_at),
        "out_by": device.shut_out_by,
    }


def code(address: str) -> str:
    """Return an address as a drawing that a camera reads."""
    import segno

    made = segno.make(address, error="m", micro=False)
    return str(made.svg_inline(scale=_SCALE, border=_QUIET, dark="#000", light="#fff", omitsize=True))
