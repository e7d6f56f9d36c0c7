"""An absent or busy database and a full disk are told as what they are, in the reader's language."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from ejlas.core.databases import Trouble, trouble_of
from ejlas.web.public.views import errors
from ejlas.web.ui import faults

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def caused(fault, cause):
    try:
        raise fault from cause
    except type(fault) as raised:
        return raised


def full():
    """Return the fault that a full database of SQLite gives, as Django passes it on."""
    import django.db.utils

    database = sqlite3.connect(":memory:")
    database.execute("pragma max_page_count = 2")
    try:
        with django.db.utils.DatabaseErrorWrapper(connection):
            database.execute("create table a (b)")
            database.execute("insert into a values (zeroblob(100000))")
    except OperationalError as fault:
        return fault
    finally:
        database.close()
    raise AssertionError("The database was not full.")


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Trouble.FULL),
        (OSError(errno.ENOENT, "No such file"), None),
        (InterfaceError("connection already closed"), Trouble.AWAY),
        (caused(OperationalError(), sqlite3.OperationalError("database is locked")), Trouble.BUSY),
        (caused(OperationalError(), sqlite3.OperationalError("no such table: x")), None),
        (caused(OperationalError(), psycopg.OperationalError("connection refused")), Trouble.AWAY),
        (caused(OperationalError(), psycopg.errors.AdminShutdown()), Trouble.AWAY),
        (caused(OperationalError(), psycopg.errors.DiskFull()), Trouble.FULL),
        (caused(OperationalError(), psycopg.errors.DeadlockDetected()), Trouble.BUSY),
        (ValueError(), None),
        (None, None),
    ],
)
def test_troubles_are_told_from_bugs(fault, trouble):
    assert trouble_of(fault) == trouble


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own fault")
@pytest.mark.parametrize("language", LANGUAGES)
def test_full_disk_is_said_in_every_language(language, rf):
    answer = faults.answer_to(rf.get("/", headers={"accept-language": language}), full())

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "120"
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_three_troubles_have_three_pages(rf):
    pages = {faults.sentences(trouble) for trouble in Trouble}

    assert len(pages) == 3


def test_api_answers_in_json(rf):
    answer = faults.answer_to(rf.get("/api/v1/editions/"), InterfaceError())

    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b'"type": "urn:ejlas:problem:away"' in answer.content


def test_fault_before_the_view_comes_to_the_same_page(rf):
    request = rf.get("/")

    try:
        raise InterfaceError
    except InterfaceError:
        away = errors.server_error(request)
    other = errors.server_error(request)

    assert (away.status_code, other.status_code) == (503, 500)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="tests/web/test_troubles.py does this")
@pytest.mark.django_db(transaction=True)
def test_view_that_meets_the_fault_answers_503_and_the_next_request_goes_on(client):
    place = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "/nowhere/ejlas.sqlite3"
    try:
        away = client.get("/", headers={"host": "localhost"})
        ready = client.get("/health/ready")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place
    back = client.get("/", headers={"host": "localhost"})

    assert away.status_code == 503
    assert away.headers["Retry-After"] == "10"
    assert "The database does not answer" in away.content.decode()
    assert (ready.status_code, ready.json()["checks"]["database"]) == (503, "away")
    assert back.status_code == 404
