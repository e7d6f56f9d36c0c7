"""Where a thing of a kind stands at the desk: its list, its page, its form, its history."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ejlas.web.ui.kinds import Kind


def of_list(kind: Kind, edition: Any) -> str:
    """Return the address of a kind's list; none for what stands alone."""
    return "" if kind.is_alone else reverse(f"desk:{kind.name}-list", args=[edition.slug])


def of_thing(kind: Kind, edition: Any, slug: str) -> dict[str, str]:
    """Return the addresses of a thing, by the names that templates know."""
    name, args = f"desk:{kind.name}", [edition.slug] if kind.is_alone else [edition.slug, slug]
    return {
        "list_address": of_list(kind, edition),
        "address": reverse(name, args=args),
        "change_address": reverse(f"{name}-change", args=args),
        "remove_address": "" if kind.is_alone else reverse(f"{name}-remove", args=args),
        "history_address": reverse(f"{name}-history", args=args),
    }
