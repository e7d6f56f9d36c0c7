"""Tells Django of the shared interface: base templates, tags, built scripts and styles."""

from __future__ import annotations

from django.apps import AppConfig

from ejlas.web.ui import converters


class UiConfig(AppConfig):
    """The shared interface."""

    name = "ejlas.web.ui"
    label = "ui"

    def ready(self) -> None:
        """Let addresses speak of languages and editions."""
        converters.register()
