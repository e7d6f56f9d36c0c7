"""What a supervisor of gates asks: who is inside, how many pass, which gates are there, what was refused, who waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from ejlas.delegations import permissions
from ejlas.delegations.models import Badge, Category, Device, Gate, GateRequest, Person, Presence, Scan, Zone
from ejlas.delegations.models.people import SEALED
from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.badges import BadgeKind, BadgeState
from ejlas.delegations.rules.passes.scans import Answer, RequestState, Way
from ejlas.delegations.rules.passes.verdicts import Verdict
from ejlas.delegations.rules.passes.watching import LONG, SHORT, is_watched
from ejlas.delegations.rules.states import PersonState
from ejlas.forum.models import Edition
from ejlas.forum.permissions import visible

# Scans of a file are read so many at once.
IN_PART = 2_000
WATCH, CHANGE = "delegations.supervise_gates", "delegations.change_gates"
# What stands encrypted of whom a scan names is never read for a list of scans.
_SEALED = ("badge__holder", "badge__issued_to", *(f"badge__person__{name}" for name in SEALED))


# --- Now ---


@dataclass(slots=True)
class ZoneNow:
    """A zone, how many are inside with their guests, and how many came and went lately."""

    zone: Zone
    n_inside: int
    n_in: tuple[int, int] = (0, 0)
    n_out: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class GateNow:
    """A gate, the devices that keep it, and when it read a pass last."""

    gate: Gate
    last_at: datetime | None
    devices: list[Device] = field(default_factory=list)

    @property
    def n_queued(self) -> int:
        """How many scans its devices still hold."""
        return sum(device.n_queued for device in self.devices)


def zones_now(edition: Edition, at: datetime) -> list[ZoneNow]:
    """Return the zones with their head counts, and their flows of the last minutes. Two SQL queries."""
    inside = Presence.objects.filter(zone=OuterRef("pk"), is_inside=True).order_by().values("zone")
    heads = inside.annotate(n=Sum(F("n_guests") + 1)).values("n")
    zones = Zone.objects.filter(edition=edition).annotate(n_inside=Coalesce(Subquery(heads), 0))
    flows = _flows(edition, at)
    return [
        ZoneNow(zone, zone.n_inside, *(flows.get((zone.pk, way), (0, 0)) for way in (Way.IN, Way.OUT)))
        for zone in zones.order_by("position", "pk")
    ]


def _flows(edition: Edition, at: datetime) -> dict[tuple[int, str], tuple[int, int]]:
    # A scan that comes late counts when it was made: it moves the head count, and not the flow of now.
    scans = Scan.objects.filter(edition=edition, at__gt=at - LONG, at__lte=at, answer=Answer.ADMITTED).order_by()
    lately = Q(at__gt=at - SHORT)
    found = scans.values("zone", "way").annotate(
        long=Sum(F("n_guests") + 1), short=Coalesce(Sum(F("n_guests") + 1, filter=lately), 0)
    )
    return {(row["zone"], row["way"]): (row["short"], row["long"]) for row in found}


def gates_now(edition: Edition) -> list[GateNow]:
    """Return the gates with their devices, zone after zone. Two SQL queries."""
    last = Scan.objects.filter(gate=OuterRef("pk")).order_by("-at").values("at")[:1]
    gates = Gate.objects.filter(edition=edition).select_related("zone").annotate(last_at=Subquery(last))
    found = {
        gate.pk: GateNow(gate, gate.last_at) for gate in gates.order_by("zone__position", "zone_id", "position", "pk")
    }
    for device in _in_use().filter(edition=edition):
        found[device.gate_id].devices.append(device)
    return list(found.values())


def _in_use() -> QuerySet[Device]:
    return Device.objects.filter(shut_out_at__isnull=True)


def alerts(user: Any, edition: Edition) -> QuerySet[Scan]:
    """Return the scans at which the server found something, what it found last standing first."""
    return _worded(visible(Scan.objects.exclude(flag=""), user, edition, WATCH)).order_by("-taken_at", "-pk")


def unworded_alerts(user: Any, edition: Edition) -> QuerySet[Scan]:
    """Return the same to be counted."""
    return visible(Scan.objects.exclude(flag=""), user, edition, WATCH)


def refusals(user: Any, edition: Edition, *, since: datetime, until: datetime) -> Sequence[tuple[str, str, int, int]]:
    """Tell of each reason but the good one: answer of the gate, how often, and how often let in all the same.

    Most frequent first. One SQL query.
    """
    scans = visible(Scan.objects.filter(verdict__in=[Verdict.REFUSE, Verdict.ASK]), user, edition, WATCH)
    rows = scans.filter(at__gte=since, at__lt=until).order_by().values_list("verdict", "reason")
    found = rows.annotate(n=Count("pk"), let_in=Count("pk", filter=Q(answer=Answer.ADMITTED)))
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))


# --- Scans ---


def scans_for(user: Any, edition: Edition) -> QuerySet[Scan]:
    """Return the scans of an edition for who watches its gates, the latest first, with whom they name."""
    return _worded(visible(Scan.objects.all(), user, edition, WATCH)).order_by("-at", "-pk")


def _worded(scans: QuerySet[Scan]) -> QuerySet[Scan]:
    named = ("gate", "zone", "badge__person", "badge__delegation__party", "run__device")
    return scans.select_related(*named).defer(*_SEALED)


def in_parts(scans: QuerySet[Scan], most: int) -> Iterator[tuple[list[Scan], dict[int, Badge]]]:
    """Return many scans part by part, with the passes that the parts before did not name. Two SQL queries a part."""
    bare = scans.select_related(None).defer(None).defer("text", "group", "run", "print_number", "skew_ms")
    rows, seen = bare[:most].iterator(chunk_size=IN_PART), set[int]()
    while part := list(islice(rows, IN_PART)):
        keys = {scan.badge_id for scan in part if scan.badge_id is not None} - seen
        seen |= keys
        named = Badge.objects.select_related("person", "delegation__party")
        sealed = (name.removeprefix("badge__") for name in _SEALED)
        yield part, {badge.pk: badge for badge in named.defer(*sealed).filter(pk__in=keys)}


def older_than(scans: QuerySet[Scan], at: datetime, key: int) -> QuerySet[Scan]:
    """Keep the scans that stand behind one, in the order of `scans_for`."""
    return scans.filter(Q(at__lt=at) | Q(at=at, pk__lt=key))


def newer_than(scans: QuerySet[Scan], at: datetime, key: int) -> QuerySet[Scan]:
    """Keep the scans that stand before one, the nearest first."""
    return scans.filter(Q(at__gt=at) | Q(at=at, pk__gt=key)).order_by("at", "pk")


def counted(scans: QuerySet[Scan], most: int) -> int:
    """Count scans, up to one more than `most`. One SQL query."""
    return scans.order_by().select_related(None).values("pk")[: most + 1].count()


# --- Devices ---


def devices_for(user: Any, edition: Edition) -> QuerySet[Device]:
    """Return the devices of an edition for who may move them and shut them out, with their gates."""
    found = visible(Device.objects.select_related("gate__zone", "edition"), user, edition, CHANGE)
    return found.order_by("gate__position", "enrolled_at", "pk")


# --- Requests ---


def requests_for(user: Any, edition: Edition) -> QuerySet[GateRequest]:
    """Return who asked at gates to come in, for who watches them, the oldest first."""
    found = visible(
        GateRequest.objects.select_related("gate__zone", "device", "edition", "badge"), user, edition, WATCH
    )
    return found.order_by("asked_at", "pk")


def open_requests(user: Any, edition: Edition) -> QuerySet[GateRequest]:
    """Return those who wait at a gate for an answer."""
    return visible(GateRequest.objects.filter(state=RequestState.ASKED), user, edition, WATCH)


def request_for(user: Any, edition: Edition, key: str) -> GateRequest | None:
    """Return the request of a key that this user may see, or None."""
    try:
        request_id = UUID(key)
    except ValueError:
        return None
    return requests_for(user, edition).filter(request_id=request_id).first()


def free_spares(edition: Edition, most: int = 100) -> list[Badge]:
    """Return the printed spares that nobody holds, the lowest numbers first."""
    spares = Badge.objects.filter(edition=edition, kind=BadgeKind.SPARE, state=BadgeState.PRINTED)
    return list(spares.defer("holder", "issued_to").select_related("category", "edition").order_by("number")[:most])


def categories_of_people(edition: Edition) -> QuerySet[Category]:
    """Return the categories that a person's pass or a spare may have."""
    kinds = [BadgeKind.BADGE, BadgeKind.SPARE]
    return Category.objects.filter(edition=edition, kind__in=kinds).order_by("position", "pk")


# --- What waits, for the first page of the desk ---


def alerts_since(user: Any, edition: Edition, since: datetime) -> QuerySet[Scan]:
    """Return the scans at which the server found something since a moment."""
    return unworded_alerts(user, edition).filter(taken_at__gte=since)


def cut_off(user: Any, edition: Edition, at: datetime) -> QuerySet[Gate]:
    """Return the gates of whose devices none was heard of lately, in the days in which gates are kept."""
    zone = edition.zone
    if not is_watched(at, starts_on=edition.starts_on, ends_on=edition.ends_on, zone=zone):
        return Gate.objects.none()
    seconds = house.stored(edition.settings)["online_seconds"]
    kept = _in_use().filter(gate=OuterRef("pk"))
    heard = kept.annotate(heard_at=Coalesce(F("seen_at"), F("enrolled_at")))
    there = heard.filter(heard_at__gte=at - timedelta(seconds=seconds))
    return visible(Gate.objects.filter(Exists(kept), ~Exists(there)), user, edition, WATCH)


def people_without_pass(user: Any, edition: Edition) -> QuerySet[Person]:
    """Return the people who are approved and never had a pass: no category suits them."""
    held = Badge.objects.filter(person=OuterRef("pk"))
    people = permissions.visible_people(user, edition)
    return people.filter(~Exists(held), state=PersonState.APPROVED)


def to_print(user: Any, edition: Edition) -> QuerySet[Badge]:
    """Return the passes that are still to be printed."""
    found = Badge.objects.filter(state=BadgeState.APPROVED)
    return visible(found, user, edition, "delegations.view_passes")
