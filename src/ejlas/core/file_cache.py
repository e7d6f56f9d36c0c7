"""The cache of an installation without Redis: files, of which none is kept where there is no room for it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class SteadyFileCache(FileBasedCache):
    """Django's cache of files, which keeps nothing where the disk is full or the folder cannot be written."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        try:
            return super().add(key, value, timeout, version)
        except OSError:
            return True

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        with suppress(OSError):
            super().set(key, value, timeout, version)
