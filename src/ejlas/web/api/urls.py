"""The addresses of version 1 of the API, its page of documentation, and one answer for every other address."""

from __future__ import annotations

from django.urls import include, path, re_path

from ejlas.web.api import documentation
from ejlas.web.api.api import addresses

urlpatterns = [
    path("v1/openapi.json", documentation.describe, name="api-description"),
    path("v1/docs", documentation.show, name="api-docs"),
    path("v1/", include(addresses()[:2], namespace="api")),
    re_path(r"^.*$", documentation.nothing_here),
]
