"""What a gate answers to a pass: the list as a device holds it, and the decision, without a clock or a database.

frontend/src/gate/decide.ts decides the same; tests/data/gate_cases.json holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from ejlas.core import signing
from ejlas.delegations.rules.passes import payload
from ejlas.delegations.rules.passes.badges import BadgeKind, BadgeState
from ejlas.delegations.rules.passes.house import Passback, Ways, WhenFull
from ejlas.delegations.rules.passes.payload import NotAPass, Payload
from ejlas.delegations.rules.passes.scans import Way
from ejlas.delegations.rules.passes.verdicts import Reason, Verdict

# A device whose time lies so far before the making of its own list has a wrong clock.
CLOCK_SLACK = timedelta(minutes=2)
_BEFORE_ALL, _AFTER_ALL = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_STATES = {
    BadgeState.APPROVED: Reason.NOT_ISSUED,
    BadgeState.PRINTED: Reason.NOT_ISSUED,
    BadgeState.SUSPENDED: Reason.SUSPENDED,
    BadgeState.REVOKED: Reason.REVOKED,
    BadgeState.LOST: Reason.LOST,
    BadgeState.RETURNED: Reason.RETURNED,
}
# What another time of day would change: said together with a doubt about the clock.
_TIMED = frozenset({Reason.EXPIRED, Reason.NOT_YET, Reason.NOT_NOW})


class Span(NamedTuple):
    """A stretch of time; its end is outside."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone, as far as it decides."""

    slug: str
    bit: int
    capacity: int | None = None
    passback: Passback = Passback.OFF
    when_full: WhenFull = WhenFull.ASK


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate, and the zone it leads into."""

    slug: str
    zone: Zone
    ways: Ways = Ways.BOTH


@dataclass(frozen=True, slots=True)
class Category:
    """When a category may enter each zone, in stretches that neither touch nor overlap."""

    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    starts_at: datetime = _BEFORE_ALL
    ends_at: datetime = _AFTER_ALL


@dataclass(frozen=True, slots=True)
class Other:
    """Another edition, whose passes are known as its own."""

    edition: str
    name: Mapping[str, str]
    key: str


@dataclass(frozen=True, slots=True)
class GateList:
    """The head of a list, made ready once so that each decision is fast."""

    key: str
    others: tuple[Other, ...]
    made_at: datetime
    most_age: timedelta
    printed_is_valid: bool
    zones: Mapping[str, Zone]
    gates: Mapping[str, Gate]
    categories: Mapping[int, Category]

    @classmethod
    def of(cls, rules: Mapping[str, Any]) -> GateList:
        """Build it from the head as it goes to a device. Raises KeyError, ValueError for what is none."""
        zones = {each["slug"]: _zone(each) for each in rules["zones"]}
        windows = {each["slug"]: _window(each) for each in rules["windows"]}
        return cls(
            key=rules["key"],
            others=tuple(Other(each["edition"], each.get("name", {}), each["key"]) for each in rules["others"]),
            made_at=datetime.fromisoformat(rules["made_at"]),
            most_age=timedelta(hours=rules["hours"]),
            printed_is_valid=rules["printed_is_valid"],
            zones=zones,
            gates={
                each["slug"]: Gate(each["slug"], zones[each["zone"]], Ways(each["ways"])) for each in rules["gates"]
            },
            categories={each["code"]: _category(each["access"], windows) for each in rules["categories"]},
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A pass on the list, as far as it decides."""

    number: int
    print_number: int
    kind: BadgeKind
    state: BadgeState
    category: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zones: frozenset[str] = frozenset()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Entry:
        """Build it from a line of the list as it goes to a device; what is absent has its default."""
        starts, ends = entry.get("f"), entry.get("u")
        return cls(
            number=entry["n"],
            print_number=entry["p"],
            kind=BadgeKind(entry["k"]),
            state=BadgeState(entry["s"]),
            category=entry.get("c") or 0,
            starts_at=datetime.fromisoformat(starts) if starts else None,
            ends_at=datetime.fromisoformat(ends) if ends else None,
            zones=frozenset(entry.get("z") or ()),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands before the gate: a code that was read, or an entry that was found by its name."""

    entry: Entry | None = None
    payload: Payload | None = None
    fault: Reason | None = None
    # The sentence of a text that is no pass, and the edition of a pass that is another's.
    broken: NotAPass | None = None
    other: Other | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known when a pass is seen.

    Parameters
    ----------
    now : aware
    confirmed_at : when the server last said that the list still stands
    inside : whether this pass is inside the zone, as far as is known; None = not known
    n_inside : how many are inside the zone
    clock_is_sure : whether the clock of the device may be trusted
    """

    now: datetime
    confirmed_at: datetime
    inside: bool | None = None
    n_inside: int = 0
    clock_is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gate answers.

    Parameters
    ----------
    also : what else the officer should weigh, the weightiest first
    number : of the pass; None where nothing is proven
    until : when the permission to enter ends, or when the pass expired
    next_at : when the pass may next enter here
    """

    verdict: Verdict
    reason: Reason
    also: tuple[Reason, ...] = ()
    number: int | None = None
    until: datetime | None = None
    next_at: datetime | None = None


class _Finding(NamedTuple):
    verdict: Verdict
    reason: Reason
    until: datetime | None = None
    next_at: datetime | None = None


class _Claim(NamedTuple):
    """When a pass as such is valid, and when it may enter one zone within that."""

    valid: Span
    enters: bool
    spans: tuple[Span, ...]


def see(text: str, rules: GateList, entries: Mapping[int, Entry]) -> Seen:
    """Read a text, prove its signature, and find its entry."""
    try:
        read = payload.read(text)
    except NotAPass as broken:
        return Seen(fault=Reason.NOT_A_PASS, broken=broken)
    signed = payload.signed_part(read.body)
    # Three bytes name a key: two keys may share them, so each that does is tried.
    is_named = False
    for key, other in ((rules.key, None), *((other.key, other) for other in rules.others)):
        if not key or signing.key_id(key) != read.payload.key_id:
            continue
        is_named = True
        if signing.verify(key, signed, read.signature):
            if other:
                return Seen(payload=read.payload, fault=Reason.OTHER_EDITION, other=other)
            return Seen(payload=read.payload, entry=entries.get(read.payload.number))
    return Seen(payload=read.payload, fault=Reason.FORGED if is_named else Reason.UNKNOWN_KEY)


def decide(seen: Seen, rules: GateList, moment: Moment, *, gate: str, way: Way) -> Decision:
    """Decide about a pass at a gate. Raises KeyError for a gate that the list does not know.

    The first refusal in the order of the checks is the answer; without one, the first doubt is asked about. Whoever
    goes out is let out: validity, zone, window and capacity say nothing then, and a void card is asked about.
    """
    zone = rules.gates[gate].zone
    if seen.fault:
        return Decision(Verdict.REFUSE, seen.fault)
    number = seen.entry.number if seen.entry else seen.payload.number if seen.payload else None
    claim = _claim(seen, rules, zone)
    doubts = tuple(_doubts(rules, moment))
    asked: list[_Finding] = []
    for found in _findings(seen, rules, zone, (claim, moment, way)):
        if found.verdict is Verdict.REFUSE:
            also = doubts if found.reason in _TIMED else ()
            return Decision(found.verdict, found.reason, also, number, found.until, found.next_at)
        asked.append(found)
    reasons = (*(each.reason for each in asked), *doubts)
    until = _until(claim, moment.now) if way is Way.IN else None
    if reasons:
        return Decision(Verdict.ASK, reasons[0], reasons[1:], number, until)
    return Decision(Verdict.ADMIT, Reason.OK, (), number, until)


# --- The checks, in their order ---


def _findings(seen: Seen, rules: GateList, zone: Zone, at: tuple[_Claim, Moment, Way]) -> Iterator[_Finding]:
    claim, moment, way = at
    if seen.entry is None or (seen.payload and seen.payload.print_number > seen.entry.print_number):
        yield _Finding(Verdict.ASK, Reason.NOT_ON_LIST)
    if void := _void(seen, rules):
        yield _Finding(Verdict.REFUSE if way is Way.IN else Verdict.ASK, void)
    if way is Way.IN:
        yield from _times(claim, moment.now)
    if moment.inside is (way is Way.IN) and zone.passback is not Passback.OFF:
        yield _Finding(Verdict(zone.passback), Reason.INSIDE if way is Way.IN else Reason.OUTSIDE)
    is_new = way is Way.IN and not moment.inside
    if is_new and zone.capacity is not None and moment.n_inside >= zone.capacity:
        yield _Finding(Verdict(zone.when_full), Reason.FULL)
    if _kind(seen) is BadgeKind.PIN:
        yield _Finding(Verdict.ASK, Reason.GROUP)


def _void(seen: Seen, rules: GateList) -> Reason | None:
    if seen.entry is None:
        return None
    if seen.payload and seen.payload.print_number < seen.entry.print_number:
        return Reason.OLD_PRINT
    if seen.entry.state is BadgeState.PRINTED and rules.printed_is_valid:
        return None
    return _STATES.get(seen.entry.state)


def _times(claim: _Claim, now: datetime) -> Iterator[_Finding]:
    next_at = next((span.starts_at for span in claim.spans if span.starts_at > now), None)
    if now < claim.valid.starts_at:
        yield _Finding(Verdict.REFUSE, Reason.NOT_YET, next_at=next_at or claim.valid.starts_at)
    elif now >= claim.valid.ends_at:
        yield _Finding(Verdict.REFUSE, Reason.EXPIRED, until=claim.valid.ends_at)
    elif not claim.enters:
        yield _Finding(Verdict.REFUSE, Reason.NO_ZONE)
    elif not any(span.starts_at <= now < span.ends_at for span in claim.spans):
        yield _Finding(Verdict.REFUSE, Reason.NOT_NOW, next_at=next_at)


def _doubts(rules: GateList, moment: Moment) -> Iterator[Reason]:
    if not moment.clock_is_sure or moment.now < rules.made_at - CLOCK_SLACK:
        yield Reason.CLOCK
    if moment.now - moment.confirmed_at > rules.most_age:
        yield Reason.LIST_OLD


def _kind(seen: Seen) -> BadgeKind | None:
    if seen.entry:
        return seen.entry.kind
    return seen.payload.kind if seen.payload else None


# --- When a pass may enter ---


def _claim(seen: Seen, rules: GateList, zone: Zone) -> _Claim:
    entry = seen.entry
    if entry is None:
        return _carried(seen.payload, zone)
    category = rules.categories.get(entry.category) or Category()
    valid = Span(entry.starts_at or category.starts_at, entry.ends_at or category.ends_at)
    spans = (valid,) if zone.slug in entry.zones else category.spans.get(zone.slug, ())
    return _Claim(valid, bool(spans), _within(spans, valid))


def _carried(held: Payload | None, zone: Zone) -> _Claim:
    """Return what the code itself says, for a pass that is not on the list."""
    valid = Span(held.starts_at, held.ends_at) if held else Span(_BEFORE_ALL, _AFTER_ALL)
    enters = bool(held and held.zones >> zone.bit & 1)
    return _Claim(valid, enters, (valid,) if enters else ())


def _until(claim: _Claim, now: datetime) -> datetime | None:
    ends = next((span.ends_at for span in claim.spans if span.starts_at <= now < span.ends_at), _AFTER_ALL)
    return None if ends == _AFTER_ALL else ends


def _within(spans: Iterable[Span], outer: Span) -> tuple[Span, ...]:
    cut = (Span(max(span.starts_at, outer.starts_at), min(span.ends_at, outer.ends_at)) for span in spans)
    return tuple(span for span in cut if span.starts_at < span.ends_at)


# --- The list, as it goes to a device ---


def _zone(each: Mapping[str, Any]) -> Zone:
    passback, when_full = Passback(each["passback"]), WhenFull(each["when_full"])
    return Zone(each["slug"], each["bit"], each.get("capacity"), passback, when_full)


def _window(each: Mapping[str, Any]) -> Span:
    return Span(datetime.fromisoformat(each["from"]), datetime.fromisoformat(each["until"]))


def _category(access: Mapping[str, Iterable[str]], windows: Mapping[str, Span]) -> Category:
    spans = {zone: _merged(windows[slug] for slug in slugs if slug in windows) for zone, slugs in access.items()}
    every = [span for each in spans.values() for span in each]
    if not every:
        return Category(spans)
    return Category(spans, min(each.starts_at for each in every), max(each.ends_at for each in every))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.starts_at <= merged[-1].ends_at:
            merged[-1] = Span(merged[-1].starts_at, max(merged[-1].ends_at, span.ends_at))
        else:
            merged.append(span)
    return tuple(merged)
