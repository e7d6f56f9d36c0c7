"""Accepting a plan: its places become those of the programme, unless what it was made on is no longer so."""

from __future__ import annotations

from collections.abc import Sequence
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
from ejlas.planning.rules import RunState
from ejlas.programme import operations as programme


class NoPlanToAccept(RuleBroken):
    """Only a run that has ended with a plan can be accepted."""

    message = marked("Run %(run)s has no plan to accept: it is %(state)s.")


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


@transaction.atomic
def accept_run(*, run: Run, by: User, at: datetime, despite_changes: bool = False) -> Changes:
    """Give every bilateral the place that the run found, and take the place of the others; pins of a person stay.

    Raises NoPlanToAccept; PlanIsOutdated unless the changes are known; PlanNoLongerFits where two things would clash.
    """
    run = locked(run)
    if not run.has_plan:
        raise NoPlanToAccept(run=run.pk, state=run.state)
    # Whoever moves a bilateral by hand holds the same row: the plan is checked on what it will replace.
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=run.edition_id)
    facts = facts_of(edition)
    things = changed_since(run, facts)
    if things and not despite_changes:
        raise PlanIsOutdated(things)
    placements = _placements(run, facts)
    _check(facts, placements)
    changes = programme.place_bilaterals(edition=edition, placements=placements, by=by, at=at)
    run.state, run.accepted_at = RunState.ACCEPTED, at
    run.save(update_fields=["state", "accepted_at"])
    record("planning.run.accepted", run, {"moved": len(changes.changed)}, by=by.name, at=at)
    return changes


def _placements(run: Run, facts: Facts) -> dict[str, tuple[datetime, str, Sequence[str]]]:
    """Return the places of the run, but for what a person has pinned elsewhere or what is gone."""
    found = {}
    for bilateral in facts.bilaterals:
        place = run.placements.get(bilateral.slug)
        starts_at = datetime.fromisoformat(place["starts_at"]) if place else None
        is_kept = place is not None and (bilateral.starts_at, bilateral.room and bilateral.room.slug) == (
            starts_at,
            place["room"],
        )
        if place and starts_at and (is_kept or not bilateral.pinned):
            found[bilateral.slug] = (starts_at, place["room"], place["interpreters"])
    return found


def _check(facts: Facts, placements: dict[str, tuple[datetime, str, Sequence[str]]]) -> None:
    """Raise PlanNoLongerFits where these places, with what is pinned, break a hard rule."""
    # numpy and the engine come with it: a web process loads them when the first plan is accepted.
    from ejlas.planning.queries.standing import broken_by

    bilaterals = broken_by(facts, placements)
    if bilaterals:
        raise PlanNoLongerFits(bilaterals)
