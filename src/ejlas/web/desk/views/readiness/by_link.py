"""What a link in a mail opens without a sign-in: what its body owes, and its answers; a look changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from ejlas.readiness.operations import answer_links as operations
from ejlas.readiness.queries import answer_links as queries
from ejlas.readiness.rules.states import OF_BODY
from ejlas.web.desk.frame import reader_of
from ejlas.web.desk.readiness import own_page, sites
from ejlas.web.desk.views.readiness import answering
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.reading import INTERFACE, chosen

# A token has 192 bits: these keep a program that runs wild from costing more than others.
LIMITS = {"answer_link": "60/m/ip", "answer_by_link": "60/m/ip"}
LIMIT_S = 60
_ROBOTS = "noindex, nofollow, noarchive"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who came by a link, and what it opens."""

    token: str
    link: Any
    edition: Any
    who: Any
    sheet: Sheet

    def frame(self) -> dict[str, Any]:
        """Prepare what every page behind the link shows."""
        until = self.link.expires_at.astimezone(self.edition.zone).date()
        return {
            "layout": "desk/readiness/link_base.html",
            "edition": self.edition,
            "edition_name": self.sheet.text(self.edition.name),
            "body_name": self.sheet.text(self.link.body.name) or self.link.body.slug,
            "answers_as": self.who.name,
            "until": self.sheet.day(until),
            "home": sites.home_by_link(self.token),
        }

    def owed(self, slug: str) -> Any:
        """Return one thing that the body of the link owes. Raises Http404."""
        found = queries.owed_by_link(self.link).filter(slug=slug).first()
        if found is None:
            raise Http404
        return found


Page = Callable[..., HttpResponse]


def opened(view: Page) -> Page:
    """Hand a view the visit that a token opens; else say what to do, in the visitor's language."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **values: Any) -> HttpResponse:
        link = queries.link_of_token(token)
        if link is None:
            return _sealed(_unknown(request))
        with translation.override(_language(request, link)):
            if not queries.is_open(link, timezone.now()):
                return _sealed(_closed(request, 410))
            if request.method == "POST" and not _may_go_on(request, "answer_by_link"):
                return _sealed(_busy(request))
            edition = link.body.edition
            sheet = Sheet(edition, reader_of(edition))
            visit = Visit(token, link, edition, queries.visitor_of(link), sheet)
            response = view(request, visit, *args, **values)
            response.headers["Content-Language"] = translation.get_language() or "en"
        return _sealed(response, has_forms=True)

    return guarded


def _language(request: HttpRequest, link: Any) -> str:
    """Return the language of the body, but for a visitor who has chosen another."""
    is_chosen = request.user.is_authenticated or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in INTERFACE
    spoken = translation.get_language() if is_chosen else link.language
    return spoken if spoken in INTERFACE else "en"


@require_safe
@opened
def every(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a body what it owes."""
    groups = own_page.groups(queries.owed_by_link(visit.link), visit.sheet, sites.by_link(visit.token))
    return render(request, "desk/readiness/own.html", visit.frame() | {"groups": groups})


@require_safe
@opened
def show(request: HttpRequest, visit: Visit, slug: str) -> HttpResponse:
    """Show a body one thing that it owes."""
    return _page(request, visit, visit.owed(slug))


def file_view(hand: answering.Hand) -> Page:
    """Return the view that hands out a file of one thing that a body owes."""

    @require_safe
    @opened
    def view(_request: HttpRequest, visit: Visit, slug: str, file: Any) -> HttpResponse:
        return hand(visit.owed(slug), file)

    return view


def act_view(act: answering.Act) -> Page:
    """Return the view that does something about one thing that a body owes."""

    @require_POST
    @opened
    def answer(request: HttpRequest, visit: Visit, slug: str) -> HttpResponse:
        owed = visit.owed(slug)
        way = replace(_BY_LINK, who=lambda _request: visit.who)
        faults = answering.acted(request, owed, way, act)
        if faults:
            return _page(request, visit, visit.owed(slug), faults)
        operations.note_use(link=visit.link, at=timezone.now())
        return redirect(sites.by_link(visit.token).page(slug))

    return answer


def _page(request: HttpRequest, visit: Visit, owed: Any, faults: list[str] | None = None) -> HttpResponse:
    context = visit.frame() | own_page.one(visit.who, owed, visit.sheet, sites.by_link(visit.token))
    if faults is None:
        return render(request, "desk/readiness/own_obligation.html", context)
    again = {"faults": faults, "typed": request.POST}
    return render(request, "desk/readiness/own_obligation.html", context | again, status=422)


def _none(*_args: Any) -> Any:
    raise Http404


# The acts of a body; the link finds what they are about, shows it, and says who acts.
_BY_LINK = answering.Way(name=sites.LINK, reads="", answers="", steps=OF_BODY, find=_none, show=_none)


def _unknown(request: HttpRequest) -> HttpResponse:
    if not _may_go_on(request, "answer_link"):
        return _busy(request)
    with translation.override(chosen(request.headers.get("Accept-Language", ""), INTERFACE, "en")):
        return _closed(request, 404)


def _closed(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "desk/readiness/link_closed.html", status=status)


def _busy(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def _may_go_on(request: HttpRequest, action: str) -> bool:
    return bool(ratelimit.consume(request, app="ejlas", action=action, config=LIMITS, limit_get=True))


def _sealed(response: HttpResponse, *, has_forms: bool = False) -> HttpResponse:
    """Keep the address, which is the key, out of caches, of search engines and of other sites."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = _ROBOTS
    # Without any referrer a browser would not say either from where a form comes, and the form would be refused.
    response.headers["Referrer-Policy"] = "same-origin" if has_forms else "no-referrer"
    if response.status_code == 429:
        response.headers["Retry-After"] = str(LIMIT_S)
    return response
