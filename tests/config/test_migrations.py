"""Migrations run forwards, back to nothing, and forwards again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps as django_apps

from ejlas.core.audit.models import Head
from tests.factories.processes import made, script


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


def test_migrations_of_every_app_of_ours_can_be_taken_back(tmp_path):
    apps = [config.label for config in django_apps.get_app_configs() if config.name.startswith("ejlas.")]
    with_migrations = [app for app in apps if (Path(django_apps.get_app_config(app).path) / "migrations").is_dir()]
    # Nothing refers to the last ones: they go first. Each app takes those with it that need it.
    back = "\n".join(f"call_command('migrate', {app!r}, 'zero', verbosity=0)" for app in reversed(with_migrations))
    left = (
        f"print(sorted(name for name in connection.introspection.table_names()"
        f" if name.startswith({tuple(f'{app}_' for app in with_migrations)!r})))"
    )
    imports = "from django.core.management import call_command\nfrom django.db import connection\n"

    said = script(f"{imports}{back}\n{left}\ncall_command('migrate', verbosity=0)\n{left}", var=made(tmp_path))

    none, all_again = said.splitlines()
    assert len(with_migrations) > 8
    assert none == "[]"
    assert "audit_line" in all_again


@pytest.mark.django_db
def test_chain_of_the_trail_has_its_one_end():
    assert list(Head.objects.values_list("pk", "number")) == [(1, 0)]
