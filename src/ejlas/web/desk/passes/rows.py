"""A pass as the tables of the counter and of the queue to print both show it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ejlas.web.ui.badge_labels import BADGE_STATES
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.passes import category_mark, number_of
from ejlas.web.ui.labels import word

KIND = BY_NAME["badge"]


def row_of(badge: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what every table shows of a pass."""
    return {
        "slug": badge.slug,
        "name": KIND.name_of(badge, sheet),
        "address": reverse("desk:badge", args=[badge.edition.slug, badge.slug]),
        "number": number_of(badge, sheet),
        "category": category_mark(badge.category, sheet),
        "colour": badge.category.colour,
        "delegation": sheet.text(badge.delegation.title) if badge.delegation else "",
        "state": badge.state,
        "state_words": word(BADGE_STATES, badge.state),
    }
