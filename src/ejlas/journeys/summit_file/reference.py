"""The reference of the summit file, made from the schema: a JSON Schema for editors, a page for people."""

from __future__ import annotations

import json
from datetime import time
from enum import Enum
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ejlas.core.text import Text
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.schema.base import FIRST_YEAR, LAST_YEAR, Kind, Part
from ejlas.journeys.summit_file.shapes import Shape, Value, fields_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_KINDS = {
    Kind.TEXT: "[text](#values)",
    Kind.WORDS: "words",
    Kind.SLUG: "[slug](#values)",
    Kind.LANGUAGE: "[language](#values)",
    Kind.COUNTRY: "[country](#values)",
    Kind.REGION: "[region](#values)",
    Kind.COLOUR: "[colour](#values)",
    Kind.URL: "address of a page",
    Kind.DAY: "[day](#values)",
    Kind.MOMENT: "[moment](#values)",
    Kind.TIME: "[time](#values)",
    Kind.WHOLE: "whole number",
    Kind.NUMBER: "number",
    Kind.YES_NO: "`true` or `false`",
}

_INTRODUCTION = """\
# The summit file

One file in YAML holds a summit, from the mandate to the points of its declaration. `ejlas check FILE` names every
problem in it, each with its line; `ejlas load FILE` takes it in whole or not at all.

This page and [the JSON Schema](summit-file.schema.json) are made from the code. An editor that knows the schema
completes the names of fields and marks slips while you write: put this line at the top of the file.

```yaml
# yaml-language-server: $schema=summit-file.schema.json
```

Anchors, aliases, merge keys, tags and several documents in one file are not read. The file is UTF-8, at most 20 MB.
A field that is not needed is left out, not left empty.
"""

_VALUES = (
    (
        "text",
        "wording by language: `{en: Rasht, tk: Reşt, unsure: [tk]}`. `unsure` lists languages whose wording nobody has "
        "confirmed yet; it is shown only where no other is. A text speaks languages of the edition only, and has a "
        "wording in the first of them or in a fallback language.",
    ),
    (
        "slug",
        "small letters a to z and digits, a letter first, single hyphens between words: `gilan`, `plenary-1`. "
        "It is lasting: addresses and references use it.",
    ),
    ("language", "the code of a language: `fa`, `en`, `pt-BR`, `zh-Hant`"),
    ("country", "the two capital letters of ISO 3166-1: `IR`"),
    ("region", "a code of ISO 3166-2: `IR-01`. Regions were renumbered; take codes from ISO itself."),
    ("colour", "`'#rrggbb'` in quotes, small letters"),
    ("day", f"`2025-11-18`, in the Gregorian calendar, from the year {FIRST_YEAR} to {LAST_YEAR}"),
    (
        "moment",
        "`2025-11-18T09:00`, on the clock of the edition's place. Where that clock shows a time twice, the offset says "
        "which: `2027-10-31T00:30-01:00`.",
    ),
    ("time", "`09:00`"),
)

_BETWEEN_PARTS = """\
## What must agree between the parts

- A slug stands once in its list; rooms share one list over all venues, sessions and bilaterals share another.
- Whatever refers to a source, party, venue, room or speaker refers to one that is in the file.
- One party is the host. A region has its `iso`, which lies in its `country`; a state and a city have their `country`.
- Ends come after starts. Every moment lies from 7 days before the first day to 7 days after the last.
- A room holds one session or fixed bilateral at a time, and a party sits in one fixed bilateral at a time.
- The length of a bilateral is a multiple of `grid_min`; a fixed one begins on that grid, within the hours of its room.
- Points of a text have numbers of their own; of the versions of a claim one at most is adopted.
"""


class _Generator(GenerateJsonSchema):
    """Leaves out defaults that say nothing, and writes times as the file does."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        default = schema.get("default")
        if default is None or isinstance(default, Text | Part):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def encode_default(self, dft: Any) -> Any:
        return f"{dft:%H:%M}" if isinstance(dft, time) else super().encode_default(dft)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        # A field that may be absent is left out of the file; written without a value it is a slip.
        return self.generate_inner(schema["schema"])

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        return {"$schema": DIALECT, **super().generate(schema, mode=mode), "title": "Summit file"}


def schema_json() -> str:
    """Return the JSON Schema (2020-12) of the summit file."""
    schema = SummitFile.model_json_schema(by_alias=True, schema_generator=_Generator)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def reference_page() -> str:
    """Return the reference page, in Markdown."""
    parts = "\n".join(_part(part, where) for part, where in parts_of(SummitFile))
    return f"{_INTRODUCTION}\n{_values()}\n{parts}\n{_BETWEEN_PARTS}"


def _values() -> str:
    rows = [f"| {word} | {meaning} |" for word, meaning in _VALUES]
    return "\n".join(["## Values", "", "| word | how it is written |", "| --- | --- |", *rows, ""])


def parts_of(whole: type[Part]) -> list[tuple[type[Part], list[str]]]:
    """List the parts in the order in which the file brings them, with the places where each stands."""
    places: dict[type[Part], list[str]] = {whole: []}
    waiting: list[tuple[type[Part], str]] = [(whole, "")]
    while waiting:
        part, path = waiting.pop(0)
        for shape in fields_of(part).values():
            inner = shape.value.part
            if inner is None:
                continue
            at = f"{path}.{shape.name}".lstrip(".") + ("[]" if shape.is_list else "")
            is_new = inner not in places
            places.setdefault(inner, []).append(at)
            if is_new:
                waiting.append((inner, at))
    return list(places.items())


def _part(part: type[Part], where: list[str]) -> str:
    lines = [f"## {_title(part)}", "", str(part.__doc__), ""]
    if where:
        lines += ["Stands at " + ", ".join(f"`{at}`" for at in where) + ".", ""]
    lines += ["| field | takes | needed | without it | meaning |", "| --- | --- | --- | --- | --- |"]
    lines += [_row(shape) for shape in fields_of(part).values()]
    return "\n".join([*lines, ""])


def _row(shape: Shape) -> str:
    needed = "yes" if shape.is_required else "no"
    cells = [f"`{shape.name}`", _takes(shape), needed, _default(shape), shape.description]
    return "| " + " | ".join(cells) + " |"


def _takes(shape: Shape) -> str:
    one = _value(shape.value)
    if not shape.is_list:
        return one
    if shape.fewest and shape.fewest == shape.most:
        return f"list of {shape.most}: {one}"
    bounds = [f"at least {shape.fewest}"] if shape.fewest else []
    bounds += [f"at most {shape.most}"] if shape.most else []
    return f"list ({', '.join(bounds)}): {one}" if bounds else f"list: {one}"


def _value(value: Value) -> str:
    if value.part is not None:
        return f"[{_title(value.part)}](#{_title(value.part).lower().replace(' ', '-')})"
    if value.kind == Kind.CHOICE:
        return ", ".join(f"`{choice}`" for choice in value.choices)
    if value.refers_to:
        return f"[slug](#values) of the list `{value.refers_to}`"
    words = _KINDS[value.kind]
    if value.low is not None and value.high is not None:
        return f"{words} from {value.low} to {value.high}"
    if value.kind == Kind.WORDS and value.longest:
        return f"{words}, at most {value.longest} characters"
    return words


def _default(shape: Shape) -> str:
    default = shape.default
    if default is None or default in ("", ()) or isinstance(default, Text | Part):
        return ""
    if isinstance(default, tuple):
        return ", ".join(f"`{_plain(item)}`" for item in default)
    return f"`{_plain(default)}`"


def _plain(value: object) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Enum):
        return str(value.value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _title(part: type[Part]) -> str:
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in part.__name__).strip()
    return words[0].upper() + words[1:]
