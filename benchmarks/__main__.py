"""`python -m benchmarks [pages] [planning] [search]`: all of them without a name."""

from __future__ import annotations

import sys

from benchmarks import pages, planning, search
from benchmarks.machine import Yardstick

KINDS = {"planning": planning.run, "pages": pages.run, "search": search.run}


def main() -> None:
    """Run the benchmarks named, one after the other, under one yardstick."""
    names = sys.argv[1:] or list(KINDS)
    unknown = [name for name in names if name not in KINDS]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}; there are: {', '.join(KINDS)}.")
    yardstick = Yardstick()
    for name in names:
        KINDS[name](yardstick)


if __name__ == "__main__":
    main()
