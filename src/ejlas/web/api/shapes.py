"""The JSON of each kind of thing, made from its form and its table: what is read, written, and changed in part."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from django import forms
from django.db import models
from django.utils import translation
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    create_model,
    model_validator,
)

from ejlas.core.changes import sealed_columns
from ejlas.core.fields import TranslatedField
from ejlas.core.inputs import DayField, MomentField, OrderedChoices, RowsField, SeveralChoices, TextsField
from ejlas.web.ui.kinds import Kind

FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
HIDDEN = frozenset({"id", "edition", "position", "slug", "revision"})

Moment = Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)]
Day = Annotated[date, Field(ge=FIRST.date(), le=LAST.date())]
# The time of a clock on a wall, without an offset.
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"


def _on_the_wall(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(CLOCK, value):
        return time.fromisoformat(value)
    raise ValueError("no time of a clock")


Clock = Annotated[time, BeforeValidator(_on_the_wall), WithJsonSchema({"type": "string", "pattern": CLOCK})]
ClockRead = Annotated[str, Field(pattern=CLOCK)]


def _not_a_bool(value: Any) -> Any:
    # To Python a truth is a number; to a person it is not.
    return "true" if isinstance(value, bool) else value


Count = Annotated[int, BeforeValidator(_not_a_bool), Field(ge=-(2**31), le=2**31 - 1)]
Measure = Annotated[float, BeforeValidator(_not_a_bool), Field(allow_inf_nan=False)]


class Wordings(BaseModel):
    """A text in several languages, by code; `unsure` names those that nobody has confirmed yet."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"example": {"en": "Opening", "fa": "گشایش"}})
    __pydantic_extra__: dict[str, str]

    unsure: list[str] = Field(default_factory=list)


class ProblemOut(BaseModel):
    """What went wrong (RFC 9457); `errors` by field for what was typed wrongly, `yours` and `theirs` for a clash."""

    type: str
    title: str
    status: int
    detail: str
    errors: dict[str, list[str]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shapes:
    """The models of a kind: a thing, one page of a list, what is written, what is changed in part."""

    thing: type[BaseModel]
    page: type[BaseModel]
    whole: type[BaseModel]
    part: type[BaseModel]
    own: tuple[str, ...]


class _Input(BaseModel):
    """What is written about a thing; what is only read is left aside."""

    model_config = ConfigDict(extra="forbid")

    revision: (
        Annotated[int, Field(ge=0, le=2**31 - 1, description="The revision that was read, if If-Match is not sent")]
        | None
    ) = None


_made: dict[str, Shapes] = {}


def shapes_of(kind: Kind) -> Shapes:
    """Return the models of a kind, made once."""
    if kind.name not in _made:
        # The description speaks English, whoever asks first.
        with translation.override("en"), warnings.catch_warnings():
            # A column may be called as something that every model has (“register”): it is a field all the same.
            warnings.filterwarnings("ignore", message="Field name .* shadows an attribute in parent")
            _made[kind.name] = _shapes(kind)
    return _made[kind.name]


def _shapes(kind: Kind) -> Shapes:
    name = kind.name.title()
    columns = {column.name: column for column in kind.model._meta.concrete_fields}
    asked: dict[str, forms.Field] = {key: each for key, each in kind.form.base_fields.items() if key != "revision"}
    own = tuple(_own_columns(kind, asked))
    read: dict[str, Any] = {"slug": (str, ...), "revision": (int, ...)}
    read |= {key: (_read_type(each, columns.get(key)), ...) for key, each in asked.items()}
    read |= {key: (_column_type(kind.model._meta.get_field(key)), ...) for key in own}
    thing = create_model(name, __doc__=str(kind.purpose), **read)
    page = create_model(f"{name}Page", __doc__="One page of a list.", **_page_of(thing))
    base = create_model(f"_{name}Base", __base__=_Input, __validators__={"leave": _leave({"slug", *own})})
    written: dict[str, Any] = {key: _written(kind, key, each) for key, each in asked.items()}
    parts: dict[str, Any] = {key: (_written_type(each) | None, None) for key, each in asked.items()}
    whole = create_model(f"{name}Input", __base__=base, **written)
    part = create_model(f"{name}Part", __base__=base, **parts)
    return Shapes(thing, page, whole, part, own)


def _leave(names: set[str]) -> Any:
    def leave(_cls: Any, values: Any) -> Any:
        return {key: value for key, value in values.items() if key not in names} if isinstance(values, dict) else values

    return model_validator(mode="before")(classmethod(leave))  # type: ignore[arg-type]


def _page_of(item: type[BaseModel]) -> dict[str, Any]:
    return {
        "items": (list[item], ...),  # type: ignore[valid-type]
        "total": (int, ...),
        "limit": (int, ...),
        "offset": (int, ...),
        "next": (str | None, ...),
        "previous": (str | None, ...),
    }


def page_of(item: type[BaseModel]) -> type[BaseModel]:
    """Return the model of a page of a list of these."""
    return create_model(f"{item.__name__}Page", __doc__="One page of a list.", **_page_of(item))


def _own_columns(kind: Kind, asked: Mapping[str, forms.Field]) -> list[str]:
    """Name what a thing says and its form does not ask: what other operations set, such as a place in the plan.

    What stands encrypted is read on pages made for it, never here.
    """
    left = HIDDEN | kind.hidden | sealed_columns(kind.model) | asked.keys()
    fields = [*kind.model._meta.concrete_fields, *kind.model._meta.many_to_many]
    return [each.name for each in fields if each.name not in left]


def _written(kind: Kind, name: str, asked: forms.Field) -> tuple[Any, Any]:
    made = _written_type(asked)
    is_required = asked.required and not isinstance(asked, TextsField | forms.BooleanField) and asked.initial is None
    column = next((each for each in kind.model._meta.concrete_fields if each.name == name), None)
    if column is not None and column.has_default() and not isinstance(column, TranslatedField | models.JSONField):
        is_required = False
    if name in kind.form.required_texts:
        is_required = True
    return (made, ...) if is_required else (made | None, None)


def _written_type(asked: forms.Field) -> Any:
    simple: list[tuple[type[forms.Field] | tuple[type[forms.Field], ...], Any]] = [
        (TextsField, Wordings),
        (MomentField, Moment),
        (DayField, Day),
        ((SeveralChoices, OrderedChoices, forms.MultipleChoiceField), list[str]),
        (forms.BooleanField, bool),
        (forms.FloatField, Measure),
        (forms.IntegerField, Count),
        (forms.TimeField, Clock),
    ]
    if isinstance(asked, RowsField):
        parts = {name: (_written_type(part) | None, None) for name, part in asked.parts.items()}
        row = create_model(f"Row_{'_'.join(parts)}", __config__=ConfigDict(extra="forbid"), **parts)  # type: ignore[call-overload]
        return list[row]  # type: ignore[valid-type]
    return next((made for kinds, made in simple if isinstance(asked, kinds)), str)


def _read_type(asked: forms.Field, column: Any) -> Any:
    if isinstance(asked, RowsField):
        return list[dict[str, Any]]
    made = {Moment: datetime, Day: date, Count: int, Measure: float, Clock: ClockRead}.get(
        _written_type(asked), _written_type(asked)
    )
    return made | None if column is not None and column.null else made


def _column_type(column: Any) -> Any:
    if column.many_to_many:
        return list[str]
    kinds: list[tuple[type[Any], Any]] = [
        (TranslatedField, Wordings),
        (models.JSONField, Any),
        (models.DateTimeField, datetime),
        (models.DateField, date),
        (models.TimeField, ClockRead),
        (models.BooleanField, bool),
        (models.FloatField, float),
        (models.IntegerField, int),
    ]
    made = next((each for kind, each in kinds if isinstance(column, kind)), str)
    return made | None if column.null and made is not Any else made
