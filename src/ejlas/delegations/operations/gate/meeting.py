"""A batch of scans beside what is known already: the passes, who is inside, and the other scans of these passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from django.db.models import F, Sum

from ejlas.core.audit import queries as audit
from ejlas.delegations.models import Badge, Device, Gate, Presence, Scan, Zone
from ejlas.delegations.rules.passes.arrivals import INSIDE_FOR, VOID, Move, other_entry
from ejlas.delegations.rules.passes.house import Passback
from ejlas.delegations.rules.passes.scans import Answer, Flag, Way
from ejlas.delegations.rules.passes.shapes import Delivered

_OF_BADGE = ("number", "slug", "state", "print_number", "printed_at")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a gate could not know of a scan, and the facts for a sentence."""

    flag: Flag
    said: dict[str, Any]


@dataclass(slots=True)
class Around:
    """What stands around a batch, read once; it goes on with each scan that is met."""

    edition: int
    device: int
    gates: dict[str, Gate]
    zones: dict[str, Zone]
    badges: dict[int, Badge]
    void_since: dict[int, datetime | None]
    presences: dict[tuple[int, int], Presence]
    moves: dict[tuple[int, int], list[Move]]
    n_inside: dict[int, int]
    _changed: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, device: Device, fresh: Sequence[Delivered]) -> Around:
        """Read it, in a fixed number of SQL queries. The rows of the passes are locked.

        What is pointed at is locked here, before the head of the trail: nobody who holds it waits for us then.
        """
        edition = device.edition
        gates = Gate.objects.filter(edition=edition).order_by("pk").only("slug", "name")
        zones = {row.slug: row for row in Zone.objects.filter(edition=edition).only("slug", "capacity", "passback")}
        numbers = {each.number for each in fresh if each.number is not None}
        rows = Badge.objects.filter(edition=edition, number__in=numbers).order_by("pk").only(*_OF_BADGE)
        badges = {row.number: row for row in rows.select_for_update(no_key=True)}
        met = {zones[each.zone].pk for each in fresh if each.zone in zones}
        keys = [row.pk for row in badges.values()]
        presences = Presence.objects.filter(badge__in=keys, zone__in=met)
        return cls(
            edition=edition.pk,
            device=device.pk,
            gates={row.slug: row for row in gates.select_for_update(no_key=True)},
            zones=zones,
            badges=badges,
            void_since=dict(_void_since(badges.values(), edition.slug)),
            presences={(row.badge_id, row.zone_id): row for row in presences},
            moves=_moves(keys, met, fresh),
            n_inside=_n_inside(zone for zone in zones.values() if zone.pk in met and zone.capacity is not None),
        )

    def changed(self) -> Iterator[Presence]:
        """Return the presences that the batch changed."""
        return (self.presences[key] for key in sorted(self._changed))

    def meet(self, scan: Scan) -> Finding | None:
        """Bring who is inside up to a scan, and tell what no gate could know of it."""
        if scan.number is not None and scan.badge is None:
            return Finding(Flag.UNKNOWN, {"number": scan.number})
        if scan.badge is None or scan.answer != Answer.ADMITTED:
            return None
        double = self._double(scan, scan.badge)
        full = self._move(scan, scan.badge)
        if scan.way != Way.IN:
            return None
        return self._void(scan, scan.badge) or double or full

    def _void(self, scan: Scan, badge: Badge) -> Finding | None:
        if badge.pk in self.void_since:
            since = self.void_since[badge.pk]
            return Finding(Flag.VOID, {"state": badge.state}) if since is None or since <= scan.at else None
        is_old = scan.print_number is not None and scan.print_number < badge.print_number
        if is_old and badge.printed_at is not None and badge.printed_at <= scan.at:
            return Finding(Flag.VOID, {"state": "old-print"})
        return None

    def _double(self, scan: Scan, badge: Badge) -> Finding | None:
        key = (badge.pk, scan.zone_id)
        move = Move(scan.at, Way(scan.way), self.device, scan.gate_id)
        moves = self.moves.setdefault(key, [])
        found = None
        if move.way is Way.IN:
            found = other_entry(move, moves, has_passback=scan.zone.passback != Passback.OFF)
        moves.append(move)
        if found is None:
            return None
        name = next(gate.name for gate in self.gates.values() if gate.pk == found.gate)
        return Finding(Flag.DOUBLE, {"gate": dict(name.values), "at": found.at.astimezone(UTC).isoformat()})

    def _move(self, scan: Scan, badge: Badge) -> Finding | None:
        """Note who is inside now, by the scan's own moment; tell where that is more than a zone may hold."""
        key, is_inside = (badge.pk, scan.zone_id), scan.way == Way.IN
        held = self.presences.get(key)
        if held is not None and held.at > scan.at:
            return None
        before = held.n_guests + 1 if held is not None and held.is_inside else 0
        n_guests = scan.n_guests if is_inside else 0
        # Without a key of its own, so that the table finds the row by the pass and the zone.
        row = Presence(
            badge_id=badge.pk,
            zone_id=scan.zone_id,
            is_inside=is_inside,
            n_guests=n_guests,
            at=scan.at,
            noted_at=scan.taken_at,
        )
        self.presences[key] = row
        self._changed.add(key)
        change = (n_guests + 1 if is_inside else 0) - before
        now = self.n_inside[scan.zone_id] = self.n_inside.get(scan.zone_id, 0) + change
        most = scan.zone.capacity
        if most is None or change <= 0 or now <= most:
            return None
        return Finding(Flag.FULL, {"inside": now, "capacity": most})


def _void_since(badges: Iterable[Badge], scope: str) -> Iterator[tuple[int, datetime | None]]:
    """Tell since when each void pass is void, by the trail; None where that is not told any more."""
    void = {badge.slug: badge for badge in badges if badge.state in VOID}
    if not void:
        return
    since: dict[str, datetime] = {}
    for line in audit.lines_in(scope).filter(subject_kind="badge", subject__in=list(void)):
        after = (line.held.values or {}).get("after", {})
        if line.subject not in since and after.get("state") == void[line.subject].state:
            since[line.subject] = line.at
    for slug, badge in void.items():
        yield badge.pk, since.get(slug)


_Told = tuple[int, int, datetime, str, int, int]


def _moves(
    badges: Sequence[int], zones: Iterable[int], fresh: Sequence[Delivered]
) -> dict[tuple[int, int], list[Move]]:
    moments = [each.at for each in fresh]
    span = (min(moments) - INSIDE_FOR, max(moments) + INSIDE_FOR)
    there = Scan.objects.filter(badge__in=badges, at__range=span, zone__in=list(zones), answer=Answer.ADMITTED)
    told = there.order_by().values_list("badge_id", "zone_id", "at", "way", "run__device_id", "gate_id")
    moves: dict[tuple[int, int], list[Move]] = {}
    for badge, zone, at, way, device, gate in cast("Iterable[_Told]", told):
        moves.setdefault((badge, zone), []).append(Move(at, Way(way), device, gate))
    return moves


def _n_inside(zones: Iterable[Zone]) -> dict[int, int]:
    there = Presence.objects.filter(zone__in=list(zones), is_inside=True).order_by()
    return dict(there.values_list("zone_id").annotate(n_people=Sum(F("n_guests") + 1)))
