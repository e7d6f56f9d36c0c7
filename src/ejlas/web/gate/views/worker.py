"""The worker of the gate: one script below /gate/, told of all files that its page loads."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from csp.constants import HEADER
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from ejlas.web.ui import built

SCRIPT = "src/gate/worker.ts"
LOADED = ("src/gate.ts", "styles/gate.css", "src/site.ts", "src/theme/first.ts")
BESIDE = ("ui/mark.svg",)
# A worker takes the policy of its own script: it fetches from this site, and can do nothing else.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


# Open to everyone: a browser asks for it also when nobody is signed in, and would take the worker away.
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Answer with the script; any new file of the page makes it another, which is how a browser notices."""
    response = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = request.path.removesuffix("worker.js")
    response.headers["Cache-Control"] = "no-cache"
    response.headers[HEADER] = POLICY
    return response


@lru_cache(maxsize=1)
def script() -> str:
    """Return the worker, with the files that it is to keep before it."""
    code = (Path(built.MANIFEST).parents[1] / built.built_file(SCRIPT)).read_text(encoding="utf-8")
    files = [static(path) for path in (*built.loaded_with(*LOADED), *BESIDE)]
    version = hashlib.sha256("\n".join([code, *files]).encode()).hexdigest()[:16]
    told = json.dumps({"version": version, "files": files, "prefix": static("built/")})
    return f"self.EJLAS_FILES={told};\n{code}"
