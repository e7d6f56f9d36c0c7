"""The addresses of a supervisor of gates: what goes on now, scans, devices, and who asks to come in."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.gates import devices, now, requests, scans

urlpatterns: list[URLPattern] = [
    path("gates/now/", now.now, name="gates-now"),
    path("gates/now/live/", now.live, name="gates-now-live"),
    path("scans/", scans.scans, name="scans"),
    path("devices/", devices.devices, name="devices"),
    path("devices/of/<slug:slug>/", devices.device, name="device"),
    path("devices/of/<slug:slug>/shut-out/", devices.shut_out, name="device-shut-out"),
    path("gate-requests/", requests.requests, name="gate-requests"),
    path("gate-requests/offices/", requests.offices, name="gate-offices"),
    path("gate-requests/of/<slug:slug>/", requests.show, name="gate-request"),
]
