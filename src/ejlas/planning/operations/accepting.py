"""Accepting a plan, all of it or in part, and undoing that: its places become those of the programme."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.changes import Changes
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.models import Edition
from ejlas.planning.models import Run
from ejlas.planning.operations.runs import locked
from ejlas.planning.operations.trail import record
from ejlas.planning.queries.facts import Facts, changed_since, facts_of
from ejlas.planning.queries.places import places_now, places_of_run
from ejlas.planning.rules import Place, RunKind, RunState
from ejlas.programme import operations as programme
from ejlas.programme.models import Room

# So many acceptances of one run can be undone, the newest first.
MOST_ACTS = 20


class NoPlanToAccept(RuleBroken):
    """Only a run that has ended with a plan can be accepted."""

    message = marked("Run %(run)s has no plan to accept: it is %(state)s.")


class OnlyThoughtOf(RuleBroken):
    """The plan of a "what if" rests on what is not so."""

    message = marked("This plan rests on changes that are only thought of. Make them, then repair the plan.")


class PlanIsOutdated(RuleBroken):
    """What the plan was made on has changed; `things` names each by kind and slug."""

    message = marked(
        "Since this plan was made, this has changed: %(names)s. Make a new plan, or accept it all the same."
    )

    def __init__(self, things: Sequence[tuple[str, str]]) -> None:
        super().__init__(names=", ".join(slug for _, slug in things))
        self.things = tuple(things)


class PlanNoLongerFits(RuleBroken):
    """With what has changed or was pinned since, the plan would break a rule; `bilaterals` names those in question."""

    message = marked("The plan no longer fits what has changed or was pinned since: %(names)s. Make a new plan.")

    def __init__(self, bilaterals: Sequence[str]) -> None:
        super().__init__(names=", ".join(bilaterals))
        self.bilaterals = tuple(bilaterals)


class PartsBelongTogether(RuleBroken):
    """What was chosen needs the place of what was not; `bilaterals` names that."""

    message = marked("What you ticked needs these moves as well: %(names)s. Tick them too, or leave all of them.")

    def __init__(self, bilaterals: Sequence[str]) -> None:
        super().__init__(names=", ".join(bilaterals))
        self.bilaterals = tuple(bilaterals)


class NothingTicked(RuleBroken):
    """A part of a plan is at least one move."""

    message = marked("Tick at least one move.")


class NothingToUndo(RuleBroken):
    """Only what was accepted can be undone."""

    message = marked("There is nothing of this plan to undo.")


class MovedSince(RuleBroken):
    """What an undo would put back, somebody has moved since; `bilaterals` names it."""

    message = marked("These were moved since, so the plan cannot be put back as it was: %(names)s. Move them by hand.")

    def __init__(self, bilaterals: Sequence[str]) -> None:
        super().__init__(names=", ".join(bilaterals))
        self.bilaterals = tuple(bilaterals)


@transaction.atomic
def accept_run(
    *, run: Run, by: User, at: datetime, despite_changes: bool = False, only: Collection[str] | None = None
) -> Changes:
    """Give every bilateral the place that the run found, and take the place of the others; pins of a person stay.

    Parameters
    ----------
    despite_changes : whether it is known that what the plan was made on has changed
    only : the slugs of the bilaterals to be changed; the others stay as they are

    Raises
    ------
    NoPlanToAccept, OnlyThoughtOf, NothingTicked
    PlanIsOutdated : unless the changes are known
    PartsBelongTogether : what is left out stands where something of `only` is to be
    PlanNoLongerFits : two things would clash
    """
    run = locked(run)
    if run.kind == RunKind.WHAT_IF:
        raise OnlyThoughtOf()
    if not run.has_plan:
        raise NoPlanToAccept(run=run.pk, state=run.state)
    # Whoever moves a bilateral by hand holds the same row: the plan is checked on what it will replace.
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=run.edition_id)
    facts = facts_of(edition)
    things = changed_since(run, facts)
    if things and not despite_changes:
        raise PlanIsOutdated(things)
    now = places_now(facts)
    wanted = _wanted(run, now)
    chosen = _chosen(wanted, only)
    differing = {slug for slug, place in wanted.items() if place != now[slug]}
    _check(run, facts, now | chosen, moved=differing & chosen.keys(), left=differing - chosen.keys())
    changes = programme.give_places(edition=edition, places=_given(facts, chosen), by=by, at=at)
    _note(run, now, chosen, by=by, at=at)
    values = {"moved": len(changes.changed), **({} if only is None else {"only": sorted(chosen)})}
    record("planning.run.accepted", run, values, by=by.name, at=at)
    return changes


def _wanted(run: Run, now: Mapping[str, Place]) -> dict[str, Place]:
    """Return the places of the run for whatever is still there, but for what a person has pinned elsewhere."""
    found, nowhere = places_of_run(run), Place()
    # A repair leaves alone what it did not know, or what stands despite a rule; a plan from nothing places all.
    known = now.keys() if run.kind == RunKind.PLAN else run.placements.keys() | run.refusals.keys()
    wanted = {}
    for slug, stands in ((slug, place) for slug, place in now.items() if slug in known):
        place = found.get(slug, nowhere)
        is_same = (place.starts_at, place.room) == (stands.starts_at, stands.room)
        if is_same and not stands.is_nowhere:
            wanted[slug] = replace(stands, interpreters=place.interpreters)
        elif not stands.is_pinned or _was_so(run, slug, stands):
            wanted[slug] = place
    return wanted


def _was_so(run: Run, slug: str, stands: Place) -> bool:
    """Whether a repair knew that a bilateral was pinned there, and found that it could not stay."""
    return run.kind == RunKind.REPAIR and slug in run.start and Place.from_plain(run.start[slug]) == stands


def _chosen(wanted: Mapping[str, Place], only: Collection[str] | None) -> dict[str, Place]:
    if only is None:
        return dict(wanted)
    chosen = {slug: place for slug, place in wanted.items() if slug in only}
    if not chosen:
        raise NothingTicked()
    return chosen


def _check(
    run: Run, facts: Facts, places: Mapping[str, Place], *, moved: Collection[str], left: Collection[str]
) -> None:
    """Raise PartsBelongTogether or PlanNoLongerFits where something that is moved would stand in somebody's way."""
    # numpy and the engine come with it: a web process loads them when the first plan is accepted.
    from ejlas.planning.queries.standing import broken_by

    whole = run.kind == RunKind.PLAN and not left
    broken = broken_by(facts, places, moved=None if whole else moved)
    if missing := sorted(set(broken) & set(left)):
        raise PartsBelongTogether(missing)
    if broken:
        raise PlanNoLongerFits(broken)


def _given(facts: Facts, places: Mapping[str, Place]) -> dict[str, programme.Place]:
    """Return the places as the programme takes them."""
    rooms = _rooms(facts)
    people = {person.slug: person for person in facts.interpreters}
    return {
        slug: programme.Place(
            place.starts_at,
            rooms[place.room] if place.room else None,
            [people[each] for each in place.interpreters if each in people],
            place.is_pinned,
            place.despite,
            place.reason,
        )
        for slug, place in places.items()
    }


def _rooms(facts: Facts) -> dict[str, Room]:
    """Return the rooms for bilaterals, and those that are not but in which one stands, by slug."""
    return {each.room.slug: each.room for each in facts.bilaterals if each.room} | {
        room.slug: room for room in facts.rooms
    }


def _note(run: Run, before: Mapping[str, Place], after: Mapping[str, Place], *, by: User, at: datetime) -> None:
    """Keep with the run what was accepted, so that it can be undone."""
    moved = {
        slug: {"before": before[slug].to_plain(), "after": place.to_plain()}
        for slug, place in after.items()
        if place != before[slug]
    }
    run.acts = [*run.acts, {"by": by.name, "at": at.isoformat(), "places": moved}][-MOST_ACTS:]
    run.state, run.accepted_at = RunState.ACCEPTED, at
    run.save(update_fields=["acts", "state", "accepted_at"])


@transaction.atomic
def undo_acceptance(*, run: Run, by: User, at: datetime) -> Changes:
    """Put back the places that stood before the last acceptance of this run. Raises NothingToUndo, MovedSince."""
    run = locked(run)
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=run.edition_id)
    if not run.acts or run.state != RunState.ACCEPTED:
        raise NothingToUndo()
    facts = facts_of(edition)
    now = places_now(facts)
    places = {slug: (Place.from_plain(each["before"]), Place.from_plain(each["after"])) for slug, each in _last(run)}
    rooms = _rooms(facts)
    others = sorted(
        slug
        for slug, (before, after) in places.items()
        if now.get(slug) != after or (before.room and before.room not in rooms)
    )
    if others:
        raise MovedSince(others)
    back = _given(facts, {slug: before for slug, (before, _) in places.items()})
    changes = programme.give_places(edition=edition, places=back, by=by, at=at)
    run.acts = run.acts[:-1]
    if not run.acts:
        run.state, run.accepted_at = RunState.STOPPED if run.stopped_by else RunState.DONE, None
    run.save(update_fields=["acts", "state", "accepted_at"])
    record("planning.run.undone", run, {"moved": len(changes.changed)}, by=by.name, at=at)
    return changes


def _last(run: Run) -> list[tuple[str, dict[str, dict[str, object]]]]:
    return list(run.acts[-1]["places"].items())
