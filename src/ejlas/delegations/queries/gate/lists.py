"""The list that the devices at the gates keep: whole, or what changed since one of its numbers.

frontend/src/gate/wire.ts names the same shapes. It holds what a gate needs and nothing else: of a pass that opens
nothing any more, only its number and where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from ejlas.core.text import Text
from ejlas.delegations.models import (
    SEALED,
    Access,
    Badge,
    Capacity,
    Category,
    Delegation,
    Gate,
    GateList,
    SigningKey,
    Window,
    Zone,
)
from ejlas.delegations.queries.gate.counts import inside
from ejlas.delegations.rules.capacities import CapacityKind
from ejlas.delegations.rules.capacity_labels import USUAL
from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.badges import HOLDING, BadgeKind
from ejlas.forum.models import Edition


@dataclass(frozen=True, slots=True)
class Named:
    """Delegations and capacities in the order of their keys, so that a new one never moves the place of another."""

    delegations: tuple[dict[str, Any], ...]
    capacities: tuple[dict[str, Any], ...]
    place_of_delegation: dict[int, int]
    place_of_capacity: dict[int, int]

    @classmethod
    def of(cls, edition: Edition) -> Named:
        """Read them. Two SQL queries."""
        delegations = Delegation.objects.filter(edition=edition).select_related("party").order_by("pk")
        rows = list(delegations.only("slug", "name", "party__name"))
        capacities = list(Capacity.objects.filter(edition=edition).order_by("pk").only("slug", "name", "kind"))
        languages = [code for code, _name in settings.LANGUAGES if code in (*edition.languages, "en")]
        return cls(
            tuple({"slug": row.slug, "name": _words(row.title)} for row in rows),
            tuple({"slug": row.slug, "name": _words(row.name) or _usual(row.kind, languages)} for row in capacities),
            {row.pk: place for place, row in enumerate(rows)},
            {row.pk: place for place, row in enumerate(capacities)},
        )


def _usual(kind: str, languages: Iterable[str]) -> dict[str, str]:
    """Return the usual word for a capacity that has no name of its own, in each language."""
    words = {}
    for code in sorted(languages):
        with translation.override(code):
            words[code] = gettext(USUAL[CapacityKind(kind)])
    return words


def revisions(edition: Edition) -> tuple[int, int]:
    """Return the number of the list now, and that of the last change of the matrix, zones, gates and windows."""
    row = GateList.objects.filter(edition=edition).values_list("revision", "rules_revision").first()
    return row or (1, 1)


def told(edition: Edition, since: int | None, *, at: datetime) -> dict[str, Any] | None:
    """Return what a device lacks that holds the list of this number: nothing, what changed, or all of it.

    A number that the list does not have yet was given before the house was set back to an older state.
    """
    revision, _rules = revisions(edition)
    if since == revision:
        return None
    if since is None or not 0 < since < revision:
        return whole(edition, at=at)
    return delta(edition, since, at=at)


def whole(edition: Edition, *, at: datetime) -> dict[str, Any]:
    """Return the whole list. A fixed number of SQL queries."""
    rules, named = header(edition, at=at), Named.of(edition)
    return {
        "rules": rules,
        "delegations": list(named.delegations),
        "capacities": list(named.capacities),
        "entries": _entries(edition, named, since=-1),
    }


def delta(edition: Edition, since: int, *, at: datetime) -> dict[str, Any]:
    """Return what changed since the list of a number. A fixed number of SQL queries.

    Whoever lays this over the list of that number, or of a later one, holds what `whole` tells. What a change that
    comes at this very moment adds is told once more with the next.
    """
    revision, rules_revision = revisions(edition)
    are_rules_new, named = rules_revision > since, Named.of(edition)
    found: dict[str, Any] = {"revision": revision, "entries": _entries(edition, named, since), "gone": []}
    if found["entries"] or are_rules_new:
        found["delegations"], found["capacities"] = list(named.delegations), list(named.capacities)
    if are_rules_new:
        found["rules"] = header(edition, at=at)
        found["gone"] = _gone(edition)
    return found


def _gone(edition: Edition) -> list[int]:
    # A pass is removed before it has a card, with a new number of the rules: its own number is given to no other.
    last = GateList.objects.filter(edition=edition).values_list("last_number", flat=True).first() or 0
    there = set(Badge.objects.filter(edition=edition).values_list("number", flat=True))
    return [number for number in range(1, last + 1) if number not in there]


# --- The head of the list ---


def header(edition: Edition, *, at: datetime) -> dict[str, Any]:
    """Return the head of the list: what decides at the gates besides the passes. A fixed number of SQL queries."""
    revision, _rules = revisions(edition)
    numbers = house.stored(edition.settings)
    zones = list(Zone.objects.filter(edition=edition).order_by("position", "pk"))
    windows = list(Window.objects.filter(edition=edition).order_by("starts_at", "pk"))
    own, others = _keys(edition)
    return {
        "edition": edition.slug,
        "name": _words(edition.name),
        "timezone": edition.timezone,
        "revision": revision,
        "made_at": _moment(at),
        "hours": numbers["list_hours"],
        "key": own,
        "others": others,
        "printed_is_valid": numbers["printed_is_valid"],
        "zones": list(_zones(zones, inside(edition))),
        "gates": list(_gates(edition)),
        "windows": [
            {
                "slug": each.slug,
                "name": _words(each.name),
                "from": _moment(each.starts_at),
                "until": _moment(each.ends_at),
            }
            for each in windows
        ],
        "categories": list(_categories(edition)),
    }


def _keys(edition: Edition) -> tuple[str, list[dict[str, Any]]]:
    """Return the public key that signs for an edition now, and those of all others."""
    own, others = "", []
    rows = SigningKey.objects.select_related("edition").order_by("-made_at", "-pk")
    for row in rows.only("public", "retired_at", "edition__slug", "edition__name"):
        if row.edition_id != edition.pk:
            others.append({"edition": row.edition.slug, "name": _words(row.edition.name), "key": row.public})
        elif row.retired_at is None:
            own = own or row.public
    return own, others


def _zones(zones: Iterable[Zone], n_inside: dict[str, int]) -> Iterator[dict[str, Any]]:
    for zone in zones:
        yield {
            "slug": zone.slug,
            "bit": zone.bit,
            "letter": zone.letter,
            "name": _words(zone.name),
            "capacity": zone.capacity,
            "passback": zone.passback,
            "when_full": zone.when_full,
            "inside": n_inside.get(zone.slug, 0),
        }


def _gates(edition: Edition) -> Iterator[dict[str, Any]]:
    for gate in Gate.objects.filter(edition=edition).select_related("zone").order_by("position", "pk"):
        yield {"slug": gate.slug, "name": _words(gate.name), "zone": gate.zone.slug, "ways": gate.ways}


def _categories(edition: Edition) -> Iterator[dict[str, Any]]:
    access: dict[int, dict[str, list[str]]] = {}
    cells = Access.objects.filter(category__edition=edition).order_by(
        "zone__position", "zone", "window__starts_at", "pk"
    )
    for category, zone, window in cells.values_list("category_id", "zone__slug", "window__slug"):
        access.setdefault(category, {}).setdefault(zone, []).append(window)
    for row in Category.objects.filter(edition=edition).order_by("position", "pk"):
        yield {
            "code": row.code,
            "slug": row.slug,
            "kind": row.kind,
            "name": _words(row.name),
            "short": row.short,
            "colour": row.colour,
            "access": access.get(row.pk, {}),
        }


# --- The passes ---


class _Row(NamedTuple):
    """What the line of a pass is made of: twenty thousand are read at once, without a model for each."""

    pk: int
    number: int
    print_number: int
    kind: str
    state: str
    category: int
    starts_at: datetime | None
    ends_at: datetime | None
    zones: list[str]
    mark: str
    delegation: int | None
    given_name: str | None
    family_name: str | None
    names: Text | None
    capacity: int | None
    photo: str | None
    photo_gone_at: datetime | None


_COLUMNS = (
    *("pk", "number", "print_number", "kind", "state", "category__code", "starts_at", "ends_at", "zones", "mark"),
    *("delegation_id", "person__given_name", "person__family_name", "person__name", "person__capacity_id"),
    *("person__photo__key", "person__photo__purged_at"),
)


def badges(edition: Edition) -> QuerySet[Badge]:
    """Return the passes of an edition with what `entry_of` reads of them, in the order of their numbers."""
    rows = Badge.objects.filter(edition=edition).select_related("category", "person__photo")
    return rows.defer("holder", "issued_to", *(f"person__{name}" for name in SEALED)).order_by("number")


def entry_of(badge: Badge) -> dict[str, Any]:
    """Return the line of one pass, without what it points at by place; what would be empty is left out."""
    person = badge.person
    photo = person.photo if person else None
    row = _Row(
        badge.pk,
        badge.number,
        badge.print_number,
        badge.kind,
        badge.state,
        badge.category.code,
        badge.starts_at,
        badge.ends_at,
        badge.zones,
        badge.mark,
        None,
        person.given_name if person else None,
        person.family_name if person else None,
        person.name if person else None,
        None,
        photo.key if photo else None,
        photo.purged_at if photo else None,
    )
    return _entry(row, None, {badge.pk: badge.holder} if badge.kind == BadgeKind.SPARE else {})


def _entries(edition: Edition, named: Named, since: int) -> list[dict[str, Any]]:
    """Return the lines of the passes that changed since a number of the list. Two SQL queries."""
    changed = Badge.objects.filter(edition=edition, gate_revision__gt=since)
    # Only these stand encrypted, and each takes as long to open as ten others to read.
    spares = changed.filter(kind=BadgeKind.SPARE, state__in=sorted(HOLDING)).order_by()
    holders = dict(spares.values_list("pk", "holder"))
    return [_entry(_Row(*row), named, holders) for row in changed.order_by("number").values_list(*_COLUMNS)]


def _entry(row: _Row, named: Named | None, holders: Mapping[int, str | None]) -> dict[str, Any]:
    entry: dict[str, Any] = {"n": row.number, "p": row.print_number, "k": row.kind, "s": row.state, "c": row.category}
    if row.state in HOLDING:
        entry |= {name: value for name, value in _living(row, named, holders) if value not in ("", None, [], {})}
    return entry


def _living(row: _Row, named: Named | None, holders: Mapping[int, str | None]) -> Iterator[tuple[str, Any]]:
    yield "f", row.starts_at and _moment(row.starts_at)
    yield "u", row.ends_at and _moment(row.ends_at)
    yield "z", row.zones
    yield "m", row.mark
    yield "name", holders.get(row.pk) if row.family_name is None else f"{row.given_name} {row.family_name}".strip()
    yield "names", _words(row.names) if row.names else None
    if named:
        yield "d", named.place_of_delegation.get(row.delegation or 0)
        yield "role", named.place_of_capacity.get(row.capacity or 0)
    if row.photo_gone_at is None:
        yield "pic", row.photo


def _words(text: Text) -> dict[str, str]:
    return dict(sorted(text.values.items()))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
