"""The lines of the trail that runs leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ejlas.core.audit import operations as audit
from ejlas.planning.models import Run


def record(event: str, run: Run, values: dict[str, Any], *, by: str, at: datetime) -> None:
    """Write the line of one thing that happened to a run."""
    entry = audit.Entry(event, "run", f"{run.edition.slug} {run.pk}", {"run": run.pk, **values})
    audit.record([entry], scope=run.edition.slug, by=by, at=at)
