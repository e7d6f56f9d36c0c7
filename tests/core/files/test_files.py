"""Uploaded files: what is taken, how it stands in the storage, and what is left when it goes."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from docx import Document

from ejlas.core import background, rotation, secrets
from ejlas.core.archive.errors import BackupDamaged
from ejlas.core.archive.restore import Backup
from ejlas.core.files import operations, queries, rules
from ejlas.core.files.models import StoredFile

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\nwords of a letter\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"a picture" * 9
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    options = {"location": tmp_path / "files", "file_permissions_mode": 0o600}
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path / "files"


def keep(data=PDF, **values):
    given = {
        "scope": "aras2027",
        "purpose": "letter",
        "name": "letter.pdf",
        "allowed": rules.LETTERS,
        "most_bytes": 100_000,
        "by": "Leyla Quliyeva",
        "at": AT,
    }
    return operations.keep(data, **{**given, **values})


def rolled_back(change, *values, **named):
    with transaction.atomic():
        change(*values, **named)
        transaction.set_rollback(True)


def stored(storage):
    return sorted(path for path in storage.rglob("*") if path.is_file())


def packed(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_1", "[").replace("_2", "]"), body)
    return made.getvalue()


def word():
    made = io.BytesIO()
    Document().save(made)
    return made.getvalue()


def workbook():
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "Name")
    return made.getvalue()


def open_document(kind, **more):
    return packed(mimetype=kind, **{"content.xml": "<office/>"}, **more)


def test_file_stands_encrypted_under_a_random_name_and_comes_back(storage):
    file = keep(name="C:\\letters\\نامه معرفی.pdf")

    (path,) = stored(storage)
    body = path.read_bytes()

    again = queries.find(file.key)
    assert (again.media_type, again.n_bytes, again.name, again.is_kept) == (rules.PDF, len(PDF), "نامه معرفی.pdf", True)
    assert queries.contents(again) == PDF
    assert b"words" not in body
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(path.relative_to(storage)) == f"kept/{file.key[:2]}/{file.key}"
    assert len(file.key) == 32
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seal FROM files_storedfile")
        assert all(value.startswith(secrets.current_key_id()) for value in cursor.fetchone())


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: JPEG, rules.JPEG),
        (lambda: b"\x89PNG\r\n\x1a\n....", rules.PNG),
        (lambda: b"RIFF\x10\0\0\0WEBPVP8 ....", rules.WEBP),
        (lambda: PDF, rules.PDF),
        (word, rules.DOCX),
        (workbook, rules.XLSX),
        (lambda: open_document(rules.ODT), rules.ODT),
        (lambda: open_document(rules.ODS), rules.ODS),
        ("Имя;Фамилия\r\nАйгуль;Оразова\r\n".encode, rules.TEXT),
        (lambda: "\ufeffنام,نام خانوادگی\nمریم,نوری\n".encode("utf-8-sig"), rules.TEXT),
        (lambda: "Ady\tFamiliýasy\nMerdan\tGeldiýew\n".encode("utf-16"), rules.TEXT),
    ],
    ids=lambda value: value.rpartition("/")[2][-12:] if isinstance(value, str) else "",
)
def test_kind_is_known_by_content(make, kind):
    data = make()

    assert rules.examine(data, allowed=frozenset(rules.LABELS), most_bytes=100_000) == kind


@pytest.mark.parametrize(
    ("data", "fault", "words"),
    [
        (b"", rules.FileEmpty, "This file is empty."),
        (PDF + b"\0" * 100_000, rules.FileTooLarge, "This file has 0.11 MB; at most 0.1 MB are taken."),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", rules.HeicRefused, "Save it as JPEG on the telephone"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, rules.OldOfficeRefused, "without a password"),
        (b"MZ\x90\0\x03\0\0\0", rules.FileTypeRefused, "Taken are: JPEG, PNG, WebP, PDF, DOCX, ODT."),
        (b"<html><script>alert(1)</script>", rules.FileTypeRefused, "by its content"),
        (b"\xef\xbb\xbf <svg xmlns='http://www.w3.org/2000/svg'/>", rules.FileTypeRefused, "by its content"),
        (b"Ad;Soyad\nLeyla;Quliyeva\n", rules.FileTypeRefused, "by its content"),
        (b"PK\x03\x04 cut short", rules.FileTypeRefused, "by its content"),
        (packed(**{"words.txt": "no document"}), rules.FileTypeRefused, "by its content"),
        (packed(**{"_1Content_Types_2.xml": "<Types/>"}), rules.FileTypeRefused, "by its content"),
        (packed(mimetype="application/epub+zip"), rules.FileTypeRefused, "by its content"),
        (
            packed(**{"_1Content_Types_2.xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
            rules.MacrosRefused,
            "without macros",
        ),
        (open_document(rules.ODT, **{"Basic__script-lc.xml": ""}), rules.MacrosRefused, "without macros"),
    ],
)
def test_other_files_are_refused_with_a_word_of_what_to_do_and_nothing_is_kept(data, fault, words, storage):
    with pytest.raises(rules.RuleBroken) as refused:
        keep(data, name="letter.pdf")

    assert type(refused.value) is fault
    assert words.lower() in refused.value.sentence().lower()
    assert stored(storage) == []
    assert not StoredFile.objects.exists()


def test_packed_bomb_is_not_unpacked():
    bomb = packed(**{"_1Content_Types_2.xml": b"\0" * 80_000_000})

    assert rules.media_type_of(bomb) == ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("a\r\nb\0.pdf", "ab.pdf"), ("", ""), ("x" * 300 + ".pdf", "x" * 196 + ".pdf")],
)
def test_name_is_only_a_name(given, kept):
    assert rules.plain_name(given) == kept


@pytest.mark.django_db(transaction=True)
def test_forget_removes_bytes_name_and_seal_and_leaves_the_proof(storage):
    file, other = keep(), keep(JPEG, purpose="photo")
    later = AT + timedelta(days=400)

    forgotten = operations.forget(file, at=later)
    again = operations.forget(file, at=later + timedelta(days=1))

    row = queries.find(file.key)
    assert (row.purged_at, row.name, row.seal, row.n_bytes) == (later, "", None, len(PDF))
    assert (forgotten.purged_at, again.purged_at) == (later, later)
    assert stored(storage) == [storage / other.place]
    with pytest.raises(rules.FileGone):
        queries.contents(row)
    assert list(queries.files_of("aras2027").kept()) == [other]


@pytest.mark.django_db(transaction=True)
def test_bytes_of_a_change_that_was_rolled_back_are_swept_after_a_day(storage):
    kept, forgotten = keep(), keep(JPEG)
    rolled_back(keep, JPEG)
    rolled_back(operations.forget, kept, at=AT)
    (storage / "other").write_bytes(b"of somebody else")
    operations.forget(forgotten, at=AT)
    default_storage.save(forgotten.place, ContentFile(b"what the storage failed to delete"))
    now = datetime.now(UTC)

    n_fresh = operations.sweep(at=now)
    for path in stored(storage):
        os.utime(path, (now.timestamp() - 90_000,) * 2)
    n_old = operations.sweep(at=now)

    assert (n_fresh, n_old) == (0, 2)
    assert stored(storage) == [storage / kept.place, storage / "other"]
    assert queries.contents(kept) == PDF


def test_sweep_is_a_duty_and_needs_no_storage():
    background.task_of("core.files.sweep").call()

    assert background.duties()["core.files.sweep"] == 86400


def test_bytes_that_were_changed_lost_or_exchanged_are_never_given(storage):
    first, second, third = keep(), keep(JPEG), keep(JPEG)
    body = bytearray((storage / first.place).read_bytes())
    body[-1] ^= 1
    (storage / first.place).write_bytes(body)
    (storage / third.place).write_bytes((storage / second.place).read_bytes())

    for file in (first, third):
        with pytest.raises(rules.FileDamaged):
            queries.contents(file)
    for damaged in (b"", b"ejlas-file/1\nshort"):
        (storage / first.place).write_bytes(damaged)
        with pytest.raises(rules.FileDamaged):
            queries.contents(first)
    (storage / second.place).unlink()
    with pytest.raises(rules.FileGone):
        queries.contents(second)


@pytest.mark.django_db(transaction=True)
def test_rotation_reaches_every_file_and_says_what_may_be_dropped(settings, storage, monkeypatch):
    old, new = secrets.new_key(), secrets.new_key()
    columns = [(StoredFile, "name"), (StoredFile, "seal")]
    assert set(columns) <= set(rotation.encrypted_fields())
    monkeypatch.setattr(rotation, "encrypted_fields", lambda: columns)
    settings.FIELD_KEYS = [old]
    files = [keep(), keep(JPEG)]
    gone = operations.forget(keep(), at=AT)
    settings.FIELD_KEYS = [new, old]

    before = rotation._in_use(StoredFile, "seal")
    done = rotation.rotate()

    assert before == {secrets.key_id(old): 2}
    assert done.in_use == {secrets.key_id(new): 5}
    assert done.may_be_dropped == (secrets.key_id(old),)
    settings.FIELD_KEYS = [new]
    assert [queries.contents(queries.find(file.key)) for file in files] == [PDF, JPEG]
    assert queries.find(gone.key).seal is None
    settings.FIELD_KEYS = [old]
    with pytest.raises(secrets.KeyMissing):
        queries.find(files[0].key)


def test_the_database_holds_that_what_is_purged_has_no_seal():
    file = keep()

    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(purged_at=AT)


def test_list_of_files_opens_nothing_that_is_encrypted(django_assert_num_queries, settings):
    keep()
    settings.FIELD_KEYS = [secrets.new_key()]

    with django_assert_num_queries(1):
        assert [file.n_bytes for file in queries.files_of("aras2027", "letter")] == [len(PDF)]
    assert not queries.files_of("aras2027", "photo").exists()
    assert queries.find("none") is None


def test_restore_misses_a_file_that_a_row_needs_and_the_backup_does_not_hold():
    kept, lost = keep(), keep()
    operations.forget(keep(), at=AT)
    manifest = {"migrations": [], "tables": {"files.storedfile": {}}, "files": {}, "lost": [lost.place]}

    with pytest.raises(BackupDamaged, match=f"files/{kept.place}"):
        Backup(None, manifest, "all.ejlas").require_files()

    Backup(None, {**manifest, "files": {kept.place: {}}}, "all.ejlas").require_files()
    Backup(None, {"migrations": [], "tables": {}, "files": {}}, "of-before.ejlas").require_files()
