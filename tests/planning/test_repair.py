"""A plan in force made right again: what cannot stand any more, what a repair moves, taken over in part and undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ejlas.planning import operations, queries
from ejlas.planning.models import Run
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.rules import ConflictKind, Place, RunKind, RunState
from ejlas.programme.models import Bilateral, Interpreter, Room
from tests.factories.summits import SUMMITS
from tests.planning.conftest import AT, asked, loaded, placed, planned

pytestmark = pytest.mark.django_db

EFFORT = operations.Effort(seconds=20, workers=1)


def _late(edition, hours=3):
    """Let the party of the first bilateral arrive so many hours after it."""
    first = next(each for each in placed(edition) if not each.mandatory)
    party = edition.party_set.get(slug=first.parties[0])
    party.arrives_at = first.starts_at + timedelta(hours=hours)
    party.save()
    return first, party


def _unfit(edition):
    return queries.unfit_of(facts_of(edition))


def _repaired(edition, by, at=AT):
    run = operations.ask_for_repair(edition=edition, effort=EFFORT, by=by, at=at)
    return operations.solve_run(run=run, at=at)


def _where(edition):
    return queries.places_now(facts_of(edition))


@pytest.mark.parametrize("slug", SUMMITS)
def test_plan_that_was_just_made_has_nothing_that_cannot_stand(slug, by):
    assert _unfit(planned(slug)) == []


def test_late_flight_tells_what_cannot_stand_and_the_repair_moves_little_else(by):
    edition = planned("rasht2025", 30)
    first, party = _late(edition)
    before = _where(edition)

    unfit = _unfit(edition)
    run = _repaired(edition, by)

    named = {each.bilateral.slug for each in unfit}
    assert first.slug in named
    assert {conflict.kind for each in unfit for conflict in each.conflicts} == {ConflictKind.AWAY}
    assert all(party.slug in each.bilateral.parties for each in unfit)
    assert (run.state, run.kind, run.has_plan) == (RunState.DONE, RunKind.REPAIR, True)
    moved = {slug for part in run.parts for slug in part}
    assert named <= moved
    assert _where(edition) == before
