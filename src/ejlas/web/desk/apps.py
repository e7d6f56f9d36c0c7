"""Tells Django of the desk's templates."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The host's own pages."""

    name = "ejlas.web.desk"
    label = "desk"
