"""Writes the reference pages of the summit file from its schema: `python -m tests.reference`."""

from __future__ import annotations

from pathlib import Path

from ejlas.journeys.summit_file import reference

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"

if __name__ == "__main__":
    (FOLDER / "summit-file.md").write_text(reference.reference_page(), encoding="utf-8")
    (FOLDER / "summit-file.schema.json").write_text(reference.schema_json(), encoding="utf-8")
