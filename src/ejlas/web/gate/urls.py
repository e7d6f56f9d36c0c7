"""Addresses of the gate."""

from __future__ import annotations

from django.urls import path

from ejlas.web.gate.views import home

app_name = "gate"

urlpatterns = [path("", home.show, name="home")]
