"""Whoever heads the secretariat reads the desk in this process: what its pages take (Django has to be set up)."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping
from datetime import datetime
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.machine import REFERENCE_MS, loop_ms
from ejlas.accounts import operations as accounts
from ejlas.accounts import queries as users
from ejlas.accounts.rules import Role

ROUNDS, WARM = 7, 3


def signed_in(slug: str, *, language: str, at: datetime) -> Client:
    """Return a client that reads the desk of an edition as the head of the secretariat, in a language."""
    by = users.system_account()
    user = accounts.add_user(email="bench@example.org", name="Bench", language=language, password=None, by=by, at=at)
    accounts.grant_role(user=user, role=Role.HEAD, edition=slug, by=by, at=at)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def measure_pages(title: str, client: Client, paths: Mapping[str, str]) -> None:
    """Print CPU of this process in ms, scaled by the loop as it stands at each page, the queries and the size."""
    # As a web process does when it starts.
    gc.collect()
    gc.freeze()
    print(f"{title:34}{'CPU ms':>9}{'worst':>9}{'queries':>9}{'kB':>8}{'loop ms':>9}", flush=True)
    for name, path in paths.items():
        for _round in range(WARM):
            response: Any = client.get(path)
            assert response.status_code == 200, (path, response.status_code)
        loop, spans = loop_ms(), []
        for _round in range(ROUNDS):
            start = time.process_time()
            client.get(path)
            spans.append((time.process_time() - start) * 1000)
        # The machine may have become slower or quicker meanwhile.
        scale = REFERENCE_MS * 2 / (loop + loop_ms())
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        figures = f"{median(spans) * scale:9.1f}{max(spans) * scale:9.1f}{len(captured):9d}"
        print(f"{name:34}{figures}{len(response.content) / 1000:8.0f}{REFERENCE_MS / scale:9.1f}", flush=True)
