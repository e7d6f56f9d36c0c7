"""Template tags of the portal: a value by the name of its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of_name(values: Mapping[str, Any], name: str) -> Any:
    """Return the value of a name; nothing where there is none."""
    return values.get(name) if values else None
