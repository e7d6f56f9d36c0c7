"""The photo of a person, and the papers of a list and of its people: sent, shown, replaced, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.core.files import queries as kept
from ejlas.core.files import rules as kinds
from ejlas.core.formats import faces, pictures
from ejlas.core.inputs import DayField, PhotoField
from ejlas.core.inputs.photos import Photo
from ejlas.delegations import operations, queries
from ejlas.delegations.operations import filing as acts_on
from ejlas.delegations.rules import house
from ejlas.delegations.rules.states import DelegationKind, PaperKind
from ejlas.web.portal.access import person_of, requires_delegation
from ejlas.web.portal.acts import acts_of
from ejlas.web.portal.frame import day_words, frame
from ejlas.web.portal.rows import row_of
from ejlas.web.ui.delegation_labels import PAPER_KINDS
from ejlas.web.ui.labels import word
from ejlas.web.ui.people import signed_in

if TYPE_CHECKING:
    from ejlas.core.files.models import StoredFile
    from ejlas.delegations.models import Delegation, Paper, Person

LIST_KINDS = (PaperKind.NOMINATION, PaperKind.OTHER)
PERSON_KINDS = (PaperKind.PRESS_CARD, PaperKind.ASSIGNMENT, PaperKind.OTHER)


class PhotoForm(forms.Form):
    """A photo, and the day on which it was taken where the camera did not note it."""

    photo = PhotoField(label=gettext_lazy("Photo"))
    taken_on = DayField(label=gettext_lazy("Taken on, if you know it"), required=False)


# --- The photo ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def photo(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Show the photo of a person, and take another."""
    found = person_of(delegation, person)
    acts, context = acts_of(delegation, timezone.now()), frame(request, delegation)
    is_sent = request.method == "POST"
    form = PhotoForm(request.POST if is_sent else None, request.FILES if is_sent else None, label_suffix="")
    form.fields["taken_on"].read_as(context["reader"].language, delegation.edition.zone)  # type: ignore[attr-defined]
    if request.method == "POST":
        if not acts.may_change(found):
            messages.error(request, operations.ListClosed().sentence(_))
            return redirect("portal:person", delegation.edition.slug, delegation.slug, found.slug)
        if form.is_valid() and _keep_photo(request, found, form):
            messages.success(request, _("The photo is kept."))
            return redirect("portal:person", delegation.edition.slug, delegation.slug, found.slug)
    months = house.stored(delegation.edition.settings)["photo_months"]
    context |= {
        "person": found,
        "row": row_of(found, context["reader"]),
        "form": form,
        "may_change": acts.may_change(found),
        "months": context["reader"].number(months),
        "taken": day_words(found.photo_taken_on, context["reader"]),
    }
    return render(request, "portal/photo.html", context, status=422 if form.errors else 200)


def _keep_photo(request: HttpRequest, person: Person, form: PhotoForm) -> bool:
    """Cut, check and keep a photo; else say in the form what is wrong with it."""
    sent: Photo = form.cleaned_data["photo"]
    at = timezone.now()
    try:
        cut = pictures.portrait(sent.data, crop=sent.box)
        faults = _of_a_group(sent) or faces.check_face(cut.jpeg)
        for fault in faults:
            form.add_error("photo", _(faces.SENTENCES[fault]))
        if faults:
            return False
        taken_on = cut.taken_on or form.cleaned_data["taken_on"]
        acts_on.require_young(person.delegation, taken_on, at.astimezone(person.delegation.edition.zone).date())
        operations.set_photo(person=person, picture=cut.jpeg, taken_on=taken_on, by=signed_in(request), at=at)
    except RuleBroken as broken:
        form.add_error("photo", broken.sentence(_))
        return False
    return True


def _of_a_group(sent: Photo) -> tuple[faces.FaceFault, ...]:
    """Tell a picture of several people: which of them is meant, only the person who sends it knows."""
    several = (faces.FaceFault.SEVERAL,)
    return several if sent.box is None and faces.check_face(sent.data) == several else ()


@require_safe
@requires_delegation
def photo_file(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Show the photo itself to who may see it, and let nobody keep it."""
    found = person_of(delegation, person)
    if found.photo is None:
        raise Http404(person)
    return _answer(found.photo)


@require_POST
@requires_delegation
def photo_remove(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Remove the photo of a person for good."""
    found = person_of(delegation, person)
    if acts_of(delegation, timezone.now()).may_change(found):
        operations.remove_photo(person=found, by=signed_in(request), at=timezone.now())
        messages.success(request, _("The photo is removed."))
    else:
        messages.error(request, operations.ListClosed().sentence(_))
    return redirect("portal:person", delegation.edition.slug, delegation.slug, found.slug)


def _answer(file: StoredFile, *, name: str = "") -> HttpResponse:
    try:
        data = kept.contents(file)
    except RuleBroken as broken:
        raise Http404(file.key) from broken
    answer = HttpResponse(data, content_type=file.media_type)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    if name:
        disposition = content_disposition_header(as_attachment=True, filename=name)
        answer["Content-Disposition"] = disposition or "attachment"
    return answer


# --- Papers ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def papers(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Show the letters of the list, and take another."""
    return _papers(request, delegation, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def person_papers(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Show the papers of a person, and take another."""
    return _papers(request, delegation, person_of(delegation, person))


def _papers(request: HttpRequest, delegation: Delegation, person: Person | None) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        fault = _put(request, delegation, person)
        if not fault:
            messages.success(request, _("The paper is kept."))
            return redirect(request.path)
    context = frame(request, delegation)
    reader = context["reader"]
    offered = _kinds_for(delegation, person)
    context |= {
        "person": person,
        "row": row_of(person, reader) if person else None,
        "papers": [
            (paper, word(PAPER_KINDS, paper.kind), day_words(paper.added_at.date(), reader))
            for paper in queries.papers_of(delegation, person)
        ],
        "kinds": [(kind.value, word(PAPER_KINDS, kind)) for kind in offered],
        "fault": fault,
        "may_change": _may_change(delegation, person),
        "accept": ",".join(sorted(kinds.LETTERS)),
    }
    return render(request, "portal/papers.html", context, status=422 if fault else 200)


def _kinds_for(delegation: Delegation, person: Person | None) -> tuple[PaperKind, ...]:
    if person is None:
        return LIST_KINDS
    return PERSON_KINDS if delegation.kind == DelegationKind.PRESS else (PaperKind.OTHER,)


def _may_change(delegation: Delegation, person: Person | None) -> bool:
    acts = acts_of(delegation, timezone.now())
    return acts.may_change(person) if person is not None else not acts.is_locked


def _put(request: HttpRequest, delegation: Delegation, person: Person | None) -> str:
    """Keep the paper that was sent; return what is wrong with it."""
    file, kind = request.FILES.get("file"), request.POST.get("kind", "")
    if not _may_change(delegation, person):
        return operations.ListClosed().sentence(_)
    if kind not in _kinds_for(delegation, person):
        return _("Choose what this paper is.")
    if not isinstance(file, UploadedFile):
        return _("Choose a file.")
    try:
        kinds.require_size(file.size or 0, most_bytes=operations.MOST_PAPER_BYTES)
        acts_on.put_paper(
            delegation=delegation,
            kind=PaperKind(kind),
            data=file.read(),
            name=file.name or "",
            by=signed_in(request),
            at=timezone.now(),
            person=person,
            instead=_own(delegation, request.POST.get("instead", ""), person),
        )
    except RuleBroken as broken:
        return broken.sentence(_)
    return ""


def _own(delegation: Delegation, slug: str, person: Person | None) -> Paper | None:
    found = queries.paper(slug) if slug else None
    if found is None or found.delegation_id != delegation.pk or found.person_id != (person.pk if person else None):
        return None
    return found


def _paper(delegation: Delegation, slug: str) -> Paper:
    found = queries.paper(slug)
    if found is None or found.delegation_id != delegation.pk:
        raise Http404(slug)
    return found


@require_safe
@requires_delegation
def paper_file(request: HttpRequest, delegation: Any, paper: str) -> HttpResponse:
    """Hand a paper out to who may read it, as a file to keep, never to run."""
    found = _paper(delegation, paper)
    return _answer(found.file, name=found.file.name or found.slug)


@require_POST
@requires_delegation
def paper_remove(request: HttpRequest, delegation: Any, paper: str) -> HttpResponse:
    """Remove a paper for good."""
    found = _paper(delegation, paper)
    person = found.person
    if _may_change(delegation, person):
        operations.remove_paper(paper=found, by=signed_in(request), at=timezone.now())
        messages.success(request, _("The paper is removed."))
    else:
        messages.error(request, operations.ListClosed().sentence(_))
    at = [delegation.edition.slug, delegation.slug]
    return redirect("portal:person-papers", *at, person.slug) if person else redirect("portal:papers", *at)
