"""The working languages of an edition: how much is worded in each, and what a change of them hides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from ejlas.core import languages
from ejlas.core.index import queries as index
from ejlas.core.index.rules import WordingState
from ejlas.web.desk import addresses
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.translating import STATES
from ejlas.web.desk.views import things
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import LANGUAGES
from ejlas.web.ui.kinds.asking import form_of

_change = things.change_view(LANGUAGES)


@require_safe
@requires("forum.view_edition")
def show(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the languages in their order, each with how many wordings stand in which state."""
    context = things.page_of(request, LANGUAGES, edition, edition.slug)
    reader, counts = context["desk"].reader, index.wording_counts(edition.slug)
    context |= {
        "states": list(STATES.values()),
        "coverage": [_coverage(code, counts.get(code, {}), edition, reader) for code in edition.languages],
        "fallbacks": [languages.name_of(code, reader.language) for code in edition.fallback_languages],
    }
    return render(request, "desk/languages.html", context)


def _coverage(code: str, counts: dict[WordingState, int], edition: Any, reader: Any) -> dict[str, Any]:
    total, present = sum(counts.values()), counts.get(WordingState.PRESENT, 0)
    return {
        "code": code,
        "name": languages.name_of(code, reader.language),
        "own": languages.own_name(code),
        "direction": languages.direction(code),
        "present": present,
        "total": total,
        "share": f"{reader.number(present)} / {reader.number(total)}",
        "cells": [
            {
                "words": words,
                "number": reader.number(counts.get(state, 0)),
                "address": _list(edition, language=code, state=state.value) if counts.get(state) else "",
            }
            for state, words in STATES.items()
        ],
    }


def _list(edition: Any, **query: str) -> str:
    return f"{reverse('desk:translations', args=[edition.slug])}?{urlencode(query)}"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.change_edition")
def change(request: HttpRequest, edition: Any) -> HttpResponse:
    """Change the languages; one that goes is named first, with what it hides."""
    if request.method == "POST" and "sure" not in request.POST:
        reader = reader_of(edition)
        form = form_of(LANGUAGES, edition, reader.language, data=request.POST, instance=edition)
        gone = _gone(form, edition) if form.is_valid() else []
        if gone:
            context = frame(request, edition, "languages") | addresses.of_thing(LANGUAGES, edition, edition.slug)
            context |= {
                "gone": [_hidden(code, index.wording_counts(edition.slug), reader) for code in gone],
                "kept": [(name, value) for name, values in request.POST.lists() for value in values if _is_kept(name)],
            }
            return render(request, "desk/languages_confirm.html", context)
    return _change(request, edition.slug)  # type: ignore[return-value]


def _is_kept(name: str) -> bool:
    return name in {"languages", "fallback_languages", "other", "revision"}


def _gone(form: Any, edition: Any) -> list[str]:
    # The form has written into its instance: what stood before is its initial.
    held = form.initial.get("languages") or []
    return [code for code in held if code not in form.cleaned_data["languages"]]


def _hidden(code: str, counts: dict[str, dict[WordingState, int]], reader: Any) -> dict[str, Any]:
    states = counts.get(code, {})
    number = sum(states.values()) - states.get(WordingState.MISSING, 0)
    return {"name": languages.name_of(code, reader.language), "number": reader.number(number), "n": number}
