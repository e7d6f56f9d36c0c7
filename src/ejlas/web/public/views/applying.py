"""The page on which a medium applies by itself; it is no part of a publication, and nobody keeps it."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from ejlas.accounts.operations import AccountClosed, AlreadyInvited
from ejlas.core.errors import RuleBroken
from ejlas.delegations.forms import MediumForm
from ejlas.delegations.rules import house
from ejlas.forum import queries as forum
from ejlas.journeys import press
from ejlas.web.public.addresses import page_address
from ejlas.web.ui.links import invitation_letter
from ejlas.web.ui.reading import Reader, interface_language

LIMIT = {"press_apply": "6/m/ip"}


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@never_cache
def apply(request: HttpRequest, language: str, edition: str) -> HttpResponse:
    """Take the application of a medium, and send the link to its list by mail alone."""
    found = forum.edition(edition)
    if found is None or forum.published_edition(edition) is None or language not in found.languages:
        raise Http404(edition)
    with translation.override(interface_language(language)):
        return _answer(request, found, language)


def _answer(request: HttpRequest, edition: Any, language: str) -> HttpResponse:
    around, at = interface_language(language), timezone.now()
    reader = Reader(around, tuple(edition.fallback_languages), tuple(edition.calendars))
    until = house.windows(edition.settings, edition.starts_on, edition.zone).nominate_by.astimezone(edition.zone)
    context = {
        "reader": reader,
        "edition_name": reader.html(edition.name.to_stored()),
        "home": page_address("home", language, edition.slug),
        "is_open": press.is_open(edition, at),
        "until": reader.dates(until.date()),
        "until_time": reader.time(until),
        "place": reader.name(edition.city.to_stored()),
    }
    form = MediumForm(request.POST or None, reader=around, initial={"language": around})
    if request.method == "POST" and context["is_open"] and form.is_valid():
        if not ratelimit.consume(request, app="ejlas", action="press_apply", config=LIMIT):
            form.add_error(None, _("Too many attempts. Wait one minute, then try again."))
        elif _is_taken(request, edition, form):
            return render(request, "public/applied.html", context | {"email": form.cleaned_data["email"]})
    status = 422 if form.errors else 200
    return render(request, "public/apply.html", context | {"form": form}, status=status)


def _is_taken(request: HttpRequest, edition: Any, form: MediumForm) -> bool:
    given = form.cleaned_data
    name = edition.name.wording(given["language"], edition.fallback_languages).text
    try:
        press.apply_as_medium(
            edition=edition,
            name=given["name"],
            country=given["country"],
            contact=given["contact"],
            email=given["email"],
            language=given["language"],
            letter=invitation_letter(request, edition_name=name),
            at=timezone.now(),
        )
    except (AlreadyInvited, AccountClosed):
        # Whether an address is known here is nobody's business: the same answer, and no second list.
        return True
    except RuleBroken as broken:
        form.add_error(broken.field or None, broken.sentence(_))
        return False
    return True
