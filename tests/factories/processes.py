"""The ejlas command as processes: run to its end, or kept running as a server."""

from __future__ import annotations

import fcntl
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tests.factories.summits import FILES

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"DATABASE_URL", "REDIS_URL", "S3_URL", "SMTP_URL", "EJLAS_SECRET_KEY", "EJLAS_FIELD_KEYS"}


def environment(var: Path, **variables: str) -> dict[str, str]:
    """Return this environment without what points at services, and with a folder of its own."""
    env = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    return {**env, "EJLAS_VAR": str(var), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", **variables}


def ejlas(
    *arguments: object, var: Path, code: int | None = 0, typed: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, and expect its exit code unless that is None."""
    done = subprocess.run(
        [sys.executable, "-m", "ejlas", *map(str, arguments)],
        cwd=ROOT,
        env=environment(var, **variables),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert code is None or done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


def kept(name: str, build: Callable[[Path], object]) -> Path:
    """Return a folder to copy from, built once for all processes of this run by the first that asks for it."""
    place = Path(os.environ["EJLAS_TESTS"]) / name
    with place.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            part = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=place.parent))
            build(part)
            part.rename(place)
    return place


def _made(*slugs: str) -> Path:
    def build(folder: Path) -> None:
        if slugs:
            ejlas("load", FILES[slugs[-1]], var=shutil.copytree(_made(*slugs[:-1]), folder, dirs_exist_ok=True))
        else:
            ejlas("migrate", var=folder)

    return kept("-".join(("made", *slugs)), build)


def made(var: Path, *slugs: str) -> Path:
    """Lay a database with these summits into a folder, or an empty one, as commands there would make it in seconds."""
    return shutil.copytree(_made(*slugs), var, dirs_exist_ok=True)


def planned(var: Path, slug: str) -> Path:
    """Lay a database with this summit into a folder, as it was planned and published once for all processes."""

    def build(folder: Path) -> None:
        ejlas("plan", slug, "--seconds", "8", var=made(folder, slug))
        ejlas("publish", slug, var=folder)

    return shutil.copytree(kept(f"planned-{slug}", build), var, dirs_exist_ok=True)


def empty_database() -> Path:
    """Return the file of an empty SQLite database of this version, to copy."""
    return _made() / "ejlas.sqlite3"


def script(code: str, *, var: Path, **variables: str) -> str:
    """Run a few lines with the framework set up in that environment; return what they print."""
    set_up = "import django\ndjango.setup()\n"
    env = environment(var, DJANGO_SETTINGS_MODULE="ejlas.config.settings", **variables)
    done = subprocess.run(
        [sys.executable, "-c", set_up + code], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Server:
    """A running server, with its log in a file."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Ask for a path over a connection of its own; `x_y` is the header X-Y."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body or None, headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode("utf-8", errors="replace"))
        finally:
            connection.close()

    def wait(self) -> None:
        """Wait until it answers."""
        for _ in range(300):
            assert self.process.poll() is None, self.log.read_text()
            try:
                self.ask("/health/live")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("The server does not answer.")


@contextmanager
def serving(var: Path, *arguments: str, **variables: str) -> Iterator[Server]:
    """Serve what stands in the folder until the block ends."""
    port = free_port()
    log = var / "server.log"
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "ejlas", "serve", "--port", str(port), *arguments],
            cwd=ROOT,
            env=environment(var, **variables),
            stdout=written,
            stderr=written,
        )
    server = Server(process, port, log)
    try:
        server.wait()
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Visitor:
    """Somebody with a browser that keeps cookies."""

    def __init__(self, server: Server) -> None:
        self.server, self.cookies = server, SimpleCookie()

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Ask with the cookies kept, and keep those that come."""
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        answer = self.server.ask(path, method, body, Cookie=cookies, **headers)
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(line)
        return answer

    def send(self, path: str, **fields: str) -> Answer:
        """Open the page of a form, then send it filled."""
        page = self.ask(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, page.text[:2000]
        body = urlencode({"csrfmiddlewaretoken": token[1], **fields})
        return self.ask(path, "POST", body, Content_Type="application/x-www-form-urlencoded")
