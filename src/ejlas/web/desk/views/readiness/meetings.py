"""Holding a coordination meeting: beginning and closing it, agenda, attendance, minutes, decisions, its report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _in
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.exports import meeting_report
from ejlas.readiness.forms import MinutesForm, PointForm
from ejlas.readiness.operations import meetings as operations
from ejlas.readiness.operations.errors import MinutesChanged
from ejlas.readiness.queries import meetings
from ejlas.readiness.rules.meetings import DecisionState, MeetingState, PointState, mark_of
from ejlas.web.desk import addresses
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness import meeting_page
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.readiness import MEETING
from ejlas.web.ui.people import signed_in

MAY = meeting_page.HOLDS


def _found(request: HttpRequest, edition: Any, slug: str) -> Any:
    meeting = MEETING.find(request.user, edition, slug)
    if meeting is None:
        raise Http404(slug)
    return meeting


def _context(request: HttpRequest, edition: Any, meeting: Any, **more: Any) -> dict[str, Any]:
    sheet = Sheet(edition, reader_of(edition))
    return frame(request, edition, MEETING.name) | {
        "kind": MEETING,
        "meeting": meeting,
        "name": MEETING.name_of(meeting, sheet),
        **addresses.of_thing(MEETING, edition, meeting.slug),
        **more,
    }


def _refuse(form: Any, broken: RuleBroken) -> None:
    form.add_error(broken.field if broken.field in form.fields else None, broken.sentence(_))


def _back(edition: Any, meeting: Any, part: str = "") -> HttpResponse:
    answer = redirect("desk:coordination-meeting", edition.slug, meeting.slug)
    if part:
        answer["Location"] += f"#{part}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def session(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Begin a meeting; close it once it was said what follows."""
    meeting = _found(request, edition, slug)
    act = request.POST.get("act")
    if request.method != "POST":
        noted = [each for each in meetings.decisions_of(meeting) if each.state == DecisionState.NOTED]
        context = _context(
            request,
            edition,
            meeting,
            points=[each for each in meetings.points_of(meeting) if each.state != PointState.DECIDED],
            lacking=[each for each in noted if not meeting_page.is_whole(each)],
            to_give=[each for each in noted if meeting_page.is_whole(each)],
            is_open=meeting.state == MeetingState.OPEN,
        )
        return render(request, "desk/readiness/meeting_close.html", context)
    try:
        if act == "begin":
            operations.begin(meeting=meeting, by=signed_in(request), at=timezone.now())
            messages.success(request, _("The meeting is begun."))
        elif act == "close":
            operations.close(meeting=meeting, by=signed_in(request), at=timezone.now())
            messages.success(request, _("The meeting is closed; its report stands."))
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return _back(edition, meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def agenda(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Put a point on the agenda."""
    meeting = _found(request, edition, slug)
    form = PointForm(request.POST if request.method == "POST" else None, auto_id="point-%s")
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            operations.add_point(meeting=meeting, words=words, by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            _refuse(form, broken)
        else:
            return _back(edition, meeting, "point-words")
    return _form(request, edition, meeting, form, _("New point"))


def _form(request: HttpRequest, edition: Any, meeting: Any, form: Any, title: str, **more: Any) -> HttpResponse:
    context = _context(request, edition, meeting, form=form, title=title, **more)
    return render(request, "desk/readiness/meeting_form.html", context, status=422 if form.errors else 200)


@require_POST
@requires(MAY)
def point(request: HttpRequest, edition: Any, slug: str, point: str) -> HttpResponse:
    """Say what became of a point, or put it higher."""
    meeting = _found(request, edition, slug)
    found = meetings.point_of(meeting, point)
    if found is None:
        raise Http404(point)
    by, at, act = signed_in(request), timezone.now(), request.POST.get("act")
    try:
        if act == "raise":
            operations.raise_point(point=found, by=by, at=at)
        elif act in set(PointState):
            operations.change_point(point=found, state=PointState(act), by=by, at=at)
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return _back(edition, meeting, "agenda")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def attendance(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Write down who is there."""
    meeting = _found(request, edition, slug)
    sheet = Sheet(edition, reader_of(edition))
    data = request.POST or None
    form = meeting_page.attendance_form(data, meeting, meetings.bodies_at(meeting), sheet)
    if request.method == "POST" and form.is_valid():
        by, at, guests = signed_in(request), timezone.now(), form.cleaned_data["guests"]
        try:
            operations.note_attendance(meeting=meeting, attendance=form.attendance(), guests=guests, by=by, at=at)
        except RuleBroken as broken:
            _refuse(form, broken)
        else:
            messages.success(request, _("It is written down who was there."))
            return _back(edition, meeting, "there")
    context = _context(request, edition, meeting, form=form)
    return render(request, "desk/readiness/meeting_there.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def minutes(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Save the minutes; where somebody else wrote meanwhile, show both and write nothing over."""
    meeting = _found(request, edition, slug)
    if request.method != "POST":
        return _form(
            request, edition, meeting, meeting_page.minutes_form(meeting), _in("of a meeting", "Minutes"), is_kept=True
        )
    form, theirs = MinutesForm(request.POST, auto_id="minutes-%s"), ""
    if "minutes" in request.POST and form.is_valid():
        typed, seen = form.cleaned_data["minutes"], form.cleaned_data["seen"]
        try:
            operations.write_minutes(
                meeting=meeting, minutes=typed, seen=seen, by=signed_in(request), at=timezone.now()
            )
        except MinutesChanged as broken:
            # Whoever has both before the eyes may save: the mark is now that of theirs.
            meeting.refresh_from_db()
            theirs = meeting.minutes
            form = MinutesForm({"minutes": typed, "seen": mark_of(theirs)}, auto_id="minutes-%s")
            _refuse(form, broken)
        except RuleBroken as broken:
            _refuse(form, broken)
        else:
            messages.success(request, _("The minutes are saved."))
            return _back(edition, meeting, "minutes")
    return _form(request, edition, meeting, form, _in("of a meeting", "Minutes"), is_kept=True, theirs=theirs)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def decisions(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Write a decision down, or give all that are whole to their bodies."""
    meeting = _found(request, edition, slug)
    if request.method == "POST" and request.POST.get("act") == "give":
        return _give_all(request, edition, meeting)
    points, bodies = meetings.points_of(meeting), meetings.bodies_at(meeting)
    data = request.POST if request.method == "POST" else None
    form = meeting_page.decision_form(data, edition, points, bodies, Sheet(edition, reader_of(edition)))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            operations.decide(
                meeting=meeting,
                slug=typed["once"],
                **_decided(form, points, bodies),
                by=signed_in(request),
                at=timezone.now(),
            )
        except RuleBroken as broken:
            _refuse(form, broken)
        else:
            messages.success(request, _("The decision is written down."))
            return _back(edition, meeting, "decision-words")
    return _form(request, edition, meeting, form, _("New decision"), draft="decision")


def _decided(form: Any, points: Any, bodies: Any) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "words": typed["words"],
        "body": next((body for body in bodies if body.slug == typed["body"]), None),
        "due_on": form.due,
        "point": next((each for each in points if each.slug == typed["point"]), None),
    }


def _give_all(request: HttpRequest, edition: Any, meeting: Any) -> HttpResponse:
    try:
        number = operations.give_decisions(
            meeting=meeting, language=get_language() or "en", by=signed_in(request), at=timezone.now()
        )
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        words = ngettext(
            "%(number)s decision is now an obligation.", "%(number)s decisions are now obligations.", number
        )
        messages.success(request, words % {"number": reader_of(edition).number(number)})
    return _back(edition, meeting, "decisions")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def change_decision(request: HttpRequest, edition: Any, slug: str, decision: str) -> HttpResponse:
    """Mend a decision while it is only noted: who, what, by when."""
    meeting = _found(request, edition, slug)
    held = meetings.decision_of(meeting, decision)
    if held is None or held.state != DecisionState.NOTED:
        raise Http404(decision)
    points, bodies = meetings.points_of(meeting), meetings.bodies_at(meeting)
    data = request.POST if request.method == "POST" else None
    form = meeting_page.decision_form(data, edition, points, bodies, Sheet(edition, reader_of(edition)), held=held)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_decision(
                decision=held, **_decided(form, points, bodies), by=signed_in(request), at=timezone.now()
            )
        except RuleBroken as broken:
            _refuse(form, broken)
        else:
            messages.success(request, _("The decision is changed."))
            return _back(edition, meeting, "decisions")
    return _form(request, edition, meeting, form, _("Change the decision"))


@require_POST
@requires(MAY)
def decision(request: HttpRequest, edition: Any, slug: str, decision: str) -> HttpResponse:
    """Give a decision to its body as an obligation, or drop it."""
    meeting = _found(request, edition, slug)
    found = meetings.decision_of(meeting, decision)
    if found is None:
        raise Http404(decision)
    by, at, act = signed_in(request), timezone.now(), request.POST.get("act")
    try:
        if act == "give":
            operations.give_decision(decision=found, language=get_language() or "en", by=by, at=at)
            messages.success(request, _("It is now an obligation of the body."))
        elif act == "drop":
            operations.drop_decision(decision=found, by=by, at=at)
            messages.success(request, _("The decision is dropped."))
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return _back(edition, meeting, "decisions")


@require_safe
@requires(MEETING.view)
def report(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Give the report of a meeting as a PDF, in a language of the edition, else in the reader's."""
    meeting = _found(request, edition, slug)
    asked = request.GET.get("language", "")
    made = meeting_report.render(
        meeting,
        points=meetings.points_of(meeting),
        decisions=meetings.decisions_of(meeting),
        bodies=meetings.bodies_at(meeting),
        language=asked if asked in edition.languages else reader_of(edition).language,
        at=timezone.now(),
    )
    answer = HttpResponse(made, content_type=meeting_report.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'inline; filename="{edition.slug}-{meeting.slug}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
