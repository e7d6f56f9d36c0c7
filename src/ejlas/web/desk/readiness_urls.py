"""The addresses of readiness: the template of a plan, plans from files, calendars of deadlines."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.readiness import deadlines, plan_files, template

urlpatterns: list[URLPattern] = [
    path("readiness/template/", template.show, name="plan-template"),
    path("readiness/template/export/", template.export, name="plan-template-export"),
    path("readiness/template/send/", template.send, name="plan-template-send"),
    path("readiness/template/of/<slug:file>/discard/", template.discard, name="plan-template-discard"),
    path("readiness/files/", plan_files.begin, name="plan-files"),
    path("readiness/files/plan.xlsx", plan_files.workbook, name="plan-workbook"),
    path("readiness/files/plan.xml", plan_files.project, name="plan-project"),
    path("readiness/files/of/<slug:file>/", plan_files.show, name="plan-file"),
    path("readiness/files/of/<slug:file>/columns/", plan_files.columns, name="plan-file-columns"),
    path("readiness/files/of/<slug:file>/correct/", plan_files.correct, name="plan-file-correct"),
    path("readiness/files/of/<slug:file>/take/", plan_files.take, name="plan-file-take"),
    path("readiness/files/of/<slug:file>/discard/", plan_files.discard, name="plan-file-discard"),
    path("readiness/deadlines/", deadlines.every, name="deadlines"),
    path("readiness/own-deadlines/", deadlines.own, name="own-deadlines"),
]
