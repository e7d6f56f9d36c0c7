"""The addresses of designs of cards at the desk: the list, the designer, and what it sends."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views import designer, designs

_OF = "designs/of/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("designs/", designs.designs, name="designs"),
    path("designs/standard/", designs.add_standard, name="designs-standard"),
    path("designs/add/", designs.add, name="design-add"),
    path(_OF, designer.design, name="design"),
    path(f"{_OF}preview/", designer.work, name="design-work"),
    path(f"{_OF}test/", designer.test, name="design-test"),
    path(f"{_OF}picture/", designs.picture, name="design-picture"),
    path(f"{_OF}copy/", designs.copy, name="design-copy"),
    path(f"{_OF}remove/", designs.remove, name="design-remove"),
]
