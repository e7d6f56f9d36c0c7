"""The rows of the chart of a plan: each obligation with its days, kept and ordered as a page asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q

from ejlas.core.audit import queries as audit
from ejlas.core.text import Text
from ejlas.forum.models import Edition
from ejlas.planning.models import Forecast
from ejlas.readiness.models import Link
from ejlas.readiness.rules.states import WORKED, ObligationState

# An obligation that decides the end in this share of the runs is called critical.
CRITICAL_FROM = 0.25
_SHOWN = ("obligation", "body", "workstream")


class Order(StrEnum):
    """How the rows stand."""

    STREAM = "workstream"
    BODY = "body"
    BEGIN = "begin"
    DUE = "due"
    RISK = "risk"


class Only(StrEnum):
    """Which rows are kept."""

    ALL = ""
    CRITICAL = "critical"
    LATE = "late"
    OPEN = "open"
    UNANSWERED = "unanswered"


class Row(NamedTuple):
    """One obligation with what a forecast says of it."""

    slug: str
    name: Text
    body: str | None
    stream: str | None
    state: str
    due: date | None
    begins: date
    ends: date
    ends_80: date
    ends_95: date
    p_on_time: float
    criticality: float
    share: float
    slack: int | None

    @property
    def is_worked(self) -> bool:
        """Whether the work is over."""
        return self.state in WORKED

    @property
    def is_critical(self) -> bool:
        """Whether it often decides the end."""
        return not self.is_worked and self.criticality >= CRITICAL_FROM

    @property
    def is_late(self) -> bool:
        """Whether it is not delivered and the plan ends it after its due day."""
        return not self.is_worked and self.due is not None and self.ends > self.due


_FIELDS = (
    "obligation__slug",
    "obligation__name",
    "obligation__body__slug",
    "obligation__workstream__slug",
    "obligation__state",
    "obligation__due_on",
    "begins",
    "ends",
    "ends_80",
    "ends_95",
    "p_on_time",
    "criticality",
    "share",
    "slack",
)
_ORDERS: dict[Order, tuple[Any, ...]] = {
    Order.STREAM: (
        F("obligation__workstream__position").asc(nulls_last=True),
        "obligation__workstream_id",
        "begins",
        "ends",
    ),
    Order.BODY: (F("obligation__body__position").asc(nulls_last=True), "obligation__body_id", "begins", "ends"),
    Order.BEGIN: ("begins", "ends"),
    Order.DUE: (F("obligation__due_on").asc(nulls_last=True), "begins"),
    Order.RISK: ("-share", "p_on_time"),
}
_OPEN = ~Q(obligation__state__in=sorted(WORKED))
_KEPT: dict[Only, Q] = {
    Only.ALL: Q(),
    Only.CRITICAL: _OPEN & Q(criticality__gte=CRITICAL_FROM),
    Only.LATE: _OPEN & Q(ends__gt=F("obligation__due_on")),
    Only.OPEN: _OPEN,
    Only.UNANSWERED: Q(obligation__state__in=[ObligationState.PLANNED, ObligationState.REFUSED]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page asks of the chart; "" asks for every body or workstream."""

    body: str = ""
    stream: str = ""
    only: Only = Only.ALL
    order: Order = Order.STREAM


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last days of a plan, and how many rows are kept."""

    first: date | None
    last: date | None
    last_due: date | None
    n: int


def gantt_rows(forecast: Forecast, asked: Asked, *, first: int = 0, most: int | None = None) -> list[Row]:
    """Return rows of the chart in their order. One SQL query."""
    rows = forecast.lines.filter(_kept(asked)).order_by(*_ORDERS[asked.order], "pk").values_list(*_FIELDS)
    return [Row(*each) for each in rows[first : None if most is None else first + most]]


def gantt_span(forecast: Forecast, asked: Asked) -> Span:
    """Return the days from the first to the last of the whole plan, and the number of rows kept. One SQL query."""
    found = forecast.lines.aggregate(
        first=Min("begins"),
        last=Max("ends_95"),
        due=Max("obligation__due_on"),
        n=Count("pk", filter=_kept(asked)),
    )
    return Span(found["first"], found["last"], found["due"], found["n"])


def links_in(edition: Edition) -> list[tuple[str, str]]:
    """Return what comes before what, by slug. One SQL query."""
    links = Link.objects.filter(after__edition=edition).order_by("pk")
    return list(links.values_list("before__slug", "after__slug"))


def newest_change(edition: Edition) -> int:
    """Return what grows whenever an obligation, a body or a workstream changes. One SQL query."""
    lines = audit.lines_in(edition.slug).filter(subject_kind__in=_SHOWN)
    return lines.values_list("number", flat=True).first() or 0


def _kept(asked: Asked) -> Q:
    kept = Q(pk__isnull=False) & _KEPT[asked.only]
    if asked.body:
        kept &= Q(obligation__body__slug=asked.body)
    if asked.stream:
        kept &= Q(obligation__workstream__slug=asked.stream)
    return kept
