"""Migrations run forwards, back to nothing, and forwards again."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ejlas.core.audit.models import Head
from tests.factories.processes import made


def _migrated(var, *targets):
    """Migrate to one target after the other; return what each step said in its errors, and its exit code."""
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env |= {"EJLAS_VAR": str(var), "DJANGO_SETTINGS_MODULE": "ejlas.config.settings"}
    command = [sys.executable, "-m", "django", "migrate", "-v", "0"]
    steps = [
        subprocess.run([*command, *target], env=env, capture_output=True, text=True, check=False) for target in targets
    ]
    return [(step.stderr, step.returncode) for step in steps]


def test_migrations_run_from_nothing(tmp_path):
    assert _migrated(tmp_path, []) == [("", 0)]


@pytest.mark.parametrize("app", ["planning", "outcomes", "programme", "forum", "audit"])
def test_migrations_of_an_app_can_be_taken_back(app, tmp_path):
    assert _migrated(made(tmp_path), [app, "zero"], []) == [("", 0)] * 2


@pytest.mark.django_db
def test_chain_of_the_trail_has_its_one_end():
    assert list(Head.objects.values_list("pk", "number")) == [(1, 0)]
