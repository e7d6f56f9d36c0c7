"""Workers that open a page without network: a built script, told before its first line which files to keep."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from csp.constants import HEADER
from django.http import HttpResponse
from django.templatetags.static import static

from ejlas.web.ui import built

# A worker takes the policy of its own script: it fetches from this site, and can do nothing else.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


def worker(source: str, loaded: tuple[str, ...], beside: tuple[str, ...]) -> HttpResponse:
    """Answer with the script; any new file of the page makes it another, which is how a browser notices."""
    response = HttpResponse(script(source, loaded, beside), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers[HEADER] = POLICY
    return response


@lru_cache(maxsize=4)
def script(source: str, loaded: tuple[str, ...], beside: tuple[str, ...]) -> str:
    """Return the worker, with the files that it is to keep before it."""
    code = (Path(built.MANIFEST).parents[1] / built.built_file(source)).read_text(encoding="utf-8")
    files = [static(path) for path in (*built.loaded_with(*loaded), *beside)]
    version = hashlib.sha256("\n".join([code, *files]).encode()).hexdigest()[:16]
    told = json.dumps({"version": version, "files": files, "prefix": static("built/")})
    return f"self.EJLAS_FILES={told};\n{code}"
