"""The ejlas command as a person runs it: a process, its words, its exit code."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ejlas.cli.main import FORMATS, parser
from tests.factories.processes import made
from tests.factories.summits import FILES, SUMMITS

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "check",
    "load",
    "plan",
    "publish",
    "serve",
    "demo",
    "export",
    "audit",
    "migrate",
    "worker",
    "backup",
    "restore",
    "move",
    "import",
    "pass",
    "purge",
    "keys",
    "engine",
)


def ejlas(*arguments, var, stdin=None, **variables):
    env = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL", "EJLAS_SECRET_KEY"}
    }
    return subprocess.run(
        [sys.executable, "-m", "ejlas", *map(str, arguments)],
        cwd=ROOT,
        env={**env, "EJLAS_VAR": str(var), **variables},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Both summits loaded, planned in a few seconds of search, and published."""
    var = made(tmp_path_factory.mktemp("var"), *SUMMITS)
    for slug in SUMMITS:
        assert ejlas("plan", slug, "--seconds", "8", var=var).returncode == 0
        assert ejlas("publish", slug, var=var).returncode == 0
    return var


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command(command, tmp_path):
    done = ejlas(command, "--help", var=tmp_path)

    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: ejlas {command}")
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command():
    words = parser().format_help()

    assert [command for command in COMMANDS if f"    {command} " not in words] == []


@pytest.mark.parametrize("slug", SUMMITS)
def test_check_of_a_whole_file(slug, tmp_path):
    done = ejlas("check", FILES[slug], var=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "is well" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_check_names_line_path_fault_and_remedy(tmp_path):
    text = FILES["rasht2025"].read_text(encoding="utf-8")
    broken = text.replace("starts_on: 2025-11-18", "starts_on: 2025-13-18", 1).replace("iso: IR-01", "iso: IR-99", 1)
    file = tmp_path / "broken.yaml"
    file.write_text(broken, encoding="utf-8")
    lines = broken.splitlines()
    date_line = next(n for n, line in enumerate(lines, 1) if "2025-13-18" in line)
    iso_line = next(n for n, line in enumerate(lines, 1) if "IR-99" in line)

    done = ejlas("check", file, var=tmp_path)

    words = done.stdout.splitlines()
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert any(line.startswith(f"{file}:{date_line}: edition.starts_on: ") and "; " in line for line in words)
    assert any(line.startswith(f"{file}:{iso_line}: parties[0]") and "IR-99" in line for line in words)


def test_check_reads_standard_input(tmp_path):
    done = ejlas("check", "-", var=tmp_path, stdin="schema: ejlas-summit/1\n")

    assert done.returncode == 2
    assert done.stdout.startswith("-:1: ")


def test_check_answers_in_the_language_asked_for(tmp_path):
    english = ejlas("check", "-", var=tmp_path, stdin="schema: ejlas-summit/1\n")
    persian = ejlas("--language", "fa", "check", "-", var=tmp_path, stdin="schema: ejlas-summit/1\n")

    assert persian.returncode == 2
    assert len(persian.stdout.splitlines()) == len(english.stdout.splitlines())
    assert not set(persian.stdout.splitlines()) & set(english.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["plan", "rasht2025"], "There is no edition yet; load one with “ejlas load FILE”."),
        (["publish", "rasht2025"], "There is no edition yet"),
        (["export", "rasht2025", "--format", "ics"], "There is no edition yet"),
        (["export", "rasht2025", "--format", "doc"], "invalid choice: 'doc'"),
        (["serve", "--port", "99999"], "99999 is not a port"),
        (["--language", "xx", "check", "-"], "--language xx"),
        ([], "COMMAND"),
    ],
)
def test_bad_input_ends_with_2_and_says_why(arguments, words, tmp_path):
    done = ejlas(*arguments, var=made(tmp_path))

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_load_of_a_broken_file_leaves_nothing(tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text(FILES["rasht2025"].read_text(encoding="utf-8").replace("IR-01", "IR-99"), encoding="utf-8")

    done = ejlas("load", file, var=made(tmp_path))

    assert done.returncode == 2
    assert "Nothing was loaded." in done.stderr
    assert _count(tmp_path, "forum_edition") == 0


def test_load_says_what_it_did_and_a_dry_run_does_nothing(tmp_path):
    dry = ejlas("load", FILES["rasht2025"], "--dry-run", "--json", var=made(tmp_path))
    after_dry_run = _count(tmp_path, "forum_edition")
    first = ejlas("load", FILES["rasht2025"], "--json", var=tmp_path)
    second = ejlas("load", FILES["rasht2025"], var=tmp_path)

    assert json.loads(dry.stdout)["added"] == json.loads(first.stdout)["added"]
    assert after_dry_run == 0
    assert second.stdout == "rasht2025: nothing has changed.\n"


def test_unknown_edition_is_answered_with_those_there_are(published):
    done = ejlas("publish", "nowhere", var=published)

    assert done.returncode == 2
    assert "There is no edition “nowhere”; there are: atlantic2027, rasht2025." in done.stderr


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("kind", FORMATS)
def test_export_writes_files_that_open(kind, slug, published, tmp_path):
    done = ejlas("export", slug, "--format", kind, "-o", tmp_path / "new folder", var=published)

    files = sorted((tmp_path / "new folder").iterdir())
    starts = {"ics": b"BEGIN:VCALENDAR", "json": b"{", "xml": b"<?xml", "xlsx": b"PK", "pdf": b"%PDF"}
    assert done.returncode == 0, done.stderr
    assert files
    assert all(file.name.startswith(slug) and file.name.endswith(f".{kind}") for file in files)
    assert all(file.read_bytes().startswith(starts[kind]) for file in files)


def test_export_writes_the_report_of_readiness_in_one_language_or_refuses_one_that_is_not_there(published, tmp_path):
    done = ejlas("export", "rasht2025", "--format", "readiness", "--in", "fa", "-o", tmp_path, "--json", var=published)
    refused = ejlas("export", "rasht2025", "--format", "readiness", "--in", "ja", "-o", tmp_path, var=published)

    file = tmp_path / "rasht2025-readiness-fa.pdf"
    assert json.loads(done.stdout) == {"edition": "rasht2025", "files": [str(file)]}
    assert file.read_bytes().startswith(b"%PDF")
    assert refused.returncode == 2
    assert "“ja”" in refused.stderr


def test_export_of_what_is_not_published_is_refused(tmp_path):
    made(tmp_path, "rasht2025")

    done = ejlas("export", "rasht2025", "--format", "json", "-o", tmp_path, var=tmp_path)

    assert done.returncode == 2
    assert "ejlas publish rasht2025" in done.stderr


def test_dry_run_of_a_plan_says_it_and_places_nothing(published):
    placed = _rows(published, "select slug, starts_at, room_id from programme_bilateral where state = 'placed'")
    done = ejlas("plan", "rasht2025", "--seconds", "8", "--seed", "7", "--dry-run", "--json", var=published)

    assert placed
    assert json.loads(done.stdout)["placed"] > 0
    assert _rows(published, "select slug, starts_at, room_id from programme_bilateral where state = 'placed'") == placed


def test_publish_again_keeps_the_version(published):
    done = ejlas("publish", "rasht2025", "--json", var=published)

    assert json.loads(done.stdout) == {"edition": "rasht2025", "number": 1, "is_new": False}


def test_audit_verify_proves_the_trail_and_names_the_broken_line(published, tmp_path):
    whole = ejlas("audit", "verify", "--json", var=published)
    copy = tmp_path / "ejlas.sqlite3"
    with sqlite3.connect(published / "ejlas.sqlite3") as source, sqlite3.connect(copy) as target:
        source.backup(target)
        target.execute("drop trigger audit_line_is_kept")
        target.execute("update audit_line set actor = 'somebody else' where number = 7")

    broken = ejlas("audit", "verify", "--json", var=tmp_path)

    assert whole.returncode == 0
    assert json.loads(whole.stdout)["whole"] is True
    assert broken.returncode == 1
    assert json.loads(broken.stdout)["line"] == 7


def _rows(var, statement):
    with sqlite3.connect(var / "ejlas.sqlite3") as database:
        return sorted(database.execute(statement).fetchall())


def _count(var, table):
    return _rows(var, f"select count(*) from {table}")[0][0]
