"""What a vetting officer sees and decides: who waits, who those people are, and nothing else of the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ejlas.accounts.rules import Role
from ejlas.core import languages
from ejlas.delegations import operations, permissions, queries
from ejlas.delegations.permissions import VETTED
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.states import PersonState, Step
from ejlas.web.desk.delegations import delegation_page, person_page
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.desk.passes import reach_page
from ejlas.web.ui.access import requires
from ejlas.web.ui.delegation_labels import PERSON_STATES, SEXES, STEPS
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.labels import word
from ejlas.web.ui.people import signed_in

KIND = BY_NAME["person"]
# Of those on whom it was decided, one may still be refused.
ACTS = {True: (Step.CLEAR, Step.RETURN, Step.REFUSE), False: (Step.REFUSE,)}
DECIDED = (PersonState.APPROVED, PersonState.REFUSED)


@require_safe
@requires("delegations.vet_people")
def waiting(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show who waits for vetting, or on whom it was decided."""
    is_open = request.GET.get("state") != "decided"
    people = queries.people_for(request.user, edition)
    if is_open:
        people = people.filter(state=PersonState.VETTING).order_by("submitted_at", "position", "pk")
    else:
        people = people.filter(state__in=DECIDED).order_by("-decided_at", "-pk")
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    sheet = KIND.sheet(edition, reader_of(edition), [])
    context = frame(request, edition, "vetting") | {
        "page": page,
        "rows": [_row(person, sheet) for person in page.object_list],
        "count": sheet.number(page.paginator.count),
        "is_open": is_open,
        "acts": [(step.value, STEPS[step], step is Step.REFUSE) for step in ACTS[is_open]],
        "address": reverse("desk:vetting", args=[edition.slug]),
        "act_address": reverse("desk:vetting-act", args=[edition.slug]),
        "here": request.get_full_path(),
    }
    return render(request, "desk/delegations/vetting.html", context)


def _row(person: Any, sheet: Sheet) -> dict[str, Any]:
    return {
        "slug": person.slug,
        "name": KIND.name_of(person, sheet),
        "address": reverse("desk:vetting-person", args=[sheet.edition.slug, person.slug]),
        "delegation": sheet.text(person.delegation.title),
        "capacity": capacity_name(person.capacity, sheet),
        "nationality": _state(person, sheet),
        "state": person.state,
        "state_words": word(PERSON_STATES, person.state),
        "at": sheet.moment(person.decided_at or person.submitted_at),
    }


def _state(person: Any, sheet: Sheet) -> str:
    return languages.state_name(person.nationality, sheet.reader.language) if person.nationality else ""


@require_safe
@requires("delegations.vet_people")
def person(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show one person as vetting needs it."""
    return render(
        request, "desk/delegations/vetting_person.html", _page(request, edition, _found(request, edition, slug))
    )


@require_POST
@requires("delegations.vet_people")
def number(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show the number of a document once, after the reading was written down."""
    found = _found(request, edition, slug)
    if request.POST.get("purpose") != "vetting":
        messages.warning(request, _("Say what the number is needed for; it is written down."))
        return redirect("desk:vetting-person", edition.slug, slug)
    operations.note_reading(person=found, purpose="vetting", by=signed_in(request), at=timezone.now())
    context = _page(request, edition, found) | {"number_shown": found.document_number}
    return render(request, "desk/delegations/vetting_person.html", context)


def _found(request: HttpRequest, edition: Any, slug: str) -> Any:
    """Return a person whom vetting may see, with all that is known. Raises Http404."""
    found = queries.person_at(edition, slug)
    if found is None or found.state not in VETTED:
        raise Http404(slug)
    return found


def _page(request: HttpRequest, edition: Any, found: Any) -> dict[str, Any]:
    sheet = KIND.sheet(edition, reader_of(edition), [])
    # What the page shows is what vetting may read, also to who holds another role besides.
    reads = permissions.fields_read(request.user, found) & permissions.READS[Role.VETTING]
    facts = (
        (KIND.form.base_fields["given_name"].label, found.given_name),
        (KIND.form.base_fields["family_name"].label, found.family_name),
        (_("Preferred spelling"), sheet.text(found.name)),
        (_("Delegation"), sheet.text(found.delegation.title)),
        (_("Capacity"), capacity_name(found.capacity, sheet)),
        (_("Office"), sheet.text(found.office)),
        (_("Nationality"), _state(found, sheet)),
        (_("Sex, as the document has it"), word(SEXES, found.sex) if found.sex else ""),
    )
    act = reverse("desk:vetting-act", args=[edition.slug])
    return frame(request, edition, "vetting") | {
        "name": KIND.name_of(found, sheet),
        "person": found,
        "state_words": word(PERSON_STATES, found.state),
        "facts": facts,
        "personal": person_page.personal(found, reads, sheet),
        "has_number": PersonField.DOCUMENT_NUMBER in reads and bool(found.document_number),
        "number_address": reverse("desk:vetting-number", args=[edition.slug, found.slug]),
        "purposes": [("vetting", _("For vetting"))],
        "photo_address": person_page.photo_address("desk:vetting-photo", found, reads),
        "photo_taken": sheet.day(found.photo_taken_on),
        "papers": delegation_page.papers(found.delegation, sheet, found, route="desk:vetting-paper"),
        "steps": person_page.steps(request.user, found, act),
        "here": reverse("desk:vetting-person", args=[edition.slug, found.slug]),
        **reach_page.for_vetting(request.user, found, sheet),
    }
