"""Places made by hand: a bilateral moved, taken out of the plan, pinned; each act gives back what undoes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.changes import Changes
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.inputs.texts import tidy
from ejlas.forum.models import Edition
from ejlas.planning.queries.facts import Facts, facts_of
from ejlas.planning.queries.places import place_of, weigh_place
from ejlas.planning.rules import Conflict, Place
from ejlas.programme import operations as programme
from ejlas.programme.models import Bilateral, Room


class InTheWay(RuleBroken):
    """Something stands in the way; `conflicts` says what, each a rule that may be set aside or not."""

    message = marked("The bilateral cannot be there: %(kinds)s.")

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(kinds=", ".join(dict.fromkeys(conflict.kind.value for conflict in conflicts)))
        self.conflicts = tuple(conflicts)

    @property
    def may_be_set_aside(self) -> bool:
        """Whether a person may place it there all the same, with a reason."""
        return all(conflict.may_be_set_aside for conflict in self.conflicts)


class ReasonMissing(RuleBroken):
    """Whoever sets a house rule aside says why."""

    message = marked("Say why the rule is set aside.")


class NothingToPin(RuleBroken):
    """Only a bilateral that has a place can be pinned."""

    message = marked("The bilateral has no place that could be kept.")


@dataclass(frozen=True)
class Moved:
    """What an act by hand did, and the place that undoes it."""

    bilateral: Bilateral
    before: Place
    after: Place
    changes: Changes


@transaction.atomic
def move_bilateral(
    *,
    bilateral: Bilateral,
    place: Place,
    by: User,
    at: datetime,
    choose_interpreters: bool = True,
    revision: int | None = None,
) -> Moved:
    """Give a bilateral a place by hand, or the place that an undo brings back.

    Parameters
    ----------
    place : where it goes; `despite` names the conflicts that are known, `reason` says why they are set aside
    choose_interpreters : whether interpreters who are free are found; else those of the place do it

    Raises
    ------
    InTheWay : somebody or something else is there, or a house rule that is not named in `despite`
    ReasonMissing, NotToBePlaced, NoRoomForBilaterals, ChangedMeanwhile
    """
    if place.starts_at is None:
        return unplace_bilateral(bilateral=bilateral, revision=revision, by=by, at=at)
    facts, bilateral = _locked(bilateral)
    people = None if choose_interpreters else place.interpreters
    weighed = weigh_place(facts, bilateral, place.starts_at, place.room, people)
    conflicts = weighed.conflicts
    known: Collection[str] = place.despite
    if any(not each.may_be_set_aside or each.kind not in known for each in conflicts):
        raise InTheWay(conflicts)
    reason = tidy(place.reason, keep_lines=False)[:300]
    if conflicts and not reason:
        raise ReasonMissing()
    kinds = tuple(sorted({conflict.kind.value for conflict in conflicts}))
    # What stands despite a rule is pinned: the planner, who knows no exception, would take it away.
    after = replace(
        place,
        interpreters=weighed.interpreters,
        despite=kinds,
        reason=reason if kinds else "",
        is_pinned=place.is_pinned or bool(kinds),
    )
    return _give(facts, bilateral, after, revision=revision, by=by, at=at)


@transaction.atomic
def unplace_bilateral(*, bilateral: Bilateral, by: User, at: datetime, revision: int | None = None) -> Moved:
    """Take a bilateral out of the plan; the request stays."""
    facts, bilateral = _locked(bilateral)
    return _give(facts, bilateral, Place(), revision=revision, by=by, at=at)


@transaction.atomic
def pin_bilateral(*, bilateral: Bilateral, by: User, at: datetime, revision: int | None = None) -> Moved:
    """Keep time and room of a bilateral in the next plan. Raises NothingToPin."""
    facts, bilateral = _locked(bilateral)
    place = place_of(bilateral)
    if place.is_nowhere:
        raise NothingToPin()
    return _give(facts, bilateral, replace(place, is_pinned=True), revision=revision, by=by, at=at)


@transaction.atomic
def unpin_bilateral(*, bilateral: Bilateral, by: User, at: datetime, revision: int | None = None) -> Moved:
    """Let the next plan move a bilateral again; it stays where it is until then."""
    facts, bilateral = _locked(bilateral)
    place = replace(place_of(bilateral), is_pinned=False, despite=(), reason="")
    return _give(facts, bilateral, place, revision=revision, by=by, at=at)


def _locked(bilateral: Bilateral) -> tuple[Facts, Bilateral]:
    """Return the facts of the edition, held so that nobody else moves anything meanwhile. Raises NotToBePlaced."""
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=bilateral.edition_id)
    facts = facts_of(edition, around=bilateral.slug)
    found = facts.bilateral(bilateral.slug)
    if found is None:
        raise programme.NotToBePlaced(bilateral=bilateral.slug)
    return facts, found


def _give(facts: Facts, bilateral: Bilateral, place: Place, *, revision: int | None, by: User, at: datetime) -> Moved:
    before = place_of(bilateral)
    given = programme.Place(
        place.starts_at,
        _room(facts, bilateral, place.room),
        [person for person in facts.interpreters if person.slug in place.interpreters],
        place.is_pinned,
        place.despite,
        place.reason,
    )
    changes = programme.place_bilateral(bilateral=bilateral, place=given, revision=revision, by=by, at=at)
    return Moved(bilateral, before, place, changes)


def _room(facts: Facts, bilateral: Bilateral, slug: str) -> Room | None:
    # A bilateral may stand in a room that is no longer one for bilaterals; being pinned there does not move it.
    stays = bilateral.room if bilateral.room and bilateral.room.slug == slug else None
    return facts.room(slug) or stays
