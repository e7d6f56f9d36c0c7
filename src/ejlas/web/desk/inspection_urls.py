"""The addresses of a round of inspection: checklist, close, sheet, photos, and its walk with a phone."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.readiness import inspections, walking

_ONE = "inspections/of/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path(f"{_ONE}/fill/", inspections.fill, name="inspection-fill"),
    path(f"{_ONE}/lines/", inspections.add, name="inspection-add"),
    path(f"{_ONE}/lines/<slug:line>/", inspections.line, name="inspection-line"),
    path(f"{_ONE}/close/", inspections.close, name="inspection-close"),
    path(f"{_ONE}/reopen/", inspections.reopen, name="inspection-reopen"),
    path(f"{_ONE}/sheet/", inspections.sheet, name="inspection-sheet"),
    path(f"{_ONE}/photos/<slug:answer>/", inspections.photo, name="inspection-photo"),
    path(f"{_ONE}/photos/<slug:answer>/small/", inspections.small, name="inspection-small"),
    path(f"{_ONE}/walk/", walking.walk, name="inspection-walk"),
    path(f"{_ONE}/walk/lines/", walking.lines, name="inspection-walk-lines"),
    path(f"{_ONE}/walk/answers/", walking.answers, name="inspection-walk-answers"),
    # Below the walk, so that it answers for the walk alone.
    path(f"{_ONE}/walk/worker.js", walking.worker, name="inspection-walk-worker"),
]
