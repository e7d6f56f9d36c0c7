"""The errors of the schema as problems in plain words, each with its line and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic_core import ErrorDetails

from ejlas.core.errors import marked
from ejlas.core.formats.problem import Path, Problem, path_text, shown
from ejlas.core.formats.yaml import Document
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.schema.base import FIRST_YEAR, LAST_YEAR, Kind, Part, text_flaws
from ejlas.journeys.summit_file.shapes import Shape, Value, fields_of, shape_at
from ejlas.journeys.summit_file.wording import Said, length_remedy, list_remedy, nearest, remedy_for

__all__ = ["Problem", "blank_problems", "problem_at", "schema_problems"]

# What a value of the right type may still be; by the error's type, which is ours where the schema names one.
_WRONG = {
    "slug": marked("%(value)s is not a slug"),
    "language": marked("%(value)s is not the code of a language"),
    "url": marked("%(value)s is not the address of a page"),
    "date": marked("%(value)s is not a date"),
    "date_missing": marked("there is no day %(value)s"),
    "moment": marked("%(value)s is not a date with a time"),
    "moment_missing": marked("there is no day and time %(value)s"),
    "time": marked("%(value)s is not a time of the day"),
    "time_missing": marked("there is no time %(value)s"),
    "enum": marked("%(value)s is not known here"),
    "literal_error": marked("%(value)s is not known here"),
    "greater_than_equal": marked("%(value)s is too small"),
    "less_than_equal": marked("%(value)s is too large"),
    "finite_number": marked("%(value)s is not a number one can count with"),
    "int_type": marked("%(value)s is not a whole number"),
    "float_type": marked("%(value)s is not a number"),
    "bool_type": marked("%(value)s is neither true nor false"),
    "tuple_type": marked("%(value)s stands where a list belongs"),
    "model_type": marked("%(value)s stands where a group of fields belongs"),
}
_PATTERNS = {
    Kind.COUNTRY: marked("%(value)s is not the code of a state"),
    Kind.REGION: marked("%(value)s is not the code of a region"),
    Kind.COLOUR: marked("%(value)s is not a colour"),
}
_TEXT_WRONG = {
    "text_language": marked("%(value)s is not the code of a language"),
    "text_wording": marked("the wording is missing or is not a text"),
    "text_length": marked("the wording is too long"),
    "text_unsure": marked("unsure is not a list of languages that this text has a wording in"),
}
_TEXT_REMEDIES = {
    "text_language": marked("write the code of a language, such as fa, en or pt-BR"),
    "text_wording": marked("write words, in quotes if they look like a number, or take the line out"),
    "text_length": marked("write at most %(longest)s characters"),
    "text_unsure": marked("write it as a list of codes, such as unsure: [tk, kk]"),
}


def problem_at(document: Document, path: Path, wrong: Said, remedy: Said) -> Problem:
    """Return a problem about the value at a path, with its line."""
    values = {**wrong[1], **remedy[1]}
    return Problem(document.line_of(path), path_text(path, document.value), wrong[0], remedy[0], values)


def schema_problems(document: Document, errors: list[ErrorDetails]) -> Iterator[Problem]:
    """Say each error that pydantic found in our own words.

    A field that is missing because its name is misspelt is said once, where it is misspelt.
    """
    misspelt = {_guess(tuple(error["loc"])) for error in errors if error["type"] == "extra_forbidden"}
    for error in errors:
        path = tuple(error["loc"])
        if error["type"] == "missing" and path in misspelt:
            continue
        if error["type"].startswith("text"):
            yield from _text_problems(document, path, error["input"])
        elif error["type"] == "extra_forbidden":
            yield _unknown_field(document, path)
        else:
            shape, is_one = shape_at(SummitFile, path)
            yield problem_at(document, path, *_said(error, shape, is_one=is_one))


def blank_problems(document: Document) -> Iterator[Problem]:
    """Find fields that may be absent but stand there without a value; the schema takes them for absent."""
    for path in _blanks(document.value, ()):
        shape, _ = shape_at(SummitFile, path)
        if shape and not shape.is_required and not shape.is_list:
            yield problem_at(document, path, *_empty(("", {}), is_required=False))


def _blanks(value: Any, path: Path) -> Iterator[Path]:
    if value is None:
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in children:
        yield from _blanks(child, (*path, step))


def _said(error: ErrorDetails, shape: Shape | None, *, is_one: bool) -> tuple[Said, Said]:
    kind, given = error["type"], error["input"]
    if shape is None:
        wrong = marked("a group of named fields belongs here")
        return (wrong, {}), remedy_for(Value(Kind.PART, SummitFile))
    remedy = remedy_for(shape.value, given=given) if is_one else list_remedy(shape)
    if kind == "missing":
        return (marked("this field is missing"), {}), remedy
    if given is None:
        return _empty(remedy, is_required=shape.is_required or (shape.is_list and is_one))
    if kind == "year":
        return _far_year(given), remedy
    if kind in {"too_short", "too_long"} and isinstance(given, list):
        return (marked("the number of items in the list is %(n)s"), {"n": len(given)}), list_remedy(shape)
    if kind in {"string_too_long", "too_long"}:
        return (marked("the words are too long"), {}), length_remedy(shape.value)
    return (_wrong(kind, given, shape.value), {"value": shown(given)}), remedy


def _wrong(kind: str, given: Any, value: Value) -> str:
    if isinstance(given, list):
        return marked("a list stands here")
    if isinstance(given, dict):
        return marked("a group of fields stands here")
    if kind == "string_pattern_mismatch" and value.kind in _PATTERNS:
        return _PATTERNS[value.kind]
    if given == "":
        return marked("this field is empty")
    if kind == "string_type":
        return marked("%(value)s is read as a number or as true or false, not as words")
    if kind in {"int_type", "float_type"} and isinstance(given, str):
        return marked("%(value)s is read as words, not as a number")
    return _WRONG.get(kind, marked("%(value)s does not fit here"))


def _empty(remedy: Said, *, is_required: bool) -> tuple[Said, Said]:
    wrong = (marked("this field is empty"), dict[str, object]())
    return (wrong, remedy) if is_required else (wrong, (marked("give it a value or take the line out"), {}))


def _far_year(given: Any) -> Said:
    message = marked("the year of %(value)s lies outside %(first)s to %(last)s")
    return message, {"value": shown(given), "first": FIRST_YEAR, "last": LAST_YEAR}


def _text_problems(document: Document, path: Path, given: Any) -> Iterator[Problem]:
    for flaw in text_flaws(given):
        if flaw.type == "text":
            yield problem_at(document, path, *_no_text(path, given))
            continue
        code = (flaw.context or {})["code"]
        remedy = _TEXT_REMEDIES[flaw.type], length_remedy(Value(Kind.TEXT))[1]
        yield problem_at(document, (*path, code), (_TEXT_WRONG[flaw.type], {"value": shown(code)}), remedy)


def _no_text(path: Path, given: Any) -> tuple[Said, Said]:
    shape, is_one = shape_at(SummitFile, path)
    remedy = remedy_for(Value(Kind.TEXT))
    if given is None:
        return _empty(remedy, is_required=shape is None or shape.is_required or (shape.is_list and is_one))
    wrong = marked("%(value)s has no language")
    if isinstance(given, dict):
        wrong = marked("the text has no wording")
    elif isinstance(given, list):
        wrong = marked("a list stands here")
    return (wrong, {"value": shown(given)}), remedy


def _unknown_field(document: Document, path: Path) -> Problem:
    wrong = marked("there is no field %(name)s here"), {"name": shown(path[-1])}
    guess = _guess(path)
    if guess:
        return problem_at(document, path, wrong, (marked("did you mean %(guess)s?"), {"guess": guess[-1]}))
    remedy = marked("take it out; the fields here are: %(fields)s"), {"fields": ", ".join(_known_fields(path))}
    return problem_at(document, path, wrong, remedy)


def _guess(path: Path) -> Path | None:
    """Return the path that an unknown field was probably meant to have."""
    guess = nearest(path[-1], _known_fields(path))
    return (*path[:-1], guess) if guess else None


def _known_fields(path: Path) -> list[str]:
    parent, _ = shape_at(SummitFile, path[:-1])
    part: type[Part] | None = parent.value.part if parent else SummitFile
    return list(fields_of(part or SummitFile))
