"""Handing out and taking back as the page shows it: the cards that were found, and what is still out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ejlas.core.files import queries as files
from ejlas.core.files.rules import FileDamaged, FileGone
from ejlas.delegations.operations.passes import errors, steps
from ejlas.delegations.queries.passes.handing import Standing
from ejlas.delegations.rules.passes.badges import STEPS, BadgeKind, BadgeState, BadgeStep
from ejlas.exports.pass_receipt import Signed
from ejlas.web.desk.passes.rows import row_of
from ejlas.web.desk.passes.words import NEXT
from ejlas.web.ui.badge_labels import BADGE_STEPS
from ejlas.web.ui.kinds import Sheet

MOST_ROWS = 500
_PNG = "data:image/png;base64,"


class Tab(StrEnum):
    """What is done at the counter."""

    GIVE = "give"
    AHEAD = "ahead"
    BACK = "back"


TABS = {
    Tab.GIVE: _("Hand out"),
    Tab.AHEAD: _("Validate on arrival"),
    Tab.BACK: BADGE_STEPS[BadgeStep.RETURN],
}
PURPOSES = {
    Tab.GIVE: _("Read the code, or type a number or a name. Whoever takes a card signs for it."),
    Tab.AHEAD: _(
        "Cards that were sent ahead open nothing before they are validated here: see the person and the card."
    ),
    Tab.BACK: _("Read the code, or choose a delegation. A card that was given back opens nothing any more."),
}
SPARES_APART = _("Spares are given out on their own page, with the name of who gets one.")
BUTTONS = {Tab.GIVE: _("Hand out"), Tab.AHEAD: _("Validate"), Tab.BACK: BADGE_STEPS[BadgeStep.RETURN]}
STEP = {Tab.GIVE: BadgeStep.ISSUE, Tab.AHEAD: BadgeStep.ISSUE, Tab.BACK: BadgeStep.RETURN}
# What of a delegation is shown at once.
STATES = {
    Tab.GIVE: (BadgeState.PRINTED,),
    Tab.AHEAD: (BadgeState.PRINTED,),
    Tab.BACK: (BadgeState.ISSUED, BadgeState.SUSPENDED, BadgeState.REVOKED),
}


def tab_of(asked: str) -> Tab:
    """Return the tab of an address, else the first."""
    return Tab(asked) if asked in set(Tab) else Tab.GIVE


def tabs(edition: Any, here: Tab) -> list[tuple[Any, str, bool]]:
    """Return the tabs with their addresses."""
    base = reverse("desk:hand-out", args=[edition.slug])
    return [(words, f"{base}?{urlencode({'tab': tab.value})}", tab is here) for tab, words in TABS.items()]


def row(badge: Any, tab: Tab, sheet: Sheet, chosen: set[str]) -> dict[str, Any]:
    """Return a card that was found, with what may be done with it."""
    is_spare = badge.kind == BadgeKind.SPARE and tab is not Tab.BACK
    may = badge.state in STEPS[STEP[tab]][0] and not is_spare
    return {
        **row_of(badge, sheet),
        "may": may,
        "is_chosen": may and (not chosen or badge.slug in chosen),
        "why": "" if may else SPARES_APART if is_spare else NEXT[BadgeState(badge.state)],
    }


def standing(each: Standing, tab: Tab, sheet: Sheet) -> dict[str, Any]:
    """Return how the cards of a delegation stand."""
    base = reverse("desk:hand-out", args=[sheet.edition.slug])
    return {
        "name": sheet.text(each.delegation.title),
        "address": f"{base}?{urlencode({'tab': tab.value, 'delegation': each.delegation.slug})}",
        "printed": sheet.number(each.n_printed),
        "out": sheet.number(each.n_out),
        "back": sheet.number(each.n_back),
        "gone": sheet.number(each.n_gone),
        "waits": bool(each.n_out if tab is Tab.BACK else each.n_printed),
    }


def collected(request: HttpRequest) -> steps.Collected:
    """Return who takes the cards, as the form says. Raises AuthorityNeeded, SignatureNeeded."""
    data, file = request.POST, request.FILES.get("authority")
    name = data.get("name", "").replace("\x00", "").strip()[:200]
    is_other = data.get("to") == "other"
    if is_other and not name:
        raise errors.AuthorityNeeded
    authority = file.read(steps.MOST_PAPER_BYTES + 1) if is_other and file is not None else None
    return steps.Collected(
        name=name if is_other else "",
        authority=authority,
        authority_name=(file.name or "")[:200] if file is not None else "",
        signature=drawn(data.get("signature", "")),
        is_signed_on_paper=data.get("on_paper") == "1",
    )


def drawn(text: str) -> bytes | None:
    """Return the picture of a signature that the page drew; nothing where none was. Raises SignatureNeeded."""
    if not text:
        return None
    if not text.startswith(_PNG) or len(text) > steps.MOST_SIGNATURE_BYTES * 2:
        raise errors.SignatureNeeded
    try:
        return base64.b64decode(text.removeprefix(_PNG), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise errors.SignatureNeeded from wrong


def slugs(values: Iterable[str]) -> list[str]:
    """Return the passes that a form names."""
    return list(dict.fromkeys(values))[:MOST_ROWS]


def signed(badge: Any) -> Signed:
    """Return who took cards that were handed out in one act, as one of them tells it, with the signature."""
    if badge is None:
        return Signed()
    picture = b""
    if badge.signature is not None:
        with suppress(FileGone, FileDamaged):
            picture = files.contents(badge.signature)
    return Signed(taken_by=badge.issued_to, is_by_authority=badge.is_by_authority, signature=picture)
