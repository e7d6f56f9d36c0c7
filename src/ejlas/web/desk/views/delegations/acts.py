"""A step taken with one person or many at once: asked once more by name, all of them or none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ejlas.core.errors import RuleBroken
from ejlas.delegations import operations
from ejlas.delegations.operations import deciding
from ejlas.delegations.rules.states import WITH_REASON, Step
from ejlas.web.desk.delegations import acting, places
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.delegation_labels import STEPS
from ejlas.web.ui.kinds import BY_NAME
from ejlas.web.ui.people import signed_in

KIND = BY_NAME["person"]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.check_people")
def of_desk(request: HttpRequest, edition: Any) -> HttpResponse:
    """Take people a step on at the desk."""
    return _act(request, edition, home="queues", act="queue-act")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.vet_people")
def of_vetting(request: HttpRequest, edition: Any) -> HttpResponse:
    """Take people a step on as a vetting officer."""
    return _act(request, edition, home="vetting", act="vetting-act")


def _act(request: HttpRequest, edition: Any, *, home: str, act: str) -> HttpResponse:
    asked = acting.Asked.read(request)
    back = acting.back_from(request, reverse(f"desk:{home}", args=[edition.slug]))
    people = acting.people_meant(request.user, edition, asked.slugs)
    step = asked.step
    if step is None or not people:
        messages.warning(request, _("Nothing was chosen; tick the boxes of the rows first."))
        return redirect(back)
    sheet = KIND.sheet(edition, reader_of(edition), people)
    barred = acting.not_allowed(request.user, people, step)
    if barred:
        name = sheet.reader.plain(barred[0].title.to_stored())
        messages.error(request, operations.StepNotPossible(name=name).sentence(_))
        return redirect(back)
    fault = _decided(request, people, step, asked, sheet) if asked.is_sure else ""
    if asked.is_sure and not fault:
        return redirect(back)
    context = acting.page_of(
        people, step, asked, sheet, act_address=reverse(f"desk:{act}", args=[edition.slug]), back=back
    )
    context |= {"fault": fault, "step_words": STEPS[step]}
    if step is Step.APPROVE:
        context["places"] = places.of_people(people, sheet)
    return render(
        request, "desk/delegations/act.html", frame(request, edition, home) | context, status=422 if fault else 200
    )


def _decided(request: HttpRequest, people: list[Any], step: Step, asked: acting.Asked, sheet: Any) -> str:
    """Take the step, and say what was done; return what has to be mended on the page first."""
    reasons = asked.reasons(step, people)
    if step in WITH_REASON and not all(reasons.values()):
        return operations.ReasonNeeded().sentence(_)
    if not asked.is_beyond and acting.overfull(people, step, sheet):
        return _("A hall has fewer seats than this lets through. Tick the box below if that is meant.")
    try:
        number = deciding.decide(
            people=people,
            step=step,
            by=signed_in(request),
            at=timezone.now(),
            reasons=reasons,
            revisions=asked.seen,
            link=acting.portal_link(request),
        )
    except RuleBroken as broken:
        messages.error(request, f"{broken.sentence(_)} {_('Nothing was changed.')}")
    else:
        messages.success(request, acting.done_words(step, number, sheet))
    return ""
