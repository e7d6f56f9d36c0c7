"""What an answer of the API holds, said beside the view that gives it; describing.py reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

V = TypeVar("V", bound=Callable[..., Any])

GIVES, ASKS = "gives", "asks"


def gives(
    model: Any, *, status: int = 200, or_else: int | None = None, asks: type[BaseModel] | None = None
) -> Callable[[V], V]:
    """Say which model a view gives with which status, or another, and what may be asked of it in the address.

    The library would build a model of its own for each answer of each view; these answers are JSON already.
    """

    def mark(view: V) -> V:
        setattr(view, GIVES, ((status, or_else) if or_else else (status,), model))
        setattr(view, ASKS, asks)
        return view

    return mark
