"""Forecasts of the preparation: asked for, made by a worker, scored after the opening, old ones cut short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Q

from ejlas.accounts.models import User
from ejlas.core import background
from ejlas.core.audit import operations as audit
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.models import Edition
from ejlas.planning.models import Forecast, ForecastLine
from ejlas.planning.queries import ready as queries
from ejlas.planning.rules.ready.basis import Basis
from ejlas.planning.rules.ready.burn_up import burn_up
from ejlas.planning.rules.ready.states import LOST_AFTER, MADE, WHOLE_FOR, ForecastState
from ejlas.readiness.models import CoordinationMeeting, Obligation

if TYPE_CHECKING:
    from ejlas.planning.rules.ready.outcome import Outcome

# After the opening the preparation is over; so long it is still told what became of it.
_AFTER = timedelta(days=30)
_BATCH = 500


class ForecastOnItsWay(RuleBroken):
    """An edition has one forecast on its way at a time: the second would say the same."""

    message = marked("A forecast is being made already; %(by)s asked for it.")


@transaction.atomic
def ask_for_forecast(
    *, edition: Edition, by: User, at: datetime, meeting: CoordinationMeeting | None = None
) -> Forecast:
    """Note that a forecast is wanted; a worker makes it after the commit. Raises ForecastOnItsWay."""
    Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    waiting = queries.waiting_forecast(edition, at=at)
    if waiting is not None and meeting is None:
        raise ForecastOnItsWay(by=waiting.asked_by)
    asked = Forecast.objects.create(edition=edition, meeting=meeting, asked_by=by.name, asked_at=at)
    _record(asked, "asked", {}, by=by.name, at=at)
    background.enqueue("planning.make_forecast", forecast=asked.pk)
    return asked


def make_forecast(*, forecast: Forecast, at: datetime) -> Forecast:
    """Make a forecast that was asked for, and keep it with its lines; one that has ended already stays as it is.

    A fault goes on to the caller, and the forecast says that there was one.
    """
    if forecast.state != ForecastState.QUEUED:
        return forecast
    try:
        return _made(forecast, at)
    except Exception as fault:
        _fail(forecast, fault, at=at)
        raise


def _made(forecast: Forecast, at: datetime) -> Forecast:
    # numpy and the engine come with it: a web process that only shows forecasts needs neither.
    from ejlas.planning.rules.ready.outcome import outcome_of
    from ejlas.planning.rules.ready.why import shifts

    basis = queries.basis_of(forecast.edition, today=at.astimezone(forecast.edition.zone).date())
    since = queries.forecast_of_last_meeting(forecast.edition, before=forecast)
    outcome = outcome_of(basis, seed=forecast.seed)
    reasons = () if since is None else shifts(Basis.read(since.basis), basis, seed=forecast.seed)
    return _keep(forecast, basis, outcome, since, [each.stored() for each in reasons], at=at)


@transaction.atomic
def _fail(forecast: Forecast, fault: Exception, *, at: datetime) -> None:
    held = Forecast.objects.select_for_update(of=("self",)).select_related("edition").get(pk=forecast.pk)
    if held.state == ForecastState.QUEUED:
        # The day is kept, so that the night does not ask for the same again and again.
        held.state, held.ended_at = ForecastState.FAILED, at
        held.made_on = at.astimezone(held.edition.zone).date()
        held.save(update_fields=["state", "ended_at", "made_on"])
        _record(held, "failed", {"fault": type(fault).__name__}, by=held.asked_by, at=at)


@transaction.atomic
def _keep(
    forecast: Forecast,
    basis: Basis,
    outcome: Outcome | None,
    since: Forecast | None,
    reasons: list[dict[str, Any]],
    *,
    at: datetime,
) -> Forecast:
    held = Forecast.objects.select_for_update(of=("self",)).select_related("edition").get(pk=forecast.pk)
    if held.state != ForecastState.QUEUED:
        return held
    held.state = ForecastState.EMPTY if outcome is None else ForecastState.DONE
    held.ended_at, held.made_on, held.since, held.shifts = at, basis.today, since, reasons
    held.basis = basis.stored()
    if outcome is not None:
        _fill(held, outcome, basis)
    held.save()
    if outcome is not None:
        _keep_lines(held, outcome)
    values = {} if outcome is None else {"p_ready": round(outcome.p_ready, 4), "n": outcome.n}
    _record(held, "ended", values, by=held.asked_by, at=at)
    return held


def _fill(held: Forecast, outcome: Outcome, basis: Basis) -> None:
    from ejlas.planning.rules.ready.outcome import as_stored

    held.p_ready, held.error, held.target_on = outcome.p_ready, outcome.error, outcome.target_on
    held.ends_50, held.ends_80, held.ends_95 = outcome.ends
    held.n_owed, held.n_worked = outcome.n, outcome.n_worked
    # What pages show of all that is owed is gathered now: to find it in the basis again would take long.
    held.result = as_stored(outcome) | {
        "premises": replace(basis, owed=(), hands={}).stored(),
        "burn_up": burn_up(basis, outcome.lines, target=outcome.target_on).stored(),
    }


def _keep_lines(held: Forecast, outcome: Outcome) -> None:
    # What was struck off while the forecast was made has no line.
    there = dict(Obligation.objects.filter(edition=held.edition).values_list("slug", "pk"))
    rows = [
        ForecastLine(
            forecast=held,
            obligation_id=there[line.slug],
            **{name: getattr(line, name) for name in line.__dataclass_fields__ if name != "slug"},
        )
        for line in outcome.lines
        if line.slug in there
    ]
    ForecastLine.objects.bulk_create(rows, batch_size=_BATCH)


def ask_each_night(*, at: datetime, by: User) -> list[Forecast]:
    """Ask for today's forecast of each edition in preparation that owes anything and has none of today."""
    found = []
    for edition in Edition.objects.filter(obligation_set__isnull=False).distinct():
        today = at.astimezone(edition.zone).date()
        if edition.starts_on < today or Forecast.objects.filter(edition=edition, made_on=today).exists():
            continue
        if queries.waiting_forecast(edition, at=at) is None:
            found.append(ask_for_forecast(edition=edition, by=by, at=at))
    return found


@transaction.atomic
def score_forecasts(*, at: datetime) -> list[Forecast]:
    """Score the forecasts of meetings whose summit has opened, and is not long past; return them."""
    from ejlas.planning.rules.ready.scoring import scored

    found = []
    whole = Forecast.objects.filter(state=ForecastState.DONE, meeting__isnull=False, score={}).exclude(basis={})
    for forecast in whole.select_related("edition").select_for_update(of=("self",)):
        today = at.astimezone(forecast.edition.zone).date()
        if not forecast.edition.starts_on <= today <= forecast.edition.starts_on + _AFTER:
            continue
        score = scored(
            Basis.read(forecast.basis),
            seed=forecast.seed,
            delivered=_until(queries.days_delivered(forecast.edition), today),
            today=today,
        )
        if score is not None:
            forecast.score = score.stored()
            forecast.save(update_fields=["score"])
            found.append(forecast)
    return found


def _until(days: dict[str, date | None], today: date) -> dict[str, date | None]:
    return {slug: day if day is not None and day <= today else None for slug, day in days.items()}


@transaction.atomic
def cut_old_forecasts(*, at: datetime) -> int:
    """Cut old forecasts that no meeting rests on to their figures; return how many."""
    ended = Q(forecasts__state__in=sorted(MADE))
    newest = Edition.objects.annotate(newest=Max("forecasts__pk", filter=ended)).values_list("newest", flat=True)
    old = (
        Forecast.objects.filter(meeting=None, asked_at__lt=at - WHOLE_FOR)
        .exclude(pk__in=list(newest))
        .exclude(basis={})
    )
    keys = list(old.values_list("pk", flat=True))
    ForecastLine.objects.filter(forecast__in=keys).delete()
    Forecast.objects.filter(pk__in=keys).update(basis={}, result={}, shifts=[])
    # One whose worker never came says nothing at all.
    Forecast.objects.exclude(state__in=sorted(MADE)).filter(asked_at__lt=at - WHOLE_FOR - LOST_AFTER).delete()
    return len(keys)


def _record(forecast: Forecast, act: str, values: dict[str, Any], *, by: str, at: datetime) -> None:
    name = f"{forecast.edition.slug} {forecast.pk}"
    entry = audit.Entry(f"planning.forecast.{act}", "forecast", name, {"forecast": forecast.pk, **values})
    audit.record([entry], scope=forecast.edition.slug, by=by, at=at)
