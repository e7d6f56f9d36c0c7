"""One choice that is typed, where a list of all would be too long: by a title, a part of it, or the short name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError


class Finder(Protocol):
    """What finds a row by what was typed, and says how a row is shown in an input."""

    kind: str
    takes_words: bool

    def learn(self, typed: Iterable[Any]) -> None:
        """Ask for all rows whose short names were typed, at once."""

    def shown(self, typed: str) -> str:
        """Return how a row is written in an input; what names none stays as it was typed."""

    def resolve(self, typed: str) -> str:
        """Return the short name of the one row that was meant. Raises ValidationError."""


class TypedInput(forms.TextInput):
    """A line for a title or a short name; a script adds suggestions."""

    finder: Finder | None = None

    def format_value(self, value: Any) -> str | None:
        return self.finder.shown(str(value)) if self.finder and value not in (None, "") else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        kind = self.finder.kind if self.finder else ""
        return super().get_context(name, value, {**(attrs or {}), **suggesting(kind)})


def suggesting(kind: str) -> dict[str, str]:
    """Return the attributes of an input for which a script suggests things of a kind."""
    return {"data-suggest": kind, "autocomplete": "off", "dir": "auto"}


class TypedChoice(forms.ChoiceField):
    """One of many rows, kept by its short name; the choices are those that are held already."""

    widget = TypedInput

    def __init__(self, *, finder: Finder, **options: Any) -> None:
        super().__init__(**options)
        self.finder = self.widget.finder = finder

    def to_python(self, value: Any) -> str:
        return "" if value in (None, "") else self.finder.resolve(str(value))

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


class TypedRow(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of many rows of another table."""

    widget = TypedInput

    def __init__(self, *, finder: Finder, held: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.held = held
        self.finder = self.widget.finder = finder

    @property
    def _rows(self) -> Any:
        return self.queryset

    def prepare_value(self, value: Any) -> Any:
        if self.held is not None and value == self.held.pk:
            return self.held.slug
        if isinstance(value, int):
            return self._rows.filter(pk=value).values_list("slug", flat=True).first()
        return getattr(value, "slug", value)

    def to_python(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        slug = self.finder.resolve(str(value))
        return self.held if self.held is not None and self.held.slug == slug else self._rows.get(slug=slug)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            found = self.to_python(data)
        except ValidationError:
            return True
        return bool(initial != (found.pk if found else None))
