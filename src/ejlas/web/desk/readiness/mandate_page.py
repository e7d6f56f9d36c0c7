"""The page of a mandate: beside what every kind has, the file of its document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ejlas.accounts.permissions import may
from ejlas.core.files.rules import PICTURES
from ejlas.web.ui.kinds import Sheet

READS, CHANGES = "forum.read_documents", "forum.change_facts"


def prepare(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return the file of a mandate's document for who may read it, and where it is handed in and taken away."""
    reads, changes = may(request.user, READS, edition), may(request.user, CHANGES, edition)
    file = thing.file if reads and thing.file is not None and thing.file.is_kept else None
    to = {name: reverse(f"desk:mandate-{name}", args=[edition.slug, thing.slug]) for name in ("file", "keep", "take")}
    return {"paper": _paper(file, sheet) if file else None, "reads_paper": reads, "changes_paper": changes, "to": to}


def _paper(file: Any, sheet: Sheet) -> dict[str, Any]:
    return {
        "name": file.name,
        "at": sheet.moment(file.stored_at),
        "by": file.stored_by,
        "is_picture": file.media_type in PICTURES,
    }
