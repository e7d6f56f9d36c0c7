"""Loaded before the settings: gives each test process its own folder for data."""

from __future__ import annotations

import os
import tempfile

os.environ["EJLAS_VAR"] = tempfile.mkdtemp(prefix="ejlas-tests-")
os.environ.setdefault("EJLAS_SECRET_KEY", "only for tests, and long enough for a key")

# Workers that test side by side share one Redis; what one of them forgets is not forgotten for the others.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if os.environ.get("REDIS_URL") and _worker.isdecimal():
    _server, _slash, _number = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{_server}/{(int(_number) + int(_worker)) % 16}"
