"""Loaded before the settings: gives each test process its own folder for data."""

from __future__ import annotations

import os
import tempfile

os.environ["EJLAS_VAR"] = tempfile.mkdtemp(prefix="ejlas-tests-")
os.environ.setdefault("EJLAS_SECRET_KEY", "only for tests, and long enough for a key")
