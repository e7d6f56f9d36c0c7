"""Tells the framework of the gate, so that its templates are found."""

from __future__ import annotations

from django.apps import AppConfig


class GateConfig(AppConfig):
    """The page at the gate."""

    name = "ejlas.web.gate"
    label = "gate"
