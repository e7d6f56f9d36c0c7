"""Kinds of things of readiness: bodies, obligations, workstreams, limited hands, coordination meetings, inspections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.readiness import forms
from ejlas.readiness.operations import inspections, meetings, obligations
from ejlas.readiness.queries import things
from ejlas.readiness.rules.states import is_late
from ejlas.web.ui.kinds.base import (
    Column,
    Filter,
    Kind,
    Sheet,
    Things,
    day_column,
    moment_column,
    number_column,
    row_filter,
    word_column,
    word_filter,
)
from ejlas.web.ui.kinds.edition import EDITION
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import (
    DISTRIBUTIONS,
    EVIDENCE_KINDS,
    MEETING_STATES,
    OBLIGATION_STATES,
    OUTCOMES,
    RESULTS,
)

_STATE = _in("where a thing stands", "State")
_VIEW, _CHANGE = "readiness.view_readiness", "readiness.change_readiness"


def _row(name: str) -> Any:
    def cell(thing: Any, sheet: Sheet) -> Any:
        row = getattr(thing, name)
        return sheet.text(row.name) if row is not None else ""

    return cell


def _contact(thing: Any, _sheet: Sheet) -> SafeString:
    return format_html("<bdi>{}</bdi>", thing.contact_name) if thing.contact_name else SafeString("")


def _evidence(thing: Any, _sheet: Sheet) -> SafeString:
    kinds = ((word(EVIDENCE_KINDS, kind),) for kind in thing.evidence)
    return format_html_join(" ", '<span class="tag">{}</span>', kinds)


def _due(thing: Any, sheet: Sheet) -> SafeString:
    day = sheet.day(thing.due_on)
    if day and is_late(thing.state, thing.due_on, _today(sheet.edition)):
        return format_html('{} <span class="tag is-needed">{}</span>', day, _in("of obligations", "Late"))
    return day


def _today(edition: Any) -> date:
    return timezone.now().astimezone(edition.zone).date()


_LATE = [("1", _in("of obligations", "Late"))]
_MINE = [("1", _in("filter of obligations", "Mine"))]


def _keep_late(things: Things, value: str, edition: Any) -> Things:
    return things.late(_today(edition)) if value == "1" else things.none()  # type: ignore[attr-defined]


def _keep_mine(things: Things) -> Things:
    return things.filter(is_mine=True)


def meeting_name(meeting: Any, sheet: Sheet) -> SafeString:
    """Return the name of a coordination meeting, else its number in words."""
    if meeting.name:
        return sheet.text(meeting.name)
    return format_html("{}", _("Coordination meeting %(number)s") % {"number": sheet.number(meeting.number)})


OBLIGATION = Kind(
    name="obligation",
    address="obligations",
    one=_("Obligation"),
    many=_("Obligations"),
    purpose=_("What each body must deliver, by when, and how far it has come."),
    view=_VIEW,
    change=_CHANGE,
    things=things.obligations_for,
    form=forms.ObligationForm,
    title=lambda thing: thing.name,
    words={"state": OBLIGATION_STATES, "evidence": EVIDENCE_KINDS},
    columns=(
        Column("body", _("Body"), _row("body"), ("body__position",)),
        Column("workstream", _("Workstream"), _row("workstream"), ("workstream__position",)),
        word_column("state", _STATE, OBLIGATION_STATES),
        Column("due_on", _("Due"), _due, ("due_on",)),
        number_column("progress", _("Hundredths done")),
        Column("evidence", _("What shows that it was done"), _evidence),
    ),
    filters=(
        word_filter("state", _STATE, OBLIGATION_STATES),
        row_filter("body", _("Body"), lambda edition: edition.body_set),
        row_filter("workstream", _("Workstream"), lambda edition: edition.workstream_set),
        row_filter("duty", _("Duty"), lambda edition: edition.duty_set, title="task"),
        Filter("late", _in("filter of obligations", "Days"), lambda _edition, _reader: _LATE, _keep_late),
        Filter("mine", _("Whose"), lambda _edition, _reader: _MINE, lambda things, _value, _at: _keep_mine(things)),
    ),
    # What has no day stands last on every database.
    order=(F("due_on").asc(nulls_last=True), "position", "pk"),
    add=obligations.add_obligation,
    change_one=obligations.change_obligation,
    labels={
        "state": _STATE,
        "progress": _("Hundredths done"),
        "decision": _("Decision"),
        "accepted_at": _("Accepted"),
        "started_on": _("Begun"),
        "delivered_on": _("Delivered"),
        "inspected_at": _("Inspected"),
        "done_at": _("Closed"),
        "reason": _("Reason"),
    },
    given=frozenset({"state", "accepted_at", "started_on", "delivered_on", "inspected_at", "done_at"}),
    hidden=frozenset({"origin", "decision"}),
)

BODY = Kind(
    name="body",
    address="bodies",
    one=_("Body of the host"),
    many=_("Bodies of the host"),
    purpose=_("The executive bodies that must be ready, and whom each names."),
    view=_VIEW,
    change=_CHANGE,
    things=things.bodies_for,
    form=forms.BodyForm,
    title=lambda thing: thing.name,
    columns=(
        number_column("n_open", _("Still open")),
        Column("contact", _("Focal point"), _contact),
        day_column("dissolved_on", _("Dissolved")),
    ),
    labels={"dissolved_on": _("Dissolved")},
    given=frozenset({"dissolved_on"}),
)

WORKSTREAM = Kind(
    name="workstream",
    address="workstreams",
    one=_("Workstream"),
    many=_("Workstreams"),
    purpose=_("The strands of the preparation."),
    view=_VIEW,
    change=_CHANGE,
    things=things.workstreams_for,
    form=forms.WorkstreamForm,
    title=lambda thing: thing.name,
    columns=(number_column("n_open", _("Still open")),),
)

RESOURCE = Kind(
    name="resource",
    address="resources",
    one=_("Limited hands or equipment"),
    many=_("Limited hands and equipment"),
    purpose=_("What only so many obligations can use at once: crews, cranes, inspectors."),
    view=_VIEW,
    change=_CHANGE,
    things=things.resources_for,
    form=forms.ResourceForm,
    title=lambda thing: thing.name,
    columns=(
        number_column("capacity", _("How many there are")),
        Column("body", _("Body"), _row("body"), ("body__position",)),
    ),
    filters=(row_filter("body", _("Body"), lambda edition: edition.body_set),),
)

MEETING = Kind(
    name="coordination-meeting",
    address="coordination-meetings",
    one=_("Coordination meeting"),
    many=_("Coordination meetings"),
    purpose=_("Who met, what was decided, and what came of it."),
    view=_VIEW,
    change="readiness.hold_meetings",
    things=things.meetings_for,
    form=forms.MeetingForm,
    title=lambda thing: thing.name,
    called=meeting_name,
    words={"state": MEETING_STATES},
    columns=(
        number_column("number", _("Number")),
        moment_column("starts_at", _("Begins")),
        word_column("state", _STATE, MEETING_STATES),
    ),
    filters=(word_filter("state", _STATE, MEETING_STATES),),
    add=meetings.call_meeting,
    change_one=meetings.change_meeting,
    remove=meetings.remove_meeting,
    labels={
        "number": _("Number"),
        "state": _STATE,
        "attendance": _("Attendance"),
        "minutes": _in("of a meeting", "Minutes"),
    },
    given=frozenset({"number", "state", "closed_at", "closed_by"}),
)

INSPECTION = Kind(
    name="inspection",
    address="inspections",
    one=_("Round of inspection"),
    many=_("Rounds of inspection"),
    purpose=_("Who went where with which checklist, and what was found."),
    view=_VIEW,
    change="readiness.inspect",
    things=things.inspections_for,
    form=forms.InspectionForm,
    title=lambda thing: thing.name,
    words={"result": RESULTS},
    columns=(day_column("held_on", _("Day")), moment_column("closed_at", _("Closed"))),
    change_one=inspections.change_round,
    remove=inspections.remove_round,
    labels={
        "closed_at": _("Closed"),
        "closed_by": _("Closed by"),
        "words": _("Line"),
        "order": _("Order"),
        "result": _("Result"),
        "found": _("What was found"),
        "seen_at": _("Seen"),
        **{outcome.value: words for outcome, words in OUTCOMES.items()},
    },
    given=frozenset({"closed_at", "closed_by"}),
)

READINESS_RULES = replace(
    EDITION,
    name="readiness-rules",
    address="edition/readiness",
    one=_("Rules for readiness"),
    many=_("Rules for readiness"),
    purpose=_("The working calendar, how a forecast is made, and who is reminded when."),
    view=_VIEW,
    change=_CHANGE,
    form=forms.ReadinessRulesForm,
    words={"distribution": DISTRIBUTIONS},
    called=lambda _thing, _sheet: format_html("{}", _("Rules for readiness")),
)
