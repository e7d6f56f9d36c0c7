"""Writes the reference pages from the code: `python -m tests.reference`."""

from __future__ import annotations

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
os.environ.setdefault("EJLAS_SECRET_KEY", "only for writing the reference, and long enough")
django.setup()

from ejlas.journeys.summit_file import reference  # noqa: E402
from tests.roles import roles_page  # noqa: E402

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"

if __name__ == "__main__":
    (FOLDER / "summit-file.md").write_text(reference.reference_page(), encoding="utf-8")
    (FOLDER / "roles.md").write_text(roles_page(), encoding="utf-8")
    (FOLDER / "summit-file.schema.json").write_text(reference.schema_json(), encoding="utf-8")
