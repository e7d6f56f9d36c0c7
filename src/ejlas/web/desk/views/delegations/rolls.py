"""Lists that others work from: by delegation, by capacity, what is missing, special needs, and cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ejlas.accounts.permissions import may
from ejlas.core.formats import vcard
from ejlas.delegations import permissions, queries
from ejlas.delegations.rules.people import PersonField
from ejlas.exports import list_files
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import MOST_IN_ONE_FILE, PER_PAGE, Asked, Listing
from ejlas.web.ui.access import requires
from ejlas.web.ui.delegation_labels import PERSON_FIELDS
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.delegations import capacity_name

CARE = (PersonField.DIET, PersonField.HEALTH)
_PRIVATE = "private, no-store"


@require_safe
@requires("delegations.view_people")
def rolls(request: HttpRequest, edition: Any) -> HttpResponse:
    """Name the lists, each as a page and as files."""
    rows = [
        (_("By delegation"), _("Everyone, delegation after delegation."), {"sort": "delegation"}),
        (_("By capacity"), _("Everyone, capacity after capacity."), {"sort": "capacity"}),
        (_("Approved"), _("Those who get a pass."), {"state": "approved", "sort": "delegation"}),
        (_("Something is missing"), _("Of whom a photo, a document or a letter is not there."), {"is_lacking": "1"}),
    ]
    base = reverse("desk:person-list", args=[edition.slug])
    lists = [{"title": title, "words": words, **_links(base, query)} for title, words, query in rows]
    if may(request.user, "delegations.read_care", edition):
        care = reverse("desk:roll-care", args=[edition.slug])
        lists.append({"title": _("Special needs"), "words": _("Diet, health and what helps."), **_links(care, {})})
    cards = reverse("desk:roll-cards", args=[edition.slug])
    context = {"lists": lists, "cards_address": cards, "purpose": BY_NAME["person"].purpose}
    return render(request, "desk/delegations/rolls.html", frame(request, edition, "rolls") | context)


def _links(base: str, query: dict[str, str]) -> dict[str, Any]:
    files = [(form, f"{base}?{urlencode(query | {'format': form})}") for form in list_files.FORMS]
    return {"address": f"{base}?{urlencode(query)}" if query else base, "files": files}


@require_safe
@requires("delegations.read_care")
def care(request: HttpRequest, edition: Any) -> HttpResponse:
    """List those of whom anything is said of diet or health, as far as the reader may know it."""
    sheet = Sheet(edition, reader_of(edition))
    found = queries.people_with_needs(request.user, edition)
    if request.GET.get("format") in list_files.FORMS:
        return _care_file(request, sheet, found[:MOST_IN_ONE_FILE], request.GET["format"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heads": _heads(),
        "rows": [_care_row(request.user, person, sheet) for person in page.object_list],
        "page": page,
        "here": sheet.number(page.number),
        "last": sheet.number(page.paginator.num_pages),
        "count": sheet.number(page.paginator.count),
        "files": [(form, urlencode({"format": form})) for form in list_files.FORMS],
    }
    return render(request, "desk/delegations/care.html", frame(request, edition, "rolls") | context)


def _heads() -> list[str]:
    return [
        str(words) for words in (_("Person"), _("Delegation"), _("Capacity"), *(PERSON_FIELDS[name] for name in CARE))
    ]


def _care_row(user: Any, person: Any, sheet: Sheet) -> Sequence[Any]:
    reads = permissions.fields_read(user, person)
    said = [format_html('<bdi dir="auto">{}</bdi>', getattr(person, name)) if name in reads else "" for name in CARE]
    return [sheet.text(person.title), sheet.text(person.delegation.title), capacity_name(person.capacity, sheet), *said]


def _care_file(request: HttpRequest, sheet: Sheet, people: Iterable[Any], form: str) -> HttpResponse:
    edition = sheet.edition
    made = list_files.make(
        form,
        title=_("Special needs"),
        subtitle=sheet.reader.plain(edition.name.to_stored()),
        heads=_heads(),
        rows=[_care_row(request.user, person, sheet) for person in people],
        language=sheet.reader.language,
        printed_at=timezone.now().astimezone(edition.zone),
        calendars=tuple(edition.calendars),
    )
    return _attached(made.body, made.content_type, f"{edition.slug}-needs.{form}")


@require_safe
@requires("delegations.view_people")
def cards(request: HttpRequest, edition: Any) -> HttpResponse:
    """Give a card for each person of the list that the address asks for, with what the reader may know of each."""
    kind, reader = BY_NAME["person"], reader_of(edition)
    listing = Listing(kind, edition, request.user, reader, Asked.read(kind, request.GET))
    people = queries.with_reach(listing.cut(0, MOST_IN_ONE_FILE))
    made = vcard.pack((_card(request.user, person) for person in people), language=reader.language, at=timezone.now())
    return _attached(made, vcard.CONTENT_TYPE, f"{edition.slug}-people.vcf")


def _card(user: Any, person: Any) -> vcard.Card:
    reads = permissions.fields_read(user, person)
    return vcard.Card(
        key=f"{person.edition.slug}/{person.slug}",
        surname=person.family_name,
        given_names=person.given_name,
        names=person.name.values,
        offices=person.office.values,
        organisations=person.delegation.title.values,
        email=person.email if PersonField.EMAIL in reads else "",
        phone=person.phone if PersonField.PHONE in reads else "",
    )


def _attached(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = _PRIVATE
    return response
