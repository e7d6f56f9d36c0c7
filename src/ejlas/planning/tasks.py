"""Background work of planning: load by key, make one call."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from ejlas.planning import operations, queries


@task()
def solve_run(run: int) -> None:
    """Find the plan of this run."""
    found = queries.run_by_key(run)
    operations.solve_run(run=found, at=timezone.now())
