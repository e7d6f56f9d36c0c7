"""The addresses of “Are we ready?”: the answer, what else counts as readiness, and the chart of the plan."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.readiness import ready, ready_plan

urlpatterns: list[URLPattern] = [
    path("readiness/", ready.show, name="ready"),
    path("readiness/ask/", ready.ask, name="ready-ask"),
    path("readiness/wait/", ready.wait, name="ready-wait"),
    path("readiness/others/", ready.others, name="ready-others"),
    path("readiness/plan/", ready_plan.show, name="ready-plan"),
    path("readiness/plan/data/", ready_plan.data, name="ready-plan-data"),
]
