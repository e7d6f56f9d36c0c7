"""Handing out and taking back: finding a pass by its code, its number or a name, and what is still out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from ejlas.core import signing
from ejlas.core.index import queries as index
from ejlas.delegations.models import Badge, Delegation, Scan, SigningKey
from ejlas.delegations.queries.passes.things import badges_for
from ejlas.delegations.rules.passes import payload
from ejlas.delegations.rules.passes.badges import BadgeState
from ejlas.delegations.rules.passes.verdicts import Reason
from ejlas.forum.models import Edition

LONGEST_NUMBER = 8
IN_HANDS = (BadgeState.ISSUED, BadgeState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Read:
    """What a text that was read is: a number of this edition, or why it is none."""

    number: int | None = None
    print_number: int | None = None
    fault: Reason | None = None


def read_code(edition: Edition, text: str) -> Read:
    """Read the code of a card, and prove its signature. Raises NotAPass. One SQL query."""
    held = payload.read(text)
    signed = payload.signed_part(held.body)
    keys = SigningKey.objects.filter(edition=edition).values_list("public", flat=True)
    named = [key for key in keys if signing.key_id(key) == held.payload.key_id]
    if any(signing.verify(key, signed, held.signature) for key in named):
        return Read(held.payload.number, held.payload.print_number)
    return Read(fault=Reason.FORGED if named else Reason.UNKNOWN_KEY)


def find(user: Any, edition: Edition, words: str) -> QuerySet[Badge]:
    """Return the passes of a number, else those that the words find."""
    found = badges_for(user, edition)
    if words.isdecimal() and len(words) <= LONGEST_NUMBER:
        return found.filter(number=int(words))
    return found.filter(slug__in=index.matching(edition.slug, "badge", words))


def of_delegation(user: Any, edition: Edition, slug: str, states: tuple[BadgeState, ...]) -> QuerySet[Badge]:
    """Return the passes of a delegation that stand so, in the order of handing out."""
    found = badges_for(user, edition).filter(delegation__slug=slug, state__in=states)
    return found.in_handing_order()  # type: ignore[attr-defined,no-any-return]


def by_slugs(user: Any, edition: Edition, slugs: list[str]) -> list[Badge]:
    """Return the passes of these slugs, in the order of handing out. One SQL query."""
    return list(badges_for(user, edition).filter(slug__in=slugs).in_handing_order())  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the cards of a delegation stand: printed and waiting, in somebody's hands, given back, lost or void."""

    delegation: Delegation
    n_printed: int
    n_out: int
    n_back: int
    n_gone: int


def standings(edition: Edition) -> list[Standing]:
    """Return how the cards of each delegation stand that has any, in the order of the delegations. Two SQL queries."""
    counted = (
        Badge.objects.filter(edition=edition, delegation__isnull=False)
        .order_by()
        .values_list("delegation_id")
        .annotate(
            printed=Count("pk", filter=Q(state=BadgeState.PRINTED)),
            out=Count("pk", filter=Q(state__in=IN_HANDS)),
            back=Count("pk", filter=Q(state=BadgeState.RETURNED)),
            gone=Count("pk", filter=Q(state__in=(BadgeState.LOST, BadgeState.REVOKED))),
        )
    )
    numbers = {key: rest for key, *rest in counted}
    rows = Delegation.objects.filter(pk__in=numbers).select_related("party").order_by("position", "pk")
    return [Standing(row, *numbers[row.pk]) for row in rows]


def scans_of(badge: Badge, n_most: int = 20) -> list[Scan]:
    """Return the latest scans of a pass. One SQL query."""
    return list(badge.scans.select_related("gate", "zone", "run__device").order_by("-at", "-pk")[:n_most])


def kept_of(badge: Badge) -> Badge:
    """Return a pass with what stands encrypted: who took it, and the papers. One SQL query."""
    return Badge.objects.select_related("authority", "signature", "replaces").get(pk=badge.pk)


def handed_together(badges: Iterable[Badge]) -> Badge | None:
    """Return one of passes that were handed out in one act, with who took them; None where they were not.

    Two SQL queries.
    """
    keys = [badge.pk for badge in badges]
    acts = Badge.objects.filter(pk__in=keys).order_by().values_list("issued_at", "signature", "authority").distinct()
    if len(acts) != 1 or acts[0][0] is None:
        return None
    return Badge.objects.select_related("signature").get(pk=keys[0])


def replaced_by(badge: Badge) -> Badge | None:
    """Return the pass that replaces a lost one. One SQL query."""
    return badge.replaced_by.order_by("pk").last()


def badge_at(edition: Edition, slug: str) -> Badge | None:
    """Return a pass with whom it names; who may see it, the caller asks. One SQL query."""
    found = Badge.objects.filter(edition=edition, slug=slug).defer("holder", "issued_to")
    return found.select_related("edition", "category", "delegation__party", "person__capacity").first()
