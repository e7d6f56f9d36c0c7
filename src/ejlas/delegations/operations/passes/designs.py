"""Designs of cards: added, copied, changed, removed; what has a fault is refused, and each fault is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.changes import Changes
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.text import Text
from ejlas.delegations.models import CardDesign
from ejlas.delegations.operations.passes import errors
from ejlas.delegations.rules.passes import card_faults, card_standards, design_names
from ejlas.delegations.rules.passes.card_faults import CardFault
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition

# So many designs are looked through on one page.
MOST_DESIGNS = 60


class DesignFaulty(errors.DesignUnfit):
    """A design with faults, each of which names its element and field."""

    def __init__(self, faults: Sequence[CardFault]) -> None:
        first = faults[0]
        element = "–" if first.element is None else first.element + 1
        super().__init__(element=element, field=first.field, fault=str(first))
        self.faults = tuple(faults)


class TooManyDesigns(RuleBroken):
    """More designs than anybody chooses from."""

    message = marked("An edition has at most %(most)s designs of cards: remove one that nobody prints.")


@transaction.atomic
def add_design(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> CardDesign:
    """Add a design. Raises DesignFaulty, TooManyDesigns."""
    if CardDesign.objects.filter(edition=edition).count() >= MOST_DESIGNS:
        raise TooManyDesigns(most=MOST_DESIGNS)
    _require_sound(fields["design"])
    return forum.add_thing(CardDesign, edition=edition, fields=fields, by=by, at=at)


@transaction.atomic
def change_design(
    *, thing: CardDesign, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a design to these fields, if it still stands as the officer saw it.

    Raises DesignFaulty, ChangedMeanwhile.
    """
    if "design" in fields:
        _require_sound(fields["design"])
    return forum.change_thing(thing=thing, fields=fields, by=by, at=at, revision=revision)


@transaction.atomic
def copy_design(*, design: CardDesign, name: Text, by: User, at: datetime) -> CardDesign:
    """Add a copy of a design under another name. Raises TooManyDesigns."""
    fields = {"name": name, "kinds": list(design.kinds), "design": dict(design.design)}
    return add_design(edition=design.edition, fields=fields, by=by, at=at)


@transaction.atomic
def remove_design(*, thing: CardDesign, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a design; cards that were printed by it stay as they are. Raises ChangedMeanwhile."""
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


@transaction.atomic
def add_standard_designs(*, edition: Edition, by: User, at: datetime) -> list[CardDesign]:
    """Add those of the standard designs whose names are free, in the languages of the edition."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    held = set(CardDesign.objects.filter(edition=edition).values_list("slug", flat=True))
    wanted = [each for each in card_standards.standard_designs(edition.languages) if each.slug not in held]
    return [add_design(edition=edition, fields=_fields(each, edition), by=by, at=at) for each in wanted]


def _fields(standard: card_standards.StandardDesign, edition: Edition) -> dict[str, Any]:
    return {
        "slug": standard.slug,
        "name": Text(design_names.name_of(standard.slug, edition.languages)),
        "kinds": [kind.value for kind in standard.kinds],
        "design": standard.design.stored(),
    }


def _require_sound(design: object) -> None:
    faults = card_faults.check(design)
    if faults:
        raise DesignFaulty(faults)
