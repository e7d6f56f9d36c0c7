"""Where the compiled parts of the search are kept, so that they are compiled once and not at every start."""

import os
from pathlib import Path

import ejlas.engine

PLACE = "NUMBA_CACHE_DIR"


def keep_where_writable() -> None:
    """Keep them beside their sources, or under EJLAS_VAR where the package may not be written to.

    The compiler reads the variable when it is loaded, so this comes first. A place that somebody named stays.
    """
    if PLACE not in os.environ and not os.access(Path(ejlas.engine.__file__).parent, os.W_OK):
        os.environ[PLACE] = str(Path(os.environ.get("EJLAS_VAR") or "var", "kernels").absolute())
