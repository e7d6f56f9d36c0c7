"""The real things go away and come back under a running server: Redis, PostgreSQL, room on the disk."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from tests.factories.processes import Visitor, ejlas, free_port, kept, made, script, serving
from tests.factories.summits import FILES

EMAIL, PASSWORD = "head@example.org", "a long and quiet river"
PAGE = "/fa/rasht2025/programme/"

pytestmark = pytest.mark.services


def prepare(var, **variables):
    """Publish a summit and make an account."""
    ejlas("publish", "rasht2025", var=var, **variables)
    head = ("setup", "--email", EMAIL, "--name", "Head", "--language", "en", "--password-stdin", "--no-input")
    ejlas(*head, var=var, typed=f"{PASSWORD}\n", **variables)


def prepared_here(var):
    """Lay a database with both into a folder."""
    shutil.copytree(kept("troubles", lambda folder: prepare(made(folder, "rasht2025"))), var, dirs_exist_ok=True)


def sign_in(server):
    visitor = Visitor(server)
    answer = visitor.send("/account/login/", login=EMAIL, password=PASSWORD)
    assert answer.status == 302, answer.text[:2000]
    return visitor


@contextmanager
def redis(port):
    command = ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def log_events(server, event):
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == event]


def until(wanted, ask, *, seconds=20):
    for _ in range(seconds * 5):
        found = ask()
        if found == wanted:
            return found
        time.sleep(0.2)
    return found


def test_pages_and_sessions_go_on_while_redis_is_away_and_it_is_used_again(tmp_path):
    port = free_port()
    address = f"redis://127.0.0.1:{port}/0"
    prepared_here(tmp_path)
    with serving(tmp_path, "--workers", "1", REDIS_URL=address) as server:
        with redis(port):
            person = sign_in(server)
            before = (server.ask(PAGE).status, person.ask("/account/").status)
        # Other pages than those that the process keeps itself.
        began = time.monotonic()
        away = [server.ask(f"{PAGE}?kind={kind}").status for kind in ("panel", "plenary", "ceremony")]
        away += [person.ask("/account/").status for _ in range(5)]
        seconds = time.monotonic() - began
        newcomer = sign_in(server)
        checks = json.loads(server.ask("/health/ready").text)
        with redis(port):
            back = until("ok", lambda: json.loads(server.ask("/health/ready").text)["checks"]["cache"])
            after = [person.ask("/account/").status, newcomer.ask("/account/").status, server.ask(PAGE).status]
        lost = log_events(server, "the cache does not answer; pages go on without it")
        found = log_events(server, "the cache is back")

    assert before == (200, 200)
    assert away == [200] * 8
    assert seconds < 5
    assert (checks["ready"], checks["checks"]["cache"], back) == (True, "away", "ok")
    assert after == [200, 200, 200]
    assert (len(lost), len(found)) == (1, 1)


class Forwarder:
    """A door to PostgreSQL that can be shut: all who are inside are put out, and nobody comes in."""

    def __init__(self, target: int) -> None:
        self.target, self.port = target, free_port()
        self.sockets: set[socket.socket] = set()
        self.open()

    def open(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def shut(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for each in list(self.sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self.sockets.clear()

    def _accept(self, listener) -> None:
        with suppress(OSError):
            while True:
                inside, _ = listener.accept()
                outside = socket.create_connection(("127.0.0.1", self.target))
                self.sockets |= {inside, outside}
                for pair in ((inside, outside), (outside, inside)):
                    threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(self, source, target) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


POSTGRESQL = "postgresql://ejlas:ejlas@127.0.0.1"


def tell(statement):
    subprocess.run(["psql", "-q", f"{POSTGRESQL}/ejlas", "-c", statement], check=True, capture_output=True)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A database on PostgreSQL with both, for each test to copy, and the folder of its keys."""
    name, var = f"ejlas_prepared_{os.getpid()}", tmp_path_factory.mktemp("prepared")
    tell(f"create database {name}")
    address = f"{POSTGRESQL}/{name}"
    ejlas("migrate", var=var, DATABASE_URL=address)
    ejlas("load", FILES["rasht2025"], var=var, DATABASE_URL=address)
    prepare(var, DATABASE_URL=address)
    yield name, var
    tell(f"drop database {name} with (force)")


@pytest.fixture
def database(prepared, tmp_path):
    name = f"ejlas_troubles_{os.getpid()}"
    tell(f"create database {name} template {prepared[0]}")
    shutil.copytree(prepared[1], tmp_path, dirs_exist_ok=True)
    yield name
    tell(f"drop database {name} with (force)")


def test_database_gone_and_back(tmp_path, database):
    door = Forwarder(5432)
    address = f"postgresql://ejlas:ejlas@127.0.0.1:{door.port}/{database}"
    said = tmp_path / "said"
    with serving(tmp_path, "--workers", "1", DATABASE_URL=address) as server:
        person = sign_in(server)
        before = (server.ask(PAGE).status, person.ask("/account/").status)

        door.shut()
        public = server.ask(PAGE, Accept_Language="fa")
        private = person.ask("/account/", Accept_Language="ru")
        posted = server.ask("/account/login/", "POST", "login=a&password=b", Accept_Language="kk")
        ready = server.ask("/health/ready")
        live = server.ask("/health/live")
        figures = server.ask("/health/metrics").text
        time.sleep(3)

        door.open()
        back = until(200, lambda: server.ask(PAGE).status)
        after = (person.ask("/account/").status, server.ask("/health/ready").status)
        enqueue = f"from tests.factories import slow\nslow.wait.enqueue({str(said)!r}, 0)"
        script(enqueue, var=tmp_path, DATABASE_URL=address)
        done = until("begun\nended\n", lambda: said.read_text() if said.exists() else "", seconds=40)
        log = server.log.read_text()

    assert before == (200, 200)
    assert (public.status, private.status) == (503, 503)
    assert public.headers["Retry-After"] == "10"
    assert '<html lang="fa"' in public.text
    assert posted.status in {403, 503}
    assert (ready.status, json.loads(ready.text)["checks"]["database"]) == (503, "away")
    assert live.status == 200
    assert "ejlas_database_up 0.0" in figures
    assert (back, after) == (200, (200, 200))
    assert done == "begun\nended\n"
    assert "ejlas:ejlas" not in log
    assert "Traceback" not in log


def test_connections_ended_by_the_server_harm_one_page_at_most(tmp_path, database):
    address = f"postgresql://ejlas:ejlas@127.0.0.1/{database}"
    end_all = f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}' and usename = user"
    with serving(tmp_path, "--workers", "1", DATABASE_URL=address) as server:
        person = sign_in(server)
        statuses = []
        for _ in range(3):
            tell(end_all)
            statuses += [person.ask("/account/").status, server.ask(PAGE).status]

    assert statuses == [200] * 6


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("This machine does not let a test mount a disk of its own.")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_full_disk_is_said_reading_goes_on_and_saving_too_once_there_is_room(small_disk):
    prepared_here(small_disk)
    filler = small_disk / "filler"
    with serving(small_disk, "--workers", "1") as server:
        person = sign_in(server)
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        page = server.ask(PAGE)
        account = person.ask("/account/")
        refused = Visitor(server).send("/account/login/", login=EMAIL, password=PASSWORD)
        ready = server.ask("/health/ready")
        filler.unlink()
        again = until(302, lambda: Visitor(server).send("/account/login/", login=EMAIL, password=PASSWORD).status)

    assert (page.status, account.status) == (200, 200)
    assert refused.status == 503
    assert "There is no room left to save" in refused.text
    assert json.loads(ready.text)["checks"]["disk"] == "full"
    assert again == 302
