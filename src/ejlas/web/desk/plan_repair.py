"""What a repair would move, for one reader: part by part, with old and new place, and who has to be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ejlas.planning import queries
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import Difference, Place, Shift, differences
from ejlas.web.desk.plan_words import DifferenceShown, differences_shown

if TYPE_CHECKING:
    from ejlas.planning.models import Run


@dataclass(frozen=True, slots=True)
class PartShown:
    """What is accepted together."""

    key: str
    moves: tuple[DifferenceShown, ...]
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who has to be told, and of how many bilaterals."""

    name: str
    number: str


def open_moves(run: Run, now: Mapping[str, Place]) -> list[Difference]:
    """Return what of a repair is not as it found it, in the order of the slugs; `now` is the plan in force."""
    known = {slug for part in run.parts for slug in part}
    then = queries.places_of_run(run)
    nowhere = Place()
    wanted = {slug: then.get(slug, nowhere) for slug in known}
    stands = {slug: now.get(slug, nowhere) for slug in known}
    return [each for each in differences(stands, wanted, with_people=True) if each.shift is not Shift.SAME]


def parts_shown(run: Run, moves: Iterable[Difference], words: Words, ticked: Collection[str]) -> list[PartShown]:
    """Return what is still to be accepted, part by part, those with the earliest moves first.

    `ticked` names parts by their number; with none of them, all are.
    """
    by_slug = {each.bilateral: each for each in moves}
    shown = []
    for number, part in enumerate(run.parts):
        own = [by_slug[slug] for slug in part if slug in by_slug]
        if own:
            own.sort(key=_moment)
            told = tuple(differences_shown(own, words, most=len(own)))
            shown.append((_moment(own[0]), PartShown(str(number), told, not ticked or str(number) in ticked)))
    return [part for _, part in sorted(shown, key=lambda each: each[0])]


def _moment(move: Difference) -> float:
    moments = [place.starts_at.timestamp() for place in (move.before, move.after) if place.starts_at]
    return min(moments, default=0)


def slugs_of(run: Run, numbers: Collection[str]) -> list[str]:
    """Return the bilaterals of these parts."""
    return [slug for number, part in enumerate(run.parts) if str(number) in numbers for slug in part]


def numbers_of(run: Run, slugs: Collection[str]) -> list[str]:
    """Return the numbers of the parts in which these bilaterals are."""
    return [str(number) for number, part in enumerate(run.parts) if set(part) & set(slugs)]


def to_be_told(moves: Iterable[Difference], words: Words) -> dict[str, list[Told]]:
    """Return the parties and the interpreters of what moves, each with the number of its moves."""
    parties = {each.slug: each.parties for each in words.facts.bilaterals}
    of_party: dict[str, int] = {}
    of_person: dict[str, int] = {}
    for move in moves:
        if move.shift is not Shift.PEOPLE:
            _count(of_party, parties.get(move.bilateral, ()))
        _count(of_person, {*move.before.interpreters, *move.after.interpreters})
    return {
        "parties": [
            _told(words.party(party.slug), of_party[party.slug], words) for party in _listed("parties", of_party, words)
        ],
        "interpreters": [
            _told(words.interpreter(person.slug), of_person[person.slug], words)
            for person in _listed("interpreters", of_person, words)
        ],
    }


def _listed(name: str, counts: Mapping[str, int], words: Words) -> list[Any]:
    return [each for each in getattr(words.facts, name) if each.slug in counts]


def _count(counts: dict[str, int], slugs: Iterable[str]) -> None:
    for slug in slugs:
        counts[slug] = counts.get(slug, 0) + 1


def _told(name: str, number: int, words: Words) -> Told:
    return Told(name, words.number(number))
