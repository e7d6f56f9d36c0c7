"""Everything that a one-page report of the preparation tells, gathered for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from ejlas.core.text import Text
from ejlas.forum.models import Edition
from ejlas.planning.models import Forecast
from ejlas.planning.queries.ready.burn_up import BurnUp, burn_up
from ejlas.planning.queries.ready.forecasts import trend_of
from ejlas.planning.queries.ready.names import Names, names_of
from ejlas.planning.queries.ready.others import other_parts
from ejlas.planning.queries.ready.risks import Risk, risks
from ejlas.planning.queries.ready.standing import standing_of
from ejlas.planning.rules.ready.basis import Basis
from ejlas.planning.rules.ready.others import OtherPart
from ejlas.planning.rules.ready.states import ForecastState
from ejlas.readiness.models import Obligation
from ejlas.readiness.rules.house import stored
from ejlas.readiness.rules.ladder import Ladder
from ejlas.readiness.rules.states import WORKED, ObligationState

MOST_RISKS = 8
# So many of each kind of thing are named that the head of the host is asked to decide.
MOST_NAMED = 4
# What is due so soon and not accepted yet is for the head of the host.
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many obligations wait for a decision, and the bodies that have most of them, by name with their number."""

    number: int
    bodies: tuple[tuple[Text, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What only the head of the host can decide.

    Parameters
    ----------
    refused : what bodies refused, the first due first; `n_refused` of them in all
    unaccepted : due within a month and not accepted by its body
    late : not delivered although the ladder of reminders has ended
    n_bodiless : obligations for which no body is chosen
    """

    refused: tuple[Obligation, ...]
    n_refused: int
    unaccepted: Tally
    late: Tally
    n_bodiless: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The newest forecast with what explains it."""

    forecast: Forecast
    premises: Basis | None
    names: Names
    trend: list[Forecast]
    burn_up: BurnUp
    risks: list[Risk]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessReport:
    """The preparation on one page.

    Parameters
    ----------
    answer : None where no forecast was made yet, or where nothing is owed
    others : the rest of the summit, as far as the reader may see it
    """

    edition: Edition
    today: date
    answer: Answer | None
    is_empty: bool
    decisions: Decisions
    others: tuple[OtherPart, ...]


def readiness_report(edition: Edition, user: Any, *, at: datetime) -> ReadinessReport:
    """Return what a report tells to a person who may see the preparation. Twenty-two SQL queries at most."""
    today = at.astimezone(edition.zone).date()
    standing = standing_of(edition)
    made = standing.made
    is_empty = made is not None and made.state == ForecastState.EMPTY
    answer = None if made is None or is_empty else _answer(edition, made, standing.premises, today)
    return ReadinessReport(
        edition=edition,
        today=today,
        answer=answer,
        is_empty=is_empty,
        decisions=decisions_of(edition, today=today),
        others=other_parts(edition, user, at=at),
    )


def _answer(edition: Edition, made: Forecast, premises: Basis | None, today: date) -> Answer:
    return Answer(
        forecast=made,
        premises=premises,
        names=names_of(edition, _named(made.result, made.shifts)),
        trend=trend_of(edition),
        burn_up=burn_up(edition, made),
        risks=risks(made, MOST_RISKS, today=today),
    )


def _named(result: Mapping[str, Any], shifts: list[Mapping[str, Any]]) -> set[str]:
    named = {slug for slug, _share in result.get("quicker", ())}
    return named | {slug for shift in shifts for slug in shift["slugs"]}


def decisions_of(edition: Edition, *, today: date) -> Decisions:
    """Return what only the head of the host can decide. Five SQL queries."""
    owed = Obligation.objects.filter(edition=edition).exclude(state__in=sorted(WORKED))
    ladder = Ladder.of(stored(edition.settings))
    refused = owed.filter(state=ObligationState.REFUSED).select_related("body").order_by("due_on", "position", "pk")
    with_body = owed.filter(body__isnull=False).exclude(state=ObligationState.REFUSED)
    unaccepted = with_body.filter(state=ObligationState.PLANNED, due_on__lte=today + SOON, due_on__gte=today)
    late = with_body.filter(due_on__lte=today - timedelta(days=ladder.secretariat))
    return Decisions(
        refused=tuple(refused[:MOST_NAMED]),
        n_refused=refused.count(),
        unaccepted=_tally(unaccepted),
        late=_tally(late),
        n_bodiless=owed.filter(body=None).count(),
    )


def _tally(owed: QuerySet[Obligation]) -> Tally:
    """Count obligations by their bodies. One SQL query."""
    rows = owed.order_by().values_list("body", "body__name").annotate(n=Count("pk")).order_by("-n", "body__position")
    found = [(name, n) for _, name, n in rows]
    return Tally(sum(n for _, n in found), tuple(found[:MOST_NAMED]))
