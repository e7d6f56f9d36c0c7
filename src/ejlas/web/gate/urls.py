"""Addresses of the gate."""

from __future__ import annotations

from django.urls import path

from ejlas.web.gate.views import app, devices, home, lists, manifest, scans, worker

app_name = "gate"

urlpatterns = [
    path("", home.show, name="home"),
    path("worker.js", worker.show, name="worker"),
    path("icon-<int:size>.png", manifest.icon, name="icon"),
    path("<edition:edition>/", app.show, name="app"),
    path("<edition:edition>/manifest.webmanifest", manifest.show, name="manifest"),
    path("<edition:edition>/devices/", devices.enrol, name="enrol"),
    path("<edition:edition>/pulse/", devices.pulse, name="pulse"),
    path("<edition:edition>/list/", lists.whole_or_changes, name="list"),
    path("<edition:edition>/photos/", lists.pictures, name="photos"),
    path("<edition:edition>/scans/", scans.take, name="scans"),
    path("<edition:edition>/requests/", scans.ask, name="requests"),
]
