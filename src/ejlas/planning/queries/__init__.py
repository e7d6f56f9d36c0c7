"""Questions about planning: the engine's problem made from the apps, and the runs."""
