"""`ejlas engine warm`: compiles what the search needs, so that the first plan does not wait for it."""

import time
from argparse import Namespace

from ejlas.cli.engine import kernels


def run(options: Namespace) -> int:
    """Compile, or find all of it compiled; the set-up does this once."""
    began = time.monotonic()
    kernels.keep_where_writable()
    from ejlas.engine.meetings.tables.warm import warm as warm_tables
    from ejlas.engine.workplan.warm import warm as warm_workplan

    warm_tables()
    warm_workplan()
    if not options.quiet:
        print(f"The planner is compiled ({time.monotonic() - began:.1f} s).")
    return 0
