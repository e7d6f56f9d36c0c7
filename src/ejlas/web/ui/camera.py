"""What a page with the camera may do and no other page may: WebAssembly, workers, pictures that it holds itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import HEADER, SELF
from csp.decorators import csp_update
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]

WASM = "'wasm-unsafe-eval'"
# The reader of passports, and that of the codes of passes.
_WORKER = re.compile(r"/(?:worker\.min|scan-worker)-[0-9A-Za-z_-]{8,}\.js$")
# A worker takes the policy of its own file, not of the page: it may load the core beside it, and nothing else.
_WORKER_POLICY = f"default-src 'none'; script-src 'self' {WASM}; connect-src 'self'"


def with_camera(view: View) -> View:
    """Let a page open the camera and start its reader, all from the site's own files, and show what it holds itself."""
    allowed: View = csp_update({"script-src": [WASM], "worker-src": [SELF], "img-src": ["blob:"]})(view)

    @wraps(view)
    def answered(*args: Any, **named: Any) -> HttpResponseBase:
        response = allowed(*args, **named)
        response.headers["Permissions-Policy"] = "camera=(self)"
        return response

    return answered


def worker_headers(headers: Any, path: str, url: str) -> None:
    """Give the reader's worker its policy, among all files of the site."""
    if _WORKER.search(url):
        headers[HEADER] = _WORKER_POLICY
