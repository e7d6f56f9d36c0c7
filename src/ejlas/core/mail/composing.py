"""A mail made from its templates: a subject, and one body from which the plain and the HTML part are both made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from ejlas.core import languages

# What a template's tags leave in the rendered body; no value can hold these signs.
ACTION, CODE, BETWEEN = "\x02", "\x03", "\x04"
_ISOLATE, _END = "\u2068", "\u2069"
_OPENING = frozenset({"LRI", "RLI", "FSI"})
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready to be sent, in one language."""

    subject: str
    text: str
    html: str
    language: str


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a mail: words, an action with its address, or a code to be typed."""

    kind: Literal["words", "action", "code"]
    words: str
    address: str = ""

    def as_text(self) -> str:
        """Return the paragraph for the plain part."""
        return f"{self.words}:\n{self.address}" if self.kind == "action" else self.words


def compose(template: str, *, language: str, values: Mapping[str, Any]) -> Composed:
    """Make the mail of a template in a language; in English where the interface does not speak it."""
    spoken = languages.plain(language)
    if spoken not in dict(settings.LANGUAGES):
        spoken = "en"
    tidy = {name: _tidy(value, spoken) for name, value in values.items()}
    with translation.override(spoken):
        # Only the name of the edition: a subject is read over a shoulder, and logged by every server on the way.
        subject = _rendered(f"mail/{template}.subject.txt", {"edition": tidy.get("edition", "")})
        parts = _parts(_rendered(f"mail/{template}.txt", tidy))
        context = {
            "language": spoken,
            "direction": languages.direction(spoken),
            "subject": _one_line(subject),
            "edition": tidy.get("edition", ""),
            "parts": parts,
            "style": _style(),
        }
        html = render_to_string("mail/layout.html", context)
        footer = render_to_string("mail/footer.txt").strip()
    text = "\n\n".join([*(part.as_text() for part in parts), f"-- \n{footer}"]) + "\n"
    return Composed(_one_line(subject), text, html, spoken)


def _rendered(name: str, values: Mapping[str, Any]) -> str:
    # A plain text is not escaped; the HTML part escapes each paragraph in its layout.
    template = get_template(name).template  # type: ignore[attr-defined]
    return str(template.render(Context(dict(values), autoescape=False)))


def _parts(body: str) -> list[Part]:
    parts = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        words = paragraph.strip()
        if words.startswith(ACTION):
            label, _, address = words.strip(ACTION).partition(BETWEEN)
            parts.append(Part("action", label, address))
        elif words.startswith(CODE):
            parts.append(Part("code", words.strip(CODE)))
        elif words:
            parts.append(Part("words", words))
    return parts


def _tidy(value: Any, language: str) -> Any:
    """Keep a value on one line, and from mixing its direction with the sentence around it; also those inside it."""
    if isinstance(value, Mapping):
        return {name: _tidy(each, language) for name, each in value.items()}
    if isinstance(value, list):
        return [_tidy(each, language) for each in value]
    if not isinstance(value, str):
        return value
    words = _CONTROLS.sub(" ", value).strip()
    own = _direction(words)
    return f"{_ISOLATE}{words}{_END}" if own and own != languages.direction(language) else words


def _direction(words: str) -> str:
    """Return the direction of the first word that is not set apart already; "" where there is none."""
    depth = 0
    for sign in words:
        kind = unicodedata.bidirectional(sign)
        depth += (kind in _OPENING) - (kind == "PDI" and depth > 0)
        if not depth and kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return ""


def bare(value: object) -> str:
    """Return a value as it came, without what keeps its direction apart."""
    return str(value).strip(_ISOLATE + _END)


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:200]


@lru_cache(maxsize=1)
def _style() -> SafeString:
    css = (Path(__file__).parent / "mail.css").read_text(encoding="utf-8")
    return mark_safe(f"<style>{css}</style>")  # noqa: S308 our own file
