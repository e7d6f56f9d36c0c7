"""The page of a coordination meeting: where it stands, agenda, who was there, minutes, and what was decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ejlas.accounts.permissions import may
from ejlas.core import languages
from ejlas.readiness.forms import AttendanceForm, DecisionForm, MinutesForm, PointForm
from ejlas.readiness.operations.obligations import new_slug
from ejlas.readiness.queries import meetings
from ejlas.readiness.rules.meetings import DecisionState, MeetingState, PointState, mark_of
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.readiness import meeting_name
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import DECISION_STATES, MEETING_STATES, POINT_STATES

HOLDS = "readiness.hold_meetings"
NEXT = {
    MeetingState.PLANNED: _("Put the points on the agenda; the meeting begins when you say so."),
    MeetingState.OPEN: _("Write down who is there, the minutes and the decisions; then close the meeting."),
    MeetingState.CLOSED: _("The report stands. Decisions can still be given to their bodies."),
}


def prepare(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the page of a meeting shows beside what every kind has. Four SQL queries."""
    state, holds = MeetingState(thing.state), may(request.user, HOLDS, edition)
    points, decisions = meetings.points_of(thing), meetings.decisions_of(thing)
    bodies = meetings.bodies_at(thing)
    is_open = holds and state is MeetingState.OPEN
    return {
        "needs": [],
        "told": ("number", "starts_at"),
        "meeting": thing,
        "state_words": word(MEETING_STATES, state),
        "next_words": NEXT[state],
        "holds": holds,
        "is_open": is_open,
        "is_planned": holds and state is MeetingState.PLANNED,
        "is_kept": state is not MeetingState.CLOSED and holds,
        "can_change": holds and state is not MeetingState.CLOSED,
        "points": [_point(point, number, sheet) for number, point in enumerate(points, start=1)],
        "decisions": [_decision(decision, sheet) for decision in decisions],
        "n_to_give": sheet.number(n_to_give) if (n_to_give := n_whole(decisions)) > 1 else "",
        "next_address": next_address(edition) if holds and state is MeetingState.CLOSED else "",
        "there": there(thing, bodies, sheet),
        "n_bodies": sheet.number(len(bodies)),
        "reports": reports(edition, thing, sheet),
        "point_form": PointForm(auto_id="point-%s"),
        "minutes_form": minutes_form(thing),
        "decision_form": decision_form(None, edition, points, bodies, sheet),
    }


def decision_form(data: Any, edition: Any, points: Any, bodies: Any, sheet: Sheet, *, held: Any = None) -> DecisionForm:
    """Return the form of a decision, with the bodies that can owe something and the points of the agenda."""
    return DecisionForm(
        data,
        bodies=[(body.slug, _plain(body, sheet)) for body in bodies if body.dissolved_on is None],
        points=[(point.slug, point.words) for point in points],
        language=sheet.reader.language,
        zone=edition.zone,
        initial=_initial(held) if held else {"once": new_slug()},
    )


def _initial(held: Any) -> dict[str, Any]:
    return {
        "words": held.words,
        "body": held.body.slug if held.body else "",
        "due_on": held.due_on,
        "point": held.point.slug if held.point else "",
    }


def attendance_form(data: Any, thing: Any, bodies: Any, sheet: Sheet) -> AttendanceForm:
    """Return the form of who was there."""
    named = [(body.slug, _plain(body, sheet)) for body in bodies]
    return AttendanceForm(data, bodies=named, held=thing.attendance, guests=thing.guests)


def minutes_form(thing: Any) -> MinutesForm:
    """Return the form of the minutes as they stand."""
    return MinutesForm(initial={"minutes": thing.minutes, "seen": mark_of(thing.minutes)}, auto_id="minutes-%s")


def _plain(body: Any, sheet: Sheet) -> str:
    return sheet.reader.plain(body.name.to_stored()) or body.slug


def there(thing: Any, bodies: Any, sheet: Sheet) -> list[tuple[Any, str]]:
    """Return the bodies that were there, each with who came for it."""
    return [(sheet.text(body.name), thing.attendance[body.slug]) for body in bodies if body.slug in thing.attendance]


def reports(edition: Any, thing: Any, sheet: Sheet) -> list[tuple[str, str, str]]:
    """Return the addresses of the report, with each language of the edition and its own name."""
    address = reverse("desk:meeting-report", args=[edition.slug, thing.slug])
    own = sheet.reader.language
    codes = sorted(edition.languages, key=lambda code: languages.plain(code) != languages.plain(own))
    return [(f"{address}?language={code}", code, languages.own_name(code)) for code in codes]


def is_whole(decision: Any) -> bool:
    """Whether a decision says who and by when, so that it can be given."""
    return decision.body is not None and decision.due_on is not None


def n_whole(decisions: Any) -> int:
    """Return how many decisions can be given to their bodies now."""
    return sum(is_whole(each) and each.state == DecisionState.NOTED for each in decisions)


def next_address(edition: Any) -> str:
    """Return where the next meeting is called."""
    return reverse("desk:coordination-meeting-add", args=[edition.slug])


def _point(point: Any, number: int, sheet: Sheet) -> dict[str, Any]:
    args = [point.meeting.edition.slug, point.meeting.slug, point.slug]
    edition = point.meeting.edition
    came = point.came_from.meeting if point.came_from else None
    return {
        "number": sheet.number(number),
        "words": point.words,
        "state": point.state,
        "state_words": word(POINT_STATES, PointState(point.state)),
        "is_open": point.state == PointState.OPEN,
        "address": reverse("desk:meeting-point", args=args),
        "came_from": meeting_name(came, sheet) if came else "",
        "came_address": reverse("desk:coordination-meeting", args=[edition.slug, came.slug]) if came else "",
        "obligation": reverse("desk:obligation", args=[edition.slug, point.obligation]) if point.obligation else "",
    }


def _decision(decision: Any, sheet: Sheet) -> dict[str, Any]:
    edition = decision.meeting.edition
    owed = next(iter(decision.obligations.all()), None)
    return {
        "words": decision.words,
        "body": sheet.text(decision.body.name) if decision.body else "",
        "due": sheet.day(decision.due_on),
        "state": decision.state,
        "state_words": word(DECISION_STATES, DecisionState(decision.state)),
        "is_noted": decision.state == DecisionState.NOTED,
        "is_whole": is_whole(decision),
        "address": reverse("desk:meeting-decision", args=[edition.slug, decision.meeting.slug, decision.slug]),
        "change_address": reverse(
            "desk:meeting-decision-change", args=[edition.slug, decision.meeting.slug, decision.slug]
        ),
        "obligation": reverse("desk:obligation", args=[edition.slug, owed.slug]) if owed else "",
    }
