"""Plans and templates that were sent and wait to be taken over."""

from __future__ import annotations

from ejlas.forum.models import Edition
from ejlas.readiness.models import PlanFile
from ejlas.readiness.rules.plan.values import FileKind


def files_waiting(edition: Edition, kind: FileKind) -> list[PlanFile]:
    """Return the files of a kind that wait, the newest first, without what they hold."""
    return list(PlanFile.objects.filter(edition=edition, kind=kind).defer("content"))


def file_of(edition: Edition, kind: FileKind, slug: str) -> PlanFile | None:
    """Return a file that waits, or None."""
    return PlanFile.objects.filter(edition=edition, kind=kind, slug=slug).select_related("edition").first()
