"""Questions about runs of the planner."""

from __future__ import annotations

from django.db.models import F

from ejlas.forum.models import Edition
from ejlas.planning.models import Run
from ejlas.planning.rules import ACTIVE, WITH_RESULT, RunState


def accepted_run(edition: Edition) -> Run | None:
    """Return the run whose plan was accepted last, or None. One SQL query."""
    accepted = edition.runs.filter(state=RunState.ACCEPTED)
    return accepted.order_by(F("accepted_at").desc(nulls_last=True), "-pk").first()


def active_run(edition: Edition) -> Run | None:
    """Return the run that waits or is at work, or None. One SQL query."""
    return edition.runs.filter(state__in=ACTIVE).first()


def newest_run(edition: Edition) -> Run | None:
    """Return the newest run, whatever became of it, or None. One SQL query."""
    return edition.runs.defer("basis").first()


def latest_plan(edition: Edition) -> Run | None:
    """Return the newest run that ended with a plan, accepted or not, or None. One SQL query."""
    ended = edition.runs.filter(state__in=WITH_RESULT, statistics__status__in=("optimal", "feasible"))
    return ended.first()


def run_by_key(key: int) -> Run:
    """Return a run with its edition. One SQL query. Raises Run.DoesNotExist."""
    return Run.objects.select_related("edition").get(pk=key)


def run_of(edition: Edition, key: int) -> Run | None:
    """Return a run of this edition, or None. One SQL query."""
    return edition.runs.select_related("edition").filter(pk=key).first()


def runs_of(edition: Edition, *, most: int = 20) -> list[Run]:
    """Return the newest runs of an edition, without what they found. One SQL query."""
    return list(edition.runs.defer("placements", "refusals", "basis")[:most])
