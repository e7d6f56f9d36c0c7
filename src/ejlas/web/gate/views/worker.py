"""The worker of the gate: one script below /gate/, told of all files that its page loads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ejlas.web.ui import workers

SCRIPT = "src/gate/worker.ts"
LOADED = ("src/gate.ts", "styles/gate.css", "src/site.ts", "src/theme/first.ts")
BESIDE = ("ui/mark.svg",)


# Open to everyone: a browser asks for it also when nobody is signed in, and would take the worker away.
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Answer with the script for all that stands below its address."""
    response = workers.worker(SCRIPT, LOADED, BESIDE)
    response.headers["Service-Worker-Allowed"] = request.path.removesuffix("worker.js")
    return response
