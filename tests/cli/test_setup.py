"""`ejlas setup` and the demo's links: a process, its words, what stands there afterwards."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

from ejlas.accounts.rules import Role
from tests.cli.test_command import ROOT, ejlas
from tests.factories.processes import made
from tests.factories.summits import FILES

PASSWORD = "four quiet words here"
HEAD = ("--email", "Head@example.org", "--name", "سیمین  رهنما", "--language", "fa")


def _accounts(var):
    """Return the accounts that a database holds: address, name, language, whether it has a password, role, edition."""

    with sqlite3.connect(var / "ejlas.sqlite3") as database:
        return database.execute(
            "SELECT email, name, language, substr(password, 1, 1) != '!', role, edition FROM accounts_user u"
            " LEFT JOIN accounts_grant g ON g.user_id = u.id WHERE NOT is_system ORDER BY u.id"
        ).fetchall()


def test_first_account_is_made_without_a_question(tmp_path):
    done = ejlas("setup", *HEAD, "--password-stdin", var=tmp_path, stdin=f"{PASSWORD}\n")

    assert done.returncode == 0, done.stderr
    assert _accounts(tmp_path) == [("head@example.org", "سیمین رهنما", "fa", 1, "head", "")]
    assert PASSWORD not in done.stdout + done.stderr
    assert "/desk/" in done.stdout


def test_without_a_password_a_link_is_printed_that_sets_one(tmp_path):
    done = ejlas("setup", *HEAD[:4], "--no-input", var=tmp_path, PORT="8123")

    assert _accounts(tmp_path)[0][2:4] == ("en", 0)
    assert re.search(r"http://localhost:8123/account/link/[\w-]{40,}/", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("--no-input",), None, "--email is missing."),
        (("--no-input", "--email", "head@example.org"), None, "--name is missing."),
        (("--email", "nobody", "--name", "A", "--no-input"), None, "--email: Write an address such as"),
        ((*HEAD[:4], "--language", "xx", "--no-input"), None, "--language: There are: en, fa"),
        ((*HEAD[:2], "--name", "n" * 201, "--no-input"), None, "--name: Write a name of at most 200 characters."),
        ((*HEAD, "--password-stdin"), "short\n", "--password-stdin: "),
        ((*HEAD, "--password-stdin"), "", "--password-stdin: "),
    ],
)
def test_bad_input_is_named_and_makes_nothing(arguments, stdin, words, tmp_path):
    done = ejlas("setup", *arguments, var=made(tmp_path), stdin=stdin)

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert _accounts(tmp_path) == []


def test_second_run_refuses_kindly_and_add_makes_one_more_head(tmp_path):
    ejlas("setup", *HEAD, "--password-stdin", var=made(tmp_path), stdin=f"{PASSWORD}\n")

    again = ejlas("setup", *HEAD, "--no-input", var=tmp_path)
    more = ejlas("setup", "--add", "--no-input", "--email", "b@example.org", "--name", "B", var=tmp_path)
    lost = ejlas("setup", "--add", "--no-input", "--email", "HEAD@example.org", var=tmp_path)

    assert again.returncode == 2
    assert "There are accounts already: nothing was changed." in again.stderr
    assert "ejlas setup --add" in again.stderr
    assert more.returncode == lost.returncode == 0
    assert "/account/link/" in lost.stdout
    assert [account[0] for account in _accounts(tmp_path)] == ["head@example.org", "b@example.org"]


# --- The demo's links ---


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _get(address):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers.get("Location")


class Demo:
    """A demo that runs; gives the links that it wrote before its first page answered."""

    def __init__(self, var):
        self.port, self.file = _free_port(), var / "demo" / "links.json"
        env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ejlas", "demo", "--port", str(self.port), "--seconds", "5"],
            env={**env, "EJLAS_VAR": str(var)},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _number in range(1200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                break
            except OSError:
                assert self.process.poll() is None
                time.sleep(0.1)
        # The port takes connections only now, and the file must stand already.
        self.links = json.loads(self.file.read_text(encoding="utf-8"))

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)


def test_each_start_of_the_demo_writes_fresh_links_that_sign_in_once(tmp_path):
    homes = {"focal-point": "/portal/", "gate": "/gate/", "journalist": "/press/", "auditor": "/desk/"}
    first = Demo(tmp_path)
    try:
        assert list(first.links) == [role.value for role in Role]
        assert all(link.startswith(f"http://127.0.0.1:{first.port}/") for link in first.links.values())
        assert first.file.stat().st_mode & 0o777 == 0o600
        assert {role: _get(first.links[role]) for role in homes} == {role: (302, home) for role, home in homes.items()}
        assert _get(first.links["gate"])[0] == 410
    finally:
        first.end()

    second = Demo(tmp_path)
    try:
        assert set(second.links.values()) & set(first.links.values()) == set()
        old = first.links["head"].replace(f":{first.port}/", f":{second.port}/")
        assert _get(old)[0] == 410
        assert _get(second.links["head"]) == (302, "/desk/")
    finally:
        second.end()


def test_demo_makes_no_links_where_real_people_have_accounts(tmp_path):
    ejlas("setup", *HEAD, "--no-input", var=made(tmp_path))
    ejlas("load", FILES["rasht2025"], var=tmp_path)

    code = (
        "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'ejlas.config.settings'; django.setup()\n"
        "from ejlas.cli.commands.demo import write_links; print(write_links('rasht2025', 'http://127.0.0.1:1'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "EJLAS_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "None"
    assert "This installation has accounts of its own" in done.stderr
    assert not (tmp_path / "demo").exists()
    assert [account[0] for account in _accounts(tmp_path)] == ["head@example.org"]
