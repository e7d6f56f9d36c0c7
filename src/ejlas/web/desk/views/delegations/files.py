"""Photos and papers, handed out to who may see them, and kept by nobody on the way."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ejlas.core.files import queries as files
from ejlas.core.files.rules import FileDamaged, FileGone
from ejlas.delegations import permissions, queries
from ejlas.web.ui.access import View, requires


def photo_view(permission: str) -> View:
    """Return the view of a person's photo, for who has a permission and may see that photo."""

    @require_safe
    @requires(permission)
    def photo(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
        person = queries.person_at(edition, slug)
        if person is None or person.photo is None:
            raise Http404(slug)
        if permissions.PHOTO not in permissions.fields_read(request.user, person):
            raise Http404(slug)
        return handed(person.photo, "inline")

    return photo


def paper_view(permission: str) -> View:
    """Return the view that hands out a paper, for who has a permission and may read that paper."""

    @require_safe
    @requires(permission)
    def paper(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
        found = queries.paper(slug)
        if found is None or found.delegation.edition_id != edition.pk or not _reads(request.user, found):
            raise Http404(slug)
        return handed(found.file, f"attachment; filename*=UTF-8''{quote(found.file.name or 'paper')}")

    return paper


def _reads(user: Any, paper: Any) -> bool:
    if paper.person is None:
        return permissions.reads_papers(user, paper.delegation)
    return permissions.PAPERS in permissions.fields_read(user, paper.person)


def handed(file: Any, disposition: str) -> HttpResponse:
    """Return the answer with a stored file, which nobody on the way keeps. Raises Http404."""
    try:
        body = files.contents(file)
    except (FileGone, FileDamaged) as broken:
        raise Http404(file.key) from broken
    response = HttpResponse(body, content_type=file.media_type)
    response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = "private, no-store"
    # What somebody sent is shown as what it is, and runs nothing.
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
