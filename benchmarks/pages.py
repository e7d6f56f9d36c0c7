"""CPU of the public pages and feeds of a large edition: PostgreSQL, a real server of 4 processes."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.machine import Yardstick

DATABASE = "postgresql://ejlas:ejlas@127.0.0.1/ejlas_bench"
CACHE = "redis://127.0.0.1:6379/8"
SLUG = "large2027"
FOLLOWING = 400
ROUNDS = 7
PATHS = {
    "programme page (fa)": f"/fa/{SLUG}/programme/",
    "programme page (en)": f"/en/{SLUG}/programme/",
    "programme.ics": f"/{SLUG}/programme.ics",
    "programme.json": f"/{SLUG}/programme.json",
    "schedule.xml": f"/{SLUG}/schedule.xml",
}


def run(yardstick: Yardstick) -> None:
    """Measure and print one table."""
    with tempfile.TemporaryDirectory() as var:
        env = {**os.environ, "DATABASE_URL": DATABASE, "REDIS_URL": CACHE, "EJLAS_VAR": var}
        env["PYTHONPATH"] = os.pathsep.join(sys.path)
        database("drop database if exists ejlas_bench", "create database ejlas_bench")
        _script(env, "prepare")
        with _server(env) as (port, pids):
            print("\n300 sessions, 10 rooms, 300 speakers; PostgreSQL, Redis, 4 processes; ms of CPU, scaled.")
            print("first: after a publication, least and median of 7; following: over 1 and over 8 kept connections.")
            heads = ("first", "median", "following", "over 8", "304", "bytes (br)")
            print(f"{'address':22}" + "".join(f"{head:>11}" for head in heads[:5]) + f"{heads[5]:>12}")
            for name, path in PATHS.items():
                print(_row(name, path, port, pids, env, yardstick), flush=True)
            print(f"First visit, whole page with styles, scripts and fonts: {_first_visit(port)} kB over the wire.")
        print(_script(env, "queries"))


def _row(name: str, path: str, port: int, pids: list[int], env: dict[str, str], yardstick: Yardstick) -> str:
    firsts = []
    yardstick.renew()
    for _ in range(ROUNDS):
        # A new publication: nothing of it is in any cache. A page of the old one wakes every process first.
        _script(env, "publish")
        _get(port, f"/en/{SLUG}/data/")
        firsts.append(_cpu_of(pids, lambda: _get(port, path)))
    _settle(port, path)
    body, etag = _get(port, path)
    one = _cpu_of(pids, lambda: _again(port, path, "", n_connections=1)) / FOLLOWING
    many = _cpu_of(pids, lambda: _again(port, path, "", n_connections=8)) / FOLLOWING
    unchanged = _cpu_of(pids, lambda: _again(port, path, etag, n_connections=1)) / FOLLOWING
    figures = [yardstick.scaled(ms) for ms in (min(firsts), median(firsts), one, many, unchanged)]
    return f"{name:22}" + "".join(f"{figure:11.2f}" for figure in figures) + f"{len(body):12d}"


def _settle(port: int, path: str) -> None:
    for _ in range(40):
        _get(port, path)


def _again(port: int, path: str, etag: str, *, n_connections: int) -> None:
    """Ask so many times, as a browser or a proxy does: over connections that it keeps."""
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(n_connections)]
    for number in range(FOLLOWING):
        _ask(connections[number % len(connections)], path, etag)
    for connection in connections:
        connection.close()


def _get(port: int, path: str, etag: str = "") -> tuple[bytes, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    found = _ask(connection, path, etag)
    connection.close()
    return found


def _ask(connection: http.client.HTTPConnection, path: str, etag: str) -> tuple[bytes, str]:
    headers = {"Accept-Encoding": "br", **({"If-None-Match": etag} if etag else {})}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    wanted = 304 if etag else 200
    if answer.status != wanted:
        raise SystemExit(f"{path} answered {answer.status}, not {wanted}")
    return body, answer.headers["ETag"] or ""


def _first_visit(port: int) -> int:
    """Return the kB of a first visit to the Persian programme page: the page and all it names."""
    body, _etag = _plain(port, f"/fa/{SLUG}/programme/")
    names = set(re.findall(r"(?:href|src)=\"(/static/[^\"]+)\"", body))
    total = len(_get(port, f"/fa/{SLUG}/programme/")[0])
    for name in sorted(names):
        total += len(_get(port, name)[0])
        if name.endswith(".css"):
            text, _ = _plain(port, name)
            fonts = {font for font in re.findall(r"url\(([^)]+woff2)\)", text) if "arabic" in font or "vazir" in font}
            base = name.rsplit("/", 1)[0]
            total += sum(len(_get(port, _resolved(font, base))[0]) for font in fonts)
    return round(total / 1000)


def _resolved(font: str, base: str) -> str:
    return font if font.startswith("/") else f"{base}/{font.removeprefix('./')}"


def _plain(port: int, path: str) -> tuple[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return body.decode(), answer.headers["ETag"] or ""


def _cpu_of(pids: list[int], act) -> float:
    """Return the ms of CPU that the server's processes spend while something is done."""
    before = sum(map(_cpu_ns, pids))
    act()
    time.sleep(0.05)
    return (sum(map(_cpu_ns, pids)) - before) / 1e6


def _cpu_ns(pid: int) -> int:
    """Return the ns that all threads of a process have run, as the kernel counts them."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat"))


@contextmanager
def _server(env: dict[str, str]) -> Iterator[tuple[int, list[int]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ejlas", "serve", "--port", str(port), "--workers", "4"]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                _get(port, f"/en/{SLUG}/data/")
                break
            except OSError:
                time.sleep(0.1)
        for _ in range(80):
            _get(port, f"/en/{SLUG}/")
        yield port, _processes(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def _processes(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    threads = Path(f"/proc/{pid}/task").iterdir()
    found = {child for thread in threads for child in (thread / "children").read_text().split()} | set(children)
    # The worker of background work is no part of answering pages.
    web = [child for child in found if "worker" not in Path(f"/proc/{child}/cmdline").read_text().split("\0")]
    return [pid, *map(int, web)]


def _script(env: dict[str, str], act: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.large", act], env=env, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def on_both_databases(yardstick: Yardstick, module: str, number: int, *, title: str) -> None:
    """Run `python -m MODULE NUMBER LOOP` on SQLite and on PostgreSQL, each from an empty database."""
    with tempfile.TemporaryDirectory() as var:
        database("drop database if exists ejlas_bench", "create database ejlas_bench")
        for name, address in (("SQLite", f"sqlite:///{var}/bench.sqlite3"), ("PostgreSQL", DATABASE)):
            env = {**os.environ, "DATABASE_URL": address, "EJLAS_VAR": var, "EJLAS_LOG_LEVEL": "warning"}
            env["PYTHONPATH"] = os.pathsep.join(sys.path)
            yardstick.renew()
            print(f"\n{title % {'database': name, 'number': f'{number:,}'}}", flush=True)
            command = [sys.executable, "-m", module, str(number), str(yardstick.loop)]
            subprocess.run(command, env=env, check=True)


def database(*statements: str) -> None:
    """Run statements on the server, outside of the database that they are about."""
    for statement in statements:
        subprocess.run(
            ["psql", "-q", "postgresql://ejlas:ejlas@127.0.0.1/ejlas", "-c", statement], check=True, capture_output=True
        )
