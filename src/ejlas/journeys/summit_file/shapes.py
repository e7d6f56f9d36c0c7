"""The schema of the summit file as plain data: which field takes what; the checks and the reference page read it."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from ejlas.core.formats.problem import Path
from ejlas.core.text import Text
from ejlas.journeys.summit_file.schema.base import Is, Kind, Part, Refers

_KINDS: tuple[tuple[type, Kind], ...] = (
    (Part, Kind.PART),
    (Text, Kind.TEXT),
    (datetime, Kind.MOMENT),
    (date, Kind.DAY),
    (time, Kind.TIME),
    (bool, Kind.YES_NO),
    (int, Kind.WHOLE),
    (float, Kind.NUMBER),
    (StrEnum, Kind.CHOICE),
    (str, Kind.WORDS),
)


@dataclass(frozen=True, slots=True)
class Value:
    """What one value may be: its kind, and what bounds it."""

    kind: Kind
    part: type[Part] | None = None
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    longest: int | None = None
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One field of a part: its name in the file, what it takes, and whether a list of that."""

    name: str
    value: Value
    is_list: bool
    fewest: int
    most: int | None
    is_required: bool
    default: Any
    description: str


@lru_cache(maxsize=64)
def fields_of(part: type[Part]) -> Mapping[str, Shape]:
    """Return the fields of a part by their names in the file, its own before those it shares with others."""
    own_first = sorted(part.model_fields, key=lambda name: name not in part.__annotations__)
    shapes = [_shape(part.model_fields[name].alias or name, part.model_fields[name]) for name in own_first]
    return types.MappingProxyType({shape.name: shape for shape in shapes})


def shape_at(part: type[Part], path: Path) -> tuple[Shape | None, bool]:
    """Return the field at a path, and whether the path leads to one value rather than to a whole list."""
    shape: Shape | None = None
    inside: type[Part] | None = part
    is_one = True
    for step in path:
        if isinstance(step, int):
            is_one = True
            continue
        shape = fields_of(inside).get(step) if inside else None
        if shape is None:
            return None, True
        inside, is_one = shape.value.part, not shape.is_list
    return shape, is_one


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that stands in the file where the schema has a place for it; its form may still be wrong."""

    value: Value
    path: Path
    raw: Any


def leaves(part: type[Part], raw: Any, path: Path = ()) -> Iterator[Leaf]:
    """Go through all that a raw value holds, as far as its form agrees with the schema; a text is one leaf."""
    if not isinstance(raw, dict):
        return
    for name, shape in fields_of(part).items():
        if name not in raw:
            continue
        for at, found in _found(shape, raw[name], (*path, name)):
            if shape.value.part is None:
                yield Leaf(shape.value, at, found)
            else:
                yield from leaves(shape.value.part, found, at)


def lists(part: type[Part], raw: Any, path: Path = ()) -> Iterator[tuple[Shape, Path, list[Any]]]:
    """Go through all lists that a raw value holds, as far as its form agrees with the schema."""
    if not isinstance(raw, dict):
        return
    for name, shape in fields_of(part).items():
        if name not in raw:
            continue
        if shape.is_list and isinstance(raw[name], list):
            yield shape, (*path, name), raw[name]
        if shape.value.part is not None:
            for at, found in _found(shape, raw[name], (*path, name)):
                yield from lists(shape.value.part, found, at)


def _found(shape: Shape, raw: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if not shape.is_list:
        yield path, raw
    elif isinstance(raw, list):
        for index, item in enumerate(raw):
            yield (*path, index), item


def _shape(name: str, info: FieldInfo) -> Shape:
    base, marks = _unwrapped(info.annotation, tuple(info.metadata))
    is_list = typing.get_origin(base) is tuple
    item, item_marks = _unwrapped(typing.get_args(base)[0], ()) if is_list else (base, marks)
    sizes = marks if is_list else ()
    return Shape(
        name=name,
        value=_value(item, item_marks),
        is_list=is_list,
        fewest=next((mark.min_length for mark in sizes if isinstance(mark, MinLen)), 0),
        most=next((mark.max_length for mark in sizes if isinstance(mark, MaxLen)), None),
        is_required=info.is_required(),
        default=None if info.default is PydanticUndefined else info.default,
        description=info.description or "",
    )


def _unwrapped(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Take `Annotated` and `| None` off an annotation; return what is left and all marks that stood around it."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        flat = [mark for one in more for mark in (one.metadata if isinstance(one, FieldInfo) else (one,))]
        return _unwrapped(inner, (*marks, *flat))
    if origin in {types.UnionType, typing.Union}:
        (inner,) = (option for option in typing.get_args(annotation) if option is not type(None))
        return _unwrapped(inner, marks)
    return annotation, marks


def _value(base: Any, marks: tuple[Any, ...]) -> Value:
    if typing.get_origin(base) is typing.Literal:
        return Value(Kind.CHOICE, choices=typing.get_args(base))
    kind = next((mark.kind for mark in marks if isinstance(mark, Is)), None)
    return Value(
        kind=kind or next(kind for known, kind in _KINDS if issubclass(base, known)),
        part=base if issubclass(base, Part) else None,
        choices=tuple(choice.value for choice in base) if issubclass(base, StrEnum) else (),
        low=next((cast(float, mark.ge) for mark in marks if isinstance(mark, Ge)), None),
        high=next((cast(float, mark.le) for mark in marks if isinstance(mark, Le)), None),
        longest=min((mark.max_length for mark in marks if isinstance(mark, MaxLen)), default=None),
        refers_to=next((mark.to for mark in marks if isinstance(mark, Refers)), ""),
    )
