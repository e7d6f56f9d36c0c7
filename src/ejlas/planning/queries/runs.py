"""Questions about runs of the planner."""

from __future__ import annotations

from django.db.models import F, QuerySet

from ejlas.forum.models import Edition
from ejlas.planning.models import Run
from ejlas.planning.rules import ACTIVE, WITH_RESULT, RunKind, RunState


def accepted_run(edition: Edition) -> Run | None:
    """Return the run whose plan was accepted last, or None. One SQL query."""
    accepted = edition.runs.filter(state=RunState.ACCEPTED)
    return accepted.order_by(F("accepted_at").desc(nulls_last=True), "-pk").first()


def active_run(edition: Edition) -> Run | None:
    """Return the run for a plan or a repair that waits or is at work, or None. One SQL query."""
    return _to_accept(edition).filter(state__in=ACTIVE).first()


def newest_run(edition: Edition) -> Run | None:
    """Return the newest run for a plan or a repair, whatever became of it, or None. One SQL query."""
    return _to_accept(edition).defer("basis", "start").first()


def newest_repair(edition: Edition) -> Run | None:
    """Return the newest run for a repair, whatever became of it, or None. One SQL query."""
    return edition.runs.filter(kind=RunKind.REPAIR).first()


def latest_plan(edition: Edition) -> Run | None:
    """Return the newest run that ended with a plan, accepted or not, or None. One SQL query."""
    ended = _to_accept(edition).filter(state__in=WITH_RESULT, statistics__status__in=("optimal", "feasible"))
    return ended.first()


def run_by_key(key: int) -> Run:
    """Return a run with its edition. One SQL query. Raises Run.DoesNotExist."""
    return Run.objects.select_related("edition").get(pk=key)


def run_of(edition: Edition, key: int) -> Run | None:
    """Return a run of this edition, or None. One SQL query."""
    return edition.runs.select_related("edition").filter(pk=key).first()


def runs_of(edition: Edition, *, most: int = 20) -> list[Run]:
    """Return the newest runs for a plan or a repair, without what they found. One SQL query."""
    return list(_to_accept(edition).defer("placements", "refusals", "basis", "start", "acts")[:most])


def what_ifs_of(edition: Edition) -> list[Run]:
    """Return the questions that are kept, the newest first. One SQL query."""
    return list(edition.runs.filter(kind=RunKind.WHAT_IF, discarded_at=None).defer("basis"))


def what_if_of(edition: Edition, key: int) -> Run | None:
    """Return a question of this edition that is kept, or None. One SQL query."""
    return edition.runs.select_related("edition").filter(pk=key, kind=RunKind.WHAT_IF, discarded_at=None).first()


def _to_accept(edition: Edition) -> QuerySet[Run]:
    return edition.runs.exclude(kind=RunKind.WHAT_IF)
