"""One thing of a kind: what it holds, adding, changing, removing."""

from __future__ import annotations

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
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken
from ejlas.web.desk import history, merging
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
    def show(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
        thing, context = _found(request, kind, edition, slug)
        reader = reader_of(edition)
        form = form_of(kind, edition, reader.language, instance=thing)
        sheet = kind.sheet(edition, reader, [thing])
        lines = audit.history_of(scope=edition.slug, kind=kind.event.rpartition(".")[2], subject=thing.slug)
        context |= {
            "groups": [(title, _facts(fields, thing, sheet)) for title, fields in form.grouped()],
            "cells": [(column, column.cell(thing, sheet)) for column in kind.columns],
            "needs": history.needs(thing, form, edition),
            "lines": history.told(lines[:LATEST], reader, edition),
            "can_change": may(request.user, kind.change, edition),
        }
        return render(request, "desk/thing.html", context)

    return show


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
                form.add_error(None, broken.sentence(_))
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
    def change(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
        thing, _context = _found(request, kind, edition, slug)
        form = form_of(kind, edition, reader_of(edition).language, data=request.POST or None, instance=thing)
        if request.method == "POST" and form.is_valid():
            return _change(request, kind, edition, slug, form)
        return _form(request, kind, edition, form, slug=slug)

    return change


def _change(request: HttpRequest, kind: Kind, edition: Any, slug: str, form: Any) -> HttpResponse:
    # The form has written into its own copy of the thing; this is the thing as it is stored.
    thing = kind.find(request.user, edition, slug)
    if thing is None:
        raise Http404(slug)
    try:
        _write(kind, thing, form.values(), request, revision=form.seen_revision)
    except ChangedMeanwhile:
        return _second(request, kind, edition, thing, form)
    except RuleBroken as broken:
        form.add_error(None, broken.sentence(_))
        return _form(request, kind, edition, form, slug=slug)
    messages.success(request, _("The change is saved."))
    return redirect(f"desk:{kind.name}", edition.slug, thing.slug)


def _second(request: HttpRequest, kind: Kind, edition: Any, thing: Any, form: Any) -> HttpResponse:
    """Bring both changes together where they touch different fields; else show both and let the person choose."""
    sheet = kind.sheet(edition, reader_of(edition), [thing])
    merge = merging.merge(kind, thing, form, sheet)
    if not merge.conflicts:
        try:
            _write(kind, thing, merge.mine, request, revision=thing.revision)
        except RuleBroken as broken:
            form.add_error(None, broken.sentence(_))
            return _form(request, kind, edition, form, slug=thing.slug)
        messages.info(request, _("Somebody else changed other fields meanwhile; both changes are kept."))
        return redirect(f"desk:{kind.name}", edition.slug, thing.slug)
    fresh = form_of(kind, edition, sheet.reader.language, instance=thing, initial=dict(merge.mine))
    context = {"conflicts": merge.conflicts, "told": ChangedMeanwhile().sentence(_)}
    return _form(request, kind, edition, fresh, slug=thing.slug, status=409, **context)


def _write(kind: Kind, thing: Any, fields: Any, request: HttpRequest, *, revision: int | None) -> None:
    kind.change_one(thing=thing, fields=fields, by=request.user, at=timezone.now(), revision=revision)


def remove_view(kind: Kind) -> View:
    """Return the view that removes a thing, after it was named once more."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @requires(kind.change)
    def remove(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
        thing, context = _found(request, kind, edition, slug)
        if request.method != "POST":
            return render(request, "desk/remove.html", context)
        seen = request.POST.get("revision", "")
        revision = int(seen) if seen.isdecimal() and seen.isascii() else None
        try:
            line = kind.remove(thing=thing, by=request.user, at=timezone.now(), revision=revision)
        except RuleBroken as broken:
            messages.error(request, broken.sentence(_))
            return redirect(f"desk:{kind.name}", edition.slug, slug)
        offer_undo(request, _("It is removed."), edition=edition, lines=[line])
        return redirect(f"desk:{kind.name}-list", edition.slug)

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
        "list_address": reverse(f"desk:{kind.name}-list", args=[edition.slug]),
        "address": reverse(f"desk:{kind.name}", args=[edition.slug, slug]),
        "change_address": reverse(f"desk:{kind.name}-change", args=[edition.slug, slug]),
        "remove_address": reverse(f"desk:{kind.name}-remove", args=[edition.slug, slug]),
        "history_address": reverse(f"desk:{kind.name}-history", args=[edition.slug, slug]),
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
    request: HttpRequest, kind: Kind, edition: Any, form: Any, *, slug: str = "", status: int = 0, **more: Any
) -> HttpResponse:
    context = frame(request, edition, kind.name)
    if slug:
        context = _found(request, kind, edition, slug)[1]
    context |= {
        "kind": kind,
        "form": form,
        "is_new": not slug,
        "list_address": reverse(f"desk:{kind.name}-list", args=[edition.slug]),
        **more,
    }
    return render(request, "desk/form.html", context, status=status or (422 if form.errors else 200))
