"""`ejlas serve`: the pages, and a worker beside them."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ejlas.cli import session

PR_SET_PDEATHSIG = 1
RESTART_AFTER_S = 2
WORKER_ENDS_WITHIN_S = 5


def run(options: Namespace) -> int:
    """Serve until Ctrl-C."""
    session.ready_database()
    require_free(options.host, options.port)
    session.say(_("Serving on %(address)s; Ctrl-C ends.") % {"address": address(options)})
    return serve(options)


def address(options: Namespace) -> str:
    """Return the address a person opens."""
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http://{host}:{options.port}"


def require_free(host: str, port: int) -> None:
    """Refuse to start where somebody listens already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Without this, a port whose last connections are still closing looks taken for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            values = {"host": host, "port": port, "reason": fault.strerror}
            words = _("Cannot listen on %(host)s, port %(port)d: %(reason)s. Choose another with PORT= or --port.")
            raise session.Refused(words % values, session.FAULT) from fault


def serve(options: Namespace) -> int:
    """Run the web processes in the foreground with a worker beside them; nothing is left running afterwards."""
    # A service manager ends a service by SIGTERM: the worker must go then too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(session.OK))
    # A heap for each thread would hold on to what a large page once took: two do.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    # The worker beside writes links to these pages into mails.
    os.environ["PORT"] = str(options.port)
    # Forked processes would share the connections of this one; these start fresh.
    multiprocessing.set_start_method("spawn", force=True)
    beside = nullcontext() if options.no_worker else worker()
    with figures(), beside:
        Granian(
            "ejlas.config.wsgi:application",
            address=options.host,
            port=options.port,
            interface=Interfaces.WSGI,
            workers=options.workers or settings.WORKERS,
            blocking_threads=4,
            log_enabled=True,
            log_level=LogLevels.warning,
            log_dictconfig=_logging(),
            log_access=False,
            respawn_failed_workers=True,
        ).serve(target_loader=application)
    return session.OK


def application(target: str) -> Callable[..., Any]:
    """Return the application inside a web process, which from now on ends with its parent."""
    end_with_parent(signal.SIGKILL)
    module, _colon, name = target.partition(":")
    return cast(Callable[..., Any], getattr(import_module(module), name))


def _logging() -> dict[str, Any]:
    """Return the server's own logging: lines like ours, on standard error."""
    loggers = {name: {"handlers": ["console"], "propagate": False} for name in ("_granian", "granian.access")}
    return {**settings.LOGGING, "root": {"handlers": []}, "loggers": loggers}


@contextmanager
def figures() -> Iterator[None]:
    """Give the web processes a folder for their figures, in memory where there is such a place.

    A full disk would end a process that writes its figures into a file there.
    """
    shared = Path("/dev/shm")  # noqa: S108
    start = f"ejlas-figures-{os.getuid()}-"
    for left in shared.glob(f"{start}*"):
        # Left by a server that was killed.
        if left.stat().st_uid == os.getuid() and not Path("/proc", left.name.removeprefix(start)).exists():
            shutil.rmtree(left, ignore_errors=True)
    own = shared / f"{start}{os.getpid()}"
    try:
        own.mkdir(mode=0o700)
        folder = own
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="ejlas-figures-"))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def worker() -> Iterator[None]:
    """Keep a worker running beside what is done meanwhile; one that was killed is started again."""
    beside = _Beside()
    beside.start()
    try:
        yield
    finally:
        beside.end()


class _Beside(threading.Thread):
    """Starts the worker and waits for its end. The kernel ends the worker with this very thread."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        while not self.over.is_set():
            command = [sys.executable, "-m", "ejlas", "worker"]
            self.process = subprocess.Popen(command, preexec_fn=end_with_parent)  # noqa: PLW1509
            self.process.wait()
            self.over.wait(RESTART_AFTER_S)

    def end(self) -> None:
        self.over.set()
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=WORKER_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            # Its task waits again as soon as another worker sees that this one is gone.
            self.process.kill()
        self.join(timeout=WORKER_ENDS_WITHIN_S)


def end_with_parent(sign: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to end this process when its parent is gone, also when that was killed."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)
    except (AttributeError, OSError):
        return
