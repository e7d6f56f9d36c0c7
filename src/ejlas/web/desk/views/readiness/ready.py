"""“Are we ready?”: the answer with its reasons, asked for anew, and whether the new one is there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ejlas.accounts.permissions import may
from ejlas.accounts.rules import SYSTEM_NAME
from ejlas.core.errors import RuleBroken
from ejlas.exports.ready_labels import statements
from ejlas.planning.operations.ready import ask_for_forecast
from ejlas.planning.queries import ready as queries
from ejlas.planning.queries.ready.names import names_of
from ejlas.planning.queries.ready.standing import (
    Standing,
    n_changed_since,
    scored_forecasts,
    standing_of,
)
from ejlas.planning.rules.ready.states import ForecastState
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness import others_part
from ejlas.web.desk.readiness.ready.answer import Answer, scores, slugs_in
from ejlas.web.desk.readiness.ready.charts import burn_up_chart, trend_chart
from ejlas.web.desk.readiness.ready.risk_rows import risk_rows
from ejlas.web.desk.readiness.report_links import reports
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in

VIEW, CHANGE, HERE = "readiness.view_readiness", "readiness.change_readiness", "ready"
MOST_RISKS = 10


@require_safe
@requires(VIEW)
def show(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the newest answer with its reasons, or what is to be done to have one."""
    at = timezone.now()
    sheet = Sheet(edition, reader_of(edition))
    standing = standing_of(edition)
    context = frame(request, edition, HERE) | {
        "may_ask": may(request.user, CHANGE, edition),
        "is_waiting": standing.is_waiting(at),
        "is_lost": standing.is_lost(at),
        "is_failed": standing.is_failed,
        "asked": _asked(standing, sheet),
        "is_over": at.astimezone(edition.zone).date() >= edition.starts_on,
        "is_empty": standing.made is not None and standing.made.state == ForecastState.EMPTY,
        "forecast": standing.made,
        "wait_address": reverse("desk:ready-wait", args=[edition.slug]),
        "again": at.strftime("%H%M%S"),
        "reports": reports(edition, sheet.reader.language),
    }
    if standing.made is not None and not context["is_empty"]:
        context |= _answer(standing, edition, sheet, at)
        context["scores"] = scores(scored_forecasts(edition), sheet) if context["is_over"] else []
    return render(request, "desk/readiness/ready.html", context)


def _asked(standing: Standing, sheet: Sheet) -> dict[str, Any]:
    asked = standing.asked
    return (
        {}
        if asked is None
        else {
            "by": _who(asked),
            "at": sheet.moment(asked.asked_at),
            "number": sheet.number(asked.pk),
        }
    )


def _who(forecast: Any) -> str:
    """Name who asked for a forecast; nobody where Ejlas did by itself."""
    return "" if forecast.asked_by == SYSTEM_NAME else forecast.asked_by


def _answer(standing: Standing, edition: Any, sheet: Sheet, at: Any) -> dict[str, Any]:
    made: Any = standing.made
    today = at.astimezone(edition.zone).date()
    names = names_of(edition, slugs_in(made))
    n_changed = n_changed_since(made, scope=edition.slug)
    reader = sheet.reader
    return {
        **Answer.of(made, names, sheet).shown(),
        "burn_up": burn_up_chart(queries.burn_up(edition, made), sheet, today=made.made_on, target=made.target_on),
        "trend": trend_chart(queries.trend_of(edition), sheet),
        "risks": risk_rows(queries.risks(made, MOST_RISKS, today=today), sheet),
        "statements": statements(made, standing.premises, language=reader.language, shown=reader.calendars)
        if standing.premises
        else [],
        "made_at": sheet.moment(made.ended_at),
        "made_by": _who(made),
        "n_changed": n_changed,
        "changed": reader.number(n_changed),
    }


@require_safe
@requires(VIEW)
def others(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show what counts as readiness and no body owes: a page of its own, or its part for the page of the answer.

    Counting it costs as much as the answer: that page is there before it.
    """
    context = frame(request, edition, HERE)
    context["others"] = others_part.prepare(request.user, edition, timezone.now(), context["desk"].reader)
    is_part = "part" in request.GET
    name = "parts/others" if is_part else "ready_others"
    answer = render(request, f"desk/readiness/{name}.html", context)
    if is_part:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@requires(CHANGE)
def ask(request: HttpRequest, edition: Any) -> HttpResponse:
    """Ask for a new forecast; a worker makes it."""
    if request.POST.get("act") != "ask":
        return redirect("desk:ready", edition.slug)
    try:
        ask_for_forecast(edition=edition, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return redirect("desk:ready", edition.slug)


@require_safe
@requires(VIEW)
def wait(request: HttpRequest, edition: Any) -> HttpResponse:
    """Say whether a forecast is still on its way."""
    answer = JsonResponse({"waiting": queries.waiting_forecast(edition, at=timezone.now()) is not None})
    answer.headers["Cache-Control"] = "no-store"
    return answer
