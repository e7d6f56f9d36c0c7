"""Questions about planning: the engine's problem made from the apps, and the runs."""

from ejlas.planning.queries.runs import accepted_run, run_by_key

__all__ = ["accepted_run", "run_by_key"]
