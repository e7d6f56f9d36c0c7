"""Items of a raw summit file, read field by field, so that one broken field does not hide the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from ejlas.core.formats.problem import Path
from ejlas.journeys.summit_file.schema.base import Part
from ejlas.journeys.summit_file.shapes import fields_of


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the file as it was written; its fields may be broken."""

    part: type[Part]
    path: Path
    raw: dict[str, Any]

    def __contains__(self, name: str) -> bool:
        return name in self.raw

    def at(self, *steps: str | int) -> Path:
        """Return the path of a field, or of something in it."""
        return (*self.path, *steps)

    def get(self, name: str) -> Any:
        """Return the valid value of a field; its default where it is absent, None where it is broken."""
        if name not in self.raw:
            return fields_of(self.part)[name].default
        try:
            return _reader(self.part, name).validate_python(self.raw[name])
        except ValidationError:
            return None

    def one(self, name: str) -> Item | None:
        """Return the part that stands in a field, if one does."""
        part, raw = fields_of(self.part)[name].value.part, self.raw.get(name)
        return Item(part, self.at(name), raw) if part and isinstance(raw, dict) else None

    def many(self, name: str) -> Iterator[Item]:
        """Go through the parts of a list; what is no part is left out."""
        part, raw = fields_of(self.part)[name].value.part, self.raw.get(name)
        for index, item in enumerate(raw if isinstance(raw, list) else ()):
            if part and isinstance(item, dict):
                yield Item(part, self.at(name, index), item)


@lru_cache(maxsize=512)
def _reader(part: type[Part], name: str) -> TypeAdapter[Any]:
    info = part.model_fields[name]
    annotation: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return TypeAdapter(annotation)
