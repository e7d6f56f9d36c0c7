"""Places of bilaterals: those they have, those a run found, those that are published; and whether one is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ejlas.planning.models import Run
from ejlas.planning.queries.facts import Facts
from ejlas.planning.rules import Free, Place, Weighed
from ejlas.programme.models import Bilateral

if TYPE_CHECKING:
    from ejlas.planning.queries.unfit import Unfit


def place_of(bilateral: Bilateral) -> Place:
    """Return the place that a bilateral has; its room and interpreters are loaded already."""
    if bilateral.starts_at is None:
        return Place()
    return Place(
        bilateral.starts_at,
        bilateral.room.slug if bilateral.room else "",
        tuple(sorted(person.slug for person in bilateral.interpreters.all())),
        bilateral.pinned,
        tuple(bilateral.despite),
        bilateral.despite_reason,
    )


def places_now(facts: Facts, *, listed_only: bool = False) -> dict[str, Place]:
    """Return the places that bilaterals have, by slug; `listed_only` keeps those that the public may see."""
    return {each.slug: place_of(each) for each in facts.bilaterals if each.listed or not listed_only}


def places_of_run(run: Run) -> dict[str, Place]:
    """Return the places that a run found, by slug."""
    return {
        slug: Place(datetime.fromisoformat(place["starts_at"]), place["room"], tuple(sorted(place["interpreters"])))
        for slug, place in run.placements.items()
    }


def places_published(sessions: Sequence[Mapping[str, Any]]) -> dict[str, Place]:
    """Return the places of the bilaterals among the sessions of a publication, by slug."""
    return {
        session["slug"]: Place(datetime.fromisoformat(session["starts_at"]), session["room"] or "")
        for session in sessions
        if session["kind"] in {"bilateral", "trilateral"}
    }


def places_before(run: Run) -> dict[str, Place]:
    """Return the places that stood when a run began that starts from them, by slug."""
    return {slug: Place.from_plain(place) for slug, place in run.start.items()}


# --- Whether a place is free: numpy and the engine come with these, when a person first asks ---


def weigh_place(
    facts: Facts, bilateral: Bilateral, starts_at: datetime, room: str, interpreters: Sequence[str] | None = None
) -> Weighed:
    """Say what stands in the way of a bilateral at a time and in a room; nothing is changed.

    Without interpreters named, those who are free would do it. Raises NoRoomForBilaterals.
    """
    from ejlas.planning.queries.conflicts import Move

    return Move(facts, bilateral).weigh(starts_at, room, interpreters)


def free_places(facts: Facts, bilateral: Bilateral) -> list[Free]:
    """Return every time at which a bilateral fits without a conflict, and the rooms. Raises NoRoomForBilaterals."""
    from ejlas.planning.queries.conflicts import Move

    return Move(facts, bilateral).free()


def unfit_of(facts: Facts) -> list[Unfit]:
    """Return the placed bilaterals that cannot stand any more, with what is in the way of each.

    Raises OffTheGrid, NoRoomForBilaterals.
    """
    from ejlas.planning.queries import unfit

    return unfit.unfit_of(facts)


def conflicts_in_row(
    facts: Facts, bilateral: Bilateral, moments: Sequence[datetime], room: str
) -> dict[datetime, Weighed]:
    """Weigh one room at many moments, as a board asks when somebody takes a bilateral in hand."""
    from ejlas.planning.queries.conflicts import Move

    move = Move(facts, bilateral)
    return {moment: move.weigh(moment, room) for moment in moments}
