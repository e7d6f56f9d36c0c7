"""The list of a kind: search, filters, order, paging, acts on many, export."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.exports import list_files
from ejlas.web.desk.delegations import extras
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import MOST_IN_ONE_FILE, Asked, Listing, sorting
from ejlas.web.desk.undo import offer_undo
from ejlas.web.ui.access import View, requires
from ejlas.web.ui.kinds import Kind, Sheet
from ejlas.web.ui.kinds.asking import ask
from ejlas.web.ui.kinds.listing import NAME


def list_view(kind: Kind) -> View:
    """Return the view of a kind's list."""

    @require_safe
    @requires(kind.view)
    def show(request: HttpRequest, edition: Any) -> HttpResponse:
        listing = Listing(kind, edition, request.user, reader_of(edition), Asked.read(kind, request.GET))
        if request.GET.get("format") in list_files.FORMS:
            return _file(request, listing, request.GET["format"])
        context = _page(listing, request) | extras.of_list(kind.name, request, edition)
        return render(request, "desk/list.html", frame(request, edition, kind.name) | context)

    return show


def many_view(kind: Kind) -> View:
    """Return the view that acts on many things of a kind at once."""

    @require_POST
    @requires(kind.change)
    def act(request: HttpRequest, edition: Any) -> HttpResponse:
        listing = Listing(kind, edition, request.user, reader_of(edition), Asked.read(kind, request.GET))
        things = listing.picked(request.POST.getlist("thing"))
        back = (
            f"{reverse(f'desk:{kind.name}-list', args=[edition.slug])}?{listing.asked.address(page=listing.asked.page)}"
        )
        if not things:
            messages.warning(request, _("Nothing was chosen; tick the boxes of the rows first."))
            return redirect(back)
        if request.POST.get("act") == "remove":
            return _remove(request, kind, listing, things, back)
        return _change(request, kind, listing, things, back)

    return act


def written(kind: Kind, rows: Iterable[Any], sheet: Sheet, *, can_change: bool) -> SafeString:
    """Return the rows of the table: a template that walks through every cell costs five times as much."""
    base = f"{reverse(f'desk:{kind.name}-list', args=[sheet.edition.slug])}of/"
    heads = [
        (column.cell, format_html('<td data-label="{}"{}>', column.label, _NUMBER if column.is_number else ""))
        for column in kind.columns
    ]
    parts: list[str] = []
    for thing in rows:
        slug = thing.slug
        box = f'<td class="pick"><input type="checkbox" name="thing" value="{slug}" aria-labelledby="row-{slug}"></td>'
        name = kind.name_of(thing, sheet)
        parts.append(
            f'<tr>{box if can_change else ""}<th scope="row"><a id="row-{slug}" href="{base}{slug}/">{name}</a></th>'
        )
        parts += [f"{head}{conditional_escape(cell(thing, sheet) or '')}</td>" for cell, head in heads]
        parts.append("</tr>\n")
    return SafeString("".join(parts))


_NUMBER = SafeString(' class="number"')


def _page(listing: Listing, request: HttpRequest) -> dict[str, Any]:
    kind, rows = listing.kind, listing.rows
    sheet = listing.sheet(rows)
    can_change = may(listing.user, kind.change, listing.edition)
    return {
        "kind": kind,
        "listing": listing,
        "can_change": can_change,
        "heads": _heads(listing),
        "things": rows,
        "rows": written(kind, rows, sheet, can_change=can_change),
        "count": listing.reader.number(listing.n_things),
        "filters": _filters(listing),
        "chips": _chips(listing),
        "pages": _pages(listing),
        "add_address": reverse(f"desk:{kind.name}-add", args=[listing.edition.slug]) if can_change else "",
        "list_address": reverse(f"desk:{kind.name}-list", args=[listing.edition.slug]),
        "many_address": reverse(f"desk:{kind.name}-many", args=[listing.edition.slug]),
        "state": listing.asked.address(page=listing.page if listing.page > 1 else ""),
        "has_many": bool(kind.form.for_many),
        "files": [(form, listing.asked.address(format=form)) for form in list_files.FORMS],
    }


def _heads(listing: Listing) -> list[dict[str, Any]]:
    """Return the headings of the columns: how a click would sort, and how the list is sorted now."""
    pairs = [(NAME, listing.kind.one, True, False)]
    pairs += [(each.name, each.label, bool(each.sorts_by), each.is_number) for each in listing.kind.columns]
    return [
        {"label": label, "sorts": sorts, "is_number": is_number, **sorting(name, listing.asked)}
        for name, label, sorts, is_number in pairs
    ]


def _filters(listing: Listing) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "label": each.label,
            "kind": sieve.kind,
            "typed": sieve.typed,
            "options": [(value, words, sieve.value == value) for value, words in sieve.options],
        }
        for each in listing.kind.filters
        for sieve in (listing.sieves[each.name],)
    ]


def _chips(listing: Listing) -> list[dict[str, Any]]:
    """Return what is left out by now, each with the address that takes it off."""
    chips = []
    if listing.asked.query:
        chips.append({"words": f"“{listing.asked.query}”", "query": listing.asked.address(q="")})
    for each in listing.kind.filters:
        value = listing.asked.chosen.get(each.name)
        if value:
            words = listing.sieves[each.name].words
            chips.append({"label": each.label, "words": words, "query": listing.asked.address(**{each.name: ""})})
    return chips


def _pages(listing: Listing) -> dict[str, Any]:
    page, last, asked, number = listing.page, listing.n_pages, listing.asked, listing.reader.number
    return {
        "several": last > 1,
        "here": number(page),
        "last": number(last),
        "previous": asked.address(page=page - 1 if page > 2 else "") if page > 1 else None,
        "next": asked.address(page=page + 1) if page < last else None,
        "first_query": asked.address(),
        "last_query": asked.address(page=last),
    }


def _file(request: HttpRequest, listing: Listing, form: str) -> HttpResponse:
    kind, edition = listing.kind, listing.edition
    rows = listing.cut(0, MOST_IN_ONE_FILE)
    sheet = listing.sheet(rows)
    heads = [str(kind.one), *(str(column.label) for column in kind.columns)]
    cells = ([kind.name_of(thing, sheet), *(column.cell(thing, sheet) for column in kind.columns)] for thing in rows)
    try:
        made = list_files.make(
            form,
            title=str(kind.many),
            subtitle=listing.reader.plain(edition.name.to_stored()),
            heads=heads,
            rows=cells,
            language=listing.reader.language,
            printed_at=timezone.now().astimezone(edition.zone),
            calendars=tuple(edition.calendars),
        )
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        back = reverse(f"desk:{kind.name}-list", args=[edition.slug])
        return redirect(f"{back}?{listing.asked.address()}")
    response = HttpResponse(made.body, content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{listing.edition.slug}-{kind.address}.{form}"'
    return response


def _many_form(listing: Listing, data: Any = None) -> Any:
    """Return a form of the fields that may be given one value for many things; None where there are none."""
    form = listing.kind.form
    if not form.for_many:
        return None
    return form(data, ask=ask(listing.kind, listing.edition, listing.reader.language, only=form.for_many))


def _remove(request: HttpRequest, kind: Kind, listing: Listing, things: list[Any], back: str) -> HttpResponse:
    if request.POST.get("sure") != "1":
        sheet = listing.sheet(things)
        context = {
            "kind": kind,
            "things": [(thing.slug, kind.name_of(thing, sheet)) for thing in things],
            "takes_along": extras.of_removal(kind.name, things, sheet),
            "count": listing.reader.number(len(things)),
            "back": back,
            "state": listing.asked.address(page=listing.asked.page),
            "many_address": reverse(f"desk:{kind.name}-many", args=[listing.edition.slug]),
        }
        return render(request, "desk/remove_many.html", frame(request, listing.edition, kind.name) | context)
    try:
        lines = kind.remove_many(things=things, by=request.user, at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect(back)
    n_gone = len(lines)
    words = ngettext("%(count)s thing is removed.", "%(count)s things are removed.", n_gone)
    offer_undo(
        request, words % {"count": listing.reader.number(n_gone)}, edition=listing.edition, lines=lines, back=back
    )
    return redirect(back)


def _ask_change(request: HttpRequest, listing: Listing, things: list[Any], back: str) -> HttpResponse:
    kind, sheet = listing.kind, listing.sheet(things)
    context = {
        "kind": kind,
        "things": [(thing.slug, kind.name_of(thing, sheet)) for thing in things],
        "count": listing.reader.number(len(things)),
        "form": _many_form(listing),
        "back": back,
        "state": listing.asked.address(page=listing.asked.page),
        "many_address": reverse(f"desk:{kind.name}-many", args=[listing.edition.slug]),
    }
    return render(request, "desk/change_many.html", frame(request, listing.edition, kind.name) | context)


def _change(request: HttpRequest, kind: Kind, listing: Listing, things: list[Any], back: str) -> HttpResponse:
    name = request.POST.get("field", "")
    if not name:
        return _ask_change(request, listing, things, back)
    form = _many_form(listing, request.POST)
    if form is None or name not in form.fields:
        messages.warning(request, _("Choose what is to be changed first."))
        return redirect(back)
    for other in [each for each in form.fields if each != name]:
        del form.fields[other]
    form.is_valid()
    if name in form.errors or name not in form.cleaned_data:
        messages.error(request, " ".join(form.errors.get(name, [_("This value cannot be used.")])))
        return redirect(back)
    fields = {name: form.store(name, form.cleaned_data[name])}
    try:
        done = kind.change_many(things=things, fields=fields, by=request.user, at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect(back)
    n_changed = len(done.changed)
    words = ngettext("%(count)s thing is changed.", "%(count)s things are changed.", n_changed)
    messages.success(request, words % {"count": listing.reader.number(n_changed)})
    return redirect(back)
