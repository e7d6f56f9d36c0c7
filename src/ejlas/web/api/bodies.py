"""How the body of a request is read: strict JSON in Unicode, as deep as is sensible."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class StrictParser(Parser):
    """Refuses what a database or a program could not take: NaN, lone halves of a character, NUL, endless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body. Raises ValueError, which becomes a 400."""
        try:
            read = json.loads(request.body.decode("utf-8"), parse_constant=_no_number)
        except RecursionError as fault:
            raise ValueError("nested too deep") from fault
        json.dumps(read, ensure_ascii=False).encode("utf-8")
        _require_no_nul(read)
        return read


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _require_no_nul(read: Any) -> None:
    if isinstance(read, str) and "\x00" in read:
        raise ValueError("NUL is no character of a text")
    for part in read.items() if isinstance(read, dict) else read if isinstance(read, list | tuple) else ():
        _require_no_nul(part)
