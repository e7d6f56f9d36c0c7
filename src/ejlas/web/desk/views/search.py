"""A search over everything that a person may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ejlas.accounts.permissions import may
from ejlas.core.index import queries as index
from ejlas.forum.forms.finding import written
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import BY_NAME, KINDS

MOST = 40
FEW = 12


@require_safe
@requires("accounts.enter_desk")
def search(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show what was found, as a page or as the part of one that a script puts in; `kind` asks for one kind only."""
    query = " ".join(request.GET.get("q", "")[:200].replace("\x00", "").split())
    is_part = request.GET.get("part") == "1"
    asked = request.GET.get("kind", "")
    kinds = [kind.name for kind in KINDS if asked in {"", kind.name} and may(request.user, kind.view, edition)]
    limit = FEW if is_part else MOST
    things = index.search(query, scopes=[edition.slug], kinds=kinds, limit=limit) if query and kinds else []
    reader = reader_of(edition)
    found = [
        {
            "kind": BY_NAME[each.kind].one,
            "title": reader.name(each.title.to_stored()) or each.slug,
            "slug": each.slug,
            "words": written(reader.plain(each.title.to_stored()), each.slug),
            "address": reverse(f"desk:{each.kind}", args=[edition.slug, each.slug]),
        }
        for each in things
    ]
    template = "desk/parts/found.html" if is_part else "desk/search.html"
    return render(request, template, frame(request, edition, "search") | {"query": query, "found": found})
