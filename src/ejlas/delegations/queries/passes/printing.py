"""What is to be printed, and the printings of the last day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import SEALED, Badge, Person, Printing
from ejlas.delegations.queries.passes.things import badges_for
from ejlas.delegations.rules.passes.badges import HOLDING, STEPS, BadgeState, BadgeStep
from ejlas.delegations.rules.states import PersonState
from ejlas.forum.models import Edition

# What stands encrypted, and texts of a party that no card shows.
_UNSHOWN = (
    "holder",
    "issued_to",
    "person__photo__name",
    *(f"person__{name}" for name in SEALED),
    *(f"delegation__party__{name}" for name in ("seat", "head_office", "represented_by", "note")),
)
PRINTABLE = sorted(STEPS[BadgeStep.PRINT][0])


def printable(user: Any, edition: Edition, chosen: Mapping[str, str]) -> QuerySet[Badge]:
    """Return the passes of which a card may be printed, as chosen, in the order of handing out.

    Parameters
    ----------
    chosen : state, kind, delegation, category, thing (a slug); without a state those without a card
    """
    state = chosen.get("state") or BadgeState.APPROVED
    found = badges_for(user, edition).filter(state__in=[state] if state in PRINTABLE else PRINTABLE)
    wanted = {
        "kind": chosen.get("kind"),
        "delegation__slug": chosen.get("delegation"),
        "category__slug": chosen.get("category"),
        "slug": chosen.get("thing"),
    }
    return found.filter(**{name: value for name, value in wanted.items() if value}).in_handing_order()  # type: ignore[attr-defined,no-any-return]


def without_pass(edition: Edition) -> QuerySet[Person]:
    """Return who was approved and has no pass: no category suits, or passes were set up later."""
    held = Badge.objects.filter(edition=edition, person__isnull=False, state__in=sorted(HOLDING))
    people = Person.objects.filter(edition=edition, state=PersonState.APPROVED).unsealed()
    return people.exclude(pk__in=held.values("person")).select_related("capacity", "delegation__party")


def printing_by_key(key: int) -> Printing | None:
    """Return a printing by its key."""
    return Printing.objects.select_related("edition").filter(pk=key).first()


def printing_of(edition: Edition, slug: str) -> Printing | None:
    """Return a printing of an edition. One SQL query."""
    return Printing.objects.filter(edition=edition, slug=slug).first()


def latest_printings(edition: Edition, n_most: int = 10) -> list[Printing]:
    """Return the latest printings. One SQL query."""
    return list(Printing.objects.filter(edition=edition).defer("badges")[:n_most])


def badges_of(printing: Printing) -> list[Badge]:
    """Return the passes of a printing in its order, with what their cards show of them; nothing else sealed is read."""
    rows = Badge.objects.filter(edition=printing.edition)
    rows = rows.select_related("category", "delegation__party", "person__capacity", "person__photo")
    held = rows.defer(*_UNSHOWN).in_bulk(printing.badges)
    found = [held[key] for key in printing.badges if key in held]
    for badge in found:
        # The edition has many texts and is the same for all.
        badge.edition = printing.edition
    return found


def file_of(printing: Printing, place: int) -> StoredFile | None:
    """Return the file of a printing by its place, from 1. One SQL query."""
    if not 1 <= place <= len(printing.files):
        return None
    return StoredFile.objects.filter(key=printing.files[place - 1], purged_at=None).first()
