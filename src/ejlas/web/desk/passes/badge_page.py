"""The page of a pass: where it stands and what is next, its steps, what it opens, its scans, and who took it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ejlas.accounts.permissions import may
from ejlas.delegations.queries.passes import handing, phone
from ejlas.delegations.rules.passes.badges import STEPS, BadgeKind, BadgeState, BadgeStep, steps_from
from ejlas.delegations.rules.passes.verdicts import Reason, Verdict
from ejlas.web.desk.gates.links import scans_address
from ejlas.web.desk.passes import reach_page
from ejlas.web.desk.passes.words import NEXT
from ejlas.web.ui.badge_labels import BADGE_STATES, BADGE_STEPS
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.passes import number_of, reason_words
from ejlas.web.ui.labels import word
from ejlas.web.ui.pass_labels import REASONS, VERDICTS
from ejlas.web.ui.scan_labels import ANSWERS, SCAN_WAYS

HANDS, PRINTS, REVOKES = "delegations.hand_out_passes", "delegations.change_passes", "delegations.revoke_passes"
_DANGEROUS = frozenset({BadgeStep.REVOKE, BadgeStep.LOSE})
# The step for which a pass waits.
_WAITED_FOR = {
    BadgeState.APPROVED: BadgeStep.PRINT,
    BadgeState.PRINTED: BadgeStep.ISSUE,
    BadgeState.SUSPENDED: BadgeStep.RESUME,
    BadgeState.REVOKED: BadgeStep.RETURN,
}


def prepare(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the page of a pass shows beside what every kind has."""
    state = BadgeState(thing.state)
    # Where somebody was and when is for those who watch the gates.
    watches = may(request.user, "delegations.supervise_gates", edition)
    scans = handing.scans_of(thing) if watches else []
    replaced = handing.replaced_by(thing)
    return {
        "badge": thing,
        "needs": [],
        "state_words": BADGE_STATES[state],
        "next_words": NEXT[state],
        "reason_words": reason_words(thing.reason),
        "steps": steps(request.user, thing),
        "person_address": _person(request.user, edition, thing),
        "replaced": (number_of(replaced, sheet), _address(replaced)) if replaced else None,
        "watches": watches,
        "scans": [_scan(each, sheet) for each in scans],
        "scans_address": scans_address(request.user, edition, badge=thing.slug),
        "look_address": reverse("desk:pass-look", args=[edition.slug, thing.slug])
        if may(request.user, PRINTS, edition)
        else "",
        "phone_address": _phone(request.user, edition, thing),
        **_taken(request.user, thing, sheet),
        **reach_page.opened(thing, sheet, timezone.now()),
    }


def _phone(user: Any, edition: Any, thing: Any) -> str:
    if not may(user, HANDS, edition) or not phone.may_be_shown(thing):
        return ""
    return reverse("desk:pass-phone", args=[edition.slug, thing.slug])


def _address(badge: Any) -> str:
    return reverse("desk:badge", args=[badge.edition.slug, badge.slug])


def _person(user: Any, edition: Any, thing: Any) -> str:
    if thing.person is None or not may(user, "delegations.view_people", edition):
        return ""
    return reverse("desk:person", args=[edition.slug, thing.person.slug])


def steps(user: Any, badge: Any) -> list[dict[str, Any]]:
    """Return the steps that a user may take with a pass now, each with its page; the one it waits for first."""
    found: list[dict[str, Any]] = []
    for step in steps_from(BadgeState(badge.state)):
        address = _step_address(user, badge, step)
        if address:
            found.append(
                {
                    "words": _step_words(badge, step),
                    "address": address,
                    "is_dangerous": step in _DANGEROUS,
                    "is_main": step is _WAITED_FOR.get(BadgeState(badge.state)),
                }
            )
    return sorted(found, key=lambda each: not each["is_main"])


def _step_words(badge: Any, step: BadgeStep) -> Any:
    return _("Print again") if step is BadgeStep.PRINT and badge.print_number else BADGE_STEPS[step]


def _step_address(user: Any, badge: Any, step: BadgeStep) -> str:
    edition = badge.edition
    if step is BadgeStep.PRINT:
        query = urlencode({"thing": badge.slug, "state": badge.state})
        return f"{reverse('desk:pass-print', args=[edition.slug])}?{query}" if may(user, PRINTS, edition) else ""
    if step is BadgeStep.REVOKE:
        return reverse("desk:pass-revoke", args=[edition.slug, badge.slug]) if may(user, REVOKES, edition) else ""
    if not may(user, HANDS, edition):
        return ""
    if step is BadgeStep.ISSUE and badge.kind == BadgeKind.SPARE:
        return reverse("desk:spares", args=[edition.slug])
    if step is BadgeStep.ISSUE:
        return f"{reverse('desk:hand-out', args=[edition.slug])}?{urlencode({'number': badge.number})}"
    return f"{reverse('desk:pass-step', args=[edition.slug, badge.slug])}?{urlencode({'step': step.value})}"


def may_take(badge: Any, step: BadgeStep) -> bool:
    """Whether a step leads on from where the pass stands."""
    return badge.state in STEPS[step][0]


def _taken(user: Any, badge: Any, sheet: Sheet) -> dict[str, Any]:
    """Return who took the card and gave it back, for who hands cards out."""
    if not may(user, HANDS, badge.edition) or not badge.issued_at:
        return {}
    kept = handing.kept_of(badge)
    base = [badge.edition.slug, badge.slug]
    return {
        "taken_at": sheet.moment(kept.issued_at),
        "taken_by": kept.issued_to or kept.holder,
        "is_by_authority": kept.is_by_authority,
        "authority_address": reverse("desk:pass-authority", args=base) if _is_kept(kept.authority) else "",
        "signature_address": reverse("desk:pass-signature", args=base) if _is_kept(kept.signature) else "",
        "returned_at": sheet.moment(kept.returned_at),
        "receipt_address": f"{reverse('desk:hand-out-receipt', args=base[:1])}?{urlencode({'thing': badge.slug})}",
    }


def _is_kept(file: Any) -> bool:
    return file is not None and file.is_kept


def _scan(scan: Any, sheet: Sheet) -> dict[str, Any]:
    said = REASONS.get(Reason(scan.reason)) if scan.reason in set(Reason) else None
    return {
        "at": sheet.moment(scan.at),
        "gate": sheet.text(scan.gate.name),
        "letter": scan.zone.letter,
        "way": word(SCAN_WAYS, scan.way),
        "verdict": scan.verdict,
        "verdict_words": word(VERDICTS, Verdict(scan.verdict)),
        "reason": said.title if said else scan.reason,
        "answer": word(ANSWERS, scan.answer),
        "device": scan.run.device.name,
    }
