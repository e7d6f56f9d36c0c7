"""Adding a series of meetings and an edition: for those who may enter every edition."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ejlas.core import languages
from ejlas.core.errors import RuleBroken
from ejlas.forum import operations, queries
from ejlas.forum.forms import Ask, BeginEditionForm, EditionForm, ForumForm
from ejlas.web.desk import changing
from ejlas.web.desk.frame import reader_of
from ejlas.web.desk.views.things import tell_saved
from ejlas.web.ui.access import requires_anywhere
from ejlas.web.ui.kinds import EDITION, FORUM, Sheet
from ejlas.web.ui.reading import INTERFACE

# A series stands above its editions: it is named in the languages of the interface.
_SPOKEN = tuple(INTERFACE)


@require_http_methods(["GET", "HEAD", "POST"])
@requires_anywhere("forum.add_edition")
def new_forum(request: HttpRequest) -> HttpResponse:
    """Add a series of meetings."""
    form = ForumForm(request.POST or None, ask=_ask(_SPOKEN))
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_forum(fields=form.values(), by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except RuleBroken as broken:
            changing.refuse(form, broken)
        else:
            messages.success(request, _("The series is added; now add its edition."))
            return redirect("desk:editions")
    return _form(request, form, _("Add a series of meetings"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires_anywhere("forum.add_edition")
def forum(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a series in its form, and change it; the second of two people is shown what the first wrote."""
    thing = queries.forum_by_slug(slug)
    if thing is None:
        raise Http404(slug)
    reader = reader_of(None)
    again = partial(ForumForm, ask=_ask(_SPOKEN))
    form = again(request.POST or None, instance=thing)
    words = reader.name(thing.name.to_stored())
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, words)
    stored: Any = queries.forum_by_slug(slug)
    saved = changing.write(FORUM, stored, form, Sheet(None, reader), again=again, by=request.user, at=timezone.now())
    if not saved.is_done:
        return _form(request, saved.form, words, status=saved.status, conflicts=saved.conflicts, told=saved.told)
    tell_saved(request, saved)
    return redirect("desk:forum", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@requires_anywhere("forum.add_edition")
def new(request: HttpRequest) -> HttpResponse:
    """Add an edition in two steps: its series and languages stand in the address of the second."""
    if not queries.forums().exists():
        messages.warning(request, _("An edition belongs to a series: add the series first."))
        return redirect("desk:forum-new")
    begun = BeginEditionForm(request.GET if "languages" in request.GET else None, ask=_ask(()))
    if not begun.is_valid():
        return _form(request, begun, _("Add an edition: its series and languages"), method="get", step=1)
    series, spoken = begun.cleaned_data["forum"], begun.cleaned_data["languages"]
    initial = {"number": queries.next_number(series), "calendars": ["gregorian"]}
    form = EditionForm(request.POST or None, ask=_ask(tuple(spoken)), initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = {"languages": spoken, "fallback_languages": begun.cleaned_data["fallback_languages"]}
        try:
            edition = operations.add_edition(
                forum=series,
                fields={**form.values(), **chosen},
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except RuleBroken as broken:
            changing.refuse(form, broken)
        else:
            messages.success(request, _("The edition is added."))
            return redirect("desk:edition", edition.slug)
    return _form(request, form, _("Add an edition"), step=2, begun=_begun(series, spoken))


def _ask(spoken: tuple[str, ...]) -> Ask:
    return Ask(None, reader_of(None).language, EDITION.words, spoken)


def _begun(series: Any, spoken: list[str]) -> dict[str, Any]:
    """Say what the first step chose."""
    reader = reader_of(None)
    return {
        "series": reader.name(series.name.to_stored()),
        "languages": [languages.name_of(code, reader.language) for code in spoken],
    }


def _form(
    request: HttpRequest, form: Any, words: Any, *, method: str = "post", status: int = 0, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "words": words,
        "method": method,
        "groups": form.grouped() if hasattr(form, "grouped") else [("", list(form))],
        "list_address": reverse("desk:editions"),
        **more,
    }
    return render(request, "desk/outside_form.html", context, status=status or (422 if form.errors else 200))
