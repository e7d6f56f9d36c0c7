"""The template that comes with the system: general, for any host to begin with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ejlas.readiness.rules.template.reading import read_template
from ejlas.readiness.rules.template.values import Template

FILE = "standard.yaml"
# Names are read by hosts and guests; details by the bodies of the host.
LANGUAGES_OF_NAMES = ("en", "fa", "ru", "az", "tk", "kk", "pt", "es")
LANGUAGES_OF_DETAILS = ("en", "fa", "ru", "az", "tk", "kk")


@lru_cache(maxsize=1)
def standard() -> Template:
    """Return the template that comes with the system. Raises ValueError where its file was damaged."""
    found, problems = read_template(Path(__file__).with_name(FILE).read_bytes(), name=FILE)
    if found is None:
        raise ValueError("; ".join(problem.as_line(FILE) for problem in problems[:3]))
    return found
