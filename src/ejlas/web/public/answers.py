"""Answers made once for each publication, language and filter, kept compressed, and told apart by ETags."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

import brotli  # type: ignore[import-untyped]
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

import ejlas
from ejlas.web.ui import built

BROTLI_QUALITY = 4  # 5 costs half as much again and saves two hundredths
GZIP_LEVEL = 6
KEPT_BYTES = 48 * 1024 * 1024
SHARED_SECONDS = 7 * 24 * 3600
CACHE_CONTROL = "public, max-age=0, must-revalidate"

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """The things used last, up to a number and a weight, for all threads of this process."""

    def __init__(self, *, most: int, heaviest: int = KEPT_BYTES, weight: Callable[[Thing], int] = lambda _: 0) -> None:
        self._things: OrderedDict[str, Thing] = OrderedDict()
        self._lock = threading.Lock()
        self._most, self._heaviest, self._weight = most, heaviest, weight
        self._load = 0

    def get(self, key: str) -> Thing | None:
        with self._lock:
            thing = self._things.get(key)
            if thing is not None:
                self._things.move_to_end(key)
            return thing

    def keep(self, key: str, thing: Thing) -> Thing:
        with self._lock:
            before = self._things.pop(key, None)
            self._load += self._weight(thing) - (self._weight(before) if before is not None else 0)
            self._things[key] = thing
            while len(self._things) > 1 and (len(self._things) > self._most or self._load > self._heaviest):
                _, dropped = self._things.popitem(last=False)
                self._load -= self._weight(dropped)
        return thing

    def clear(self) -> None:
        with self._lock:
            self._things.clear()
            self._load = 0


@dataclass(frozen=True, slots=True)
class Made:
    """What a page or a feed is made of, before it is packed for the way."""

    body: bytes
    content_type: str
    filename: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """A body in one encoding, with its headers."""

    body: bytes
    content_type: str
    etag: str
    encoding: str
    filename: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answer of a publication is wanted; `is_shared` keeps it for the other processes too."""

    digest: str
    page: str
    language: str = ""
    variant: str = ""
    origin: str = ""
    is_shared: bool = True

    def key(self, encoding: str) -> str:
        named = "\n".join((code_version(), self.digest, self.page, self.language, self.variant, self.origin, encoding))
        return f"answer:{hashlib.blake2b(named.encode(), digest_size=20).hexdigest()}"


_packed: Kept[Packed] = Kept(most=2048, weight=lambda packed: len(packed.body))


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a digest of the code, templates, catalogues and built files that make the answers."""
    package = Path(ejlas.__file__).parent
    digest = hashlib.blake2b(ejlas.__version__.encode(), digest_size=12)
    made_by = [package / "web", package / "exports", package / "core", package / "locale"]
    for path in sorted(found for folder in made_by for found in folder.rglob("*")):
        if path.suffix in {".py", ".html", ".mo", ".xml", ".typ"}:
            digest.update(path.read_bytes())
    if built.MANIFEST.exists():
        digest.update(built.MANIFEST.read_bytes())
    return digest.hexdigest()


def forget() -> None:
    """Forget what this process keeps; for tests and for measuring."""
    _packed.clear()
    caches["default"].clear()


def encoding_for(accepted: str) -> str:
    """Return the best encoding that the header allows: br, gzip or none."""
    offered = {part.partition(";")[0].strip(): part for part in accepted.lower()[:200].split(",")}
    for encoding in ("br", "gzip"):
        if encoding in offered and not offered[encoding].replace(" ", "").endswith((";q=0", ";q=0.0")):
            return encoding
    return ""


def packed(made: Made, encoding: str) -> Packed:
    """Compress a body; what is compressed already (xlsx, pdf) travels as it is."""
    is_text = made.content_type.startswith(("text/", "application/json", "application/xml", "image/svg"))
    encoding = encoding if is_text and len(made.body) > 200 else ""
    body = made.body
    if encoding == "br":
        body = brotli.compress(body, quality=BROTLI_QUALITY, mode=brotli.MODE_TEXT)
    elif encoding == "gzip":
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
    digest = hashlib.blake2b(made.body, digest_size=12).hexdigest()
    etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    return Packed(body, made.content_type, etag, encoding, made.filename)


def _found(wanted: Wanted, encoding: str, make: Callable[[], Made]) -> Packed:
    key = wanted.key(encoding)
    kept = _packed.get(key)
    if kept is not None:
        return kept
    shared = caches["default"].get(key) if wanted.is_shared else None
    if isinstance(shared, Packed):
        return _packed.keep(key, shared)
    fresh = packed(make(), encoding)
    if wanted.is_shared:
        caches["default"].set(key, fresh, SHARED_SECONDS)
    return _packed.keep(key, fresh)


def answer(
    request: HttpRequest, wanted: Wanted, make: Callable[[], Made], *, modified: datetime, links: str = ""
) -> HttpResponse:
    """Answer with what is kept, or make it; 304 where the reader has it already."""
    kept = _found(wanted, encoding_for(request.headers.get("Accept-Encoding", "")), make)
    seconds = int(modified.timestamp())
    response = HttpResponse(kept.body, content_type=kept.content_type)
    headers = response.headers
    headers["ETag"] = kept.etag
    headers["Last-Modified"] = http_date(seconds)
    headers["Cache-Control"] = CACHE_CONTROL
    headers["Vary"] = "Accept-Encoding"
    headers["Content-Length"] = str(len(kept.body))
    if kept.encoding:
        headers["Content-Encoding"] = kept.encoding
    if wanted.language:
        headers["Content-Language"] = wanted.language
    if links:
        headers["Link"] = links
    if kept.filename:
        headers["Content-Disposition"] = f'attachment; filename="{kept.filename}"'
    # The ETag alone decides: a new version of Ejlas makes new pages of an old publication.
    return get_conditional_response(request, etag=kept.etag, response=response) or response
