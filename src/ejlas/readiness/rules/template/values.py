"""A template of obligations as plain values; days count backwards from the opening, in working days of the host."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ejlas.core.text import Text
from ejlas.readiness.rules.states import EvidenceKind

MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Named:
    """A workstream, or a kind of body that usually owes something."""

    slug: str
    name: Text


@dataclass(frozen=True, slots=True)
class Limited:
    """Hands or equipment of which only so many work at once."""

    slug: str
    name: Text
    capacity: int = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many working days something takes: at the least, most likely, at the most."""

    least: int
    likely: int
    most: int


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation of a template.

    Parameters
    ----------
    due : by the end of which working day before the opening, 1 being the last one; None where no day is set
    after : lines that come before, each with the working days between
    uses : how much of limited hands it holds
    took : how many working days it really took, where the template was made from what happened
    planned : what had been estimated before that
    """

    slug: str
    name: Text
    estimate: Estimate
    detail: Text = field(default_factory=Text)
    workstream: str = ""
    body: str = ""
    due: int | None = None
    after: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    evidence: tuple[EvidenceKind, ...] = ()
    took: int | None = None
    planned: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """What a whole summit asks of its host."""

    name: Text
    workstreams: tuple[Named, ...] = ()
    bodies: tuple[Named, ...] = ()
    resources: tuple[Limited, ...] = ()
    lines: tuple[Line, ...] = ()

    def with_only(self, chosen: Collection[str]) -> Template:
        """Return the template with the chosen lines, and what these name, in its order."""
        lines = tuple(line for line in self.lines if line.slug in chosen)
        streams, bodies = {line.workstream for line in lines}, {line.body for line in lines}
        used = {slug for line in lines for slug in line.uses}
        return Template(
            self.name,
            tuple(_of(self.workstreams, streams)),
            tuple(_of(self.bodies, bodies)),
            tuple(each for each in self.resources if each.slug in used),
            lines,
        )


def _of(things: Iterable[Named], slugs: Collection[str]) -> Iterable[Named]:
    return (each for each in things if each.slug in slugs)
