"""Where the one-page report of readiness is opened, in each language."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ejlas.core import languages


def reports(edition: Any, own: str) -> list[tuple[str, str, str]]:
    """Return the addresses of the report, with each language of the edition and its own name, the reader's first."""
    address = reverse("desk:readiness-report", args=[edition.slug])
    codes = sorted(edition.languages, key=lambda code: languages.plain(code) != languages.plain(own))
    return [(f"{address}?language={code}", code, languages.own_name(code)) for code in codes]
