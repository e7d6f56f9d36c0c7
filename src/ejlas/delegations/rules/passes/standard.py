"""The zones, categories and tokens with which an edition begins; each number is the default of rule 9."""

from __future__ import annotations

from dataclasses import dataclass, field

from ejlas.delegations.rules.capacities import CapacityKind
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.house import Passback, WhenFull


@dataclass(frozen=True, slots=True)
class StandardZone:
    """A zone: the letter that stands on the cards, and where its gate stands on the map, in hundredths."""

    slug: str
    letter: str
    place: tuple[int, int]
    passback: Passback = Passback.OFF
    when_full: WhenFull = WhenFull.ASK


@dataclass(frozen=True, slots=True)
class StandardCategory:
    """A category: who gets it, which zones it opens, and of tokens how many a delegation gets."""

    slug: str
    kind: BadgeKind
    short: str
    colour: str
    zones: tuple[str, ...]
    capacities: tuple[CapacityKind, ...] = ()
    per_delegation: int | None = None
    limits: dict[str, int] = field(default_factory=dict)


SITE, HALL, LEADERS, PRESS, WORK, CEREMONY = "site", "hall", "leaders", "press", "work", "ceremony"
ZONES = (
    StandardZone(SITE, "S", (50, 92)),
    StandardZone(HALL, "H", (50, 52)),
    StandardZone(LEADERS, "L", (72, 24), Passback.ASK, WhenFull.REFUSE),
    StandardZone(CEREMONY, "C", (28, 24)),
    StandardZone(PRESS, "P", (14, 62)),
    StandardZone(WORK, "W", (86, 62)),
)
_C = CapacityKind
_EVERYWHERE = (SITE, HALL, LEADERS, CEREMONY, PRESS, WORK)
_PRESS = (_C.REPORTER, _C.PHOTOGRAPHER, _C.CAMERA, _C.TECHNICIAN)
CATEGORIES = (
    StandardCategory("heads", BadgeKind.BADGE, "A", "#8a5a00", _EVERYWHERE, (_C.HEAD,)),
    StandardCategory("delegates", BadgeKind.BADGE, "B", "#0b5d5b", (SITE, HALL, CEREMONY), (_C.DEPUTY, _C.DELEGATE)),
    StandardCategory(
        "advisers", BadgeKind.BADGE, "C", "#24507f", (SITE, HALL), (_C.ADVISER, _C.OBSERVER, _C.INTERPRETER)
    ),
    StandardCategory(
        "support", BadgeKind.BADGE, "D", "#4a5560", (SITE, WORK), (_C.SECURITY, _C.PROTOCOL, _C.STAFF, _C.LIAISON)
    ),
    StandardCategory("companions", BadgeKind.BADGE, "E", "#7a3e6d", (SITE, CEREMONY), (_C.COMPANION,)),
    StandardCategory(
        "press-category",
        BadgeKind.BADGE,
        "M",
        "#9b2d1f",
        (SITE, PRESS),
        _PRESS,
    ),
    StandardCategory("pin", BadgeKind.PIN, "PIN", "#8a5a00", _EVERYWHERE, (), 1),
    StandardCategory(
        "leaders-floater",
        BadgeKind.FLOATER,
        "FL",
        "#5b4a9c",
        (LEADERS,),
        (),
        6,
        {_C.SECURITY.value: 1, _C.PROTOCOL.value: 1, _C.INTERPRETER.value: 1},
    ),
    StandardCategory("ceremony-floater", BadgeKind.FLOATER, "FC", "#2f6b3a", (CEREMONY,), (), 3),
    StandardCategory("overpass", BadgeKind.OVERPASS, "OV", "#1f6f8b", (HALL,), (), 8),
    StandardCategory("spare", BadgeKind.SPARE, "SP", "#33383d", (SITE,)),
)
