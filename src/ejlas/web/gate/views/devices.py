"""Enrolling a device, and its pulse."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ejlas.delegations.operations.gate import devices as operations
from ejlas.delegations.operations.passes import lists
from ejlas.delegations.queries.gate import posts
from ejlas.delegations.queries.gate.pulse import pulse as pulse_of
from ejlas.delegations.rules.passes import shapes
from ejlas.delegations.rules.passes.shapes import Misshapen
from ejlas.web.gate.talk import fault, for_device, sent_json
from ejlas.web.ui.access import requires
from ejlas.web.ui.people import signed_in

_MOST_QUEUED = 2**31 - 1


@require_POST
@requires("delegations.keep_gate")
def enrol(request: HttpRequest, edition: Any) -> HttpResponse:
    """Make the browser of an officer a device; its token is told this once."""
    at = timezone.now()
    try:
        name, slug = shapes.read_enrolment(sent_json(request))
        gate = posts.gates_of(edition).filter(slug=slug).first()
        if gate is None:
            raise Misshapen("gate")
    except Misshapen as wrong:
        return fault("shape", 400, at=wrong.at)
    key = lists.signing_key(edition, at=at)
    device, token = operations.enrol_device(gate=gate, name=name, by=signed_in(request), at=at)
    answer = {"device": device.slug, "token": token, "now": at.astimezone(UTC).isoformat(), "key": key.public}
    return JsonResponse(answer, status=201)


@for_device
@require_safe
def pulse(request: HttpRequest, device: Any, _token: str) -> HttpResponse:
    """Tell a device whether its list still stands, how many are inside, and what was answered."""
    at = timezone.now()
    since, n_queued = (_count(request, name) for name in ("since", "queued"))
    operations.note_pulse(device=device, at=at, n_queued=n_queued, list_at=_moment(request, "list_at"))
    return JsonResponse(pulse_of(device, since, at=at, moved=_moment(request, "moved")))


def _count(request: HttpRequest, name: str) -> int:
    said = request.GET.get(name, "")
    if not said.isascii() or not said.isdigit() or len(said) > 18:
        raise Misshapen(name)
    return min(int(said), _MOST_QUEUED) if name == "queued" else int(said)


def _moment(request: HttpRequest, name: str) -> datetime | None:
    said = request.GET.get(name, "")
    return shapes.moment(said, name) if said else None
