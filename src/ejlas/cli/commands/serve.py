"""`ejlas serve`: the pages, and a worker beside them."""

from __future__ import annotations

import ctypes
import multiprocessing
import signal
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ejlas.cli import session

PR_SET_PDEATHSIG = 1


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
    # Forked processes would share the connections of this one; these start fresh.
    multiprocessing.set_start_method("spawn", force=True)
    with worker():
        Granian(
            "ejlas.config.wsgi:application",
            address=options.host,
            port=options.port,
            interface=Interfaces.WSGI,
            workers=options.workers or settings.WORKERS,
            blocking_threads=4,
            log_enabled=True,
            log_level=LogLevels.warning,
            log_access=False,
            respawn_failed_workers=True,
        ).serve(target_loader=application)
    return session.OK


def application(target: str) -> Callable[..., Any]:
    """Return the application inside a web process, which from now on ends with its parent."""
    end_with_parent(signal.SIGKILL)
    module, _colon, name = target.partition(":")
    return cast(Callable[..., Any], getattr(import_module(module), name))


@contextmanager
def worker() -> Iterator[None]:
    """Keep a worker running beside what is done meanwhile."""
    process = subprocess.Popen([sys.executable, "-m", "ejlas", "worker"], preexec_fn=end_with_parent)  # noqa: PLW1509
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def end_with_parent(sign: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to end this process when its parent is gone, also when that was killed."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)
    except (AttributeError, OSError):
        return
