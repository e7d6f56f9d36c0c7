"""What a body sees of what it owes: what needs its answer first, what is late marked, and nothing of other bodies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.readiness.queries import obligations as queries
from ejlas.readiness.rules.states import WORKED, ObligationState
from ejlas.web.desk.readiness import obligation_page
from ejlas.web.desk.readiness.sites import Site
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import EVIDENCE_KINDS, OBLIGATION_STATES

_S = ObligationState
# In the order in which a body reads them.
_GROUPS: tuple[tuple[str, Any, frozenset[ObligationState]], ...] = (
    ("asked", _("Needs your answer"), frozenset({_S.PLANNED})),
    ("in-hand", _("In your hands"), frozenset({_S.ACCEPTED, _S.IN_WORK})),
    ("with-others", _("With the secretariat"), frozenset({_S.DELIVERED, _S.INSPECTED, _S.REFUSED})),
    ("done", _("Done"), frozenset({_S.DONE})),
)


def groups(owed: Iterable[Any], sheet: Sheet, site: Site) -> list[dict[str, Any]]:
    """Return what a body owes, what needs its answer first, and in each group what is due first."""
    rows, today = list(owed), timezone.now().astimezone(sheet.edition.zone).date()
    found = []
    for name, title, states in _GROUPS:
        cards = [
            _card(each, sheet, site, is_late=obligation_page.is_late(each, today))
            for each in rows
            if each.state in states
        ]
        if cards:
            number = sheet.number(len(cards))
            found.append({"name": name, "title": title, "number": number, "cards": cards, "is_folded": name == "done"})
    return found


def _card(owed: Any, sheet: Sheet, site: Site, *, is_late: bool) -> dict[str, Any]:
    return {
        "name": sheet.text(owed.name) or owed.slug,
        "address": site.page(owed.slug),
        "state": owed.state,
        "state_words": OBLIGATION_STATES[_S(owed.state)],
        "next_words": obligation_page.next_words(owed, site),
        "due": sheet.day(owed.due_on),
        "is_late": is_late,
        "progress": sheet.number(owed.progress) if owed.state == _S.IN_WORK else "",
    }


def one(user: Any, owed: Any, sheet: Sheet, site: Site) -> dict[str, Any]:
    """Return what the page of one obligation shows to the body that owes it."""
    found = queries.around(owed)
    comma = languages.comma(sheet.reader.language)
    # What other bodies do is not told: only how much of it is still to come before this.
    others = [link.before for link in found.before if link.before.body_id != owed.body_id]
    n_waiting = sum(other.state not in WORKED for other in others)
    return {
        **obligation_page.answer(user, owed, sheet, found, site=site),
        "may_answer": True,
        "name": sheet.text(owed.name) or owed.slug,
        "detail": sheet.text(owed.detail),
        "body": sheet.text(owed.body.name) or owed.body.slug,
        "start_after": sheet.day(owed.start_after),
        "estimate": [sheet.number(days) for days in (owed.least_days, owed.likely_days, owed.most_days)],
        "wanted": comma.join(str(word(EVIDENCE_KINDS, kind)) for kind in owed.evidence),
        "before": [_own(link.before, sheet, site) for link in found.before if link.before.body_id == owed.body_id],
        "n_waiting": sheet.number(n_waiting) if n_waiting else "",
    }


def _own(other: Any, sheet: Sheet, site: Site) -> dict[str, Any]:
    return {
        "name": sheet.text(other.name) or other.slug,
        "address": site.page(other.slug),
        "state": other.state,
        "state_words": OBLIGATION_STATES[_S(other.state)],
    }
