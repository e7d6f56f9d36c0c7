"""XML files: elements in, bytes out; what XML cannot carry is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

# All but the characters that XML 1.0 allows, and those that it advises against.
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


def escape(text: str) -> str:
    """Return a text with the three signs of markup written out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element(name: str, inside: str = "", attributes: Mapping[str, str] | None = None) -> str:
    """Return an element around what is XML already."""
    if not attributes:
        return f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"
    written = "".join([f" {key}={quoteattr(value)}" for key, value in attributes.items()])
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text_element(name: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element around a plain text."""
    return element(name, escape(text), attributes)


def joined(elements: Iterable[str]) -> str:
    """Return elements one to a line."""
    return "".join([f"\n{each}" for each in elements])


def pack(root: str) -> bytes:
    """Return the file of a root element, without the characters that XML cannot carry."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_UNFIT.sub("", root)}\n'.encode()
