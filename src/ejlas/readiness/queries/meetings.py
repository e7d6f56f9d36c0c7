"""What the page and the report of a coordination meeting show: agenda, decisions, bodies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ejlas.forum.models import Edition
from ejlas.readiness.models import AgendaPoint, Body, CoordinationMeeting, Decision

_WEEK = timedelta(days=7)


def proposed(edition: Edition) -> dict[str, Any]:
    """Return with what the next meeting begins to be written: a week after the last, where and under whom that was."""
    last = CoordinationMeeting.objects.filter(edition=edition).order_by("-number").first()
    if last is None:
        return {}
    # The same hour on the clock of the place, also where the clock is put back in between.
    starts = last.starts_at.astimezone(edition.zone) + _WEEK
    return {"starts_at": starts, "place": last.place, "chair": last.chair}


def points_of(meeting: CoordinationMeeting) -> list[AgendaPoint]:
    """Return the points of an agenda in order, with the meeting from which each came. One SQL query."""
    return list(meeting.points.select_related("came_from__meeting"))


def decisions_of(meeting: CoordinationMeeting) -> list[Decision]:
    """Return the decisions of a meeting in order, with their bodies and what came of each. Two SQL queries."""
    return list(meeting.decisions.select_related("body", "point").prefetch_related("obligations"))


def bodies_at(meeting: CoordinationMeeting) -> list[Body]:
    """Return the bodies that can be there: those that are not dissolved, and who was there anyway. One SQL query."""
    bodies = Body.objects.filter(edition=meeting.edition_id).order_by("position", "pk")
    return [body for body in bodies if body.dissolved_on is None or body.slug in meeting.attendance]


def point_of(meeting: CoordinationMeeting, slug: str) -> AgendaPoint | None:
    """Return a point of an agenda, or None."""
    return meeting.points.select_related("meeting").filter(slug=slug).first()


def decision_of(meeting: CoordinationMeeting, slug: str) -> Decision | None:
    """Return a decision of a meeting, or None."""
    return meeting.decisions.select_related("meeting", "body", "point").filter(slug=slug).first()


def meeting_by_key(key: int) -> CoordinationMeeting:
    """Return the meeting of a key, with its edition. Raises CoordinationMeeting.DoesNotExist."""
    return CoordinationMeeting.objects.select_related("edition").get(pk=key)
