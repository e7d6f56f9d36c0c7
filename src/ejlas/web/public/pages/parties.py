"""The parties of an edition, grouped by state, in the alphabet of the reader; and the offices beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ejlas.core import collation, languages
from ejlas.forum.rules import Attendance, OfficeContent, PartyContent, PartyRole
from ejlas.web.public.citing import Citer
from ejlas.web.public.edition import Indexed
from ejlas.web.ui import labels
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the page shows it."""

    slug: str
    name: SafeString
    seat: SafeString
    iso: str
    role: str
    is_host: bool
    head: SafeString
    attendance: str
    attendance_words: SafeString
    confidence: str
    confidence_words: str
    note: SafeString
    sources: SafeString


@dataclass(frozen=True, slots=True)
class State:
    """A state and its parties."""

    name: str
    parties: list[Party]


@dataclass(frozen=True, slots=True)
class Office:
    """An office beside the parties."""

    name: SafeString
    role: SafeString
    attendance: str
    attendance_words: str
    confidence: str
    confidence_words: str
    sources: SafeString


def page(indexed: Indexed, reader: Reader, citer: Citer) -> dict[str, object]:
    """Prepare the parties page for one reader."""
    states = _states(indexed, reader, citer)
    return {
        "states": states,
        "n_parties_words": reader.number(len(indexed.parties)),
        "n_parties": len(indexed.parties),
        "n_states": len(states),
        "n_states_words": reader.number(len(states)),
        "offices": [_office(office, reader, citer) for office in indexed.content["offices"]],
    }


def _states(indexed: Indexed, reader: Reader, citer: Citer) -> list[State]:
    by_state: dict[str, list[PartyContent]] = {}
    for party in indexed.parties.values():
        state = languages.state_name(party["country"], reader.language) if party["country"] else ""
        by_state.setdefault(state, []).append(party)
    ordered = collation.sorted_by((state for state in by_state if state), str, reader.language)
    # Organisations belong to no state and come last.
    return [
        State(state or gettext("Organisations"), _parties(by_state[state], reader, citer))
        for state in (*ordered, *([""] if "" in by_state else []))
    ]


def _parties(parties: list[PartyContent], reader: Reader, citer: Citer) -> list[Party]:
    ordered = collation.sorted_by(parties, lambda party: reader.plain(party["name"]), reader.language)
    return [_party(party, reader, citer) for party in ordered]


def _party(party: PartyContent, reader: Reader, citer: Citer) -> Party:
    return Party(
        slug=party["slug"],
        name=reader.html(party["name"]),
        seat=reader.name(party["seat"]) if party["seat"] else SafeString(""),
        iso=party["iso"] or "",
        role=labels.word(labels.PARTY_ROLES, party["role"]),
        is_host=party["role"] == PartyRole.HOST,
        head=reader.html(party["head_office"]),
        attendance=party["head_attendance"],
        attendance_words=_attendance(party, reader),
        confidence=party["confidence"],
        confidence_words=labels.word(labels.CONFIDENCE, party["confidence"]),
        note=reader.html(party["note"]),
        sources=citer.marks(party["sources"]),
    )


def _attendance(party: PartyContent, reader: Reader) -> SafeString:
    if party["head_attendance"] == Attendance.REPRESENTED and party["represented_by"]:
        words = gettext("Represented by: %(office)s")
        return SafeString(words % {"office": reader.html(party["represented_by"])})
    return SafeString(labels.word(labels.ATTENDANCE, party["head_attendance"]))


def _office(office: OfficeContent, reader: Reader, citer: Citer) -> Office:
    return Office(
        name=reader.html(office["name"]),
        role=reader.html(office["role"]),
        attendance=office["attendance"],
        attendance_words=labels.word(labels.ATTENDANCE, office["attendance"]),
        confidence=office["confidence"],
        confidence_words=labels.word(labels.CONFIDENCE, office["confidence"]),
        sources=citer.marks(office["sources"]),
    )
