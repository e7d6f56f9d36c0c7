"""The API put together: its addresses, who may come in, and how faults are answered."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from ejlas import __version__
from ejlas.accounts import operations as accounts
from ejlas.core.errors import RuleBroken
from ejlas.web.api import problems
from ejlas.web.api.answers import answer
from ejlas.web.api.auth import KeyOrSession
from ejlas.web.api.bodies import StrictParser
from ejlas.web.api.problems import Problem, problem
from ejlas.web.api.views import editions, me, people, plan, publications, things, webhooks
from ejlas.web.ui.faults import answer_to

logger = logging.getLogger("ejlas.api")

# Rules about what was typed; all others are about how things stand.
OF_INPUT = (
    accounts.AddressRefused,
    accounts.UnknownEvent,
    accounts.EndsInThePast,
    accounts.RoleNeedsEdition,
    accounts.RoleNeedsParty,
    accounts.NoRoles,
)

api = NinjaAPI(
    title="Ejlas",
    version=__version__,
    description="What the pages can read and do, for programs. See docs/guides/api.md.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=KeyOrSession(),
    parser=StrictParser(),
)
for router in (me.router, editions.router, plan.router, publications.router, people.router, webhooks.router):
    api.add_router("", router)
# The last one: its addresses name no kind, and would take all others.
api.add_router("", things.router)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, fault: Problem) -> HttpResponse:
    return fault.answer()


@api.exception_handler(RuleBroken)
def _rule(_request: HttpRequest, broken: RuleBroken) -> HttpResponse:
    return problems.rule_broken(broken, status=422 if isinstance(broken, OF_INPUT) else 409).answer()


@api.exception_handler(ValidationError)
def _input(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    if any(error["loc"][0] == "path" for error in fault.errors):
        return problems.not_there().answer()
    return problems.wrong_input(problems.faults_of(fault.errors)).answer()


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _fault: Http404) -> HttpResponse:
    return problems.not_there().answer()


@api.exception_handler(PermissionDenied)
def _denied(_request: HttpRequest, _fault: PermissionDenied) -> HttpResponse:
    return problems.not_allowed().answer()


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _fault: RequestDataTooBig) -> HttpResponse:
    return problem(413, _(problems.TOO_LARGE))


@api.exception_handler(HttpError)
def _http(_request: HttpRequest, fault: HttpError) -> HttpResponse:
    # The library raises this for a body that its parser refused.
    return problem(fault.status_code, _(problems.UNREADABLE) if fault.status_code == 400 else "")


@api.exception_handler(Exception)
def _ours(request: HttpRequest, fault: Exception) -> HttpResponse:
    passing = answer_to(request, fault)
    if passing is not None:
        return passing
    logger.error("a fault of the API", exc_info=fault)
    return problem(500, _(problems.OURS))


def first_page(request: HttpRequest) -> HttpResponse:
    """Answer where to go on from here, to who may come in."""
    try:
        KeyOrSession()(request)
    except Problem as fault:
        return fault.answer()
    names = {"description": "openapi.json", "documentation": "docs", "me": "me", "editions": "editions"}
    return answer(request, {name: request.build_absolute_uri(place) for name, place in names.items()})


def addresses() -> Any:
    """Return the addresses with their names, each answering what it cannot do in the same way as all."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        # The library's own first page leads to a page of documentation that is not ours.
        view = first_page if getattr(pattern, "name", "") == "api-root" else pattern.callback
        pattern.callback = _in_one_voice(view)
    return patterns, app, namespace


def _in_one_voice(view: Any) -> Any:
    def answered(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **values)
        if response.status_code != 405:
            return response
        return problem(405, _(problems.NO_SUCH_ACT), headers={"Allow": response.headers.get("Allow", "")})

    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered
