"""What a pass opens, and who may enter a zone, as pages show it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from ejlas.accounts.permissions import may
from ejlas.delegations.operations.passes.badges import Categories
from ejlas.delegations.queries.passes import reach, table
from ejlas.delegations.queries.passes.reach import Opened, Stretch
from ejlas.delegations.rules.passes.badges import HOLDING, STEPS, BadgeState, BadgeStep, pass_state
from ejlas.delegations.rules.states import PersonState
from ejlas.web.desk.gates.links import scans_address
from ejlas.web.ui.badge_labels import PASS_STATES
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.passes import category_mark, number_of, reason_words
from ejlas.web.ui.labels import word


def opened(badge: Any, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Return what a pass opens, with when, now and next. Four SQL queries."""
    zones = reach.opened_by(badge, table.table_of(sheet.edition))
    opens = BadgeState(badge.state) in HOLDING
    return {
        "opened": [_zone(each, sheet, at) for each in zones],
        "opens_now": [each.zone.letter for each in zones if opens and each.is_now(at)],
        "is_void": not opens,
        "own_from": sheet.moment(badge.starts_at),
        "own_until": sheet.moment(badge.ends_at),
    }


def _zone(each: Opened, sheet: Sheet, at: datetime) -> dict[str, Any]:
    return {
        "letter": each.zone.letter,
        "name": sheet.text(each.zone.name),
        "address": reverse("desk:zone", args=[sheet.edition.slug, each.zone.slug]),
        "is_besides": each.is_besides,
        "is_now": each.is_now(at),
        "next": sheet.moment(each.next_at(at)),
        "spans": [_stretch(stretch, sheet) for stretch in each.stretches],
    }


def _stretch(stretch: Stretch, sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.text(stretch.window.name) if stretch.window else "",
        "from": sheet.moment(stretch.starts_at),
        "until": sheet.moment(stretch.ends_at),
    }


def of_person(user: Any, person: Any, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Return the pass of a person with what it opens, or why there is none. Six SQL queries at most."""
    badge = reach.badge_of(person)
    state = pass_state(PersonState(person.state), BadgeState(badge.state) if badge else None)
    found: dict[str, Any] = {"pass_state": state.value, "pass_words": word(PASS_STATES, state)}
    if badge is None:
        is_due = person.state == PersonState.APPROVED
        return found | {"lacks_category": is_due and Categories(sheet.edition).of(person) is None, "is_due": is_due}
    found |= {"pass_number": number_of(badge, sheet), "pass_reason": reason_words(badge.reason), "badge": badge}
    if not may(user, "delegations.view_passes", sheet.edition):
        return found
    return (
        found
        | {
            "pass_address": reverse("desk:badge", args=[sheet.edition.slug, badge.slug]),
            "pass_category": category_mark(badge.category, sheet),
            "scans_address": scans_address(user, sheet.edition, person=person.slug),
        }
        | opened(badge, sheet, at)
    )


def for_vetting(user: Any, person: Any, sheet: Sheet) -> dict[str, Any]:
    """Return where the pass of a person stands, for who vets: no more of it, and the way to revoke it."""
    badge = reach.badge_of(person)
    state = pass_state(PersonState(person.state), BadgeState(badge.state) if badge else None)
    found: dict[str, Any] = {"pass_state": state.value, "pass_words": word(PASS_STATES, state), "badge": badge}
    if badge is None:
        return found
    may_revoke = badge.state in STEPS[BadgeStep.REVOKE][0] and may(user, "delegations.revoke_passes", sheet.edition)
    address = reverse("desk:pass-revoke", args=[sheet.edition.slug, badge.slug]) if may_revoke else ""
    return found | {"pass_number": number_of(badge, sheet), "revoke_address": address}


def prepare_zone(request: Any, edition: Any, zone: Any, sheet: Sheet) -> dict[str, Any]:
    """Return which categories may enter a zone, with when, and how many passes that are. Six SQL queries."""
    held, numbers = table.table_of(edition), reach.counts_by_category(edition)
    rows = []
    for category in held.categories:
        windows = held.windows_of(category.slug, zone.slug)
        if windows:
            rows.append(
                {
                    "name": category_mark(category, sheet),
                    "colour": category.colour,
                    "address": reverse("desk:category", args=[edition.slug, category.slug]),
                    "windows": [sheet.text(window.name) for window in windows],
                    "is_every": len(windows) == len(held.windows) > 1,
                    "number": sheet.number(numbers.get(category.pk, 0)),
                }
            )
    total = reach.badges_into(request.user, edition, zone).count()
    return {
        "enters": rows,
        "n_enters": sheet.number(total),
        "who_address": reverse("desk:zone-who", args=[edition.slug, zone.slug]),
    }
