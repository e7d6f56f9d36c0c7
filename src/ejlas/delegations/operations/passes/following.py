"""A pass follows its person: made on approval, suspended while the person is checked anew, revoked on refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ejlas.accounts.models import User
from ejlas.core import changes
from ejlas.core.audit import operations as audit
from ejlas.core.index import operations as index
from ejlas.delegations.models import Badge, Person
from ejlas.delegations.operations.passes import badges, lists
from ejlas.delegations.rules.passes.badges import CHECKED_ANEW, HOLDING, IN_HAND, BadgeState
from ejlas.delegations.rules.states import PersonState

_GONE = frozenset({PersonState.REFUSED, PersonState.WITHDRAWN})


def follow(*, person: Person, by: User, at: datetime) -> None:
    """Bring the pass of a person to where the person stands now, in the transaction of that change (rule 7)."""
    found = Badge.objects.filter(person=person, state__in=sorted(HOLDING)).first()
    if found is None and person.state != PersonState.APPROVED:
        return
    row = Person.objects.unsealed().select_related("capacity", "delegation__party", "edition").get(pk=person.pk)
    if found is None:
        badges.make_badges(edition=row.edition, people=[row], by=by, at=at)
        return
    # The row of the list comes first, as everywhere: two who change passes never wait for one another.
    gate_list = lists.locked(row.edition)
    found = Badge.objects.select_for_update().get(pk=found.pk)
    wanted = _wanted(found, row)
    done = changes.change(found, wanted, event=badges.EVENT, at=at)
    audit.record(done.entries, scope=row.edition.slug, by=by.name, at=at)
    # The title of a pass is the name of its person.
    index.note_rows([Badge.objects.select_related("person", "delegation__party").get(pk=found.pk)], at=at)
    lists.note_badges(row.edition, [found.pk], gate_list=gate_list)


def _wanted(badge: Badge, person: Person) -> dict[str, Any]:
    if person.state in _GONE:
        return {"state": BadgeState.REVOKED, "reason": person.reason}
    if person.state != PersonState.APPROVED:
        if badge.state == BadgeState.SUSPENDED:
            return {}
        return {"state": BadgeState.SUSPENDED, "state_before": badge.state, "reason": CHECKED_ANEW}
    wanted: dict[str, Any] = {"delegation": person.delegation}
    if badge.state == BadgeState.SUSPENDED and badge.reason == CHECKED_ANEW:
        wanted |= {"state": badge.state_before or BadgeState.APPROVED, "state_before": "", "reason": ""}
    category = badges.Categories(person.edition).of(person)
    if category is not None and category.pk != badge.category_id and not badge.is_category_chosen:
        wanted["category"] = category
        # What was printed shows another category: it opens nothing until it is printed anew.
        if badge.state in IN_HAND:
            wanted |= {"state": BadgeState.APPROVED, "state_before": ""}
    return wanted
