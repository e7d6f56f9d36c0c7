"""Who may see and change what bodies owe; a body sees and answers its own only."""

from __future__ import annotations

from typing import Any

from ejlas.accounts.permissions import edition_slug, grants_of, held_by, may, state
from ejlas.accounts.rules import STAFF, Role
from ejlas.forum.models import Edition
from ejlas.readiness.models import Obligation, ObligationQuerySet
from ejlas.readiness.rules.states import OF_BODY, ObligationState, Step, steps_from

state(
    {
        "readiness.view_readiness": held_by(*STAFF),
        "readiness.change_readiness": held_by(Role.HEAD, Role.PROTOCOL),
        "readiness.hold_meetings": held_by(Role.HEAD, Role.PROTOCOL),
        "readiness.inspect": held_by(Role.HEAD, Role.PROTOCOL),
        "readiness.answer_own": held_by(Role.BODY),
    }
)


def bodies_of(user: Any, edition: Any) -> frozenset[str]:
    """Return the bodies, by slug, for which a user answers at an edition."""
    slug = edition_slug(edition)
    return frozenset(
        held.body for held in grants_of(user) if held.role is Role.BODY and held.body and held.covers(slug)
    )


def visible_obligations(user: Any, edition: Edition) -> ObligationQuerySet:
    """Return the obligations that a user may see: the staff all, a body its own."""
    found = Obligation.objects.filter(edition=edition)
    if may(user, "readiness.view_readiness", edition):
        return found
    return found.filter(body__slug__in=bodies_of(user, edition))


def answers_for(user: Any, obligation: Obligation) -> bool:
    """Whether a user answers for an obligation as the body that owes it."""
    body = obligation.body
    return body is not None and body.slug in bodies_of(user, obligation.edition)


def steps_for(user: Any, obligation: Obligation) -> tuple[Step, ...]:
    """Name the steps that a user may take with an obligation now."""
    possible = steps_from(ObligationState(obligation.state))
    if may(user, "readiness.change_readiness", obligation.edition):
        return possible
    inspects = may(user, "readiness.inspect", obligation.edition)
    own = OF_BODY if answers_for(user, obligation) else frozenset()
    return tuple(step for step in possible if step in own or (inspects and step in (Step.INSPECT, Step.SEND_BACK)))
