"""The parts of the report of readiness row by row: workstreams, risks, what more would buy, what is to be decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from ejlas.exports.readiness_pen import Limits, Pen
from ejlas.exports.ready_labels import CAUSES, NOISE, level_of, share_words
from ejlas.exports.ready_parts import LEVELS, sentence
from ejlas.planning.rules.ready.others import Level
from ejlas.planning.rules.ready.states import Cause, Waiting
from ejlas.readiness.rules.states import ObligationState

if TYPE_CHECKING:
    from ejlas.planning.queries.ready.report import Answer, Decisions, ReadinessReport, Tally
    from ejlas.planning.queries.ready.risks import Risk

Row = dict[str, Any]
# Of each step so many things are named.
_MOST_THINGS = 2


# --- What changed ---


def shifts(answer: Answer, pen: Pen, limits: Limits) -> list[Row]:
    """Return why the answer moved since the last meeting, the greatest step first."""
    moved = [each for each in answer.forecast.shifts if abs(each["change"]) >= NOISE]
    largest = sorted(moved, key=lambda each: -abs(each["change"]))[: limits.shifts]
    return [
        {
            "level": "good" if each["change"] > 0 else "poor",
            "points": pen.own(pen.points(each["change"])),
            "words": str(CAUSES[Cause(each["cause"])]),
            "things": pen.own(_things(each, answer, pen, limits)),
        }
        for each in largest
    ]


def _things(shift: Mapping[str, Any], answer: Answer, pen: Pen, limits: Limits) -> str:
    named = [_obligation(slug, answer, pen, limits.short) for slug in shift["slugs"][:_MOST_THINGS]]
    return pen.listed_with(named, shift["n"] - len(named)) if named else ""


def _obligation(slug: str, answer: Answer, pen: Pen, most: int) -> str:
    return pen.name(answer.names.obligations.get(slug), most) or slug


# --- Workstreams ---


def streams(answer: Answer, pen: Pen, limits: Limits) -> list[Row]:
    """Return the workstreams that are least likely ready in time, and the sum of all others in one row."""
    every = sorted(answer.forecast.result.get("streams", ()), key=lambda each: (each["p_ready"], -each["n"]))
    shown, rest = every[: limits.streams], every[limits.streams :]
    if len(rest) == 1:
        shown, rest = every, []
    rows = [_stream(_stream_name(each["slug"], answer, pen, limits), [each], pen) for each in shown]
    if rest:
        words = ngettext("%(number)s other workstream", "%(number)s other workstreams", len(rest))
        rows.append(_stream(words % {"number": pen.number(len(rest))}, rest, pen))
    return rows


def _stream_name(slug: str, answer: Answer, pen: Pen, limits: Limits) -> str:
    if not slug:
        return gettext("Without a workstream")
    return pen.name(answer.names.workstreams.get(slug), limits.short) or slug


def _stream(name: str, held: list[Mapping[str, Any]], pen: Pen) -> Row:
    n, n_worked = sum(each["n"] for each in held), sum(each["n_worked"] for each in held)
    least, most = min(each["p_ready"] for each in held), max(each["p_ready"] for each in held)
    share = share_words(least, pen.around)
    values = {"number": pen.number(n_worked), "all": pen.number(n)}
    return {
        "name": pen.own(name),
        "done": n_worked / n if n else 0.0,
        "worked": gettext("%(number)s of %(all)s") % values,
        # Some of them are in danger and others not: what they share has no colour.
        "level": level_of(least) if level_of(least) == level_of(most) else "",
        "share": share if most - least < NOISE else gettext("%(share)s or more") % {"share": share},
    }


# --- Risks ---


def risks(answer: Answer, pen: Pen, limits: Limits) -> list[Row]:
    """Return the obligations that the risk hangs on: whose, by when, and what is asked of whom."""
    return [
        {
            "name": pen.own(pen.name(each.obligation.name, limits.name)),
            "body": pen.own(_body(each, pen, limits)),
            "due": [pen.own(day) for day in pen.short(each.obligation.due_on)] if each.obligation.due_on else ["—"],
            "is_late": each.is_late,
            "share": share_words(each.line.p_on_time, pen.around),
            "level": level_of(each.line.p_on_time),
            "ask": pen.own(_ask(each, answer.forecast.target_on, pen, limits)),
        }
        for each in answer.risks[: limits.risks]
    ]


def _body(risk: Risk, pen: Pen, limits: Limits) -> str:
    body = risk.obligation.body
    return pen.name(body.name, limits.name, body.slug) or body.slug if body else gettext("No body yet")


def _ask(risk: Risk, target: date | None, pen: Pen, limits: Limits) -> str:
    return _ASKS[risk.waits_on](risk, target, pen, limits)


def _by(words: str, day: date, pen: Pen) -> str:
    # In some languages a day ends with the full stop of an abbreviation.
    return (words % {"day": pen.own_day(day)}).replace("..", ".")


def _ask_body(risk: Risk, target: date | None, pen: Pen, _limits: Limits) -> str:
    owed, line = risk.obligation, risk.line
    if owed.state == ObligationState.IN_WORK:
        last = min(filter(None, (owed.due_on if not risk.is_late else None, target)), default=line.ends)
        return _by(gettext("Body: deliver by %(day)s."), last, pen)
    return _by(gettext("Body: begin by %(day)s."), line.begins, pen)


def _ask_before(risk: Risk, _target: date | None, pen: Pen, limits: Limits) -> str:
    first = risk.before[0]
    body = first.body
    whose = pen.name(body.name, limits.short, body.slug) or body.slug if body else gettext("No body yet")
    values = {"body": whose, "what": pen.name(first.name, limits.short, first.slug)}
    return gettext("%(body)s: deliver first “%(what)s”.") % values


_ASKS: Mapping[Waiting, Callable[[Any, date | None, Pen, Limits], str]] = {
    Waiting.CHOICE: lambda *_: gettext("Secretariat: choose the body that does it."),
    Waiting.HOST: lambda *_: gettext("Secretariat: answer the refusal."),
    Waiting.ANSWER: lambda risk, _target, pen, _limits: _by(
        gettext("Body: accept it and begin by %(day)s."), risk.line.begins, pen
    ),
    Waiting.BEFORE: _ask_before,
    Waiting.BODY: _ask_body,
    Waiting.NOBODY: lambda *_: gettext("Secretariat: look at what was delivered."),
}


# --- What more would buy ---


def gains(answer: Answer, pen: Pen, limits: Limits) -> list[Row]:
    """Return what one more week, one more of limited hands and the least time of one obligation each would buy."""
    result, now = answer.forecast.result, answer.forecast.p_ready or 0.0
    rows = [(gettext("One week more until the opening"), result.get("p_with_week"))]
    for slug, share in result.get("one_more", ()):
        what = pen.name(answer.names.resources.get(slug), limits.short) or slug
        rows.append((gettext("One more of: %(what)s") % {"what": what}, share))
    for slug, share in result.get("quicker", ()):
        what = _obligation(slug, answer, pen, limits.short)
        rows.append((gettext("As quick as can be: %(what)s") % {"what": what}, share))
    found = [(what, share) for what, share in rows if share is not None and share - now >= NOISE]
    found.sort(key=lambda row: -row[1])
    return [
        {
            "what": pen.own(what),
            "share": share_words(share, pen.around),
            "points": pen.own(pen.points(share - now)),
        }
        for what, share in found[: limits.gains]
    ]


# --- The rest of the summit ---


def others(report: ReadinessReport, pen: Pen, limits: Limits) -> list[Row]:
    """Return the other parts that are not ready, late ones first."""
    waits = [part for part in report.others if not part.is_ready]
    rows = [
        {"level": part.level.value, "mark": str(LEVELS[part.level]), "words": pen.own(sentence(part, pen.around))}
        for part in waits[: limits.others]
    ]
    left = pen.and_more(len(waits) - len(rows))
    return [*rows, {"level": Level.OPEN.value, "mark": "", "words": left}] if left else rows


# --- What is to be decided ---


def decisions(report: ReadinessReport, pen: Pen, limits: Limits) -> list[Row]:
    """Return what only the head of the host can decide, each with what was said of it."""
    asked = report.decisions
    clashes = report.answer.forecast.result.get("clashes", ()) if report.answer else ()
    lines = [_clash(report, slug, n, pen, limits) for slug, n in clashes[:2]]
    for tally, say in ((asked.late, _late), (asked.unaccepted, _unaccepted)):
        if tally.number:
            lines.append(_tally(tally, say(tally.number), pen, limits))
    if n := asked.n_bodiless:
        words = ngettext("%(number)s obligation has no body yet.", "%(number)s obligations have no body yet.", n)
        lines.append(words % {"number": pen.number(n)})
    return [*_refused(asked, pen, limits), *({"words": pen.own(each), "more": ""} for each in lines)]


def _refused(asked: Decisions, pen: Pen, limits: Limits) -> list[Row]:
    shown = asked.refused[: 3 if limits.risks > 6 else 2]
    lines: list[Row] = []
    for each in shown:
        body = pen.name(each.body.name, limits.short, each.body.slug) if each.body else gettext("No body yet")
        values = {"what": pen.name(each.name, limits.name, each.slug), "body": body}
        words = gettext("%(body)s refuses: %(what)s") % values
        lines.append({"words": pen.own(words), "more": pen.own(pen.name(None, limits.name * 2, each.reason))})
    n_left = asked.n_refused - len(shown)
    if n_left > 0:
        words = ngettext("%(number)s more is refused.", "%(number)s more are refused.", n_left)
        lines.append({"words": words % {"number": pen.number(n_left)}, "more": ""})
    return lines


def _clash(report: ReadinessReport, slug: str, number: int, pen: Pen, limits: Limits) -> str:
    names = report.answer.names.resources if report.answer else {}
    values = {"what": pen.name(names.get(slug), limits.short) or slug, "number": pen.number(number)}
    return gettext("Too few of “%(what)s”: %(number)s more are needed than there are.") % values


def _late(number: int) -> str:
    return ngettext(
        "%(number)s obligation is late beyond the last reminder: %(bodies)s.",
        "%(number)s obligations are late beyond the last reminder: %(bodies)s.",
        number,
    )


def _unaccepted(number: int) -> str:
    return ngettext(
        "%(number)s obligation is due within a month and not accepted: %(bodies)s.",
        "%(number)s obligations are due within a month and not accepted: %(bodies)s.",
        number,
    )


def _tally(tally: Tally, words: str, pen: Pen, limits: Limits) -> str:
    named = [f"{pen.name(name, limits.short)} ({pen.number(n)})" for name, n in tally.bodies]
    bodies = pen.listed_with(named, tally.number - sum(n for _, n in tally.bodies))
    return words % {"number": pen.number(tally.number), "bodies": bodies}
