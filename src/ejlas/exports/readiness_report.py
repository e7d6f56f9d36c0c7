"""The report of readiness: one A4 page for the head of the host, from the answer to what is to be decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from ejlas.core import calendars, languages
from ejlas.exports import readiness_rows as rows
from ejlas.exports import typesetting
from ejlas.exports.readiness_charts import burn_up_chart, trend_chart
from ejlas.exports.readiness_pen import Limits, Pen
from ejlas.exports.reading import in_words_of
from ejlas.exports.ready_labels import NOISE, VERDICTS, answer_words, level_of_answer, room_words, share_words
from ejlas.readiness.rules.house import Distribution

if TYPE_CHECKING:
    from ejlas.planning.queries.ready.report import Answer, ReadinessReport

CONTENT_TYPE = "application/pdf"
_COLOUR = "#00695f"
# The first that fits on the page is printed; the last is made smaller until it does.
_LIMITS = (
    Limits(size=9.2, chart=32, streams=10, risks=8, others=8, gains=6, shifts=4, name=100),
    Limits(size=8.8, chart=28, streams=10, risks=8, others=8, gains=6, shifts=4, name=100),
    Limits(size=8.4, chart=25, streams=9, risks=7, others=7, gains=6, shifts=4, name=95),
    Limits(size=8.0, chart=23, streams=9, risks=7, others=7, gains=6, shifts=4, name=90),
    Limits(size=7.8, chart=21, streams=8, risks=7, others=6, gains=5, shifts=4, name=85),
    Limits(size=7.6, chart=20, streams=7, risks=6, others=6, gains=5, shifts=3, name=80),
    Limits(size=7.4, chart=18, streams=6, risks=6, others=5, gains=4, shifts=3, name=75),
    Limits(size=7.4, chart=16, streams=5, risks=5, others=4, gains=3, shifts=2, name=60),
)


def render(report: ReadinessReport, *, language: str, at: datetime) -> bytes:
    """Return the report as a PDF of exactly one page. Raises CannotTypeset."""
    with in_words_of(language):
        values = _Page(report, language).values(at)
    return typesetting.typeset("readiness.typ", values, at=at)


class _Page:
    """The report in the words of one language."""

    def __init__(self, report: ReadinessReport, language: str) -> None:
        self.report, self.edition = report, report.edition
        self.pen = Pen(report.edition, language)

    def values(self, at: datetime) -> dict[str, Any]:
        """Return all that the template needs."""
        pen, answer = self.pen, self.report.answer
        title = gettext("Are we ready?")
        return {
            "language": languages.plain(pen.language).partition("-")[0],
            "direction": languages.direction(pen.language),
            "around": {"language": pen.around, "direction": languages.direction(pen.around)},
            "colour": self.edition.colours[0] if self.edition.colours else _COLOUR,
            "title": title,
            "edition": pen.own(pen.name(self.edition.name, 120, self.edition.slug)),
            "days": [pen.own(day) for day in pen.days(self.report.today)],
            "empty": "" if answer else self._empty(),
            "answer": self._answer(answer) if answer else None,
            "since": self._since(answer) if answer else None,
            "charts": self._charts(answer) if answer else None,
            "variants": [self._variant(limits) for limits in _LIMITS],
            "method": self._method(answer) if answer else "",
            "made": pen.own(self._made(at)),
            "words": _words(),
        }

    def _empty(self) -> str:
        if self.report.is_empty:
            return gettext("Nothing is owed yet: there is nothing of which a forecast could be made.")
        return gettext("No forecast was made yet, so nobody can say how likely everything is ready in time.")

    def _answer(self, answer: Answer) -> dict[str, Any]:
        pen, forecast = self.pen, answer.forecast
        share: float = forecast.p_ready or 0.0
        level = level_of_answer(forecast)
        target = forecast.target_on or self.edition.starts_on
        ends = zip((0.5, 0.8, 0.95), (forecast.ends_50, forecast.ends_80, forecast.ends_95), strict=True)
        worked = {"number": pen.number(forecast.n_worked), "all": pen.number(forecast.n_owed)}
        return {
            "share": share_words(share, pen.around),
            "level": level,
            "verdict": str(VERDICTS[level]),
            "sentence": "" if level == "done" else answer_words(share, pen.around),
            "worked": gettext("%(number)s of %(all)s obligations are delivered.") % worked,
            "ends": [self._end(part, day, target) for part, day in ends if day is not None],
            "target": [pen.own(day) for day in pen.days(target)],
            "opening": [pen.own(day) for day in pen.days(self.edition.starts_on)],
            "left": self._left(),
        }

    def _end(self, part: float, day: date, target: date) -> dict[str, Any]:
        early = (target - day).days
        return {
            "share": gettext("with %(share)s by") % {"share": share_words(part, self.pen.around)},
            "days": [self.pen.own(each) for each in self.pen.days(day)],
            "room": room_words(early, self.pen.number),
            "is_late": early < 0,
        }

    def _left(self) -> str:
        left = (self.edition.starts_on - self.report.today).days
        if left < 0:
            return gettext("The summit has opened.")
        return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": self.pen.number(left)}

    def _since(self, answer: Answer) -> dict[str, Any]:
        since, pen = answer.forecast.since, self.pen
        if since is None or since.p_ready is None or since.made_on is None:
            return {"words": gettext("There is no earlier meeting to compare with."), "points": "", "level": "fair"}
        change = (answer.forecast.p_ready or 0.0) - since.p_ready
        day = pen.day(since.made_on)
        values = {"share": share_words(since.p_ready, pen.around), "day": day}
        words = gettext("At the coordination meeting of %(day)s it was %(share)s.") % values
        if since.meeting is not None:
            values["number"] = pen.number(since.meeting.number)
            words = gettext("At coordination meeting %(number)s of %(day)s it was %(share)s.") % values
        is_same = abs(change) < NOISE
        return {
            "words": pen.own(words),
            "points": pen.own(gettext("unchanged") if is_same else pen.points(change)),
            "level": "fair" if is_same else "good" if change > 0 else "poor",
        }

    def _charts(self, answer: Answer) -> dict[str, Any]:
        today = answer.forecast.made_on or self.report.today
        target = answer.forecast.target_on or self.edition.starts_on
        return {
            "burn_up": burn_up_chart(answer.burn_up, self.pen, today=today, target=target),
            "trend": trend_chart(answer.trend, self.pen),
        }

    def _variant(self, limits: Limits) -> dict[str, Any]:
        report, pen = self.report, self.pen
        answer = report.answer
        return {
            "size": limits.size,
            "chart": limits.chart,
            "shifts": rows.shifts(answer, pen, limits) if answer else [],
            "streams": rows.streams(answer, pen, limits) if answer else [],
            "risks": rows.risks(answer, pen, limits) if answer else [],
            "gains": rows.gains(answer, pen, limits) if answer else [],
            "others": rows.others(report, pen, limits),
            "decisions": rows.decisions(report, pen, limits),
        }

    def _method(self, answer: Answer) -> str:
        premises = answer.premises
        if premises is None:
            return ""
        is_pert = premises.rules.distribution == Distribution.PERT
        values = {
            "runs": self.pen.number(premises.rules.n_runs),
            "kind": "PERT" if is_pert else gettext("triangular"),
            "spread": languages.percent(premises.rules.body_spread / 100, self.pen.around),
            "error": languages.percent(2 * (answer.forecast.error or 0.0), self.pen.around, decimals=1),
        }
        return (
            gettext(
                "The plan was played through %(runs)s times on the host’s working days, with limited hands; lengths "
                "drawn between least and most (%(kind)s); a body’s delays share one factor (%(spread)s); sure to "
                "±%(error)s."
            )
            % values
        )

    def _made(self, at: datetime) -> str:
        def moment(each: datetime) -> str:
            here = each.astimezone(self.edition.zone)
            return self.pen.listed([self.pen.day(here.date()), calendars.format_time(here, self.pen.language)])

        answer = self.report.answer
        if answer is None or answer.forecast.ended_at is None:
            return gettext("Printed %(moment)s.") % {"moment": moment(at)}
        values = {"made": moment(answer.forecast.ended_at), "moment": moment(at)}
        return gettext("Forecast made %(made)s; printed %(moment)s.") % values


def _words() -> dict[str, str]:
    return {
        "target": gettext("Everything ready by"),
        "opening": gettext("Opening"),
        "since": gettext("Since the last coordination meeting"),
        "burn_up": gettext("Obligations delivered"),
        "trend": gettext("How the answer moved"),
        "no_trend": gettext("The line begins with the second forecast."),
        "streams": gettext("Workstreams, the least likely first"),
        "stream": gettext("Workstream"),
        "delivered": gettext("Delivered"),
        "in_time": gettext("In time"),
        "risks": gettext("What the risk hangs on"),
        "what": gettext("What"),
        "due": gettext("Due"),
        "ask": gettext("What is asked of whom"),
        "gains": gettext("What more would buy"),
        "no_gain": gettext("Nothing single would move the answer."),
        "others": gettext("The rest of the summit that is not ready"),
        "no_other": gettext("Nothing of it is open."),
        "decisions": gettext("For your decision"),
        "no_decision": gettext("Nothing waits for a decision."),
    }
