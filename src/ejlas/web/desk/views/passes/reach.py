"""Who may enter a zone, as a list with search and as a file; and who was approved without getting a pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _in
from django.views.decorators.http import require_safe

from ejlas.accounts.permissions import may
from ejlas.core.index import queries as index
from ejlas.delegations.operations.passes.badges import Categories
from ejlas.delegations.queries.passes import printing, reach, table
from ejlas.exports import list_files
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import MOST_IN_ONE_FILE, PER_PAGE
from ejlas.web.ui.access import requires
from ejlas.web.ui.badge_labels import BADGE_STATES
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.kinds.passes import category_mark, number_of
from ejlas.web.ui.labels import word

ZONE, BADGE, PERSON = BY_NAME["zone"], BY_NAME["badge"], BY_NAME["person"]


@require_safe
@requires("delegations.view_passes")
def who(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """List the passes that open a zone, all or those of a window or of some words."""
    zone = ZONE.find(request.user, edition, slug)
    if zone is None:
        raise Http404(slug)
    sheet, windows = Sheet(edition, reader_of(edition)), table.table_of(edition).windows
    asked = {"window": request.GET.get("window", "")[:100], "q": " ".join(request.GET.get("q", "")[:200].split())}
    found = reach.badges_into(request.user, edition, zone, asked["window"])
    if asked["q"]:
        found = found.filter(slug__in=index.matching(edition.slug, BADGE.name, asked["q"].replace("\x00", "")))
    found = found.in_handing_order()  # type: ignore[attr-defined]
    title = _("Who may enter: %(zone)s") % {"zone": sheet.reader.plain(zone.name.to_stored())}
    if request.GET.get("format") in list_files.FORMS:
        return _file(sheet, found[:MOST_IN_ONE_FILE], request.GET["format"], title=title, zone=zone)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    state = urlencode({name: value for name, value in asked.items() if value})
    context = frame(request, edition, "zone") | {
        "zone": zone,
        "zone_name": sheet.text(zone.name),
        "zone_address": reverse("desk:zone", args=[edition.slug, slug]),
        "page": page,
        "count": sheet.number(page.paginator.count),
        "heads": _heads(),
        "rows": [(_address(badge), list(zip(_heads(), _row(badge, sheet), strict=True))) for badge in page.object_list],
        "windows": [
            (each.slug, sheet.reader.plain(each.name.to_stored()), each.slug == asked["window"]) for each in windows
        ],
        "query": asked["q"],
        "files": [(form, f"{state}{'&' if state else ''}format={form}") for form in list_files.FORMS],
        "address": request.path,
    }
    return render(request, "desk/passes/who.html", context)


def _heads() -> list[str]:
    words = (
        _("Pass"),
        _("Number"),
        _in("of passes", "Category"),
        _("Delegation"),
        _("Capacity"),
        _in("where a thing stands", "State"),
    )
    return [str(each) for each in words]


def _address(badge: Any) -> str:
    return reverse("desk:badge", args=[badge.edition.slug, badge.slug])


def _row(badge: Any, sheet: Sheet) -> Sequence[Any]:
    return [
        BADGE.name_of(badge, sheet),
        number_of(badge, sheet),
        category_mark(badge.category, sheet),
        sheet.text(badge.delegation.title) if badge.delegation else "",
        capacity_name(badge.person.capacity, sheet) if badge.person else "",
        word(BADGE_STATES, badge.state),
    ]


def _file(sheet: Sheet, badges: Iterable[Any], form: str, *, title: str, zone: Any) -> HttpResponse:
    edition = sheet.edition
    made = list_files.make(
        form,
        title=title,
        subtitle=sheet.reader.plain(edition.name.to_stored()),
        heads=_heads(),
        rows=[_row(badge, sheet) for badge in badges],
        language=sheet.reader.language,
        printed_at=timezone.now().astimezone(edition.zone),
        calendars=tuple(edition.calendars),
    )
    response = HttpResponse(made.body, content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{edition.slug}-{zone.slug}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@requires("delegations.view_people")
def missing(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show who was approved and has no pass, with why."""
    people = printing.without_pass(edition).order_by("delegation__position", "capacity__position", "family_name", "pk")
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    sheet, categories = Sheet(edition, reader_of(edition)), Categories(edition)
    rows = [
        {
            "name": PERSON.name_of(person, sheet),
            "address": reverse("desk:person", args=[edition.slug, person.slug]),
            "delegation": sheet.text(person.delegation.title),
            "capacity": capacity_name(person.capacity, sheet),
            "has_category": categories.of(person) is not None,
        }
        for person in page.object_list
    ]
    context = frame(request, edition, "pass-matrix") | {
        "rows": rows,
        "page": page,
        "count": sheet.number(page.paginator.count),
        "can_make": may(request.user, "delegations.change_passes", edition),
    }
    return render(request, "desk/passes/missing.html", context)
