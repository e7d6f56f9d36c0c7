"""`ejlas demo` as a person runs it: it answers once published, ends on Ctrl-C, and a kill loses nothing."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """A running demo, in a process group of its own."""

    def __init__(self, var: Path, *arguments: str, port: int = 0) -> None:
        self.port = port or _free_port()
        env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ejlas", "demo", "--seconds", "8", *arguments],
            cwd=ROOT,
            env={**env, "EJLAS_VAR": str(var), "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.body = answer.read()
        finally:
            connection.close()
        return answer

    def first_answer(self) -> http.client.HTTPResponse:
        """Return the first answer there is at all, however early."""
        for _ in range(900):
            assert self.process.poll() is None, self.process.stdout.read()
            try:
                return self.get("/")
            except ConnectionRefusedError:
                time.sleep(0.1)
        raise AssertionError("The demo does not answer.")

    def members(self) -> list[str]:
        """Return the processes of the demo's group that still run."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                after_name = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(after_name[2]) == self.process.pid and after_name[0] != "Z":
                found.append(stat.parent.name)
        return found

    def end(self, sign: int) -> int:
        os.kill(self.process.pid, sign)
        code = self.process.wait(timeout=30)
        for _ in range(100):
            if not self.members():
                break
            time.sleep(0.1)
        return code

    def clear(self) -> None:
        if self.members():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)
        self.process.stdout.close()


@pytest.fixture
def demo(tmp_path):
    started = []

    def start(*arguments: str, port: int = 0) -> Demo:
        started.append(Demo(tmp_path, *arguments, port=port))
        return started[-1]

    yield start
    for each in started:
        each.clear()


def test_demo_answers_once_published_ends_on_ctrl_c_and_keeps_its_data_after_a_kill(demo):
    first = demo()
    answer = first.first_answer()
    home = first.get(answer.headers["Location"])
    feed = first.get("/rasht2025/programme.json")
    killed_code = first.end(signal.SIGKILL)
    left_after_kill = first.members()

    second = demo(port=first.port)
    second.first_answer()
    feed_again = second.get("/rasht2025/programme.json")
    code = second.end(signal.SIGINT)

    assert answer.status == 302
    assert home.status == 200
    assert killed_code == -signal.SIGKILL
    assert left_after_kill == []
    assert feed.status == feed_again.status == 200
    assert feed_again.headers["ETag"] == feed.headers["ETag"]
    assert code in {0, 130}
    assert second.members() == []
    assert "Traceback" not in second.process.stdout.read()


def test_demo_killed_before_it_was_published_goes_on_where_it_was(demo):
    first = demo()
    time.sleep(2.5)
    first.end(signal.SIGKILL)

    second = demo()
    answer = second.first_answer()

    assert answer.status == 302
    assert second.get("/en/rasht2025/programme/").status == 200
    second.end(signal.SIGTERM)
    assert second.members() == []


def test_port_in_use_is_said_at_once(demo):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        started = demo("--port", port)
        code = started.process.wait(timeout=30)

    words = started.process.stdout.read()
    assert code == 1
    assert f"Cannot listen on 127.0.0.1, port {port}" in words
    assert "Traceback" not in words
