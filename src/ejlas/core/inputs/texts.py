"""A text in several languages, each language in its own input, side by side."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.core.text import UNSURE, Text

MOST_CHARACTERS = 20_000
# Marks that only turn the direction of what follows have no place inside a text: `dir` does that on the page.
_FORBIDDEN = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00"))


def tidy(words: str, *, keep_lines: bool) -> str:
    """Return the words in one Unicode spelling, without control characters and blanks around."""
    words = unicodedata.normalize("NFC", words).translate(_FORBIDDEN).replace("\r\n", "\n")
    if not keep_lines:
        words = " ".join(words.split("\n"))
    kept = (character for character in words if character in "\n\t" or unicodedata.category(character) != "Cc")
    return "".join(kept).strip()


class TextsInput(forms.Widget):
    """One input for each language, with a box for a wording that nobody has confirmed yet."""

    template_name = "ui/inputs/texts.html"

    def __init__(self, *, is_long: bool = False, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.is_long = is_long
        self.languages: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = value if isinstance(value, Text) else Text()
        shown = [*self.languages, *(code for code in sorted(text.values) if code not in self.languages)]
        context["widget"]["is_long"] = self.is_long
        context["widget"]["wordings"] = [
            {
                "code": code,
                "name": languages.own_name(code),
                "direction": languages.direction(code),
                "words": text.values.get(code, ""),
                "is_unsure": code in text.unsure,
            }
            for code in shown
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Text:
        prefix = f"{name}-"
        codes = [key[len(prefix) :] for key in data if key.startswith(prefix) and key != f"{name}-{UNSURE}"]
        values = {code: tidy(data.get(f"{name}-{code}", ""), keep_lines=self.is_long) for code in codes}
        unsure = data.getlist(f"{name}-{UNSURE}") if hasattr(data, "getlist") else data.get(f"{name}-{UNSURE}", ())
        return Text({code: words for code, words in values.items() if languages.is_language(code)}, frozenset(unsure))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-{self.languages[0]}" if id_ and self.languages else id_


class TextsField(forms.Field):
    """A text in several languages; the form says in which, by `languages`."""

    widget: Any = TextsInput
    default_error_messages = {
        "required": _("Write it in at least one language."),
        "too_long": _("The text is longer than %(most)d characters."),
    }

    def __init__(self, *, is_long: bool = False, most: int = MOST_CHARACTERS, **options: Any) -> None:
        options.setdefault("widget", TextsInput(is_long=is_long))
        super().__init__(**options)
        self.most = most

    def speak(self, codes: Sequence[str]) -> None:
        """Show one input for each of these languages."""
        self.widget.languages = tuple(codes)

    def to_python(self, value: Any) -> Text:
        return value if isinstance(value, Text) else Text.from_stored(value if isinstance(value, Mapping) else None)

    def validate(self, value: Text) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if any(len(words) > self.most for words in value.values.values()):
            raise ValidationError(self.error_messages["too_long"], code="too_long", params={"most": self.most})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)
