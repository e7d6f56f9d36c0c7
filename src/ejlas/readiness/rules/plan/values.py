"""What a plan from elsewhere says: rows of raw words by field, as they were sent and as they were corrected."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """What was sent."""

    TEMPLATE = "template"
    PLAN = "plan"
