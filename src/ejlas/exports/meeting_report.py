"""The report of a coordination meeting on A4: who met, what became of each point, and who does what by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext
from django.utils.translation import pgettext_lazy as _in

from ejlas.core import calendars, languages
from ejlas.core.text import Text
from ejlas.exports import typesetting
from ejlas.exports.directions import Words, typed, words
from ejlas.exports.reading import in_words_of, interface_language, line, passage
from ejlas.readiness.rules.meetings import DecisionState, MeetingState, PointState

if TYPE_CHECKING:
    from datetime import date

    from ejlas.readiness.models import AgendaPoint, Body, CoordinationMeeting, Decision

CONTENT_TYPE = "application/pdf"
_COLOUR = "#00695f"
POINT_STATES = {
    PointState.OPEN: _in("state of a point of an agenda", "Open"),
    PointState.DECIDED: _in("state of a point of an agenda", "Decided"),
    PointState.POSTPONED: _in("state of a point of an agenda", "Postponed"),
}


def render(
    meeting: CoordinationMeeting,
    *,
    points: Sequence[AgendaPoint],
    decisions: Iterable[Decision],
    bodies: Iterable[Body],
    language: str,
    at: datetime,
) -> bytes:
    """Return the report as a PDF, marked as a draft until the meeting is closed. Raises CannotTypeset.

    The points come with the meetings from which they came, the decisions with their bodies; what was dropped is left
    out.
    """
    with in_words_of(language):
        values = _Report(meeting, language).values(points, decisions, bodies)
    return typesetting.typeset("meeting.typ", values, at=at)


class _Report:
    """The report of one meeting in the words of one language."""

    def __init__(self, meeting: CoordinationMeeting, language: str) -> None:
        self.meeting, self.edition, self.language = meeting, meeting.edition, language
        self.fallbacks = tuple(self.edition.fallback_languages or self.edition.languages)
        self.around = interface_language(language)

    def values(
        self, points: Sequence[AgendaPoint], decisions: Iterable[Decision], bodies: Iterable[Body]
    ) -> dict[str, Any]:
        """Return all that the template needs."""
        meeting, around = self.meeting, self.around
        title = self._plain(meeting.name) or self._numbered(meeting)
        stands = [each for each in decisions if each.state != DecisionState.DROPPED]
        return {
            "language": languages.plain(self.language).partition("-")[0],
            "direction": languages.direction(self.language),
            "around": {"language": around, "direction": languages.direction(around)},
            "digits": list(languages.digits("0123456789", around)),
            "colour": self.edition.colours[0] if self.edition.colours else _COLOUR,
            "name": title,
            "title": self._own(title),
            "edition": self._own(self._plain(self.edition.name)),
            "is_draft": meeting.state != MeetingState.CLOSED,
            "facts": [[name, self._own(value)] for name, value in self._facts() if value],
            "points": [self._point(place, point) for place, point in enumerate(points, start=1)],
            "there": self._there(bodies),
            "guests": [self._typed(each) for each in _lines(meeting.guests)],
            "minutes": [self._typed(each) for each in _lines(meeting.minutes)],
            "decisions": [self._decision(place, each) for place, each in enumerate(stands, start=1)],
            "closed": self._own(self._closed()),
            "words": _words(),
        }

    def _own(self, text: str) -> Words:
        return words(line(text), self.language)

    def _typed(self, text: str) -> Words:
        return typed(line(text), self.language)

    def _plain(self, text: Text | None) -> str:
        return line(text.wording(self.language, self.fallbacks).text) if text else ""

    def _number(self, number: int) -> str:
        return languages.number(number, self.around)

    def _numbered(self, meeting: CoordinationMeeting) -> str:
        return gettext("Coordination meeting %(number)s") % {"number": self._number(meeting.number)}

    def _days(self, day: date) -> str:
        return " · ".join(calendars.format_dates(day, self.language, tuple(self.edition.calendars)))

    def _moment(self, moment: datetime) -> str:
        here = moment.astimezone(self.edition.zone)
        return languages.comma(self.language).join(
            [self._days(here.date()), calendars.format_time(here, self.language)]
        )

    def _facts(self) -> list[tuple[str, str]]:
        meeting = self.meeting
        return [
            (gettext("Number"), self._number(meeting.number)),
            (gettext("Day and time"), self._moment(meeting.starts_at)),
            (gettext("Place"), self._plain(meeting.place)),
            (gettext("In the chair"), meeting.chair),
        ]

    def _point(self, place: int, point: AgendaPoint) -> dict[str, Any]:
        came = point.came_from.meeting if point.came_from else None
        from_words = gettext("Left open by: %(meeting)s") % {"meeting": self._numbered(came)} if came else ""
        return {
            "place": self._number(place),
            "words": self._typed(point.words),
            "came_from": from_words,
            "state": str(POINT_STATES[PointState(point.state)]),
        }

    def _there(self, bodies: Iterable[Body]) -> list[list[Words]]:
        held = self.meeting.attendance
        there = [body for body in bodies if body.slug in held]
        return [[self._own(self._plain(body.name) or body.slug), self._own(held[body.slug] or "—")] for body in there]

    def _decision(self, place: int, decision: Decision) -> dict[str, Any]:
        body = self._plain(decision.body.name) or decision.body.slug if decision.body else "—"
        due = (
            calendars.format_dates(decision.due_on, self.language, tuple(self.edition.calendars))
            if decision.due_on
            else ("—",)
        )
        return {
            "place": self._number(place),
            "words": [self._typed(each) for each in _lines(decision.words)],
            "body": self._own(body),
            "due": [self._own(each) for each in due],
        }

    def _closed(self) -> str:
        meeting = self.meeting
        if meeting.closed_at is None:
            return ""
        values = {"moment": self._moment(meeting.closed_at), "by": line(meeting.closed_by)}
        return gettext("Closed %(moment)s by %(by)s.") % values


def _lines(text: str) -> list[str]:
    return [each.strip() for each in passage(text).split("\n") if each.strip()]


def _words() -> dict[str, str]:
    return {
        "draft": gettext("Draft: the meeting is not closed yet."),
        "agenda": gettext("Agenda"),
        "there": gettext("Attendance"),
        "guests": gettext("Who else was there"),
        "minutes": pgettext("of a meeting", "Minutes"),
        "decisions": gettext("Decisions"),
        "what": gettext("What"),
        "who": gettext("Who"),
        "when": gettext("By when"),
        "became": pgettext("of a point of an agenda", "What became of it"),
        "no-point": gettext("No point is on the agenda yet."),
        "nobody": gettext("Nobody is written down yet."),
        "no-minutes": gettext("Nothing is written yet."),
        "no-decision": gettext("Nothing is decided yet."),
        "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
