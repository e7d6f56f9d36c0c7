"""The addresses of readiness: the template of a plan, plans from files, calendars of deadlines."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.readiness import template

urlpatterns: list[URLPattern] = [
    path("readiness/template/", template.show, name="plan-template"),
    path("readiness/template/export/", template.export, name="plan-template-export"),
    path("readiness/template/send/", template.send, name="plan-template-send"),
    path("readiness/template/of/<slug:file>/discard/", template.discard, name="plan-template-discard"),
]
