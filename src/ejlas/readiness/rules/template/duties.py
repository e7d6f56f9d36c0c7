"""The usual split of duties of a summit, and the lines of the standard template into which each duty unfolds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ejlas.core.formats import yaml
from ejlas.core.text import Text
from ejlas.forum.rules import DutyBearer
from ejlas.readiness.rules.template.values import Line, Template

FILE = "duties.yaml"


@dataclass(frozen=True, slots=True)
class StandardDuty:
    """One line of the usual split.

    Parameters
    ----------
    workstreams, lines : those of the standard template into which it unfolds; the name of a line goes first
    """

    slug: str
    task: Text
    bearer: DutyBearer
    supported_by: tuple[DutyBearer, ...] = ()
    workstreams: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def standard_duties() -> tuple[StandardDuty, ...]:
    """Return the usual split, in its order. Raises ValueError where its file was damaged."""
    document = yaml.read(Path(__file__).with_name(FILE).read_bytes(), name=FILE)
    if document.problems:
        raise ValueError("; ".join(problem.as_line(FILE) for problem in document.problems[:3]))
    return tuple(_duty(fields) for fields in document.value["duties"])


def _duty(fields: Mapping[str, Any]) -> StandardDuty:
    return StandardDuty(
        fields["slug"],
        Text.from_stored(fields["task"]),
        DutyBearer(fields["bearer"]),
        tuple(DutyBearer(each) for each in fields.get("supported_by", ())),
        tuple(fields.get("workstreams", ())),
        tuple(fields.get("lines", ())),
    )


def lines_of(slug: str, template: Template) -> tuple[Line, ...]:
    """Return the lines of a template that belong to a duty of the usual split; none for a duty of the host's own."""
    owners = owner_of_lines(template.lines)
    return tuple(line for line in template.lines if owners.get(line.slug) == slug)


def owner_of_lines(lines: Iterable[Line]) -> dict[str, str]:
    """Return for each line the duty of the usual split to which it belongs."""
    duties = standard_duties()
    by_stream = {stream: duty.slug for duty in duties for stream in duty.workstreams}
    named = {line: duty.slug for duty in duties for line in duty.lines}
    found = {line.slug: named.get(line.slug) or by_stream.get(line.workstream, "") for line in lines}
    return {slug: owner for slug, owner in found.items() if owner}
