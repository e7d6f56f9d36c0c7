"""A thing as JSON, and JSON as the input of its form: both go by the form, so that what is read can be written back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ejlas.core import languages
from ejlas.core.changes import plain
from ejlas.core.inputs import OrderedChoices, RowsField, SeveralChoices, TextsField, TypedChoice, TypedRow
from ejlas.core.inputs.texts import tidy
from ejlas.core.text import UNSURE, Text
from ejlas.forum.forms import ThingForm
from ejlas.web.api import problems
from ejlas.web.api.problems import Faults
from ejlas.web.api.shapes import shapes_of
from ejlas.web.ui.kinds import Kind
from ejlas.web.ui.kinds.asking import form_of


def with_all(kind: Kind, things: QuerySet[Any]) -> QuerySet[Any]:
    """Return the things with every row that their JSON names, so that none is asked for by itself."""
    meta = kind.model._meta
    keys = [each.name for each in meta.concrete_fields if each.is_relation and each.name != "edition"]
    things = things.select_related("edition", *keys) if _has_edition(kind) else things.select_related(*keys)
    many = [each.name for each in meta.many_to_many]
    return things.prefetch_related(*many) if many else things


def _has_edition(kind: Kind) -> bool:
    return any(each.name == "edition" for each in kind.model._meta.concrete_fields)


def told(kind: Kind, thing: Any, zone: Any) -> dict[str, Any]:
    """Return a thing as JSON; moments in the time of the place."""
    said: dict[str, Any] = {"slug": thing.slug, "revision": thing.revision}
    for name, asked in kind.form.base_fields.items():
        if name != "revision":
            held = getattr(thing, name)
            said[name] = _rows(asked, held) if isinstance(asked, RowsField) else _value(held, zone)
    for name in shapes_of(kind).own:
        held = getattr(thing, name)
        said[name] = sorted(row.slug for row in held.all()) if hasattr(held, "all") else _value(held, zone)
    return said


def _value(value: Any, zone: Any) -> Any:
    return value.astimezone(zone).isoformat() if isinstance(value, datetime) else plain(value)


def _rows(asked: RowsField, held: Iterable[Any]) -> list[dict[str, Any]]:
    """Return rows as their form has them, however their column keeps them: as mappings, pairs or single values."""
    parts = list(asked.parts)
    return [_row(parts, row) for row in held or ()]


def _row(parts: list[str], row: Any) -> dict[str, Any]:
    if len(parts) == 1:
        return {parts[0]: row}
    if isinstance(row, Mapping):
        return {part: row.get(part) for part in parts}
    return dict(zip(parts, row, strict=True))


def blank(kind: Kind) -> dict[str, Any]:
    """Return the fields of a thing of which nothing is said yet, each at its default."""
    row = kind.model()
    said = {}
    for name, asked in kind.form.base_fields.items():
        column = next((each for each in kind.model._meta.concrete_fields if each.name == name), None)
        if name == "revision" or column is None or column.is_relation:
            continue
        held = getattr(row, name)
        said[name] = _rows(asked, held) if isinstance(asked, RowsField) else held
    return said


def merged(kind: Kind, thing: Any, zone: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a thing with those that were sent in their place; of a text, only the wordings sent.

    An empty wording takes that language away.
    """
    held = shapes_of(kind).part.model_validate(told(kind, thing, zone)).model_dump(exclude_unset=True)
    for name, value in given.items():
        is_text = isinstance(kind.form.base_fields[name], TextsField)
        held[name] = _reworded(held.get(name) or {}, value) if is_text and value else value
    return held


def _reworded(held: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    # Who writes a wording anew confirms it, unless it is said again that nobody has.
    unsure = given.get(UNSURE, [code for code in held.get(UNSURE, ()) if code not in given])
    return {**held, **given, UNSURE: unsure}


def filled(kind: Kind, edition: Any, given: Mapping[str, Any], *, thing: Any = None, language: str = "en") -> ThingForm:
    """Return the form of a kind over what was sent, valid. Raises Problem, with the faults by field."""
    instance = {"instance": thing} if thing is not None else {}
    form: ThingForm = form_of(kind, edition, language, data=dict(given), **instance)
    faults: Faults = {}
    for name, asked in form.fields.items():
        _take_json(asked, name, faults)
    if not form.is_valid() or faults:
        named = {path.partition(".")[0] for path in faults}
        for name, errors in form.errors.get_json_data().items():
            if name not in named:
                faults["" if name == NON_FIELD_ERRORS else name] = [error["message"] for error in errors]
        raise problems.wrong_input(faults)
    return form


def _take_json(asked: forms.Field, name: str, faults: Faults) -> None:
    """Let a field read its value from JSON instead of from the inputs of a page."""
    if isinstance(asked, forms.ModelChoiceField):
        asked.to_field_name = "slug"
    for each in (asked, *(asked.parts.values() if isinstance(asked, RowsField) else ())):
        if isinstance(each, TypedChoice | TypedRow | SeveralChoices | OrderedChoices) and each.finder is not None:
            each.finder.takes_words = False

    def read(data: Mapping[str, Any], _files: Any, _name: str) -> Any:
        return _given(asked, data.get(name), name, faults)

    def omitted(data: Mapping[str, Any], _files: Any, _name: str) -> bool:
        return name not in data

    asked.widget.value_from_datadict = read
    asked.widget.value_omitted_from_data = omitted


def _given(asked: forms.Field, value: Any, name: str, faults: Faults) -> Any:
    if isinstance(asked, TextsField):
        return _text(asked, value or {}, name, faults)
    if isinstance(asked, RowsField):
        return [
            {part: _given(each, row.get(part), f"{name}.{part}", faults) for part, each in asked.parts.items()}
            for row in value or ()
        ]
    return value


def _text(asked: TextsField, value: Mapping[str, Any], name: str, faults: Faults) -> Text:
    words = {code: said for code, said in value.items() if code != UNSURE and isinstance(said, str)}
    for code in [*words, *(value.get(UNSURE) or ())]:
        if not languages.is_language(str(code)):
            faults.setdefault(f"{name}.{code}"[:100], []).append(_("This is no code of a language."))
            return Text()
    kept = {code: tidy(said, keep_lines=asked.widget.is_long) for code, said in words.items()}
    return Text(kept, frozenset(value.get(UNSURE) or ()))
