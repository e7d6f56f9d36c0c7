"""Compiling loops to machine code, kept in a cache beside them or where NUMBA_CACHE_DIR says."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """Return the loop as machine code that lets other threads run meanwhile."""
    return cast(Loop, numba.njit(cache=True, nogil=True)(loop))
