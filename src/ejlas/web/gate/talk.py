"""How devices and the server talk: who a device is, what it sent as JSON, and what it is answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from ejlas.core import signing
from ejlas.delegations.operations.gate import devices as operations
from ejlas.delegations.queries.gate import devices as queries
from ejlas.delegations.rules.passes.shapes import Misshapen

# A token has 256 bits: this keeps a program that runs wild from costing more than others.
LIMIT, ACTION, LIMIT_S = {"gate_device": "60/m/ip"}, "gate_device", 60
Answer = Callable[..., HttpResponse]


def for_device(view: Answer) -> Answer:
    """Let in a device of the edition of the address by what it shows, and hand the view the device and its token.

    Nothing of a browser counts here, no cookie either, so that no page elsewhere can act as a device.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, edition: str, *args: Any, **values: Any) -> HttpResponse:
        kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
        device = queries.device_by_token(token, edition) if kind == "Device" and _is_token(token) else None
        if device is None:
            if not ratelimit.consume(request, app="ejlas", action=ACTION, config=LIMIT, limit_get=True):
                return fault("busy", 429, headers={"Retry-After": str(LIMIT_S)})
            return fault("unknown", 401, headers={"WWW-Authenticate": "Device"})
        if not operations.let_in(device=device, at=timezone.now()):
            return fault("shut-out", 410)
        try:
            return view(request, device, token, *args, **values)
        except Misshapen as wrong:
            return fault("shape", 400, at=wrong.at)

    return guarded


def _is_token(token: str) -> bool:
    try:
        return len(signing.raw(token)) == operations.N_TOKEN_BYTES
    except ValueError:
        return False


def fault(name: str, status: int, *, headers: dict[str, str] | None = None, **more: Any) -> JsonResponse:
    """Return why there is no answer, by a name that the device knows."""
    return JsonResponse({"fault": name, **more}, status=status, headers=headers)


def sent_json(request: HttpRequest) -> Any:
    """Return what was sent. Raises Misshapen for what is no JSON."""
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise Misshapen("") from None
