"""What the first page tells of readiness: to the secretariat what waits for it, to a body what it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from ejlas.accounts.permissions import may
from ejlas.readiness.queries import now
from ejlas.web.desk.frame import PLACES
from ejlas.web.desk.readiness.obligation_page import is_late
from ejlas.web.desk.readiness.sites import OWN
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.reading import Reader


def asked(user: Any, edition: Any, at: datetime) -> dict[str, Any]:
    """Return what is counted for a person, by name."""
    return now.asked(user, edition, at.astimezone(edition.zone).date())


def told(edition: Any, reader: Reader, found: Mapping[str, int]) -> dict[str, Any] | None:
    """Tell how far the preparation is and what waits in it, each with its list; None where nothing is owed."""
    if not found.get("owed"):
        return None
    number = reader.number
    return {
        "all": number(found["owed"]),
        "done": number(found["owed_done"]),
        "counts": [
            {"number": number(found[name]), "words": words, "address": _list(edition, query)}
            for name, words, query in _lines(found)
            if found[name]
        ],
        "address": _list(edition),
        "answer": reverse("desk:ready", args=[edition.slug]) if "ready" in PLACES else "",
    }


def _lines(found: Mapping[str, int]) -> tuple[tuple[str, str, str], ...]:
    late, refused = found["owed_late"], found["owed_refused"]
    delivered, inspected = found["owed_delivered"], found["owed_inspected"]
    return (
        ("owed_late", ngettext("obligation is late", "obligations are late", late), "late=1"),
        (
            "owed_refused",
            ngettext("obligation was refused", "obligations were refused", refused),
            "state=refused",
        ),
        (
            "owed_delivered",
            ngettext(
                "delivered obligation waits to be looked at", "delivered obligations wait to be looked at", delivered
            ),
            "state=delivered",
        ),
        (
            "owed_inspected",
            ngettext(
                "obligation was found good and waits to be closed",
                "obligations were found good and wait to be closed",
                inspected,
            ),
            "state=inspected",
        ),
    )


def _list(edition: Any, query: str = "") -> str:
    address = reverse("desk:obligation-list", args=[edition.slug])
    return f"{address}?{query}" if query else address


def of_bodies(user: Any, edition: Any, at: datetime, reader: Reader) -> dict[str, Any] | None:
    """Tell whoever answers for a body what it is asked for, what is late, and what is due next. Two SQL queries."""
    if not may(user, "readiness.answer_own", edition):
        return None
    today, sheet = at.astimezone(edition.zone).date(), Sheet(edition, reader)
    found, following = now.of_bodies(user, edition, today), now.next_of_bodies(user, edition)
    address = reverse("desk:own-obligations", args=[edition.slug])
    lines = (
        ("asked", ngettext("wants your answer", "want your answer", found["asked"]), f"{address}#asked"),
        ("late", ngettext("is late", "are late", found["late"]), address),
        ("in_hand", ngettext("is in your hands", "are in your hands", found["in_hand"]), f"{address}#in-hand"),
    )
    return {
        "address": address,
        "calendar": reverse("desk:own-deadlines", args=[edition.slug]),
        "counts": [
            {"number": reader.number(found[name]), "words": words, "address": where, "is_late": name == "late"}
            for name, words, where in lines
            if found[name]
        ],
        "following": following
        and {
            "name": sheet.text(following.name) or following.slug,
            "address": reverse(f"desk:{OWN}", args=[edition.slug, following.slug]),
            "dates": reader.dates(following.due_on) if following.due_on else (),
            "is_late": is_late(following, today),
        },
    }
