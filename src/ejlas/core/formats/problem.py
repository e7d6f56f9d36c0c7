"""What is wrong at one place of a file that a person wrote, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Where a problem concerns no field but the file as such.
WHOLE_FILE = "file"

_LONGEST_SHOWN = 60
_PLAIN_KEY = re.compile(r"[\w-]+")
# What would end the path in a line of output.
_ODD = re.compile(r"[^\w-]+")

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: `wrong` and `remedy` are messages marked for translation, with named placeholders for `values`."""

    line: int
    path: str
    wrong: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __hash__(self) -> int:
        return hash((self.line, self.path, self.wrong, self.remedy))

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Say what is wrong and what to do, in the language of `translate`."""
        return f"{translate(self.wrong) % self.values}; {translate(self.remedy) % self.values}"

    def as_line(self, file: str, translate: Callable[[str], str] = str) -> str:
        """Return the line that a terminal, an editor and grep understand: `file:line: path: sentence`."""
        return f"{file}:{self.line}: {self.path}: {self.sentence(translate)}"


def path_text(path: Path, value: object = None) -> str:
    """Write a path as `parties[3](gilan).iso`: an item of a list with its place from 0, and its slug if it has one.

    `value` is the whole document, in which the slugs are looked up.
    """
    parts: list[str] = []
    for step in path:
        value = _inside(value, step)
        if isinstance(step, int):
            parts.append(f"[{step}]{_slug_of(value)}")
        else:
            parts.append(("." if parts else "") + _ODD.sub("_", shown(step)))
    return "".join(parts) or WHOLE_FILE


def shown(value: object) -> str:
    """Return a value as a sentence may quote it: on one line, not too long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**_LONGEST_SHOWN:
        return "…"
    text = str(value) if isinstance(value, str | int | float) else type(value).__name__
    text = "".join(char if char.isprintable() or char == "\u200c" else " " for char in text)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _inside(value: object, step: str | int) -> object:
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else None
    return value.get(step) if isinstance(value, dict) else None


def _slug_of(value: object) -> str:
    slug = value.get("slug") if isinstance(value, dict) else None
    return f"({slug})" if isinstance(slug, str) and _PLAIN_KEY.fullmatch(slug) and len(slug) <= _LONGEST_SHOWN else ""
