"""All that is held of one person: told to who asks for it, every reading written down; and erased on request."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ejlas.accounts.permissions import may
from ejlas.core.files import queries as files
from ejlas.core.files.rules import FileDamaged, FileGone
from ejlas.delegations import queries
from ejlas.delegations.operations import privacy as operations
from ejlas.delegations.queries import privacy
from ejlas.delegations.queries.privacy import Held
from ejlas.web.desk import holding
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.people import signed_in

KIND = BY_NAME["person"]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.change_people")
def held(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Ask first; then show everything on a page, or hand it out as a file, and write down who read it."""
    person = _found(request, edition, slug)
    sheet = KIND.sheet(edition, reader_of(edition), [person])
    context = _context(request, edition, person, sheet)
    if request.method != "POST":
        return render(request, "desk/privacy/ask.html", context)
    way = "file" if request.POST.get("way") == "file" else "page"
    operations.note_all_read(person=person, way=way, by=signed_in(request), at=timezone.now())
    found = privacy.all_held(person)
    if way == "file":
        return _file(found)
    return _alone(render(request, "desk/privacy/held.html", context | holding.told(found, sheet)))


def _file(found: Held) -> HttpResponse:
    body = found.as_json()
    if found.photo is not None:
        body["photo"]["base64"] = _photo(found.person)
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="held-{found.person.slug}.json"'
    return _alone(response)


def _photo(person: Any) -> str | None:
    try:
        return b64encode(files.contents(person.photo)).decode()
    except (FileGone, FileDamaged):
        return None


def _alone(response: HttpResponse) -> HttpResponse:
    """Let nobody on the way keep it, nor the browser when somebody goes back."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.erase_people")
def erase(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Erase a person for good, after what goes with that person was named."""
    person = _found(request, edition, slug)
    sheet = KIND.sheet(edition, reader_of(edition), [person])
    if request.method == "POST" and request.POST.get("sure") == "1":
        operations.erase_person(person=person, by=signed_in(request), at=timezone.now())
        messages.success(request, _("The person is erased. The trail says that it was done, and nothing of whom."))
        return redirect("desk:person", edition.slug, slug)
    found = privacy.all_held(person)
    context = _context(request, edition, person, sheet)
    context |= {"going": holding.going(found, sheet), "is_unsure": request.method == "POST"}
    context |= {name: value for name, value in holding.told(found, sheet).items() if name in ("letters", "published")}
    status = 422 if request.method == "POST" else 200
    return _alone(render(request, "desk/privacy/erase.html", context, status=status))


def _found(request: HttpRequest, edition: Any, slug: str) -> Any:
    """Return a person with all that is known, for who may see that person. Raises Http404."""
    if KIND.find(request.user, edition, slug) is None:
        raise Http404(slug)
    return queries.person_at(edition, slug)


def _context(request: HttpRequest, edition: Any, person: Any, sheet: Sheet) -> dict[str, Any]:
    return frame(request, edition, KIND.name) | {
        "name": KIND.name_of(person, sheet),
        "back": reverse("desk:person", args=[edition.slug, person.slug]),
        "list_address": reverse("desk:person-list", args=[edition.slug]),
        "photo_address": reverse("desk:person-photo", args=[edition.slug, person.slug]),
        "erase_address": reverse("desk:person-erase", args=[edition.slug, person.slug])
        if may(request.user, "delegations.erase_people", edition)
        else "",
    }
