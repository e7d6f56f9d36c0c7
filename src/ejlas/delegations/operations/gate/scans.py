"""Taking what the gates decided: each scan once and in order, who is inside now, and what no gate could know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.delegations.models import Device, Presence, Run, Scan
from ejlas.delegations.operations.gate.meeting import Around
from ejlas.delegations.rules.passes.arrivals import right_moment
from ejlas.delegations.rules.passes.scans import Flag
from ejlas.delegations.rules.passes.shapes import Delivered, Misshapen
from ejlas.forum.models import Edition

EVENT = "delegations.scans"
_PRESENCE = ["is_inside", "n_guests", "at", "noted_at"]


class OutOfOrder(Exception):
    """A scan before this one did not come yet; `next_seq` is the number that the queue goes on with."""

    def __init__(self, next_seq: int) -> None:
        super().__init__(next_seq)
        self.next_seq = next_seq


@dataclass(frozen=True, slots=True)
class Flagged:
    """A scan with what was found of it, and the facts for a sentence."""

    scan_id: UUID
    flag: Flag
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: the scans that are here, now or before; the number to go on with; what was found."""

    ids: tuple[UUID, ...]
    next_seq: int
    flags: tuple[Flagged, ...]


@transaction.atomic
def take_scans(*, device: Device, run: UUID, scans: Sequence[Delivered], at: datetime) -> Taken:
    """Take a batch of scans of a device: all of it or none, and each scan once however often it comes.

    A fixed number of SQL queries. Raises OutOfOrder, Misshapen for a gate or a zone that is not there.
    """
    # Deliveries to an edition come one after the other: so counts hold, and each pass meets its own other scans.
    # The columns that others point at are not locked: a desk that adds things meanwhile need not wait.
    Edition.objects.select_for_update(no_key=True).only("pk").get(pk=device.edition_id)
    queue = _queue(device, run)
    here = dict(Scan.objects.filter(scan_id__in=[each.scan_id for each in scans]).values_list("scan_id", "flag"))
    fresh = [each for each in scans if each.scan_id not in here]
    for seq, each in enumerate(fresh, start=queue.next_seq):
        if each.seq != seq:
            raise OutOfOrder(queue.next_seq)
    flags = [Flagged(scan_id, Flag(flag), {}) for scan_id, flag in here.items() if flag]
    if fresh:
        flags += _take(fresh, device, queue, scans, at=at)
    return Taken(tuple(each.scan_id for each in scans), queue.next_seq, tuple(flags))


def _queue(device: Device, run: UUID) -> Run:
    queue, _is_new = Run.objects.get_or_create(run=run, defaults={"device": device})
    if queue.device_id != device.pk:
        raise Misshapen("run")
    return queue


def _take(
    fresh: Sequence[Delivered], device: Device, queue: Run, scans: Sequence[Delivered], *, at: datetime
) -> list[Flagged]:
    around = Around.of(device, fresh)
    places = {each.scan_id: place for place, each in enumerate(scans)}
    rows, flags = [], []
    for each in fresh:
        row = _row(each, around, queue, f"scans[{places[each.scan_id]}]", at=at)
        if finding := around.meet(row):
            row.flag = finding.flag
            flags.append(Flagged(each.scan_id, finding.flag, finding.said))
        rows.append(row)
    Scan.objects.bulk_create(rows)
    _note_presences(around.changed())
    queue.next_seq += len(rows)
    Run.objects.filter(pk=queue.pk).update(next_seq=queue.next_seq)
    Device.objects.filter(pk=device.pk).update(seen_at=at, skew_ms=rows[-1].skew_ms)
    _record(device, rows, flags, at=at)
    return flags


def _row(each: Delivered, around: Around, queue: Run, place: str, *, at: datetime) -> Scan:
    gate, zone = around.gates.get(each.gate), around.zones.get(each.zone)
    if gate is None:
        raise Misshapen(f"{place}.gate")
    if zone is None:
        raise Misshapen(f"{place}.zone")
    moment, skew_ms = right_moment(each.at, each.skew_ms, at)
    return Scan(
        scan_id=each.scan_id,
        edition_id=around.edition,
        run=queue,
        seq=each.seq,
        gate=gate,
        zone=zone,
        badge=around.badges.get(each.number) if each.number is not None else None,
        number=each.number,
        print_number=each.print_number,
        text=each.text,
        way=each.way,
        verdict=each.verdict,
        reason=each.reason,
        answer=each.answer,
        by=each.by,
        at=moment,
        taken_at=at,
        skew_ms=skew_ms,
        is_offline=each.is_offline,
        group=each.group,
        n_guests=each.n_guests,
        note=each.note,
    )


def _note_presences(presences: Iterable[Presence]) -> None:
    rows = list(presences)
    if rows:
        Presence.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["badge", "zone"], update_fields=_PRESENCE
        )


def _record(device: Device, rows: Sequence[Scan], flags: Sequence[Flagged], *, at: datetime) -> None:
    values = {
        "device": device.name,
        "first": rows[0].seq,
        "last": rows[-1].seq,
        "gates": sorted({row.gate.slug for row in rows}),
        "n_scans": len(rows),
        "n_flags": len(flags),
    }
    entry = Entry(f"{EVENT}.taken", "device", device.slug, {"after": values})
    audit.record([entry], scope=device.edition.slug, by=device.enrolled_by, at=at)
