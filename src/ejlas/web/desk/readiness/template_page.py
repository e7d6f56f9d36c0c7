"""The page of a template: its workstreams and lines with their days, and which body of the edition each kind is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from ejlas.core.inputs.moments import day_from
from ejlas.readiness.operations.template import NEW
from ejlas.readiness.rules.days import calendar_of
from ejlas.readiness.rules.template.timing import day_before
from ejlas.readiness.rules.template.values import Line, Template
from ejlas.web.ui.kinds import Sheet

BODY = "body-"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says: the opening, the lines ticked, and the bodies chosen by kind."""

    opening: date
    is_wrong: bool
    typed: str
    chosen: frozenset[str]
    bodies: Mapping[str, str]

    @classmethod
    def read(cls, data: QueryDict, template: Template, there: Collection[str], otherwise: date) -> Asked:
        """Read a form; where none was sent, every line that is not there yet is ticked."""
        opening, is_wrong = _day(data.get("opening", ""), otherwise)
        every = frozenset(line.slug for line in template.lines) - frozenset(there)
        chosen = every & frozenset(data.getlist("line")) if "opening" in data else every
        kinds = [kind.slug for kind in template.bodies]
        bodies = {kind: str(data[BODY + kind])[:_LONGEST] for kind in kinds if BODY + kind in data}
        return cls(opening, is_wrong, data.get("opening", "")[:_LONGEST], chosen, bodies)


def _day(words: str, otherwise: date) -> tuple[date, bool]:
    if not words:
        return otherwise, False
    try:
        found = day_from(words)
    except ValueError:
        return otherwise, True
    return (found, False) if 1990 <= found.year <= 2190 else (otherwise, True)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the lines share on one page."""

    template: Template
    asked: Asked
    there: Collection[str]
    today: date
    sheet: Sheet

    def streams(self) -> list[dict[str, Any]]:
        """Return the workstreams with their lines; lines without one stand last."""
        groups = [(each.slug, self.sheet.text(each.name)) for each in self.template.workstreams]
        found = [self._stream(slug, name) for slug, name in [*groups, ("", "")]]
        return [each for each in found if each["lines"]]

    def _stream(self, slug: str, name: Any) -> dict[str, Any]:
        lines = [self._line(line) for line in self.template.lines if line.workstream == slug]
        return {
            "slug": slug or "rest",
            "name": name,
            "lines": lines,
            "n_chosen": self.sheet.number(sum(line["is_chosen"] for line in lines)),
            "n_lines": self.sheet.number(len(lines)),
        }

    def _line(self, line: Line) -> dict[str, Any]:
        due, sheet = self.due(line), self.sheet
        kinds = {kind.slug: kind.name for kind in self.template.bodies}
        return {
            "slug": line.slug,
            "name": sheet.text(line.name),
            "detail": sheet.text(line.detail),
            "body": sheet.text(kinds.get(line.body)),
            "days": [sheet.number(each) for each in (line.estimate.least, line.estimate.likely, line.estimate.most)],
            "due": sheet.reader.dates(due) if due else (),
            "iso": due.isoformat() if due else "",
            "is_past": due is not None and due < self.today and line.slug not in self.there,
            "is_there": line.slug in self.there,
            "is_chosen": line.slug in self.asked.chosen,
        }

    def due(self, line: Line) -> date | None:
        """Return the day on which a line would be due."""
        if line.due is None:
            return None
        calendar = calendar_of(self.sheet.edition.settings, self.sheet.edition.country)
        return day_before(calendar, self.asked.opening, line.due)

    def n_past(self) -> int:
        """Return how many of the ticked lines would be due on a day that is over."""
        days = [self.due(line) for line in self.template.lines if line.slug in self.asked.chosen]
        return sum(day is not None and day < self.today for day in days)

    def kinds(self, bodies: Iterable[Any]) -> list[dict[str, Any]]:
        """Return the kinds of bodies, and what each may become."""
        held = [(body.slug, self.sheet.reader.plain(body.name.to_stored()) or body.slug) for body in bodies]
        slugs = {slug for slug, _ in held}
        return [
            {
                "field": BODY + kind.slug,
                "name": self.sheet.text(kind.name),
                "chosen": self.asked.bodies.get(kind.slug, kind.slug if kind.slug in slugs else NEW),
                "choices": held,
            }
            for kind in self.template.bodies
        ]
