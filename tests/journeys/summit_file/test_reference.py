from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ejlas.core.formats import yaml
from ejlas.journeys.summit_file import reference
from ejlas.journeys.summit_file.check import check
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.shapes import fields_of
from tests.factories import atlantic
from tests.journeys.summit_file.small import SMALL, edited

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "rasht2025.yaml"


def errors_of(data: bytes) -> list[str]:
    validator = jsonschema.Draft202012Validator(json.loads(reference.schema_json()))
    return [error.json_path for error in validator.iter_errors(yaml.read(data, name="f.yaml").value)]


def test_the_json_schema_stands_in_the_docs_as_the_code_makes_it() -> None:
    stored = (ROOT / "docs/reference/summit-file.schema.json").read_text(encoding="utf-8")

    assert stored == reference.schema_json()


def test_the_page_stands_in_the_docs_as_the_code_makes_it() -> None:
    stored = (ROOT / "docs/reference/summit-file.md").read_text(encoding="utf-8")

    assert stored == reference.reference_page()


def test_the_json_schema_is_one() -> None:
    schema: dict[str, Any] = json.loads(reference.schema_json())

    jsonschema.Draft202012Validator.check_schema(schema)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    "data", [SMALL.encode(), EXAMPLE.read_bytes(), atlantic.FILE.read_bytes()], ids=["small", "rasht", "atlantic"]
)
def test_the_json_schema_takes_whole_files(data: bytes) -> None:
    assert errors_of(data) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("starts_on: 2025-11-18", "starts_on: 18.11.2025", "$.edition.starts_on"),
        ("opens_at: 2025-11-18T09:00", "opens_at: noon", "$.edition.opens_at"),
        ("opens_at: 2025-11-18T09:00", "opens_at:", "$.edition.opens_at"),
        ("slug: rasht2025", "slug: Rasht", "$.edition.slug"),
        ("kind: ceremony", "kind: dance", "$.sessions[0].kind"),
        ("city: {en: Rasht}", "city: {english: Rasht}", "$.edition.city"),
        ("city: {en: Rasht}", "city: {en: ' '}", "$.edition.city.en"),
        ("latitude: 40.4", "latitude: 404", "$.parties[2].place.latitude"),
        ("url: https://example.org/a", "url: 'javascript:x'", "$.sources[0].url"),
        ("closes: 18:00", "closes: 6pm", "$.edition.bilaterals.closes"),
        ("host: {office", "colour: red\nhost: {office", "$"),
    ],
)
def test_the_json_schema_marks_what_the_check_refuses(old: str, new: str, where: str) -> None:
    data = edited((old, new))

    assert errors_of(data) == [where]
    assert check(data, name="f.yaml").problems


def test_the_page_says_what_every_field_means() -> None:
    silent = [
        f"{part.__name__}.{shape.name}"
        for part, _ in reference.parts_of(SummitFile)
        for shape in fields_of(part).values()
        if not shape.description
    ]

    assert silent == []
