"""One module a command, each with `run(options)` that returns the exit code."""
