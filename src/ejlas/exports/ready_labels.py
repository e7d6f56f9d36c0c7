"""The words of a forecast that its page and its report share: why it moved, on whom work waits, what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ejlas.core import calendars, languages
from ejlas.exports.labels import Labels
from ejlas.planning.rules.ready.states import Cause, Waiting
from ejlas.readiness.rules.house import Distribution

if TYPE_CHECKING:
    from ejlas.planning.models import Forecast
    from ejlas.planning.rules.ready.basis import Basis

# Smaller steps of the answer are noise of the runs.
NOISE = 0.005
_GOOD, _FAIR = 0.8, 0.5
VERDICTS: Labels = {
    "done": _("Everything is delivered"),
    "good": _("Likely in time"),
    "fair": _("In danger"),
    "poor": _("Too late as things stand"),
}
CAUSES: Labels = {
    Cause.TIME: _("Days went by: what had not begun begins later, and what is in work is further on."),
    Cause.WORK: _("Work began, was delivered, or was sent back."),
    Cause.ESTIMATES: _("Work is thought to take longer or shorter, or passed to another body."),
    Cause.ORDER: _("Predecessors, earliest starts, due days or limited hands changed."),
    Cause.SCOPE: _("Something more is owed, or something no longer."),
    Cause.RULES: _("The opening, the working calendar or the rules for readiness changed."),
}
WAITING: Labels = {
    Waiting.CHOICE: _("waits until a body is chosen for it"),
    Waiting.ANSWER: _("waits for the answer of the body"),
    Waiting.HOST: _("was refused and waits for the secretariat"),
    Waiting.BEFORE: _("waits for what comes before it"),
    Waiting.BODY: _("waits for the work of the body"),
    Waiting.NOBODY: _("waits for nobody: the work is over"),
}
# Below and above, a probability is not said in whole per cent, and in tenths.
_LITTLE, _HARDLY = 0.01, 0.05

DISTRIBUTIONS: Labels = {
    Distribution.PERT: _(
        "How long each piece of work takes is drawn between its least and its most days, most often near the likely "
        "ones (PERT)."
    ),
    Distribution.TRIANGULAR: _(
        "How long each piece of work takes is drawn between its least and its most days, evenly rising to the likely "
        "ones and falling again (triangular)."
    ),
}


def days_words(day: date, language: str, shown: tuple[str, ...]) -> str:
    """Return a day in each calendar that a reader of the language wants."""
    return " · ".join(calendars.format_dates(day, language, shown))


def share_words(share: float, language: str) -> str:
    """Return a probability in per cent; 0 and 100 are said only of what is certain."""
    if 0 < share < _LITTLE:
        return gettext("under %(share)s") % {"share": languages.percent(0.01, language)}
    if 1 - _LITTLE < share < 1:
        return gettext("over %(share)s") % {"share": languages.percent(0.99, language)}
    return languages.percent(share, language)


def answer_words(share: float, language: str) -> str:
    """Return the answer to “are we ready?” as one says it."""
    if share >= 1 - _HARDLY:
        return gettext("In nearly every case everything is ready in time.")
    if share < _HARDLY:
        return gettext("In hardly any case is everything ready in time.")
    number = round(share * 10)
    words = ngettext(
        "In %(number)s of %(ten)s cases everything is ready in time.",
        "In %(number)s of %(ten)s cases everything is ready in time.",
        number,
    )
    return words % {"number": languages.number(number, language), "ten": languages.number(10, language)}


def statements(forecast: Forecast, premises: Basis, *, language: str, shown: tuple[str, ...]) -> list[str]:
    """Return what a forecast rests on, one sentence each, in the language that is spoken now.

    Parameters
    ----------
    premises : as `planning.queries.ready.premises_of` returns them
    shown : the calendars of the edition
    """
    return [
        _target(forecast, premises, language, shown),
        str(DISTRIBUTIONS[Distribution(premises.rules.distribution)]),
        _working_calendar(premises, language),
        _shared_factor(premises.rules.body_spread, language),
        _done_already(forecast, language),
        gettext("What needs the same limited hands is done one after the other, as the plan says."),
        gettext("Where an obligation may overlap the one before it (a lead), the lead is counted as 0."),
        _runs(forecast, premises, language),
    ]


def _target(forecast: Forecast, premises: Basis, language: str, shown: tuple[str, ...]) -> str:
    number = premises.rules.ready_days
    words = ngettext(
        "Everything has to be delivered by the end of %(day)s, %(number)s working day before the opening on "
        "%(opening)s.",
        "Everything has to be delivered by the end of %(day)s, %(number)s working days before the opening on "
        "%(opening)s.",
        number,
    )
    return words % {
        "day": days_words(forecast.target_on or premises.opening, language, shown),
        "number": languages.number(number, language),
        "opening": days_words(premises.opening, language, shown),
    }


def _working_calendar(premises: Basis, language: str) -> str:
    rules = premises.rules
    ahead = [day for day in rules.holidays if premises.today <= day <= premises.opening]
    week = languages.comma(language).join(calendars.weekday_name(day, language) for day in rules.weekend)
    if not ahead:
        plain = gettext("Working days are counted: no work on %(days)s.")
        return plain % {"days": week} if week else gettext("Every day of the week is worked.")
    if not week:
        words = ngettext(
            "Every day of the week is worked, except %(number)s holiday until the opening.",
            "Every day of the week is worked, except %(number)s holidays until the opening.",
            len(ahead),
        )
    else:
        words = ngettext(
            "Working days are counted: no work on %(days)s, nor on %(number)s holiday until the opening.",
            "Working days are counted: no work on %(days)s, nor on %(number)s holidays until the opening.",
            len(ahead),
        )
    return words % {"days": week, "number": languages.number(len(ahead), language)}


def _shared_factor(spread: int, language: str) -> str:
    if not spread:
        return gettext("Each obligation of a body is late or early for itself: no factor is shared.")
    words = gettext(
        "A body that is late is late in everything: all its work shares one factor, which spreads by %(share)s and "
        "learns from what the body has delivered."
    )
    return words % {"share": languages.percent(spread / 100, language)}


def _done_already(forecast: Forecast, language: str) -> str:
    words = ngettext(
        "%(number)s of %(all)s obligations is delivered; it counts as over on the day of its delivery.",
        "%(number)s of %(all)s obligations are delivered; they count as over on the day of their delivery.",
        forecast.n_worked,
    )
    number, every = languages.number(forecast.n_worked, language), languages.number(forecast.n_owed, language)
    return words % {"number": number, "all": every}


def _runs(forecast: Forecast, premises: Basis, language: str) -> str:
    words = ngettext(
        "The whole plan was played through %(number)s time; the answer is sure to about %(share)s either way.",
        "The whole plan was played through %(number)s times; the answer is sure to about %(share)s either way.",
        premises.rules.n_runs,
    )
    # Two standard errors: in 19 of 20 cases the answer of endless runs lies within.
    error = languages.percent(2 * (forecast.error or 0.0), language, decimals=1)
    return words % {"number": languages.number(premises.rules.n_runs, language), "share": error}


def level_of(share: float) -> str:
    """Say in a word of templates and styles how good a probability is."""
    return "good" if share >= _GOOD else "fair" if share >= _FAIR else "poor"


def level_of_answer(forecast: Forecast) -> str:
    """Say in such a word how good the answer of a forecast is; "done" where nothing is left to be delivered."""
    share = forecast.p_ready or 0.0
    return "done" if forecast.n_worked == forecast.n_owed and share > 0 else level_of(share)


def room_words(early: int, number: Callable[[int], str]) -> str:
    """Say how many days lie between an end and the last day on which it may be.

    Parameters
    ----------
    number : writes a number as the reader does
    """
    if early == 0:
        return gettext("on the last day")
    worded = (
        ngettext("%(number)s day in hand", "%(number)s days in hand", early)
        if early > 0
        else ngettext("%(number)s day too late", "%(number)s days too late", -early)
    )
    return worded % {"number": number(abs(early))}
