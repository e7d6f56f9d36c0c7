"""Template tags of the desk: fields of a form by name, pages of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from ejlas.web.ui.reading import Reader

register = template.Library()


@register.filter
def of_name(things: Mapping[str, Any] | None, name: str) -> Any:
    """Return the thing of a name, or nothing."""
    return things.get(name) if things else None


@register.filter
def bound_id(form: Any, name: str) -> str:
    """Return the id of a field's input."""
    bound = form[name]
    return str(bound.id_for_label or bound.auto_id)


@register.filter
def bound_label(form: Any, name: str) -> str:
    """Return the label of a field."""
    return str(form[name].label)


@register.filter
def in_digits_of(number: int, reader: Reader) -> str:
    """Return a number in the digits of a reader."""
    return reader.number(number)


@register.simple_tag(takes_context=True)
def other_page(context: Mapping[str, Any], number: int) -> str:
    """Return the query of this address with another page."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return str(query.urlencode())
