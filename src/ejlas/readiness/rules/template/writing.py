"""A template as the file in which hosts hand it on: YAML, one field to a line, in a steady order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ejlas.core.text import UNSURE, Text
from ejlas.readiness.rules.template.values import Line, Template

FORMAT = 1
_PLAIN_OPENING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def write_template(template: Template) -> bytes:
    """Return the file of a template; read again, it is the same template."""
    return ("\n".join(_lines(template)) + "\n").encode()


def _lines(template: Template) -> Iterator[str]:
    yield f"template: {FORMAT}"
    yield f"name: {_text(template.name)}"
    for key, things in (("workstreams", template.workstreams), ("bodies", template.bodies)):
        yield f"{key}:" if things else f"{key}: []"
        for thing in things:
            yield from (f"  - slug: {thing.slug}", f"    name: {_text(thing.name)}")
    yield "resources:" if template.resources else "resources: []"
    for each in template.resources:
        yield from (f"  - slug: {each.slug}", f"    name: {_text(each.name)}", f"    capacity: {each.capacity}")
    yield "obligations:" if template.lines else "obligations: []"
    for line in template.lines:
        yield f"  - slug: {line.slug}"
        yield from (f"    {each}" for each in _fields(line))


def _fields(line: Line) -> Iterator[str]:
    yield f"name: {_text(line.name)}"
    if line.detail:
        yield f"detail: {_text(line.detail)}"
    if line.workstream:
        yield f"workstream: {line.workstream}"
    if line.body:
        yield f"body: {line.body}"
    if line.due is not None:
        yield f"due: {line.due}"
    yield f"days: {_estimate(line.estimate)}"
    if line.took is not None:
        yield f"took: {line.took}"
    if line.planned is not None:
        yield f"planned: {_estimate(line.planned)}"
    for key, numbers in (("after", line.after), ("uses", line.uses)):
        if numbers:
            yield f"{key}: {_flow(numbers)}"
    if line.evidence:
        yield f"evidence: [{', '.join(line.evidence)}]"


def _estimate(estimate: Any) -> str:
    return f"[{estimate.least}, {estimate.likely}, {estimate.most}]"


def _text(text: Text) -> str:
    values = {language: _quoted(words) for language, words in text.values.items()}
    if text.unsure:
        values[UNSURE] = f"[{', '.join(map(_key, sorted(text.unsure)))}]"
    return _flow(values)


def _flow(values: Mapping[str, object]) -> str:
    return "{" + ", ".join(_pairs(values.items())) + "}"


def _pairs(items: Iterable[tuple[str, object]]) -> Iterator[str]:
    return (f"{_key(key)}: {value}" for key, value in items)


def _key(key: str) -> str:
    # The code of Norwegian is a word of YAML to some readers.
    return f'"{key}"' if key.lower() in _WORDS_OF_YAML or key[:1] not in _PLAIN_OPENING else key


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
