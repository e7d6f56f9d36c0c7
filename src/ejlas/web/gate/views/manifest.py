"""What a telephone asks before it installs the gate: its name, language, colours and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ejlas.core import languages
from ejlas.web.gate import icons
from ejlas.web.ui.access import requires
from ejlas.web.ui.reading import Reader

if TYPE_CHECKING:
    from ejlas.forum.models import Edition

GROUND = "#06242d"
WEEK_S = 7 * 86_400


@require_safe
@requires("delegations.keep_gate")
def show(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Answer in the language of the officer; the page links it with its sign-in."""
    language = get_language() or "en"
    title = Reader(language, tuple(edition.fallback_languages)).plain(edition.name.to_stored())
    scope = reverse("gate:home")
    page = f"{scope}{edition.slug}/"
    said: dict[str, Any] = {
        "id": page,
        "start_url": page,
        "scope": scope,
        "name": f"{_('Gate')} · {title}",
        "short_name": _("Gate"),
        "lang": language,
        "dir": languages.direction(language),
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": [*map(_icon, icons.SIZES), _drawing()],
    }
    return JsonResponse(said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


# Open to everyone: telephones fetch it without a sign-in.
@require_safe
def icon(request: HttpRequest, size: int) -> HttpResponse:
    """Answer with the mark in one of its sizes."""
    if size not in icons.SIZES:
        raise Http404(size)
    response = HttpResponse(icons.png(size), content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={WEEK_S}"
    return response


def _icon(size: int) -> dict[str, str]:
    address = reverse("gate:icon", args=[size])
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}


def _drawing() -> dict[str, str]:
    return {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
