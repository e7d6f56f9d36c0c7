"""Settings: the reference page tells them all, and a wrong value stops the start and is named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language_info

from ejlas.config import environment

ROOT = Path(__file__).resolve().parents[2]


def test_reference_page_tells_every_variable_and_no_other():
    read = (ROOT / "src/ejlas/config/settings.py").read_text()
    page = (ROOT / "docs/reference/settings.md").read_text()

    in_code = set(re.findall(r'env_\w+\(\s*"([A-Z_]+)"', read))
    in_page = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))

    assert in_page == in_code


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("EJLAS_DEBUG", "maybe", "EJLAS_DEBUG is 'maybe'; write 1 or 0"),
        ("EJLAS_WORKERS", "two", "EJLAS_WORKERS is 'two'; write a whole number"),
        ("EJLAS_WORKERS", "0", "EJLAS_WORKERS is 0; write a number from 1 to 64"),
        ("DATABASE_URL", "mysql://host/name", "DATABASE_URL begins with 'mysql'; write sqlite or postgresql"),
        ("DATABASE_URL", "ejlas.sqlite3", "DATABASE_URL is not an address"),
        ("EJLAS_SECRET_KEY", "short", "EJLAS_SECRET_KEY is too short"),
    ],
)
def test_wrong_value_stops_the_start_and_is_named(variable, value, words):
    done = subprocess.run(
        [sys.executable, "-m", "ejlas", "audit", "verify"],
        env={**os.environ, variable: value},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_database_of_several_machines_is_read_from_one_address():
    made = environment.database_from("postgresql://ejlas:a%40b@db.example.org:5433/summit?sslmode=require")

    assert made == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "summit",
        "USER": "ejlas",
        "PASSWORD": "a@b",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, "sslmode": "require"},
    }


def test_secret_is_made_once_and_kept_from_others(tmp_path, monkeypatch):
    monkeypatch.delenv("EJLAS_SECRET_KEY", raising=False)
    file = tmp_path / "var" / "secret_key"

    first = environment.env_secret("EJLAS_SECRET_KEY", file)
    second = environment.env_secret("EJLAS_SECRET_KEY", file)

    assert first == second
    assert len(first) > 50
    assert file.stat().st_mode & 0o777 == 0o600


def test_folder_that_cannot_be_written_is_named(monkeypatch):
    monkeypatch.delenv("EJLAS_SECRET_KEY", raising=False)

    with pytest.raises(ImproperlyConfigured, match="cannot be written"):
        environment.env_secret("EJLAS_SECRET_KEY", Path("/proc/none/secret_key"))


def test_azerbaijani_of_the_interface_runs_from_left_to_right():
    assert get_language_info("az")["bidi"] is False
    assert [code for code, _name in settings.LANGUAGES] == ["en", "fa", "ru", "az", "tk", "kk"]
