"""Answers of the API: JSON as it is read, told apart by ETags, and pages of lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from ejlas.web.api import problems

MOST = 200


def answer(
    request: HttpRequest, told: Any, *, status: int = 200, revision: int | None = None, **headers: str
) -> HttpResponse:
    """Return the answer, or 304 where the reader has it; the ETag of a thing begins with its revision."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.blake2b(body, digest_size=8).hexdigest()
    etag = f'"{revision}-{digest}"' if revision is not None else f'"{digest}"'
    response = HttpResponse(body, status=status, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Language, Authorization, Cookie"
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    if request.method != "GET" or status != 200:
        return response
    return get_conditional_response(request, etag=etag, response=response) or response


def page(request: HttpRequest, items: Sequence[Any], *, total: int, limit: int, offset: int) -> HttpResponse:
    """Return one page of a list, with where the next and the one before are."""
    following = offset + limit if offset + limit < total else None
    before = max(offset - limit, 0) if offset else None
    told = {
        "items": list(items),
        "total": total,
        "limit": limit,
        "offset": offset,
        "next": _address(request, following),
        "previous": _address(request, before),
    }
    return answer(request, told)


def _address(request: HttpRequest, offset: int | None) -> str | None:
    if offset is None:
        return None
    state = {**request.GET.dict(), "offset": offset}
    return request.build_absolute_uri(f"{request.path}?{urlencode(state)}")


def revision_asked(request: HttpRequest, given: int | None = None) -> int | None:
    """Return the revision that the writer saw: of If-Match, else of the body; None without both. Raises Problem."""
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        return given
    number = header.removeprefix("W/").strip('"').partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise problems.wrong_input({"If-Match": [_(problems.NOT_TAKEN)]})
    return int(number)


def known_only(request: HttpRequest, names: Mapping[str, Any] | Sequence[str]) -> None:
    """Refuse a question with a part that the address does not know: it would be answered as if it were not there."""
    unknown = [name for name in request.GET if name not in names]
    if unknown:
        raise problems.wrong_input({name: [_(problems.INPUT_WORDS["extra_forbidden"])] for name in unknown})
