"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from ejlas.web.portal.views import home

app_name = "portal"

urlpatterns = [path("", home.show, name="home")]
