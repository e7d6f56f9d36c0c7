"""One person at the desk: what is personal is written on a page of its own, and a number shown when it is asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken
from ejlas.delegations import forms, operations, permissions, queries
from ejlas.delegations.rules.people import PersonField
from ejlas.web.desk.delegations import person_page, words
from ejlas.web.desk.delegations.extras import template_of
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.views.things import page_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.delegation_labels import DOCUMENT_KINDS
from ejlas.web.ui.kinds import BY_NAME
from ejlas.web.ui.people import signed_in

KIND = BY_NAME["person"]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.read_personal")
def personal(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Ask for what is personal, as far as this user may read it and may change the person."""
    person = _found(request, edition, slug)
    only = permissions.fields_read(request.user, person) & frozenset(forms.PERSONAL_NAMES)
    if not permissions.may_change(request.user, person) or not only:
        raise Http404(slug)
    today = timezone.now().astimezone(edition.zone).date()
    ask = forms.AskPersonal(reader_of(edition).language, edition.zone, today, DOCUMENT_KINDS, only=only)
    form, status, standing = forms.PersonalForm(request.POST or None, ask=ask, held=person), 0, []
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_person(
                thing=person,
                fields=form.values(),
                by=signed_in(request),
                at=timezone.now(),
                revision=form.seen_revision,
            )
        except ChangedMeanwhile as broken:
            form, status = _again(request.POST, person, ask), 409
            standing = person_page.personal(person, only, KIND.sheet(edition, reader_of(edition), [person]))
            form.add_error(None, broken.sentence(_))
        except RuleBroken as broken:
            form.add_error(None, broken.sentence(_))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("desk:person", edition.slug, slug)
    context = _context(request, edition, person) | {"form": form, "standing": standing}
    return render(request, "desk/delegations/personal.html", context, status=status or (422 if form.errors else 200))


def _again(sent: QueryDict, person: Any, ask: forms.AskPersonal) -> forms.PersonalForm:
    """Return the form with what was typed, over the state that stands now: a second press saves it."""
    person.refresh_from_db()
    data = sent.copy()
    data["revision"] = str(person.revision)
    again = forms.PersonalForm(data, ask=ask, held=person)
    again.is_valid()
    return again


@require_POST
@requires("delegations.read_personal")
def number(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show the number of a document once, after the reading was written down."""
    person = _found(request, edition, slug)
    if PersonField.DOCUMENT_NUMBER not in permissions.fields_read(request.user, person):
        raise Http404(slug)
    purpose = request.POST.get("purpose", "")
    if purpose not in words.PURPOSES:
        messages.warning(request, _("Say what the number is needed for; it is written down."))
        return redirect("desk:person", edition.slug, slug)
    operations.note_reading(person=person, purpose=purpose, by=signed_in(request), at=timezone.now())
    context = page_of(request, KIND, edition, slug) | {"number_shown": person.document_number}
    return render(request, template_of(KIND.name), context)


def _found(request: HttpRequest, edition: Any, slug: str) -> Any:
    """Return a person with all that is known, for who may see that person at all. Raises Http404."""
    if KIND.find(request.user, edition, slug) is None:
        raise Http404(slug)
    return queries.person_at(edition, slug)


def _context(request: HttpRequest, edition: Any, person: Any) -> dict[str, Any]:
    sheet = KIND.sheet(edition, reader_of(edition), [person])
    return frame(request, edition, KIND.name) | {
        "name": KIND.name_of(person, sheet),
        "back": reverse("desk:person", args=[edition.slug, person.slug]),
        "list_address": reverse("desk:person-list", args=[edition.slug]),
    }
