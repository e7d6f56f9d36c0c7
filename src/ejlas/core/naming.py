"""Short names in addresses, made from titles in any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import icu

from ejlas.core.text import Text

LONGEST = 50


@lru_cache(maxsize=1)
def _romaniser() -> Any:
    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")


def slug_from(title: Text, *, otherwise: str) -> str:
    """Return a short name of Latin letters, digits and hyphens: from the English wording, else from any.

    It begins with a letter, as an address wants it; `otherwise` stands where the title has nothing to go by.
    """
    words = title.wording("en").text
    latin = str(_romaniser().transliterate(words)) if words else ""
    parts = re.findall(r"[a-z0-9]+", latin.replace("'", "").replace("`", ""))
    slug = "-".join(parts)[:LONGEST].strip("-")
    slug = slug if slug[:1].isalpha() else f"{otherwise}-{slug}".strip("-")
    return slug or otherwise


def free_slug(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """Return the name, with the first free number behind it if it is taken."""
    slug, number = wanted, 2
    while is_taken(slug):
        slug, number = f"{wanted}-{number}", number + 1
    return slug
