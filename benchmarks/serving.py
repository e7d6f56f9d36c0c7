"""What a second and a third web process add, and how much memory one takes after a while of load."""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.machine import Yardstick
from benchmarks.pages import _get, _processes

EMAIL, PASSWORD = "head@example.org", "a long and quiet river"
# The least gain of the figures of the issue, by cores: how many processes, and how many times what one serves.
WANTED = {2: (2, 1.6), 4: (3, 2.5)}
MOST_MB = 110
CLIENTS = 2
SECONDS = 12


def run(_yardstick: Yardstick, arguments: list[str] | None = None) -> None:
    """Measure and print; `--path` names a page, `--minutes` how long the load lasts before memory is read."""
    options = _parser().parse_args(arguments or [])
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    print(f"\nServing {options.path}, signed in, made anew each time; {cores} cores, load {load:.2f} before.")
    if load > cores / 2:
        print("  The machine is busy with other work: what a second process adds cannot be seen now.")
    with tempfile.TemporaryDirectory() as var:
        env = {**os.environ, "EJLAS_VAR": var, "EJLAS_LOG_LEVEL": "warning", "PYTHONPATH": os.pathsep.join(sys.path)}
        _prepare(env)
        rates = {n: _rate(env, n, options) for n in range(1, _most(cores) + 1)}
        for n, rate in rates.items():
            wanted = next((f" (wanted: {times})" for most, times in WANTED.values() if most == n), "")
            print(f"  {n} processes: {rate:7.1f} requests/s, {rate / rates[1]:.2f} times one{wanted}", flush=True)
        _memory(env, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks serving")
    parser.add_argument("--path", default="/desk/", help="page to ask for, signed in")
    words = "minutes of load before memory is read (the figure asks for 60)"
    parser.add_argument("--minutes", type=float, default=2.0, help=words)
    return parser


def _most(cores: int) -> int:
    # The clients need a core of their own where there are enough.
    return WANTED[4][0] if cores >= 4 else WANTED[2][0]


def _prepare(env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "ejlas"]
    for name in ("rasht2025", "atlantic2027"):
        file = "examples/rasht2025.yaml" if name == "rasht2025" else "tests/data/atlantic2027.yaml"
        subprocess.run([*command, "load", file], env=env, check=True, capture_output=True)
        subprocess.run([*command, "publish", name], env=env, check=True, capture_output=True)
    head = ["setup", "--email", EMAIL, "--name", "Head", "--language", "fa", "--password-stdin", "--no-input"]
    subprocess.run([*command, *head], env=env, check=True, capture_output=True, input=PASSWORD.encode())


@contextmanager
def _serving(env: dict[str, str], workers: int) -> Iterator[tuple[int, list[int]]]:
    port = 20000 + os.getpid() % 20000 + workers
    command = [sys.executable, "-m", "ejlas", "serve", "--no-worker", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                _ask(port, "/health/live", "")
                break
            except OSError:
                time.sleep(0.1)
        yield port, _processes(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _sign_in(port: int) -> str:
    """Return the cookies of one who is signed in."""
    cookies = SimpleCookie()
    status, page = 0, ""
    for body in ("", "login"):
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
        fields = {"csrfmiddlewaretoken": token[1] if token else "", "login": EMAIL, "password": PASSWORD}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Cookie": _written(cookies), "Content-Type": "application/x-www-form-urlencoded"}
        method, sent = ("POST", urlencode(fields)) if body else ("GET", None)
        connection.request(method, "/account/login/", body=sent, headers=headers)
        answer = connection.getresponse()
        status, page = answer.status, answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            cookies.load(line)
        connection.close()
    if status != 302:
        raise SystemExit(f"The sign-in answered {status}.")
    return _written(cookies)


def _written(cookies: SimpleCookie) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())


def _ask(port: int, path: str, cookies: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookies})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _client(port: int, path: str, cookies: str, seconds: float, done: multiprocessing.Queue[int]) -> None:
    """Ask again and again; as many connections at once as processes could want."""
    ends = time.monotonic() + seconds
    count = 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < ends:
        connection.request("GET", path, headers={"Cookie": cookies})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}.")
        count += 1
        if count % 10 == 0:
            # A new connection now and then: the kernel gives each to one of the processes.
            connection.close()
    done.put(count)


def _load(port: int, path: str, cookies: str, *, seconds: float, clients: int) -> int:
    context = multiprocessing.get_context("fork")
    done: multiprocessing.Queue[int] = context.Queue()
    runners = [
        context.Process(target=_client, args=(port, path, cookies, seconds, done), daemon=True) for _ in range(clients)
    ]
    for runner in runners:
        runner.start()
    total = sum(done.get(timeout=seconds + 120) for _ in runners)
    for runner in runners:
        runner.join()
    return total


def _rate(env: dict[str, str], workers: int, options: argparse.Namespace) -> float:
    with _serving(env, workers) as (port, _pids):
        cookies = _sign_in(port)
        _load(port, options.path, cookies, seconds=3, clients=CLIENTS * workers)
        return _load(port, options.path, cookies, seconds=SECONDS, clients=CLIENTS * workers) / SECONDS


def _memory(env: dict[str, str], options: argparse.Namespace) -> None:
    with _serving(env, 1) as (port, pids):
        cookies = _sign_in(port)
        web = max(pids, key=_rss_mb)
        fresh = _rss_mb(web)
        _load(port, options.path, cookies, seconds=options.minutes * 60 / 2, clients=2)
        half = _rss_mb(web)
        for path in ("/fa/rasht2025/programme/", "/az/rasht2025/parties/", "/rasht2025/programme.ics"):
            _get(port, path)
        _load(port, options.path, cookies, seconds=options.minutes * 60 / 2, clients=2)
        print(
            f"  memory of a web process: {fresh:.0f} MB at first, {half:.0f} MB at half, {_rss_mb(web):.0f} MB after "
            f"{options.minutes:g} minutes of load (at most {MOST_MB} MB)"
        )


def _rss_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
