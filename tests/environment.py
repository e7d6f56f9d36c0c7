"""Loaded before the settings: gives each test process a folder for its data, and all of them one that they share."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# The processes that test side by side are begun by the first, which takes the folders of all away in the end.
if "EJLAS_TESTS" not in os.environ:
    os.environ["EJLAS_TESTS"] = tempfile.mkdtemp(prefix="ejlas-tests-")
    atexit.register(shutil.rmtree, os.environ["EJLAS_TESTS"], ignore_errors=True)
os.environ["EJLAS_VAR"] = tempfile.mkdtemp(prefix="var-", dir=os.environ["EJLAS_TESTS"])
os.environ.setdefault("EJLAS_SECRET_KEY", "only for tests, and long enough for a key")

# Workers that test side by side share one Redis; what one of them forgets is not forgotten for the others.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if os.environ.get("REDIS_URL") and _worker.isdecimal():
    _server, _slash, _number = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{_server}/{(int(_number) + int(_worker)) % 16}"
