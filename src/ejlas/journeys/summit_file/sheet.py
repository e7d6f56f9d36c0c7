"""A summit file as the cross checks see it: raw items, and what many checks need of the edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import TypeAdapter, ValidationError

from ejlas.core.errors import RuleBroken
from ejlas.core.formats.problem import Path, Problem
from ejlas.core.formats.yaml import Document
from ejlas.journeys.summit_file.items import Item
from ejlas.journeys.summit_file.moments import moment_in_zone
from ejlas.journeys.summit_file.problems import problem_at
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.schema.base import Kind, Moment
from ejlas.journeys.summit_file.schema.forum import BilateralRules
from ejlas.journeys.summit_file.shapes import leaves
from ejlas.journeys.summit_file.wording import Said

# Arrivals and departures around a summit; a session further away is a slip of the pen.
MARGIN = timedelta(days=7)

_MOMENTS: TypeAdapter[datetime] = TypeAdapter(Moment)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the cross checks work on; what is broken in the file is None or left out here."""

    document: Document
    root: Item
    edition: Item | None
    zone: ZoneInfo | None
    languages: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    moments: Mapping[Path, datetime] = field(default_factory=dict)
    odd_moments: Mapping[Path, RuleBroken] = field(default_factory=dict)

    def problem(self, path: Path, wrong: str, remedy: str | Said, /, **values: object) -> Problem:
        """Return a problem about the value at a path; the values serve both messages."""
        said = (remedy, values) if isinstance(remedy, str) else (remedy[0], {**values, **remedy[1]})
        return problem_at(self.document, path, (wrong, values), said)

    def line_of(self, path: Path) -> int:
        """Return the line of a value, for a problem that names another place too."""
        return self.document.line_of(path)

    def moment(self, item: Item, name: str) -> datetime | None:
        """Return the moment in a field, in the zone of the edition; None where it is absent or broken."""
        return self.moments.get(item.at(name))

    def rules(self) -> Item:
        """Return the rules of bilaterals, which may be empty."""
        from_file = self.edition.one("bilaterals") if self.edition else None
        return from_file or Item(BilateralRules, ("edition", "bilaterals"), {})

    def rooms(self) -> Iterator[Item]:
        """Go through the rooms of all venues."""
        for venue in self.root.many("venues"):
            yield from venue.many("rooms")


def sheet_of(document: Document) -> Sheet:
    """Read of a document what is whole."""
    root = Item(SummitFile, (), document.value)
    edition = root.one("edition")
    zone = _zone(edition.get("timezone")) if edition else None
    moments, odd = _moments(document.value, zone)
    return Sheet(
        document=document,
        root=root,
        edition=edition,
        zone=zone,
        languages=tuple(dict.fromkeys(edition.get("languages") or ())) if edition else (),
        starts_on=edition.get("starts_on") if edition else None,
        ends_on=edition.get("ends_on") if edition else None,
        moments=moments,
        odd_moments=odd,
    )


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Return the names of places whose clocks are known."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def _zone(name: str | None) -> ZoneInfo | None:
    return ZoneInfo(name) if name in zones() else None


def _moments(value: Any, zone: ZoneInfo | None) -> tuple[dict[Path, datetime], dict[Path, RuleBroken]]:
    moments: dict[Path, datetime] = {}
    odd: dict[Path, RuleBroken] = {}
    if zone is None:
        return moments, odd
    for leaf in leaves(SummitFile, value):
        if leaf.value.kind != Kind.MOMENT:
            continue
        try:
            moments[leaf.path] = moment_in_zone(_MOMENTS.validate_python(leaf.raw), zone)
        except ValidationError:
            continue
        except RuleBroken as broken:
            odd[leaf.path] = broken
    return moments, odd
