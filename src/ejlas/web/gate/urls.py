"""Addresses of the gate."""

from __future__ import annotations

from django.urls import path

from ejlas.web.gate.views import home, manifest, worker

app_name = "gate"

urlpatterns = [
    path("", home.show, name="home"),
    path("worker.js", worker.show, name="worker"),
    path("icon-<int:size>.png", manifest.icon, name="icon"),
    path("<edition:edition>/manifest.webmanifest", manifest.show, name="manifest"),
]
