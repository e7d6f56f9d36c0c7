"""Coordination meetings: calling one, with the open points of the one before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from ejlas.accounts.models import User
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition
from ejlas.readiness.models import AgendaPoint, CoordinationMeeting
from ejlas.readiness.operations.obligations import new_slug
from ejlas.readiness.rules.meetings import PointState

EVENT = "readiness.coordination-meeting"


@transaction.atomic
def call_meeting(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> CoordinationMeeting:
    """Call the next coordination meeting; what the last one left open stands on its agenda by itself."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    meetings = CoordinationMeeting.objects.filter(edition=edition)
    before = meetings.order_by("-number").first()
    number = (meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    numbered = {"number": number, "slug": f"meeting-{number}", **fields}
    made = forum.add_thing(CoordinationMeeting, edition=edition, fields=numbered, by=by, at=at)
    if before is not None:
        _carry(before, made)
    return made


def _carry(before: CoordinationMeeting, made: CoordinationMeeting) -> None:
    open_points = before.points.filter(state__in=[PointState.OPEN, PointState.POSTPONED], carried__isnull=True)
    AgendaPoint.objects.bulk_create(
        AgendaPoint(
            slug=new_slug(),
            meeting=made,
            position=place,
            words=point.words,
            came_from=point,
            obligation=point.obligation,
        )
        for place, point in enumerate(open_points, start=1)
    )
