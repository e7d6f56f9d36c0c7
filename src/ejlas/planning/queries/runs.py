"""Questions about runs of the planner."""

from __future__ import annotations

from ejlas.forum.models import Edition
from ejlas.planning.models import Run
from ejlas.planning.rules import RunState


def accepted_run(edition: Edition) -> Run | None:
    """Return the run whose plan was accepted last, or None. One SQL query."""
    return edition.runs.filter(state=RunState.ACCEPTED).first()


def run_by_key(key: int) -> Run:
    """Return a run with its edition. One SQL query."""
    return Run.objects.select_related("edition").get(pk=key)
