"""Rows of parts, such as the speakers of a session, each with its own small fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core.text import Text

FREE_ROWS = 2
MOST_ROWS = 100


class RowsInput(forms.Widget):
    """The rows that there are, and free ones below; a row left empty is no row."""

    template_name = "ui/inputs/rows.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.parts: Mapping[str, forms.Field] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        held = list(value or ())
        learn_rows(self.parts, held)
        context["widget"]["n_held"] = len(held)
        context["widget"]["labels"] = [part.label for part in self.parts.values()]
        context["widget"]["rows"] = [
            [self._cell(name, number, part_name, row) for part_name in self.parts]
            for number, row in enumerate([*held, *({} for _free in range(FREE_ROWS))])
        ]
        return context

    def _cell(self, name: str, number: int, part_name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        part = self.parts[part_name]
        field_name = f"{name}.{number}.{part_name}"
        value = row.get(part_name, part.initial if not row else None)
        html = part.widget.render(field_name, part.prepare_value(value), {"id": f"id_{field_name}"})
        return {"label": part.label, "id": part.widget.id_for_label(f"id_{field_name}"), "html": html}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        numbers = {
            int(number)
            for key in data
            if key.startswith(f"{name}.") and (number := key.split(".")[1]).isdecimal() and len(number) < 4
        }
        return [
            {
                part_name: part.widget.value_from_datadict(data, files, f"{name}.{number}.{part_name}")
                for part_name, part in self.parts.items()
            }
            for number in sorted(numbers)[:MOST_ROWS]
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}.") for key in data)


class RowsField(forms.Field):
    """A list of rows; `parts` names the field of each column, and `key` the one without which a row is empty."""

    widget: Any = RowsInput
    default_error_messages = {"in_row": _("Row %(row)d, %(part)s: %(fault)s")}

    def __init__(self, *, parts: Mapping[str, forms.Field], key: str, **options: Any) -> None:
        super().__init__(**options)
        self.parts, self.key = dict(parts), key
        self.widget.parts = self.parts

    def __deepcopy__(self, memo: dict[int, Any]) -> RowsField:
        copied: RowsField = super().__deepcopy__(memo)
        copied.parts = {name: deepcopy(part, memo) for name, part in self.parts.items()}
        copied.widget.parts = copied.parts
        return copied

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in value or () if _is_filled(row.get(self.key))]

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows, faults = [], []
        learn_rows(self.parts, self.to_python(value))
        for number, row in enumerate(self.to_python(value), start=1):
            cleaned = {}
            for name, part in self.parts.items():
                try:
                    cleaned[name] = part.clean(row.get(name))
                except ValidationError as fault:
                    faults += [self._fault(number, part, words) for words in fault.messages]
            rows.append(cleaned)
        if faults:
            raise ValidationError(faults)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return rows

    def _fault(self, number: int, part: forms.Field, words: str) -> ValidationError:
        values = {"row": number, "part": part.label, "fault": words}
        return ValidationError(self.error_messages["in_row"], code="in_row", params=values)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(initial) != self.clean(data)
        except ValidationError:
            return True


def learn_rows(parts: Mapping[str, forms.Field], rows: Iterable[Mapping[str, Any]]) -> None:
    """Let each part that is typed ask for the rows of all lines at once."""
    for name, part in parts.items():
        finder = getattr(part, "finder", None)
        if finder is not None:
            finder.learn([row.get(name) for row in rows])


def _is_filled(value: Any) -> bool:
    return bool(value) if isinstance(value, Text | list) else value not in (None, "")
