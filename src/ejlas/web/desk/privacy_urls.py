"""The addresses of what is held of a person; they stand below those of people."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views import privacy

urlpatterns: list[URLPattern] = [
    path("persons/of/<slug:slug>/held/", privacy.held, name="person-held"),
    path("persons/of/<slug:slug>/erase/", privacy.erase, name="person-erase"),
]
