"""Migrations run forwards, back to nothing, and forwards again."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ejlas.core.audit.models import Head


@pytest.mark.parametrize("app", ["planning", "outcomes", "programme", "forum", "audit"])
def test_migrations_of_an_app_can_be_taken_back(app, tmp_path):
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env |= {"EJLAS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ejlas.config.settings"}

    done = [
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v", "0", *target],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        for target in ([], [app, "zero"], [])
    ]

    assert [step.stderr for step in done] == ["", "", ""]
    assert [step.returncode for step in done] == [0, 0, 0]


@pytest.mark.django_db
def test_chain_of_the_trail_has_its_one_end():
    assert list(Head.objects.values_list("pk", "number")) == [(1, 0)]
