"""XML files: elements in, bytes out; what XML cannot carry is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

# All but the characters that XML 1.0 allows, and those that it advises against.
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


def element(name: str, inside: str = "", attributes: Mapping[str, str] | None = None) -> str:
    """Return an element around what is XML already."""
    written = "".join(f" {key}={quoteattr(_UNFIT.sub('', value))}" for key, value in (attributes or {}).items())
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text_element(name: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element around a plain text."""
    return element(name, escape(_UNFIT.sub("", text)), attributes)


def joined(elements: Iterable[str]) -> str:
    """Return elements one to a line."""
    return "".join(f"\n{each}" for each in elements)


def pack(root: str) -> bytes:
    """Return the file of a root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()
