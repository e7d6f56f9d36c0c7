"""Tells Django of the portal."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal."""

    name = "ejlas.web.portal"
    label = "portal"
