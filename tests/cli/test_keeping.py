"""Backup, restore and move as a host runs them: proven, whole or not at all, and an upgrade that can be taken back."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from tests.factories.processes import ejlas, environment, kept, made, script
from tests.factories.summits import FILES, SUMMITS

# The last migrations of version 0.1.0.
BEFORE = {
    "audit": "0002",
    "accounts": "0002",
    "forum": "0002",
    "programme": "0001",
    "outcomes": "0001",
    "planning": "0001",
    "contenttypes": "0002",
    "auth": "0012",
    "django_tasks_database": "0021",
}
KEEP = """
from datetime import UTC, datetime
from django.core.files.storage import default_storage
from ejlas.core.files import operations, rules
kept, lost = [operations.keep(b"%PDF-1.7 words", scope="", purpose="letter", name="نامه.pdf", allowed=rules.LETTERS,
              most_bytes=99, by="system", at=datetime(2027, 3, 1, tzinfo=UTC)) for _each in range(2)]
default_storage.delete(lost.place)
"""
READ = """
from ejlas.core.files import queries, rules
kept, lost = queries.files_of("")
print(queries.contents(kept), kept.name)
try:
    queries.contents(lost)
except rules.FileGone as gone:
    print(gone.sentence())
"""
POSTGRESQL = "postgresql://ejlas:ejlas@127.0.0.1"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A database with both summits, a stored file, one that a person sent, and one that the storage lost."""
    var = made(tmp_path_factory.mktemp("filled"), *SUMMITS)
    (var / "files" / "letters").mkdir(parents=True)
    (var / "files" / "letters" / "نامه.pdf").write_bytes(os.urandom(3_000_000))
    script(KEEP, var=var)
    return var


@pytest.fixture(scope="module")
def backup(filled, tmp_path_factory):
    file = tmp_path_factory.mktemp("backup") / "all.ejlas"
    ejlas("backup", file, var=filled)
    return file


@pytest.fixture
def copy(filled, tmp_path):
    return shutil.copytree(filled, tmp_path / "copy")


def manifest_of(file):
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))


def dump(file):
    with closing(sqlite3.connect(file)) as database:
        return sorted(database.iterdump())


def tables_in(var, tmp_path, **variables):
    file = tmp_path / f"again-{len(list(tmp_path.iterdir()))}.ejlas"
    ejlas("backup", file, var=var, **variables)
    return {label: (table["rows"], table["digest"]) for label, table in manifest_of(file)["tables"].items()}


def test_backup_restored_elsewhere_holds_the_same_rows_files_and_trail(filled, tmp_path):
    file, other = tmp_path / "again.ejlas", tmp_path / "other"
    told = json.loads(ejlas("backup", file, "--json", var=filled).stdout)

    restored = ejlas("restore", file, var=other)

    stored = "letters/نامه.pdf"
    assert (told["files"], told["lost"]) == (2, 1)
    assert "1 stored file that the database names was not in the storage." in restored.stderr
    assert told["rows"] > 3000
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("*.part")] == []
    assert "the trail is whole" in restored.stdout
    assert (other / "files" / stored).read_bytes() == (filled / "files" / stored).read_bytes()
    assert tables_in(other, tmp_path) == tables_in(filled, tmp_path)
    assert ejlas("load", FILES["rasht2025"], var=other).stdout == "rasht2025: nothing has changed.\n"
    shutil.copy(filled / "field_keys", other)
    assert script(READ, var=other) == "b'%PDF-1.7 words' نامه.pdf\nThis file is no longer kept.\n"


def test_backup_leaves_out_open_sign_ins_and_names_its_keys_without_telling_them(filled, backup, tmp_path):
    file = Path(shutil.copy(backup, tmp_path))

    manifest = manifest_of(file)
    key = (filled / "field_keys").read_text().split()[0]

    assert "sessions.session" in manifest["left_out"]
    assert not set(manifest["left_out"]) & set(manifest["tables"])
    assert len(manifest["field_keys"]) == 1
    assert key.encode() not in file.read_bytes()
    assert (filled / "secret_key").read_bytes() not in file.read_bytes()


def test_restore_refuses_a_database_with_work_in_it(filled, backup, copy, tmp_path):
    file = Path(shutil.copy(backup, tmp_path))
    before = dump(copy / "ejlas.sqlite3")

    plain = ejlas("restore", file, var=copy, code=2)
    without_consent = ejlas("restore", file, "--replace", var=copy, code=2)

    assert "The database is not empty." in plain.stderr
    assert "--yes" in without_consent.stderr
    assert dump(copy / "ejlas.sqlite3") == before


def test_restore_replaces_what_stands_when_told_to(filled, backup, copy, tmp_path):
    file = Path(shutil.copy(backup, tmp_path))
    with closing(sqlite3.connect(copy / "ejlas.sqlite3")) as database, database:
        database.execute("delete from programme_bilateral")

    ejlas("restore", file, "--replace", "--yes", var=copy)

    assert tables_in(copy, tmp_path) == tables_in(filled, tmp_path)
    assert list(copy.glob("*.building*")) == []


def _flipped(file, start="tables/forum.party.jsonl"):
    body = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        at = next(part for part in archive.infolist() if part.filename.startswith(start)).header_offset + 110
    body[at] ^= 0xFF
    file.write_bytes(body)


def _flipped_file(file):
    _flipped(file, "files/kept/")


def _cut(file):
    file.write_bytes(file.read_bytes()[:-1000])


def _foreign(file):
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("words.txt", "no backup")


def _without_a_table(file):
    _rewritten(file, drop="tables/forum.party.jsonl")


def _rewritten(file, *, drop="", change=None):
    """Write an archive anew, without a member or with its manifest changed."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != drop}
    if change:
        change(members)
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)


def _newer(file):
    def change(members):
        manifest = json.loads(members["manifest.json"])
        manifest["migrations"].append(["forum", "9999_later"])
        members["manifest.json"] = json.dumps(manifest).encode()

    _rewritten(file, change=change)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_flipped, "is damaged: “tables/forum.party.jsonl”"),
        (_flipped_file, "is damaged: “files/kept/"),
        (_cut, "is no backup of Ejlas, or it was cut short"),
        (_foreign, "is no backup of Ejlas"),
        (_without_a_table, "is damaged: “tables/forum.party.jsonl”"),
        (_newer, "was made by a newer version"),
    ],
)
def test_restore_of_a_harmed_backup_touches_nothing(harm, words, filled, backup, copy, tmp_path):
    file = Path(shutil.copy(backup, tmp_path))
    harm(file)
    before = dump(copy / "ejlas.sqlite3")

    done = ejlas("restore", file, "--replace", "--yes", var=copy, code=2)

    assert words in done.stderr
    assert dump(copy / "ejlas.sqlite3") == before


def test_restore_of_a_forged_trail_is_refused_after_all_is_loaded_and_nothing_stays(backup, copy, tmp_path):
    file = Path(shutil.copy(backup, tmp_path))
    forge = f"""
import hashlib, json, zipfile
from ejlas.core.archive.rows import Proof
file = {str(file)!r}
with zipfile.ZipFile(file) as archive:
    members = {{name: archive.read(name) for name in archive.namelist()}}
manifest, proof = json.loads(members["manifest.json"]), Proof()
held, part = manifest["tables"]["audit.line"], "tables/audit.line.jsonl"
rows = [json.loads(line) for line in members[part].splitlines()]
rows[6][held["columns"].index("actor")] = "somebody else"
for row in rows:
    proof.add(row)
members[part] = "".join(json.dumps(row) + "\\n" for row in rows).encode()
held |= {{"sha256": hashlib.sha256(members[part]).hexdigest(), "digest": proof.digest}}
members["manifest.json"] = json.dumps(manifest).encode()
with zipfile.ZipFile(file, "w") as archive:
    for name, body in members.items():
        archive.writestr(name, body)
"""
    script(forge, var=tmp_path / "forger")
    before = dump(copy / "ejlas.sqlite3")

    done = ejlas("restore", file, "--replace", "--yes", var=copy, code=2)

    assert "The trail does not hold at line 7" in done.stderr
    assert dump(copy / "ejlas.sqlite3") == before
    assert list(copy.glob("*.building*")) == []


def test_backup_that_cannot_be_written_leaves_nothing(filled, tmp_path):
    done = ejlas("backup", tmp_path / "nowhere" / "all.ejlas", var=filled, code=1)

    assert "cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_stored_files_may_stand_in_a_bucket(filled, backup, tmp_path):
    store = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    store.start()
    try:
        host, port = store.get_host_and_port()
        address = f"s3://key:secret@{host}:{port}/summit?region=us-east-1&tls=0"
        make = (
            "from django.core.files.storage import default_storage as s\n"
            "s.connection.create_bucket(Bucket='summit')\nprint(list(s.listdir('')))"
        )
        script(make, var=tmp_path / "bucket", S3_URL=address)
        file = Path(shutil.copy(backup, tmp_path))

        ejlas("restore", file, var=tmp_path / "bucket", S3_URL=address)
        ejlas("backup", tmp_path / "again.ejlas", var=tmp_path / "bucket", S3_URL=address)
    finally:
        store.stop()

    assert manifest_of(tmp_path / "again.ejlas")["files"] == manifest_of(file)["files"]
    assert not (tmp_path / "bucket" / "files").exists()


def test_move_prints_the_proof_and_keeps_the_old_database(filled, copy, tmp_path):
    target = tmp_path / "moved" / "ejlas.sqlite3"
    before = dump(copy / "ejlas.sqlite3")

    done = ejlas("move", "--to", f"sqlite:///{target}", var=copy)
    again = ejlas("move", "--to", f"sqlite:///{target}", var=copy, code=2)

    shutil.copy(copy / "field_keys", target.parent)
    told = {
        line.split()[2]: int(line.split()[0]) for line in done.stdout.splitlines()[:-1] if line.split()[0].isdigit()
    }
    expected = {label: rows for label, (rows, _digest) in tables_in(filled, tmp_path).items()}
    assert expected.items() <= told.items()
    assert "the same on both sides, and the trail is whole there" in done.stdout
    assert "index_terms was made anew from the others" in done.stdout
    assert "The database is not empty." in again.stderr
    assert dump(copy / "ejlas.sqlite3") == before
    assert tables_in(target.parent, tmp_path) == tables_in(filled, tmp_path)


@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        ("mysql://host/name", 2, "--to begins with 'mysql'"),
        ("sqlite:///{copy}/ejlas.sqlite3", 2, "That is the database that is in use now."),
        ("sqlite:///{copy}/foreign.sqlite3", 2, "tables that are not of Ejlas"),
    ],
)
def test_move_to_a_wrong_place_is_refused(address, code, words, copy):
    with closing(sqlite3.connect(copy / "foreign.sqlite3")) as foreign, foreign:
        foreign.execute("create table accounts (id integer)")

    done = ejlas("move", "--to", address.format(copy=copy), var=copy, code=code)

    assert words in done.stderr


@pytest.mark.services
def test_move_to_postgresql_and_back_is_row_identical_and_new_rows_get_new_keys(copy, filled, tmp_path, postgresql):
    there = json.loads(ejlas("move", "--to", postgresql, "--json", var=copy).stdout)["tables"]
    loaded = ejlas("load", FILES["rasht2025"], var=copy, DATABASE_URL=postgresql)
    target = tmp_path / "back.sqlite3"
    back = json.loads(ejlas("move", "--to", f"sqlite:///{target}", "--json", var=copy, DATABASE_URL=postgresql).stdout)
    refused = psql(postgresql, "update audit_line set actor = 'x' where number = 1")
    added = psql(postgresql, "insert into django_content_type (app_label, model) values ('x', 'y') returning id")

    assert back["tables"] == there
    assert {label: (table["rows"], table["digest"]) for label, table in there.items()}.items() >= tables_in(
        filled, tmp_path
    ).items()
    assert loaded.stdout == "rasht2025: nothing has changed.\n"
    assert "never changed or removed" in refused.stderr
    assert added.returncode == 0
    assert int(added.stdout.split()[0]) > 1


@pytest.mark.services
def test_restore_on_postgresql_replaces_all_or_nothing(filled, backup, tmp_path, postgresql):
    file, forged = backup, tmp_path / "harmed.ejlas"
    ejlas("migrate", var=tmp_path, DATABASE_URL=postgresql)
    ejlas("restore", file, var=filled, DATABASE_URL=postgresql)
    psql(postgresql, "delete from programme_bilateral")
    shutil.copy(file, forged)
    _flipped(forged)

    refused = ejlas("restore", forged, "--replace", "--yes", var=filled, code=2, DATABASE_URL=postgresql)
    between = psql(postgresql, "select count(*) from programme_bilateral").stdout.strip()
    ejlas("restore", file, "--replace", "--yes", var=filled, DATABASE_URL=postgresql)

    assert "is damaged" in refused.stderr
    assert between == "0"
    assert tables_in(filled, tmp_path, DATABASE_URL=postgresql) == tables_in(filled, tmp_path)


@pytest.fixture
def postgresql():
    name = f"ejlas_keeping_{os.getpid()}"
    psql(f"{POSTGRESQL}/ejlas", f"create database {name}")
    yield f"{POSTGRESQL}/{name}"
    psql(f"{POSTGRESQL}/ejlas", f"drop database {name} with (force)")


def psql(address, statement):
    return subprocess.run(["psql", "-qtA", address, "-c", statement], capture_output=True, text=True, check=False)


FILL = """
from datetime import UTC, datetime, timedelta
from django.db import models, transaction
from ejlas.core.archive.tables import applied_nodes, tables_of
from ejlas.core.audit.operations import Entry, record

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)
SKIPPED = ("audit.", "accounts.", "auth.", "contenttypes.", "sessions.")


def value(field):
    if field.primary_key and isinstance(field, models.CharField):
        return "one"
    if field.db_column.endswith("_id") or field.primary_key:
        return 1
    late = timedelta(hours=field.db_column.startswith(("ends", "ended", "busy_to")))
    values = {models.DateTimeField: AT + late, models.DateField: AT.date(), models.TimeField: AT.time(),
              models.JSONField: {"fa": "گیلان", "en": "Gilan"}, models.BooleanField: False, models.FloatField: 0.5,
              models.CharField: f"a-{field.db_column}"[: field.max_length or 9], models.TextField: "words"}
    return values.get(type(field), 1)


with transaction.atomic():
    for table in tables_of(applied_nodes()):
        if not table.label.startswith((*SKIPPED, "django_tasks_database")):
            fields = table.plain._meta.concrete_fields
            table.plain._default_manager.create(**{field.attname: value(field) for field in fields})
record([Entry("forum.forum.added", "forum", "a", {"name": "a"})], scope="", by="system", at=AT)
"""


@pytest.fixture
def as_before(tmp_path):
    """A database as version 0.1.0 left it, with a row in its tables: made once, and copied."""
    shutil.copytree(kept("before", _make_as_before), tmp_path, dirs_exist_ok=True)


def _make_as_before(var, **variables):
    migrate = "\n".join(f"call_command('migrate', {app!r}, {name!r}, verbosity=0)" for app, name in BEFORE.items())
    return script(f"from django.core.management import call_command\n{migrate}\n{FILL}", var=var, **variables)


def test_upgrade_makes_a_backup_first_and_can_be_taken_back(as_before, tmp_path):
    database = tmp_path / "ejlas.sqlite3"
    before = dump(database)

    upgraded = ejlas("migrate", var=tmp_path)
    (backup,) = (tmp_path / "backups").iterdir()
    after = dump(database)
    ejlas("restore", backup, "--replace", "--yes", "--as-it-was", var=tmp_path)
    taken_back = dump(database)
    ejlas("migrate", "--no-backup", var=tmp_path)

    def rows(lines):
        # The moments at which migrations were applied are those of the restore.
        return [
            line
            for line in lines
            if not line.startswith(('INSERT INTO "django_migrations"', "DELETE FROM"))
            and '"sqlite_sequence"' not in line
        ]

    assert sum("Gilan" in line for line in before) > 5
    assert f"ejlas restore --replace --as-it-was {backup}" in upgraded.stderr
    assert backup.stat().st_mode & 0o777 == 0o600
    assert rows(after) != rows(before)
    assert rows(taken_back) == rows(before)
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert ejlas("migrate", var=tmp_path).stdout == "The database is up to date.\n"


@pytest.mark.services
def test_upgrade_on_postgresql_can_be_taken_back(tmp_path, postgresql):
    _make_as_before(tmp_path, DATABASE_URL=postgresql)
    before = _pg_dump(postgresql)

    ejlas("migrate", var=tmp_path, DATABASE_URL=postgresql)
    (backup,) = (tmp_path / "backups").iterdir()
    after = _pg_dump(postgresql)
    ejlas("restore", backup, "--replace", "--yes", "--as-it-was", var=tmp_path, DATABASE_URL=postgresql)

    assert after != before
    assert _pg_dump(postgresql) == before


def _pg_dump(address):
    done = subprocess.run(
        ["pg_dump", "--no-owner", "--exclude-table-data=django_migrations*", address],
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(line for line in done.stdout.splitlines() if "setval" not in line and "estrict" not in line)


def test_the_last_ten_backups_of_upgrades_are_kept(as_before, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for number in range(12):
        old = folder / f"before-0.0.{number}-20250101T000000Z.ejlas"
        old.touch()
        os.utime(old, (number, number))

    ejlas("migrate", var=tmp_path)

    names = {path.name for path in folder.iterdir()}
    assert len(names) == 10
    assert "before-0.0.2-20250101T000000Z.ejlas" not in names
    assert "before-0.0.11-20250101T000000Z.ejlas" in names


def test_an_empty_database_needs_no_backup(tmp_path):
    ejlas("migrate", var=tmp_path)

    assert not (tmp_path / "backups").exists()
    assert environment(tmp_path)["EJLAS_VAR"] == str(tmp_path)
