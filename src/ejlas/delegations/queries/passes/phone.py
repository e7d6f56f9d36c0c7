"""The digital pass: whose link it is, what its page shows, and where the passes of one delegation stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ejlas.core import secrets
from ejlas.delegations.models import SEALED, Access, Badge, Delegation, Person, Zone
from ejlas.delegations.queries.passes import codes
from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.badges import HOLDING, BadgeKind, BadgeState, PassState, pass_state
from ejlas.delegations.rules.states import PersonState
from ejlas.forum.models import Edition

PURPOSE = "pass"
LONGEST_TOKEN = 100
_WITH = ("edition", "category", "delegation__party", "delegation__edition", "person__capacity")
# What stands encrypted and no pass shows.
_SEALED = ("holder", "issued_to", *(f"person__{name}" for name in SEALED))


class Standing(StrEnum):
    """What the page of a digital pass says first; only one that opens gates shows a code."""

    VALID = "valid"
    EARLY = "early"  # it opens gates from its first moment on
    OVER = "over"
    NOT_YET = "not-yet"  # not handed out
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    LOST = "lost"
    RETURNED = "returned"

    @property
    def has_code(self) -> bool:
        """Whether the code is shown."""
        return self in (Standing.VALID, Standing.EARLY)


@dataclass(frozen=True, slots=True)
class ZoneOpened:
    """A zone that a pass opens, with the windows in which it does; none = as long as the pass is valid."""

    zone: Zone
    spans: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Phone:
    """What the page of a digital pass is made of."""

    badge: Badge
    person: Person
    standing: Standing
    span: tuple[datetime, datetime]
    zones: tuple[ZoneOpened, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of a list, and where the way to that person's pass stands."""

    person: Person
    badge: Badge | None
    state: PassState

    @property
    def has_link(self) -> bool:
        """Whether a link to the digital pass was made and not voided."""
        return self.badge is not None and bool(self.badge.link_hash)


def link_hash(token: str) -> str:
    """Return the keyed hash by which a link is kept and found."""
    return secrets.keyed_hash(token, purpose=PURPOSE)


def are_digital(edition: Edition) -> bool:
    """Whether passes of an edition may be shown on a telephone."""
    return bool(house.stored(edition.settings)["digital_passes"])


def badge_of_token(token: str) -> Badge | None:
    """Return the pass that a link opens, with whom it names; nothing when the link is void. One SQL query."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    found = Badge.objects.select_related(*_WITH, "person__photo").defer(*_SEALED)
    badge = found.filter(link_hash=link_hash(token), person__isnull=False).first()
    return badge if badge is not None and are_digital(badge.edition) else None


def may_be_shown(badge: Badge) -> bool:
    """Whether a link to a pass may be made: it names a person, may open gates, and the edition allows it."""
    return badge.person_id is not None and badge.state in HOLDING and are_digital(badge.edition)


def badge_at(edition: Edition, slug: str) -> Badge | None:
    """Return a pass of an edition, with what a link to it needs. One SQL query."""
    found = Badge.objects.select_related(*_WITH).defer("holder", "issued_to")
    return found.filter(edition=edition, slug=slug).first()


def phone_of(badge: Badge, *, at: datetime) -> Phone:
    """Return what the page of a digital pass shows at a moment. Five SQL queries."""
    key, person = codes.key_of(badge.edition), badge.person
    if person is None or key is None:
        raise ValueError(f"pass {badge.slug} has no person, or its edition no key")
    coder = codes.Coder(badge.edition, key)
    span = coder.span(badge)
    standing = _standing(badge, span, at)
    code = coder.code(badge, is_digital=True) if standing.has_code else ""
    return Phone(badge, person, standing, span, tuple(zones_of(badge)), code)


def _standing(badge: Badge, span: tuple[datetime, datetime], at: datetime) -> Standing:
    printed = house.stored(badge.edition.settings)["printed_is_valid"] and badge.state == BadgeState.PRINTED
    if badge.state == BadgeState.ISSUED or printed:
        return Standing.EARLY if at < span[0] else Standing.OVER if at >= span[1] else Standing.VALID
    if badge.state in (BadgeState.APPROVED, BadgeState.PRINTED):
        return Standing.NOT_YET
    return Standing(badge.state)


def zones_of(badge: Badge) -> list[ZoneOpened]:
    """Return the zones that a pass opens, in their order, each with its windows. Two SQL queries."""
    cells = Access.objects.filter(category=badge.category_id).order_by("window__starts_at")
    spans: dict[int, list[tuple[datetime, datetime]]] = {}
    for zone, starts, ends in cells.values_list("zone_id", "window__starts_at", "window__ends_at"):
        spans.setdefault(zone, []).append((starts, ends))
    zones = Zone.objects.filter(edition=badge.edition_id).order_by("position", "pk")
    return [
        ZoneOpened(zone, () if zone.slug in badge.zones else tuple(spans.get(zone.pk, ())))
        for zone in zones
        if zone.pk in spans or zone.slug in badge.zones
    ]


def holders_of(delegation: Delegation, people: Iterable[Person]) -> list[Holder]:
    """Return where the pass of each of these people of a delegation stands, in their order. One SQL query."""
    badges = Badge.objects.filter(delegation=delegation, person__isnull=False).select_related("category")
    # The one that may still open gates goes before one that was lost or revoked, and the newest before older ones.
    ordered = sorted(badges.defer("holder"), key=lambda badge: (badge.state in HOLDING, badge.number))
    newest = {badge.person_id: badge for badge in ordered}
    found = []
    for person in people:
        badge = newest.get(person.pk)
        state = BadgeState(badge.state) if badge is not None else None
        found.append(Holder(person, badge, pass_state(PersonState(person.state), state)))
    return found


def tokens_of(delegation: Delegation) -> list[Badge]:
    """Return the pins, floaters and overpasses of a delegation, in the order of their categories. One SQL query."""
    found = Badge.objects.filter(delegation=delegation, person__isnull=True).exclude(kind=BadgeKind.SPARE)
    return list(found.select_related("category").order_by("category__position", "number"))


def badge_of_person(person: Person) -> Badge | None:
    """Return the pass of a person that may open gates, with what a link to it needs. One SQL query."""
    found = Badge.objects.select_related(*_WITH).defer(*_SEALED)
    return found.filter(person=person, state__in=sorted(HOLDING)).order_by("-number").first()
