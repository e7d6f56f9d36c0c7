"""The first page of an edition: what, where, when, who carries it, its map, days, outcome, and what sources say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString

from ejlas.core import collation, languages
from ejlas.exports.reading import Item
from ejlas.forum.rules import ClaimContent, DutyContent, MandateContent, MandateKind, MilestoneContent, PartyRole
from ejlas.outcomes.rules import TextKind
from ejlas.programme.rules import SessionKind
from ejlas.web.public import jsonld, map_labels
from ejlas.web.public.citing import Citer
from ejlas.web.public.edition import Indexed
from ejlas.web.public.pages.declaration import Score, score
from ejlas.web.ui import labels
from ejlas.web.ui.reading import Reader

HIGHLIGHTS = (SessionKind.CEREMONY, SessionKind.PLENARY, SessionKind.PANEL, SessionKind.SIGNING, SessionKind.PRESS)
MOST_HIGHLIGHTS = 6
# Sizes of type and of dots in the units of the map: for a wide page, and for a telephone, where the map is small.
WIDE, NARROW = (17.0, 6.0), (30.0, 10.0)


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with its date, its support and its sources."""

    words: SafeString
    when: tuple[str, ...]
    confidence: str
    confidence_words: str
    sources: SafeString
    is_adopted: bool = False


@dataclass(frozen=True, slots=True)
class Mandate:
    """A decision on which the hosting rests: what kind, by whom, when, who signed, and since when it is in force."""

    fact: Fact
    kind: str
    decided_by: SafeString
    signatories: SafeString
    in_force: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A disputed fact and its versions."""

    slug: str
    subject: SafeString
    versions: list[Fact]


@dataclass(frozen=True, slots=True)
class Duty:
    """One task of the split of duties."""

    task: SafeString
    bearer: str
    helpers: list[str]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A session named on the first page."""

    slug: str
    time: str
    moment: str
    title: SafeString
    kind: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day at a glance."""

    anchor: str
    dates: tuple[str, ...]
    highlights: list[Highlight]
    n_items: int
    n_items_words: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name in its place on the map."""

    name: str
    language: str
    direction: str
    x: float
    y: float
    dot_x: float
    dot_y: float
    has_leader: bool
    is_host: bool


def page(indexed: Indexed, reader: Reader, citer: Citer, address: str) -> dict[str, object]:
    """Prepare the first page for one reader."""
    edition = indexed.content["edition"]
    first, last = date.fromisoformat(edition["starts_on"]), date.fromisoformat(edition["ends_on"])
    opens_at = datetime.fromisoformat(edition["opens_at"]) if edition["opens_at"] else None
    return {
        "motto": reader.html(edition["motto"]),
        "summary": reader.html(edition["summary"]),
        "spans": reader.spans(first, last),
        "starts_on": edition["starts_on"],
        "opening": reader.time(opens_at) if opens_at else "",
        "opening_moment": edition["opens_at"] or "",
        "city": reader.name(edition["city"]),
        "state": languages.state_name(edition["country"], reader.language),
        "host": reader.html(edition["host_office"]),
        "lead_ministry": reader.html(edition["lead_ministry"]),
        "secretariat": reader.html(edition["secretariat"]),
        "note": reader.html(edition.get("note")),
        "spoken": [(code, languages.own_name(code)) for code in edition["languages"]],
        "n_parties": len(indexed.parties),
        "n_parties_words": reader.number(len(indexed.parties)),
        "mandates": [_mandate(mandate, reader, citer) for mandate in edition["mandates"]],
        "aims": [reader.html(aim) for aim in edition["aims"]],
        "map": _map(indexed, reader),
        "days": [_day(day, indexed, reader) for day in indexed.days],
        "outcome": _outcome(indexed, reader),
        "claims": [_claim(claim, reader, citer) for claim in indexed.content["claims"]],
        "milestones": [_milestone(milestone, reader, citer) for milestone in edition["milestones"]],
        "duties": [_duty(duty, reader) for duty in edition["duties"]],
        "json_ld": jsonld.in_page(jsonld.event(indexed, reader, address)),
    }


def _confidence(value: str) -> str:
    return labels.word(labels.CONFIDENCE, value)


def _mandate(mandate: MandateContent, reader: Reader, citer: Citer) -> Mandate:
    confidence = mandate["confidence"]
    sources = citer.marks(mandate["sources"])
    when = _dates(mandate["decided_on"], reader)
    by, signed = mandate.get("decided_by"), mandate.get("signatories")
    return Mandate(
        Fact(reader.html(mandate["wording"]), when, confidence, _confidence(confidence), sources),
        labels.word(labels.MANDATE_KINDS, mandate.get("kind", MandateKind.HOSTING)),
        reader.name(by) if by else SafeString(""),
        reader.name(signed) if signed else SafeString(""),
        _dates(mandate.get("in_force_on"), reader),
    )


def _dates(day: str | None, reader: Reader) -> tuple[str, ...]:
    return reader.dates(date.fromisoformat(day)) if day else ()


def _claim(claim: ClaimContent, reader: Reader, citer: Citer) -> Claim:
    versions = [
        Fact(
            reader.html(version["wording"]),
            (),
            version["confidence"],
            _confidence(version["confidence"]),
            citer.names(version["sources"]),
            version["is_adopted"],
        )
        for version in sorted(claim["versions"], key=lambda version: not version["is_adopted"])
    ]
    return Claim(claim["slug"], reader.html(claim["subject"]), versions)


def _milestone(milestone: MilestoneContent, reader: Reader, citer: Citer) -> Fact:
    when = reader.dates(date.fromisoformat(milestone["date"]))
    return Fact(reader.html(milestone["wording"]), when, "", "", citer.marks(milestone["sources"]))


def _duty(duty: DutyContent, reader: Reader) -> Duty:
    helpers = [labels.word(labels.DUTY_BEARERS, helper) for helper in duty["supported_by"]]
    return Duty(reader.html(duty["task"]), labels.word(labels.DUTY_BEARERS, duty["bearer"]), helpers)


def _day(day: date, indexed: Indexed, reader: Reader) -> Day:
    today = [timed for timed in indexed.sessions if timed.starts_at.date() == day]
    named = sorted(today, key=lambda timed: (_weight(timed), timed.starts_at))[:MOST_HIGHLIGHTS]
    highlights = [_highlight(timed, reader) for timed in sorted(named, key=lambda timed: timed.starts_at)]
    return Day(f"day-{day}", reader.dates(day, "full"), highlights, len(today), reader.number(len(today)))


def _weight(timed: Item) -> int:
    if timed.kind in HIGHLIGHTS:
        return 0
    return 2 if timed.is_bilateral else 1


def _highlight(timed: Item, reader: Reader) -> Highlight:
    time = "" if timed.is_long else reader.time(timed.starts_at)
    kind = labels.word(labels.SESSION_KINDS, timed.kind)
    moment = timed.starts_at.isoformat()
    return Highlight(timed.session["slug"], time, moment, reader.html(timed.session["title"]), kind)


def _outcome(indexed: Indexed, reader: Reader) -> dict[str, object] | None:
    declaration = next((text for text in indexed.content["texts"] if text["kind"] == TextKind.DECLARATION), None)
    if declaration is None:
        return None
    counted: Score = score(declaration, reader)
    return {"title": reader.html(declaration["title"]), "score": counted}


def _map(indexed: Indexed, reader: Reader) -> dict[str, object] | None:
    drawn = indexed.content["map"]
    points = [point for point in drawn["points"] if point["party"] in indexed.parties]
    if not drawn["land"] or not points:
        return None
    names = {point["party"]: reader.plain(indexed.parties[point["party"]]["name"]) for point in points}
    spots = [map_labels.Spot(point["party"], names[point["party"]], point["x"], point["y"]) for point in points]
    return {
        "width": drawn["width"],
        "height": drawn["height"],
        "land": drawn["land"],
        "wide": _labels(spots, indexed, reader, WIDE),
        "narrow": _labels(spots, indexed, reader, NARROW),
        "parties": [
            (reader.html(party["name"]), reader.name(party["seat"]), party["role"] == PartyRole.HOST)
            for party in collation.sorted_by(
                indexed.parties.values(), lambda party: reader.plain(party["name"]), reader.language
            )
        ],
    }


def _labels(spots: list[map_labels.Spot], indexed: Indexed, reader: Reader, sizes: tuple[float, float]) -> list[Label]:
    size, radius = sizes
    drawn = indexed.content["map"]
    placed = map_labels.place(spots, width=drawn["width"], height=drawn["height"], size=size, radius=radius)
    made = []
    for each in placed:
        party = indexed.parties[each.spot.key]
        words, language = reader.wording(party["name"])
        is_host = party["role"] == PartyRole.HOST
        direction = languages.direction(language)
        made.append(
            Label(words, language, direction, each.x, each.baseline, each.spot.x, each.spot.y, each.has_leader, is_host)
        )
    return made
