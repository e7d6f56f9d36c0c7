"""Who may see and change the forum, its editions, parties and facts, and who may publish."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from ejlas.accounts.permissions import grants_of, held_by, may, state
from ejlas.accounts.rules import DESK_ROLES, STAFF, Role
from ejlas.forum.models import Edition

M = TypeVar("M", bound=models.Model)

state(
    {
        "forum.view_edition": held_by(*STAFF),
        "forum.change_edition": held_by(Role.HEAD),
        "forum.add_edition": held_by(Role.HEAD),
        "forum.view_parties": held_by(*STAFF),
        "forum.change_parties": held_by(Role.HEAD, Role.PROTOCOL),
        "forum.view_facts": held_by(*STAFF),
        "forum.change_facts": held_by(Role.HEAD, Role.PROTOCOL),
        "forum.read_documents": held_by(*STAFF),
        "forum.publish_edition": held_by(Role.HEAD, Role.PROGRAMME_DESK),
        "forum.view_trail": held_by(Role.HEAD, Role.AUDITOR),
    }
)


def visible(things: models.QuerySet[M], user: Any, edition: Edition, permission: str) -> models.QuerySet[M]:
    """Keep the things of an edition for a user who has the permission there; nothing for anyone else."""
    return things.filter(edition=edition) if may(user, permission, edition) else things.none()


def editions_entered_by(user: Any) -> models.QuerySet[Edition]:
    """Return the editions at whose desk a user has a role, the latest first."""
    held = [grant for grant in grants_of(user) if grant.role in DESK_ROLES]
    every = any(grant.edition == "" for grant in held)
    entered = Edition.objects.all() if every else Edition.objects.filter(slug__in={grant.edition for grant in held})
    return entered.select_related("forum").order_by("-starts_on", "slug")
