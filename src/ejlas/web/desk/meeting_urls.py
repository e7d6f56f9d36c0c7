"""The addresses of a coordination meeting: session, agenda, attendance, minutes, decisions, report."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.readiness import meetings

_ONE = "coordination-meetings/of/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path(f"{_ONE}/session/", meetings.session, name="meeting-session"),
    path(f"{_ONE}/agenda/", meetings.agenda, name="meeting-agenda"),
    path(f"{_ONE}/agenda/<slug:point>/", meetings.point, name="meeting-point"),
    path(f"{_ONE}/attendance/", meetings.attendance, name="meeting-attendance"),
    path(f"{_ONE}/minutes/", meetings.minutes, name="meeting-minutes"),
    path(f"{_ONE}/decisions/", meetings.decisions, name="meeting-decisions"),
    path(f"{_ONE}/decisions/<slug:decision>/", meetings.decision, name="meeting-decision"),
    path(f"{_ONE}/decisions/<slug:decision>/change/", meetings.change_decision, name="meeting-decision-change"),
    path(f"{_ONE}/report.pdf", meetings.report, name="meeting-report"),
]
