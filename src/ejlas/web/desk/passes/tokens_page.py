"""Tokens of delegations and spares as the pages show them: how many each may have, has, and what is free."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ejlas.delegations.queries.passes.tokens import Held
from ejlas.web.ui.badge_labels import BADGE_STATES
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.passes import category_mark, number_of
from ejlas.web.ui.labels import word

KIND = BY_NAME["badge"]
MOST_AT_ONCE = 200


def heads(categories: list[Any], sheet: Sheet) -> list[dict[str, Any]]:
    """Return the columns: each category of tokens, with how many a delegation may have."""
    return [
        {
            "name": category_mark(each, sheet),
            "plain": sheet.reader.plain(each.name.to_stored()),
            "most": sheet.number(each.per_delegation) if each.per_delegation is not None else "",
            "address": reverse("desk:category", args=[sheet.edition.slug, each.slug]),
        }
        for each in categories
    ]


def row(delegation: Any, held: list[Held], sheet: Sheet) -> dict[str, Any]:
    """Return what a delegation has, category by category."""
    return {
        "name": sheet.text(delegation.title),
        "address": reverse("desk:delegation-tokens", args=[sheet.edition.slug, delegation.slug]),
        "cells": [cell(each, sheet) for each in held],
    }


def cell(held: Held, sheet: Sheet) -> dict[str, Any]:
    """Return what a delegation has of a category."""
    free = held.n_free
    return {
        "plain": sheet.reader.plain(held.category.name.to_stored()),
        "held": sheet.number(held.n_held),
        "most": sheet.number(held.category.per_delegation),
        "free": sheet.number(free) if free is not None else "",
        "out": sheet.number(held.n_out),
        "is_full": free == 0,
        "is_none": not held.n_held,
    }


def section(held: Held, badges: list[Any], sheet: Sheet) -> dict[str, Any]:
    """Return a category of tokens of one delegation: what there is, the uses with their limits, what is free."""
    category, free = held.category, held.n_free
    most = MOST_AT_ONCE if free is None else min(free, MOST_AT_ONCE)
    return cell(held, sheet) | {
        "slug": category.slug,
        "name": category_mark(category, sheet),
        "colour": category.colour,
        "can_add": most,
        "uses": [
            {
                "value": use,
                "words": word(CAPACITY_KINDS, use),
                "limit": sheet.number(limit),
                "held": sheet.number(held.marks.get(use, 0)),
                "is_full": held.marks.get(use, 0) >= limit,
            }
            for use, limit in category.most_by_use.items()
        ],
        "badges": [token(each, sheet) for each in badges if each.category_id == category.pk],
    }


def token(badge: Any, sheet: Sheet) -> dict[str, Any]:
    """Return a token as its delegation's page shows it."""
    return {
        "slug": badge.slug,
        "number": number_of(badge, sheet),
        "address": reverse("desk:badge", args=[badge.edition.slug, badge.slug]),
        "mark": word(CAPACITY_KINDS, badge.mark) if badge.mark else "",
        "state": badge.state,
        "state_words": word(BADGE_STATES, badge.state),
        "issued_at": sheet.moment(badge.issued_at),
    }


def given_spare(badge: Any, sheet: Sheet, *, sees_holder: bool) -> dict[str, Any]:
    """Return a spare that was given out, with who holds it for who hands cards out."""
    return token(badge, sheet) | {
        "holder": (badge.holder or badge.issued_to) if sees_holder else "",
        "until": sheet.moment(badge.ends_at),
        "reason": badge.reason,
    }


def end_of_day(edition: Any, at: datetime) -> datetime:
    """Return the last minute of a day at the place."""
    return at.astimezone(edition.zone).replace(hour=23, minute=59, second=0, microsecond=0)


def number_from(typed: str, most: int) -> int | None:
    """Return the number that was typed, from 1 to the most; None for anything else."""
    text = typed.strip()
    return int(text) if text.isdecimal() and len(text) < 6 and 0 < int(text) <= most else None


def wrong_number(most: int, sheet: Sheet) -> str:
    """Say what number may be typed."""
    return _("Type a number from 1 to %(most)s.") % {"most": sheet.number(most)}
