"""Addresses of the supervisor's pages, for the pages that lead to them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from ejlas.accounts.permissions import may
from ejlas.delegations.queries.gate.watching import WATCH


def scans_of(edition: Any, **query: str) -> str:
    """Return the address of the list of scans, kept to what is asked for."""
    return f"{reverse('desk:scans', args=[edition.slug])}?{urlencode(query)}"


def scans_address(user: Any, edition: Any, **query: str) -> str:
    """Return the same for who may open it; nothing for anybody else."""
    return scans_of(edition, **query) if may(user, WATCH, edition) else ""
