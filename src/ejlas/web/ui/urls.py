"""The addresses for machines that watch; their middleware answers them before anything else can fail."""

from __future__ import annotations

from django.urls import path

from ejlas.web.ui.health import VIEWS

app_name = "health"

urlpatterns = [path(name, view, name=name) for name, view in VIEWS.items()]
