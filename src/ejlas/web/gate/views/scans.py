"""What devices deliver: scans in batches, and requests for people on no list."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ejlas.delegations.operations.gate import requests as asking
from ejlas.delegations.operations.gate import scans as operations
from ejlas.delegations.rules.passes import shapes
from ejlas.web.gate.talk import fault, for_device, sent_json


@for_device
@require_POST
def take(request: HttpRequest, device: Any, _token: str) -> HttpResponse:
    """Take a batch of scans, each once and in order."""
    at = timezone.now()
    run, scans = shapes.read_batch(sent_json(request))
    try:
        taken = operations.take_scans(device=device, run=run, scans=scans, at=at)
    except operations.OutOfOrder as order:
        return fault("order", 409, next=order.next_seq)
    flags = [{"id": str(each.scan_id), "flag": each.flag, "said": each.said} for each in taken.flags]
    answer = {"taken": [str(scan_id) for scan_id in taken.ids], "next": taken.next_seq, "flags": flags}
    return JsonResponse(answer | {"now": at.astimezone(UTC).isoformat()})


@for_device
@require_POST
def ask(request: HttpRequest, device: Any, _token: str) -> HttpResponse:
    """Take the request of an officer for somebody on no list; the answer comes with the pulse."""
    made = asking.ask_to_enter(device=device, asked=shapes.read_request(sent_json(request)), at=timezone.now())
    return JsonResponse({"id": str(made.request_id), "state": made.state}, status=201)
