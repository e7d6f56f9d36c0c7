"""Tells Django of the shared interface: base templates, tags, built scripts and styles."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The shared interface."""

    name = "ejlas.web.ui"
    label = "ui"
