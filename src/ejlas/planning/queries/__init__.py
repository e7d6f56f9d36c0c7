"""Questions about planning: the engine's problem made from the apps, the plan, and the runs."""

from ejlas.planning.queries.runs import accepted_run, active_run, latest_plan, run_by_key, run_of, runs_of

__all__ = ["accepted_run", "active_run", "latest_plan", "run_by_key", "run_of", "runs_of"]
