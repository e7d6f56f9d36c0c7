"""What devices keep: the list, whole or what changed, and the photos; sealed for one device, signed by the edition."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ejlas.core import sealing
from ejlas.delegations.operations.gate import photos as operations
from ejlas.delegations.operations.passes.lists import signing_key
from ejlas.delegations.queries.gate import lists, photos
from ejlas.delegations.queries.passes.codes import key_of
from ejlas.delegations.rules.passes.shapes import Misshapen
from ejlas.web.gate.talk import for_device

SIGNATURE = "X-Ejlas-Signature"
_MOST_KEY = 40


@for_device
@require_safe
def whole_or_changes(request: HttpRequest, device: Any, token: str) -> HttpResponse:
    """Send the list, or what changed since the one that a device holds; 304 where nothing did."""
    at = timezone.now()
    said = request.GET.get("since")
    if said is not None and not (said.isascii() and said.isdigit() and len(said) <= 18):
        raise Misshapen("since")
    told = lists.told(device.edition, int(said) if said else None, at=at)
    return HttpResponse(status=304) if told is None else _sealed(told, device, token, at=at)


@for_device
@require_safe
def pictures(request: HttpRequest, device: Any, token: str) -> HttpResponse:
    """Send the small pictures of some keys; those that are nobody's, or gone, are left out."""
    at = timezone.now()
    keys = [key for key in request.GET.get("keys", "").split(",") if key]
    if not 0 < len(keys) <= photos.MOST_AT_ONCE or any(len(key) > _MOST_KEY for key in keys):
        raise Misshapen("keys")
    found = {}
    for key, badge in photos.shown(device.edition, keys).items():
        small = photos.picture_of(badge) or operations.keep_photo(badge=badge, at=at)
        body = photos.bytes_of(small) if small else None
        if body is not None:
            found[key] = b64encode(body).decode()
    return _sealed(found, device, token, at=at)


def _sealed(value: dict[str, Any], device: Any, token: str, *, at: datetime) -> HttpResponse:
    key = key_of(device.edition) or signing_key(device.edition, at=at)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    body = sealing.seal(sealing.packed(plain), token=token)
    signed = {SIGNATURE: sealing.signature(body, private=key.private or "")}
    return HttpResponse(body, content_type="application/octet-stream", headers=signed)
