"""What the planner may know of its process: how long it has run, and that somebody wants it to end."""

import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread
from typing import NoReturn

from ejlas.engine.stop import Switch

ENDING = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGTERM})


def began() -> float:
    """Return when this process began, on the clock of `time.monotonic`: before the interpreter and its imports."""
    cpu = time.process_time()
    alive = _seconds_alive()
    # A shell may become this command after other work of its own; the processor's time tells that it was not ours.
    lived = alive if alive is not None and cpu <= alive + 0.1 and alive <= 3 * cpu + 1.0 else cpu
    return time.monotonic() - lived


def _seconds_alive() -> float | None:
    """Return how long the system says that this process exists; None where it does not say."""
    try:
        after_name = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
        ticks = int(after_name.split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError, IndexError, ValueError):
        return None


def throw_at_the_end(switch: Switch) -> None:
    """Throw the switch at Ctrl-C, at an end that the system asks for, and when the terminal goes.

    The signals are kept from all threads but one, which waits for them: a solver neither takes nor delays them.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    Thread(target=_listen, args=(switch,), daemon=True).start()


def end(code: int) -> NoReturn:
    """End the process at once; all that was to be said and written has been.

    The usual end takes compilers and solvers down piece by piece: on a busy machine most of a second for nothing.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _listen(switch: Switch) -> None:
    while True:
        signal.sigwait(ENDING)
        switch.throw()
