"""Coordination meetings: from the call, with the open points of the one before, to the report that stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from ejlas.accounts.models import User
from ejlas.core import background
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.changes import Changes
from ejlas.core.text import Text
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition
from ejlas.readiness.models import AgendaPoint, Body, CoordinationMeeting, Decision, Obligation
from ejlas.readiness.operations import errors
from ejlas.readiness.operations.obligations import add_obligation, new_slug
from ejlas.readiness.rules.meetings import DecisionState, MeetingState, PointState, mark_of

EVENT = "readiness.coordination-meeting"
_LEFT_OPEN = (PointState.OPEN, PointState.POSTPONED)


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
    open_points = before.points.filter(state__in=_LEFT_OPEN, carried__isnull=True)
    AgendaPoint.objects.bulk_create(
        AgendaPoint(
            slug=new_slug(),
            meeting=made,
            position=place,
            words=point.words,
            came_from=point,
            obligation=point.obligation,
        )
        for place, point in enumerate(open_points, start=_last_place(made.points) + 1)
    )


def _last_place(rows: Any) -> int:
    return rows.aggregate(last=Max("position"))["last"] or 0


def _held(meeting: CoordinationMeeting, *, is_begun: bool = True) -> CoordinationMeeting:
    """Hold the row of a meeting, so that nobody closes it meanwhile. Raises MeetingClosed, MeetingNotBegun."""
    held = CoordinationMeeting.objects.select_for_update(of=("self",)).select_related("edition").get(pk=meeting.pk)
    if held.state == MeetingState.CLOSED:
        raise errors.MeetingClosed
    if is_begun and held.state != MeetingState.OPEN:
        raise errors.MeetingNotBegun
    return held


def _record(meeting: CoordinationMeeting, act: str, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    entry = Entry(f"{EVENT}.{act}", "coordination-meeting", meeting.slug, values)
    audit.record([entry], scope=meeting.edition.slug, by=by.name, at=at)


@transaction.atomic
def change_meeting(
    *,
    thing: CoordinationMeeting,
    fields: Mapping[str, Any],
    by: User,
    at: datetime,
    revision: int | None = None,
) -> Changes:
    """Change when, where and under whom a meeting is. Raises MeetingClosed, ChangedMeanwhile."""
    _held(thing, is_begun=False)
    return forum.change_thing(thing=thing, fields=fields, by=by, at=at, revision=revision)


@transaction.atomic
def remove_meeting(*, thing: CoordinationMeeting, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a meeting that was not closed. Raises MeetingClosed, ChangedMeanwhile, StillNeeded."""
    _held(thing, is_begun=False)
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


@transaction.atomic
def begin(*, meeting: CoordinationMeeting, by: User, at: datetime) -> Changes:
    """Begin a meeting; begun a second time, it goes on. Raises MeetingClosed."""
    held = _held(meeting, is_begun=False)
    return forum.change_thing(thing=held, fields={"state": MeetingState.OPEN}, by=by, at=at)


@transaction.atomic
def close(*, meeting: CoordinationMeeting, by: User, at: datetime) -> Changes:
    """Close a meeting, so that its report stands; what it left open goes to the next if that was called already.

    Raises MeetingClosed, MeetingNotBegun.
    """
    held = _held(meeting)
    following = CoordinationMeeting.objects.filter(
        edition=held.edition, number__gt=held.number, state=MeetingState.PLANNED
    )
    after = following.order_by("number").first()
    if after is not None:
        # It was called before this one ended: what was decided since is no open point there.
        after.points.filter(came_from__meeting=held, came_from__state=PointState.DECIDED, decisions=None).delete()
        _carry(held, after)
    # What the meeting decided changes whether the host will be ready: the next one asks what has changed since.
    background.enqueue("planning.forecast_meeting", meeting=held.pk)
    fields = {"state": MeetingState.CLOSED, "closed_at": at, "closed_by": by.name}
    return forum.change_thing(thing=held, fields=fields, by=by, at=at)


@transaction.atomic
def add_point(*, meeting: CoordinationMeeting, words: str, by: User, at: datetime) -> AgendaPoint:
    """Put a point at the end of an agenda. Raises WordsMissing, MeetingClosed."""
    if not words.strip():
        raise errors.WordsMissing
    held = _held(meeting, is_begun=False)
    place = _last_place(held.points) + 1
    made = AgendaPoint.objects.create(slug=new_slug(), meeting=held, position=place, words=words.strip())
    _record(held, "agenda", {"after": {"words": made.words}}, by=by, at=at)
    return made


@transaction.atomic
def change_point(*, point: AgendaPoint, state: PointState, by: User, at: datetime) -> AgendaPoint:
    """Say what became of a point. Raises MeetingClosed, MeetingNotBegun."""
    held = _held(point.meeting)
    row = AgendaPoint.objects.get(pk=point.pk)
    if row.state != state:
        sides = {
            "before": {"words": row.words, "state": row.state},
            "after": {"words": row.words, "state": state.value},
        }
        row.state = state
        row.save(update_fields=["state"])
        _record(held, "agenda", sides, by=by, at=at)
    return row


@transaction.atomic
def raise_point(*, point: AgendaPoint, by: User, at: datetime) -> None:
    """Put a point before the one that stands above it. Raises MeetingClosed."""
    held = _held(point.meeting, is_begun=False)
    order = list(held.points.all())
    place = next((place for place, row in enumerate(order) if row.pk == point.pk), 0)
    if not place:
        return
    before = [row.words for row in order]
    order[place - 1], order[place] = order[place], order[place - 1]
    for number, row in enumerate(order, start=1):
        row.position = number
    AgendaPoint.objects.bulk_update(order, ["position"])
    sides = {"before": {"order": before}, "after": {"order": [row.words for row in order]}}
    _record(held, "agenda", sides, by=by, at=at)


@transaction.atomic
def note_attendance(
    *, meeting: CoordinationMeeting, attendance: Mapping[str, str], guests: str, by: User, at: datetime
) -> Changes:
    """Write down which bodies were there, each with who came for it. Raises MeetingClosed, MeetingNotBegun."""
    fields = {"attendance": dict(attendance), "guests": guests.strip()}
    return forum.change_thing(thing=_held(meeting), fields=fields, by=by, at=at)


@transaction.atomic
def write_minutes(*, meeting: CoordinationMeeting, minutes: str, seen: str, by: User, at: datetime) -> Changes:
    """Write the minutes, if they stand as the writer saw them: `seen` is the mark of those.

    Raises MeetingClosed, MeetingNotBegun, MinutesChanged.
    """
    held = _held(meeting)
    wanted = "\n".join(minutes.splitlines()).strip()
    # Sent a second time, as after a lost answer, the same words are no conflict.
    if seen != mark_of(held.minutes) and wanted != held.minutes:
        raise errors.MinutesChanged
    return forum.change_thing(thing=held, fields={"minutes": wanted}, by=by, at=at)


@transaction.atomic
def decide(
    *,
    meeting: CoordinationMeeting,
    words: str,
    by: User,
    at: datetime,
    body: Body | None = None,
    due_on: date | None = None,
    point: AgendaPoint | None = None,
    slug: str = "",
) -> Decision:
    """Write a decision down: who, what, by when; the point that it is about counts as decided.

    With the same slug and words a second time, as after a lost answer, it is the same one.
    Raises WordsMissing, BodyDissolved, MeetingClosed, MeetingNotBegun.
    """
    _require_decidable(words, body)
    held = _held(meeting)
    known = held.decisions.filter(slug=slug).first() if slug else None
    if known is not None and known.words == words.strip():
        return known
    made = Decision.objects.create(
        slug=slug if slug and known is None else new_slug(),
        meeting=held,
        point=point,
        position=_last_place(held.decisions) + 1,
        words=words.strip(),
        body=body,
        due_on=due_on,
    )
    _about(held, point)
    _record(held, "decided", {"after": _told(made)}, by=by, at=at)
    return made


def _require_decidable(words: str, body: Body | None) -> None:
    if not words.strip():
        raise errors.WordsMissing
    if body is not None and body.dissolved_on is not None:
        raise errors.BodyDissolved.of(body)


def _about(held: CoordinationMeeting, point: AgendaPoint | None) -> None:
    if point is not None:
        AgendaPoint.objects.filter(pk=point.pk, meeting=held).update(state=PointState.DECIDED)


def _told(decision: Decision) -> dict[str, str]:
    body, day = decision.body, decision.due_on
    return {"words": decision.words, "body": body.slug if body else "", "due_on": day.isoformat() if day else ""}


@transaction.atomic
def change_decision(
    *,
    decision: Decision,
    words: str,
    by: User,
    at: datetime,
    body: Body | None = None,
    due_on: date | None = None,
    point: AgendaPoint | None = None,
) -> Decision:
    """Mend a decision that was only noted so far.

    Raises WordsMissing, BodyDissolved, DecisionSettled, MeetingClosed, MeetingNotBegun.
    """
    _require_decidable(words, body)
    held, row = _held(decision.meeting), _noted(decision)
    before = _told(row)
    row.words, row.body, row.due_on, row.point = words.strip(), body, due_on, point
    row.save(update_fields=["words", "body", "due_on", "point"])
    _about(held, point)
    if _told(row) != before:
        _record(held, "decided", {"before": before, "after": _told(row)}, by=by, at=at)
    return row


@transaction.atomic
def give_decision(*, decision: Decision, language: str, by: User, at: datetime) -> Obligation:
    """Make of a decision what its body owes, in the language in which it was written; also once the meeting is closed.

    Raises DecisionSettled, DecisionIncomplete, BodyDissolved.
    """
    row = _noted(decision)
    if row.body is None or row.due_on is None:
        raise errors.DecisionIncomplete
    name, _, more = row.words.partition("\n")
    fields = {
        "name": Text.of(**{language: name.strip()}),
        "body": row.body,
        "due_on": row.due_on,
        "decision": row,
        **({"detail": Text.of(**{language: more.strip()})} if more.strip() else {}),
    }
    made = add_obligation(edition=row.meeting.edition, fields=fields, by=by, at=at)
    _settle(row, DecisionState.GIVEN, {"obligation": made.slug}, by=by, at=at)
    return made


@transaction.atomic
def give_decisions(*, meeting: CoordinationMeeting, language: str, by: User, at: datetime) -> int:
    """Give every decision that names a body and a day to its body; return how many. Raises BodyDissolved."""
    noted = meeting.decisions.filter(state=DecisionState.NOTED, body__isnull=False, due_on__isnull=False)
    rows = list(noted.select_related("meeting__edition"))
    for row in rows:
        give_decision(decision=row, language=language, by=by, at=at)
    return len(rows)


@transaction.atomic
def drop_decision(*, decision: Decision, by: User, at: datetime) -> Decision:
    """Drop a decision that was written by mistake. Raises DecisionSettled, MeetingClosed."""
    _held(decision.meeting, is_begun=False)
    row = _noted(decision)
    _settle(row, DecisionState.DROPPED, {}, by=by, at=at)
    return row


def _noted(decision: Decision) -> Decision:
    # Two may give the same decision at once: whoever comes second finds it settled.
    row = (
        Decision.objects.select_for_update(of=("self",)).select_related("meeting__edition", "body").get(pk=decision.pk)
    )
    if row.state != DecisionState.NOTED:
        raise errors.DecisionSettled
    return row


def _settle(row: Decision, state: DecisionState, more: Mapping[str, str], *, by: User, at: datetime) -> None:
    row.state = state
    row.save(update_fields=["state"])
    _record(row.meeting, state.value, {"after": {"words": row.words, **more}}, by=by, at=at)
