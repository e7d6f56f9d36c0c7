"""The chart of the plan: a page that reads without scripts, its data for the browser, and a view for paper."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ejlas.exports.ready_labels import share_words
from ejlas.planning.queries.ready import latest_forecast
from ejlas.planning.queries.ready.gantt import (
    Asked,
    gantt_rows,
    gantt_span,
    links_in,
    newest_change,
)
from ejlas.planning.queries.ready.names import groups_of
from ejlas.planning.rules.ready.states import ForecastState
from ejlas.readiness.rules.days import calendar_of
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness.ready.calendar_axis import CalendarAxis, axis_of
from ejlas.web.desk.readiness.ready.chart_data import ChartData, links_between
from ejlas.web.desk.readiness.ready.chart_page import (
    KEPT,
    ON_PAPER,
    ORDERS,
    PER_PAGE,
    ZOOMS,
    ChartPage,
    address_of,
    read_asked,
)
from ejlas.web.desk.views.readiness.ready import VIEW
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet

HERE = "ready-plan"


@require_safe
@requires(VIEW)
def show(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the rows of a plan that the address asks for; all of them for paper."""
    forecast = latest_forecast(edition)
    context = frame(request, edition, HERE)
    if forecast is None or forecast.state == ForecastState.EMPTY:
        return render(request, "desk/readiness/ready_plan.html", context | {"forecast": None})
    asked, on_paper = read_asked(request.GET), "paper" in request.GET
    page = 1 if on_paper else _page_number(request.GET.get("page", "1"))
    most = ON_PAPER if on_paper else PER_PAGE
    context |= _table(edition, forecast, asked, page=page, most=most) | {
        "forecast": forecast,
        "on_paper": on_paper,
        "zoom": request.GET.get("zoom", "") if request.GET.get("zoom", "") in ZOOMS else "month",
        "zooms": list(ZOOMS.items()),
        "data_address": reverse("desk:ready-plan-data", args=[edition.slug]),
        "paper_query": address_of(asked, paper=1),
    }
    return render(request, f"desk/readiness/{'ready_paper' if on_paper else 'ready_plan'}.html", context)


def _table(edition: Any, forecast: Any, asked: Asked, *, page: int, most: int) -> dict[str, Any]:
    sheet = Sheet(edition, reader_of(edition))
    bodies, streams = groups_of(edition)
    span = gantt_span(forecast, asked)
    today = timezone.now().astimezone(edition.zone).date()
    axis = axis_of(span, opening=edition.starts_on, today=today)
    rows = gantt_rows(forecast, asked, first=(page - 1) * most, most=most)
    chart = ChartPage.of(axis, sheet, bodies=bodies, streams=streams, asked=asked)
    last_page = max(1, -(-span.n // most))
    return {
        "head": chart.head(_calendar(edition), _places(axis, edition, forecast, today)),
        "groups": chart.groups(rows, asked.order),
        "count": sheet.number(span.n),
        "asked": asked,
        "orders": [(each.value, words) for each, words in ORDERS.items()],
        "kept": [(each.value, words) for each, words in KEPT.items()],
        "bodies": [(slug, sheet.reader.plain(name.to_stored()) or slug) for slug, name in bodies],
        "streams": [(slug, sheet.reader.plain(name.to_stored()) or slug) for slug, name in streams],
        "previous": address_of(asked, page=page - 1) if page > 1 else "",
        "next": address_of(asked, page=page + 1) if page < last_page else "",
        "page_words": (sheet.number(page), sheet.number(last_page)),
        "is_filtered": bool(asked.body or asked.stream or asked.only),
        "made_at": sheet.moment(forecast.ended_at),
        "parts": [share_words(part, sheet.reader.language) for part in (0.8, 0.95)],
    }


def _page_number(words: str) -> int:
    return max(int(words), 1) if words.isascii() and words.isdecimal() and len(words) < 5 else 1


def _calendar(edition: Any) -> Any:
    return calendar_of(edition.settings, edition.country)


def _places(axis: CalendarAxis, edition: Any, forecast: Any, today: date) -> dict[str, int]:
    target = forecast.target_on or edition.starts_on
    return {"today": axis.place(today), "target": axis.place(target), "opening": axis.place(edition.starts_on)}


@require_safe
@requires(VIEW)
def data(request: HttpRequest, edition: Any) -> HttpResponse:
    """Answer all rows of the chart as data; 304 while nothing of them changed."""
    forecast = latest_forecast(edition)
    if forecast is None or forecast.state == ForecastState.EMPTY:
        raise Http404
    reader = reader_of(edition)
    today = timezone.now().astimezone(edition.zone).date()
    told = (forecast.pk, newest_change(edition), reader.language, today, edition.revision, _BUILT)
    etag = f'"{hashlib.blake2b(repr(told).encode(), digest_size=12).hexdigest()}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        unchanged.headers["ETag"] = etag
        return unchanged
    answer = JsonResponse(_data(edition, forecast, reader, today), json_dumps_params=_COMPACT)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


# Told apart from data that an older program made.
_BUILT = 1
_COMPACT = {"ensure_ascii": False, "separators": (",", ":")}


def _data(edition: Any, forecast: Any, reader: Any, today: date) -> Mapping[str, Any]:
    bodies, streams = groups_of(edition)
    every = Asked()
    axis = axis_of(gantt_span(forecast, every), opening=edition.starts_on, today=today)
    rows = gantt_rows(forecast, every)
    made = ChartData(axis, reader, bodies, streams)
    return {
        **made.frame(_calendar(edition), _places(axis, edition, forecast, today)),
        "rows": made.rows(rows),
        "links": links_between(rows, links_in(edition)),
        "address": reverse("desk:obligation", args=[edition.slug, "slug"]),
    }
