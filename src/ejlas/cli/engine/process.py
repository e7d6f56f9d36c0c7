"""What the planner may know of its process: how long it has run, and that somebody wants it to end."""

import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread
from typing import NoReturn

from ejlas.engine.stop import Switch

SECONDS_OF_READING = 1.0
"""What a start may take beside the processor: files that are not in memory yet."""
ENDING = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGTERM})


def began() -> float:
    """Return when this process began, on the clock of `time.monotonic`: before the interpreter and its imports."""
    alive, at_work = _seconds_alive(), _seconds_at_work()
    # A shell may become this command after other work, or sleep, of its own: what was neither spent on a processor nor
    # in waiting for one was not ours, but for a moment of reading from the disk.
    is_ours = alive is not None and alive <= at_work + SECONDS_OF_READING
    return time.monotonic() - (alive if alive is not None and is_ours else at_work)


def _seconds_at_work() -> float:
    """Return how long this process had a processor or, where the system tells it, waited for one."""
    try:
        ran, waited, _turns = Path("/proc/self/schedstat").read_text(encoding="ascii").split()
        return max(time.process_time(), (int(ran) + int(waited)) / 1e9)
    except (OSError, ValueError):
        return time.process_time()


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
