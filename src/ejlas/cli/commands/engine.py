"""`ejlas engine meetings`, `workplan`, `forecast` and `warm`: the planner itself, on files."""

from argparse import Namespace
from importlib import import_module


def run(options: Namespace) -> int:
    """Do the act that was named; each loads what it needs and no more."""
    code: int = import_module(f"ejlas.cli.engine.{options.act}").run(options)
    return code
