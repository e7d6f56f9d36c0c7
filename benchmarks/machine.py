"""The yardstick: a loop that takes 100 ms on the machine for which figures in ms hold."""

from __future__ import annotations

import os
import platform
import timeit

REFERENCE_MS = 100.0


def loop_ms() -> float:
    """Return the best of five of the yardstick loop, in ms."""
    return min(timeit.repeat("sum(i*i for i in range(1000000))", number=1, repeat=5)) * 1000


class Yardstick:
    """Turns ms of this machine into ms of the reference machine."""

    def __init__(self) -> None:
        self.loop = loop_ms()
        print(
            f"Machine: {os.cpu_count()} cores, Python {platform.python_version()}; "
            f"python3 -m timeit 'sum(i*i for i in range(1000000))' gives {self.loop:.1f} ms here, "
            f"figures below are scaled to {REFERENCE_MS:.0f} ms."
        )

    def renew(self) -> None:
        """Measure the loop again: the speed of a shared machine drifts."""
        self.loop = loop_ms()

    def scaled(self, ms: float) -> float:
        """Return what this would take where the loop takes 100 ms."""
        return ms * REFERENCE_MS / self.loop
