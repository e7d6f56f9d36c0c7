"""The document of a mandate: handed out to who may read it, handed in, and taken away."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.forum import operations
from ejlas.web.desk import addresses
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness.mandate_page import CHANGES, READS
from ejlas.web.desk.views.delegations.files import handed
from ejlas.web.desk.views.things import page_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds.forum import MANDATE
from ejlas.web.ui.people import signed_in


def _found(request: HttpRequest, edition: Any, slug: str) -> Any:
    mandate = MANDATE.find(request.user, edition, slug)
    if mandate is None:
        raise Http404(slug)
    return mandate


@require_safe
@requires(READS)
def document(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Hand out the file of a mandate's document."""
    file = _found(request, edition, slug).file
    if file is None:
        raise Http404(slug)
    return handed(file, f"attachment; filename*=UTF-8''{quote(file.name or 'document')}")


@require_POST
@requires(CHANGES)
def keep(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Keep the file that was handed in; one that stood there is replaced."""
    mandate, file = _found(request, edition, slug), request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _refused(request, edition, slug, _("Choose a file."))
    try:
        operations.keep_document(
            mandate=mandate,
            data=file.read(operations.MOST_BYTES + 1),
            name=file.name or "",
            by=signed_in(request),
            at=timezone.now(),
        )
    except RuleBroken as broken:
        return _refused(request, edition, slug, broken.sentence(_))
    messages.success(request, _("The document is kept."))
    return redirect("desk:mandate", edition.slug, slug)


def _refused(request: HttpRequest, edition: Any, slug: str, fault: str) -> HttpResponse:
    context = page_of(request, MANDATE, edition, slug) | {"faults": [fault]}
    return render(request, "desk/readiness/mandate.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGES)
def take(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Take the file away, after it was named once more."""
    mandate = _found(request, edition, slug)
    if mandate.file is None:
        raise Http404(slug)
    if request.method != "POST":
        sheet = MANDATE.sheet(edition, reader_of(edition), [mandate])
        context = frame(request, edition, MANDATE.name) | addresses.of_thing(MANDATE, edition, slug)
        context |= {"kind": MANDATE, "name": MANDATE.name_of(mandate, sheet), "file": mandate.file.name}
        return render(request, "desk/readiness/mandate_take.html", context)
    operations.take_document(mandate=mandate, by=signed_in(request), at=timezone.now())
    messages.success(request, _("The document is taken away."))
    return redirect("desk:mandate", edition.slug, slug)
