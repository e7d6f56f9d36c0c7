"""What of the obligations wants somebody now: counted for the first page of the desk, of a body, of a workstream."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from ejlas.accounts.permissions import may
from ejlas.core.counting import counts
from ejlas.core.text import Text
from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Obligation, ObligationQuerySet, Workstream
from ejlas.readiness.queries.obligations import owed_by
from ejlas.readiness.rules.states import ENDED, WORKED, ObligationState


def asked(user: Any, edition: Edition, today: date) -> dict[str, ObligationQuerySet]:
    """Return what the secretariat counts on its first page, by name; nothing for who may not see it."""
    if not may(user, "readiness.view_readiness", edition):
        return {}
    every = Obligation.objects.filter(edition=edition)
    return {
        "owed_late": every.late(today),
        "owed_refused": every.filter(state=ObligationState.REFUSED),
        "owed_delivered": every.filter(state=ObligationState.DELIVERED),
        "owed_inspected": every.filter(state=ObligationState.INSPECTED),
        "owed_done": every.filter(state__in=sorted(ENDED)),
        "owed": every,
    }


def of_bodies(user: Any, edition: Edition, today: date) -> Mapping[str, int]:
    """Count what the bodies of a user have to answer, are late with, and have in hand. One SQL query."""
    own = owed_by(user, edition).select_related(None)
    return counts(
        {
            "asked": own.filter(state=ObligationState.PLANNED),
            "late": own.late(today),
            "in_hand": own.filter(state__in=[ObligationState.ACCEPTED, ObligationState.IN_WORK]),
        }
    )


def next_of_bodies(user: Any, edition: Edition) -> Obligation | None:
    """Return what the bodies of a user have to deliver next. One SQL query."""
    own = owed_by(user, edition).exclude(state__in=sorted(WORKED | {ObligationState.REFUSED}))
    return own.filter(due_on__isnull=False).order_by("due_on", "position", "pk").first()


def of_group(group: Body | Workstream, today: date) -> Mapping[str, int]:
    """Count what a body owes, or what is done in a workstream: all, open, late. One SQL query."""
    every: ObligationQuerySet = group.obligations.all()
    return counts({"all": every, "open": every.open(), "late": every.late(today)})


def names_of(edition: Edition, bodies: Collection[str]) -> dict[str, Text]:
    """Return the names of these bodies by slug. One SQL query, none for no slug."""
    return dict(Body.objects.filter(edition=edition, slug__in=bodies).values_list("slug", "name")) if bodies else {}
