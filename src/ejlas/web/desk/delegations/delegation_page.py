"""The page of a delegation: its people by state, its list, its papers, who files it, and what was asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.permissions import may, may_give
from ejlas.accounts.rules import Role
from ejlas.delegations import permissions, queries
from ejlas.delegations.queries import desk
from ejlas.delegations.rules.states import ListState
from ejlas.web.desk.delegations.words import LIST_ACTS
from ejlas.web.ui.delegation_labels import PAPER_KINDS, PERSON_STATES
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.labels import ROLES, word


def prepare(request: HttpRequest, edition: Any, delegation: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the page of a delegation shows beside its fields."""
    user = request.user
    can_act = permissions.may_act_on_list(user, delegation)
    return {
        "states": states(delegation, sheet),
        "loads": loads(delegation, sheet),
        "windows": windows(delegation, sheet),
        "list_acts": list_acts(delegation) if can_act else [],
        "papers": papers(delegation, sheet) if permissions.reads_papers(user, delegation) else [],
        "reads_papers": permissions.reads_papers(user, delegation),
        "filers": filers(delegation, sheet) if may(user, "accounts.view_grants", edition) or can_act else None,
        "filer_role": ROLES[desk.role_of_filer(delegation)],
        "can_invite": may_give(user, edition.slug, desk.role_of_filer(delegation)),
        "can_walk_in": can_act,
        "n_requests": sheet.number(n) if can_act and (n := _requests(user, edition, delegation)) else "",
        "requests_address": f"{reverse('desk:requests', args=[edition.slug])}?delegation={delegation.slug}",
    }


def prepare_list(request: HttpRequest, edition: Any) -> dict[str, Any]:
    """Return what the list of delegations offers: to open one for each party that has none."""
    if not may(request.user, "delegations.change_delegations", edition):
        return {}
    number = queries.parties_without_delegation(edition).count()
    return {"n_without": number} if number else {}


def _requests(user: Any, edition: Any, delegation: Any) -> int:
    return queries.requests_for(user, edition).filter(delegation=delegation).count()


def states(delegation: Any, sheet: Sheet) -> list[dict[str, Any]]:
    """Return how many people of a list stand where, each with the list of them. One SQL query."""
    base = reverse("desk:person-list", args=[sheet.edition.slug])
    return [
        {
            "state": state.value,
            "words": PERSON_STATES[state],
            "number": sheet.number(number),
            "address": f"{base}?delegation={delegation.slug}&state={state.value}",
        }
        for state, number in desk.states_of(delegation).items()
    ]


def loads(delegation: Any, sheet: Sheet) -> list[dict[str, Any]]:
    """Return how full each capacity of a list is, those that nobody holds left out. Three SQL queries."""
    return [
        {
            "name": capacity_name(load.capacity, sheet),
            "taken": sheet.number(load.here.n_taken),
            "most": sheet.number(load.here.most),
            "is_full": load.left == 0,
        }
        for load in queries.own_loads(delegation)
        if load.here.n_taken
    ]


def windows(delegation: Any, sheet: Sheet) -> dict[str, Any]:
    """Return until when the list may be written and confirmed."""
    found = queries.windows_of(delegation)
    return {"nominate": sheet.moment(found.nominate_by), "confirm": sheet.moment(found.confirm_by)}


def list_acts(delegation: Any) -> list[dict[str, Any]]:
    """Return the acts that are possible on a list as it stands."""
    state = ListState(delegation.list_state)
    return [
        {"name": name, "words": label} for name, (label, _ask, _then, allowed) in LIST_ACTS.items() if state in allowed
    ]


def papers(delegation: Any, sheet: Sheet, person: Any = None, *, route: str = "desk:paper") -> list[dict[str, Any]]:
    """Return the papers of a list, or of one person. One SQL query."""
    return [
        {
            "kind": word(PAPER_KINDS, paper.kind),
            "name": paper.file.name,
            "is_kept": paper.file.is_kept,
            "added": sheet.moment(paper.added_at),
            "by": paper.added_by,
            "address": reverse(route, args=[sheet.edition.slug, paper.slug]),
        }
        for paper in queries.papers_of(delegation, person)
    ]


def filers(delegation: Any, sheet: Sheet) -> list[dict[str, Any]]:
    """Return who files a list, and who is invited to. Three SQL queries."""
    at = timezone.now()
    found = [
        {
            "name": grant.user.name,
            "email": grant.user.email,
            "since": sheet.moment(grant.granted_at),
            "is_invited": False,
        }
        for grant in desk.grants_of_filers(delegation, at=at)
    ]
    roles = {desk.role_of_filer(delegation).value, Role.FOCAL_POINT.value}
    found += [
        {"name": each.name, "email": each.email, "since": sheet.moment(each.sent_at), "is_invited": True}
        for each in accounts.invitations_for_party(sheet.edition.slug, delegation.slug)
        if any(role.role in roles for role in each.roles.all())
    ]
    return found
