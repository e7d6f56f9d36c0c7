"""Tells Django of the public site."""

from __future__ import annotations

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The public site."""

    name = "ejlas.web.public"
    label = "public"
