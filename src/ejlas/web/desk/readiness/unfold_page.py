"""Unfolding a duty: which lines of the template belong to it, what stands there already, and who owes each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from ejlas.readiness.operations.template import NEW
from ejlas.readiness.rules.template.duties import lines_of
from ejlas.readiness.rules.template.values import Line, Template
from ejlas.web.desk.readiness.template_page import Asked, Shown
from ejlas.web.ui.kinds import Sheet

OWED_BY = "owed-by-"
_LONGEST_QUERY, _LONGEST_SLUG, _MOST = 200, 60, 2_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says: the lines ticked, what stands there and is to be attached, and who owes each line."""

    asked: Asked
    attached: frozenset[str]
    owed_by: Mapping[str, str]
    query: str

    @classmethod
    def read(cls, data: QueryDict, template: Template, of_duty: Of, otherwise: date) -> Wish:
        """Read a form; where none was sent, what usually belongs to the duty is ticked."""
        asked = Asked.read(data, template, of_duty.held, otherwise)
        is_sent = "opening" in data
        if not is_sent:
            asked = replace(asked, chosen=asked.chosen & of_duty.usual)
        free = {each.slug for each in of_duty.held.values() if each.duty_id is None}
        usual = {of_duty.held[line].slug for line in of_duty.usual if line in of_duty.held}
        attached = free & (set(data.getlist("attach")[:_MOST]) if is_sent else usual)
        said = {line: data.get(OWED_BY + line) for line in asked.chosen}
        owed_by = {line: str(slug)[:_LONGEST_SLUG] for line, slug in said.items() if slug is not None}
        query = " ".join(data.get("q", "")[:_LONGEST_QUERY].replace("\x00", "").split())
        return cls(asked, frozenset(attached), owed_by, query)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ticked."""
        return not self.asked.chosen and not self.attached


@dataclass(frozen=True, slots=True)
class Of:
    """What belongs to a duty: the lines that usually do, and the obligations that came of lines of templates."""

    usual: frozenset[str]
    held: Mapping[str, Any]

    @classmethod
    def duty(cls, duty: Any, template: Template, held: Mapping[str, Any]) -> Of:
        """Return what belongs to a duty; to one of the host's own nothing usually does."""
        return cls(frozenset(line.slug for line in lines_of(duty.slug, template)), held)


@dataclass(frozen=True, slots=True)
class Unfolding:
    """The lines of a template as a duty sees them, for one reader."""

    duty: Any
    template: Template
    of_duty: Of
    wish: Wish
    today: date
    sheet: Sheet

    def usual(self) -> list[dict[str, Any]]:
        """Return the lines that usually belong to the duty."""
        return list(self._lines(self._shown(self.of_duty.usual).streams()))

    def others(self) -> list[dict[str, Any]]:
        """Return the other lines by their workstreams: those that a search finds, and those that are ticked."""
        found = {line.slug for line in self.template.lines if self._is_found(line)}
        streams = self._shown((found | self.wish.asked.chosen) - self.of_duty.usual).streams()
        is_open = bool(self.wish.query)
        return [
            {**stream, "lines": lines, "is_open": is_open or any(line["is_chosen"] for line in lines)}
            for stream in streams
            for lines in (list(self._lines([stream])),)
        ]

    def _is_found(self, line: Line) -> bool:
        texts = (*line.name.values.values(), *line.detail.values.values(), line.slug)
        said = " ".join(texts).casefold()
        return all(word in said for word in self.wish.query.casefold().split())

    def _shown(self, slugs: Iterable[str]) -> Shown:
        part = self.template.with_only(frozenset(slugs))
        return Shown(part, self.wish.asked, self.of_duty.held.keys(), self.today, self.sheet)

    def _lines(self, streams: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        for stream in streams:
            for line in stream["lines"]:
                held = self.of_duty.held.get(line["slug"])
                yield {**line, "stream": stream["name"], "held": self._held(held) if held else None}

    def _held(self, row: Any) -> dict[str, Any]:
        other = row.duty if row.duty_id not in (None, self.duty.pk) else None
        return {
            "slug": row.slug,
            "address": reverse("desk:obligation", args=[self.sheet.edition.slug, row.slug]),
            "is_own": row.duty_id == self.duty.pk,
            "other": self.sheet.text(other.task) or other.slug if other else "",
            "is_attached": row.slug in self.wish.attached,
        }

    def chosen(self, bodies: Iterable[Any]) -> list[dict[str, Any]]:
        """Return the ticked lines, each with the bodies that may owe it."""
        choices = [(each.slug, self.sheet.reader.plain(each.name.to_stored()) or each.slug) for each in bodies]
        kinds = {line.slug: line.body for line in self.template.lines}
        there = {slug for slug, _words in choices}
        lines = []
        for line in self._lines(self._shown(self.wish.asked.chosen).streams()):
            kind = kinds[line["slug"]]
            owed_by = self.wish.owed_by.get(line["slug"], kind if kind in there else NEW if kind else "")
            lines.append({**line, "field": OWED_BY + line["slug"], "owed_by": owed_by, "makes_body": kind not in there})
        return [{**line, "choices": choices} for line in lines]

    def attached(self) -> list[dict[str, Any]]:
        """Return what stands there already and is to be attached."""
        rows = [row for row in self.of_duty.held.values() if row.slug in self.wish.attached]
        return [{"slug": row.slug, "name": self.sheet.text(row.name) or row.slug} for row in rows]

    def n_past(self) -> int:
        """Return how many of the ticked lines would be due on a day that is over."""
        return self._shown(self.wish.asked.chosen).n_past()
