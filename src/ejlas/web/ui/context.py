"""What every page for people who sign in knows: the language it speaks, and those it could speak."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from ejlas.web.ui.reading import INTERFACE


def interface(request: HttpRequest) -> dict[str, object]:
    """Return the language of the interface for a template; pages of the public site are made without it."""
    language = get_language() or "en"
    return {"language": language, "chrome": language, "interface_languages": INTERFACE}
