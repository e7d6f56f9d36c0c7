"""One thing of a kind: what it holds, adding, changing, removing."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.audit import queries as audit
from ejlas.core.errors import RuleBroken
from ejlas.web.desk import addresses, changing, history
from ejlas.web.desk.delegations import extras
from ejlas.web.desk.facts import shown
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.undo import offer_undo
from ejlas.web.ui.access import View, requires
from ejlas.web.ui.kinds import Kind
from ejlas.web.ui.kinds.asking import form_of

LATEST = 5


def show_view(kind: Kind) -> View:
    """Return the view of one thing."""

    @require_safe
    @requires(kind.view)
    def show(request: HttpRequest, edition: Any, slug: str = "") -> HttpResponse:
        context = page_of(request, kind, edition, slug or edition.slug)
        return render(request, extras.template_of(kind.name), context)

    return show


def page_of(request: HttpRequest, kind: Kind, edition: Any, slug: str) -> dict[str, Any]:
    """Prepare what the page of a thing shows. Raises Http404."""
    thing, context = _found(request, kind, edition, slug)
    reader = reader_of(edition)
    form = form_of(kind, edition, reader.language, instance=thing)
    sheet = kind.sheet(edition, reader, [thing])
    lines = audit.history_of(scope=edition.slug, kind=kind.event.rpartition(".")[2], subject=thing.slug)
    return context | {
        "groups": [(title, _facts(fields, thing, sheet)) for title, fields in form.grouped()],
        "cells": [(column, column.cell(thing, sheet)) for column in kind.columns],
        "needs": history.needs(thing, form, edition),
        "lines": history.told(lines[:LATEST], reader, edition),
        "can_change": may(request.user, kind.change, edition),
        **extras.of_thing(kind.name, request, edition, thing, sheet),
    }


def add_view(kind: Kind) -> View:
    """Return the view that adds a thing."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @requires(kind.change)
    def add(request: HttpRequest, edition: Any) -> HttpResponse:
        form = form_of(kind, edition, reader_of(edition).language, data=request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                thing = kind.create(edition=edition, fields=form.values(), by=request.user, at=timezone.now())
            except RuleBroken as broken:
                changing.refuse(form, broken)
            else:
                messages.success(request, _("It is added."))
                target = f"desk:{kind.name}-add" if "another" in request.POST else f"desk:{kind.name}"
                return redirect(target, *([edition.slug] if "another" in request.POST else [edition.slug, thing.slug]))
        return _form(request, kind, edition, form)

    return add


def change_view(kind: Kind) -> View:
    """Return the view that changes a thing; the second of two people is shown what the first wrote."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @requires(kind.change)
    def change(request: HttpRequest, edition: Any, slug: str = "") -> HttpResponse:
        slug = slug or edition.slug
        # Said before the form writes into the thing.
        thing, context = _found(request, kind, edition, slug)
        form = form_of(kind, edition, reader_of(edition).language, data=request.POST or None, instance=thing)
        if request.method == "POST" and form.is_valid():
            return _change(request, kind, edition, slug, form)
        return _form(request, kind, edition, form, of=context)

    return change


def _change(request: HttpRequest, kind: Kind, edition: Any, slug: str, form: Any) -> HttpResponse:
    # The form has written into its own copy of the thing; this is the thing as it is stored.
    thing = kind.find(request.user, edition, slug)
    if thing is None:
        raise Http404(slug)
    reader = reader_of(edition)
    sheet = kind.sheet(edition, reader, [thing])
    again = partial(form_of, kind, edition, reader.language)
    saved = changing.write(kind, thing, form, sheet, again=again, by=request.user, at=timezone.now())
    if not saved.is_done:
        more = {"conflicts": saved.conflicts, "told": saved.told}
        context = _found(request, kind, edition, slug)[1]
        return _form(request, kind, edition, saved.form, of=context, status=saved.status, **more)
    tell_saved(request, saved)
    return redirect(addresses.of_thing(kind, edition, thing.slug)["address"])


def tell_saved(request: HttpRequest, saved: changing.Saved) -> None:
    """Say that a change is saved, and whether somebody else's stands beside it."""
    if saved.is_merged:
        messages.info(request, _("Somebody else changed other fields meanwhile; both changes are kept."))
    else:
        messages.success(request, _("The change is saved."))


def remove_view(kind: Kind) -> View:
    """Return the view that removes a thing, after it was named once more."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @requires(kind.change)
    def remove(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
        thing, context = _found(request, kind, edition, slug)
        if request.method != "POST":
            sheet = kind.sheet(edition, reader_of(edition), [thing])
            context["takes_along"] = extras.of_removal(kind.name, [thing], sheet)
            return render(request, "desk/remove.html", context)
        seen = request.POST.get("revision", "")
        revision = int(seen) if seen.isdecimal() and seen.isascii() else None
        try:
            line = kind.remove(thing=thing, by=request.user, at=timezone.now(), revision=revision)
        except RuleBroken as broken:
            messages.error(request, broken.sentence(_))
            return redirect(f"desk:{kind.name}", edition.slug, slug)
        back = reverse(f"desk:{kind.name}-list", args=[edition.slug])
        offer_undo(request, _("It is removed."), edition=edition, lines=[line], back=back)
        return redirect(back)

    return remove


def _found(request: HttpRequest, kind: Kind, edition: Any, slug: str) -> tuple[Any, dict[str, Any]]:
    """Return the thing, and what every page about it shows. Raises Http404."""
    thing = kind.find(request.user, edition, slug)
    if thing is None:
        raise Http404(slug)
    sheet = kind.sheet(edition, reader_of(edition), [thing])
    context = frame(request, edition, kind.name) | {
        "kind": kind,
        "thing": thing,
        "name": kind.name_of(thing, sheet),
        **addresses.of_thing(kind, edition, slug),
    }
    return thing, context


def _facts(fields: Any, thing: Any, sheet: Any) -> list[tuple[Any, Any]]:
    facts = []
    for bound in fields:
        is_row = isinstance(bound.field, ModelChoiceField)
        value = getattr(thing, bound.name) if is_row else bound.initial
        facts.append((bound.field.label, shown(bound.field, value, sheet)))
    return facts


def _form(
    request: HttpRequest,
    kind: Kind,
    edition: Any,
    form: Any,
    *,
    of: dict[str, Any] | None = None,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    context = (frame(request, edition, kind.name) if of is None else of) | {
        "kind": kind,
        "form": form,
        "is_new": of is None,
        "list_address": addresses.of_list(kind, edition),
        **more,
    }
    return render(request, "desk/form.html", context, status=status or (422 if form.errors else 200))
