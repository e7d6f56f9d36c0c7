"""The plan of obligations as a workbook, and as XML that Microsoft Project and ProjectLibre read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from ejlas.core import languages
from ejlas.core.formats import mspdi, xlsx
from ejlas.core.formats.xlsx import Cell, Column, Moment, Sheet
from ejlas.exports.plan_labels import EVIDENCE, PLAN_FIELDS
from ejlas.exports.reading import in_words_of
from ejlas.readiness.rules.days import WorkingCalendar, calendar_of
from ejlas.readiness.rules.plan.headings import PlanField
from ejlas.readiness.rules.plan.project import BODIES

if TYPE_CHECKING:
    from ejlas.core.text import Text
    from ejlas.readiness.models import Body, Obligation, Resource
    from ejlas.readiness.queries.plan import Plan

_WIDTHS = {PlanField.NUMBER: 6, PlanField.NAME: 44, PlanField.DETAIL: 44, PlanField.NOTE: 30, PlanField.EVIDENCE: 22}
_WRAPS = frozenset({PlanField.NAME, PlanField.DETAIL, PlanField.NOTE})


def workbook(plan: Plan, *, language: str, at: datetime) -> bytes:
    """Return the plan as a workbook in one language; sent in again, it is the same plan."""
    with in_words_of(language):
        columns = [
            Column(str(words), _WIDTHS.get(field, 16), wraps=field in _WRAPS, is_text=field is PlanField.AFTER)
            for field, words in PLAN_FIELDS.items()
        ]
        sheet = Sheet(gettext("Obligations"), columns, list(_Rows(plan, language).all()))
    title = f"{_said(plan.edition.name, plan, language)} · {plan.edition.slug}"
    is_right_to_left = languages.direction(language) == "rtl"
    return xlsx.pack([sheet], title=title, created=at, is_right_to_left=is_right_to_left)


def _said(text: Text, plan: Plan, language: str) -> str:
    return text.wording(language, plan.edition.fallback_languages or plan.edition.languages).text


class _Rows:
    """The rows of a plan in one language."""

    def __init__(self, plan: Plan, language: str) -> None:
        self.plan, self.language = plan, language
        self.numbers = {row.pk: number for number, row in enumerate(plan.rows, start=1)}

    def all(self) -> Iterator[list[Cell]]:
        """Yield the cells of each row, in the order of the columns."""
        for row in self.plan.rows:
            yield [
                self.numbers[row.pk],
                self._said(row.workstream.name) if row.workstream else "",
                self._said(row.name),
                self._said(row.detail),
                self._said(row.body.name) if row.body else "",
                row.responsible,
                _day(row.start_after),
                _day(row.due_on),
                row.least_days,
                row.likely_days,
                row.most_days,
                "; ".join(self._after(row)),
                "; ".join(f"{self._said(each.name)} × {amount}" for each, amount in self.plan.uses.get(row.pk, ())),
                "; ".join(str(words) for kind, words in EVIDENCE.items() if kind in row.evidence),
                row.note,
            ]

    def _said(self, text: Text) -> str:
        return _said(text, self.plan, self.language)

    def _after(self, row: Obligation) -> Iterator[str]:
        for before, lag in self.plan.links.get(row.pk, ()):
            yield f"{self.numbers[before]}{lag:+d}" if lag else str(self.numbers[before])


def _day(day: date | None) -> Cell:
    return Moment(datetime.combine(day, time()), xlsx.DAY_FORMAT) if day else None


def project_xml(plan: Plan, *, language: str) -> bytes:
    """Return the plan as XML of Microsoft Project; workstreams group the tasks, and bodies are resources."""
    return mspdi.write(_Projecting(plan, language).project())


class _Projecting:
    """The tasks and resources of a plan, each with a number of its own."""

    def __init__(self, plan: Plan, language: str) -> None:
        self.plan, self.language = plan, language
        self.uids: dict[int, str] = {}
        self.summaries: dict[int | None, str] = {}
        for row in plan.rows:
            if row.workstream_id is not None and row.workstream_id not in self.summaries:
                self.summaries[row.workstream_id] = self._next()
            self.uids[row.pk] = self._next()
        self.bodies: dict[int, tuple[str, Body]] = {}
        self.hands: dict[int, tuple[str, Resource]] = {}
        self._number_resources()

    def _next(self) -> str:
        return str(len(self.uids) + len(self.summaries) + 1)

    def _number_resources(self) -> None:
        for row in self.plan.rows:
            if row.body is not None and row.body.pk not in self.bodies:
                self.bodies[row.body.pk] = str(len(self.bodies) + len(self.hands) + 1), row.body
            for resource, _ in self.plan.uses.get(row.pk, ()):
                if resource.pk not in self.hands:
                    self.hands[resource.pk] = str(len(self.bodies) + len(self.hands) + 1), resource

    def project(self) -> mspdi.Project:
        edition = self.plan.edition
        calendar = calendar_of(edition.settings, edition.country)
        with in_words_of(self.language):
            labels = str(PLAN_FIELDS[PlanField.LEAST]), str(PLAN_FIELDS[PlanField.MOST])
        tasks = tuple(self._tasks(calendar))
        starts = [task.start for task in tasks if task.start]
        resources = [
            mspdi.ProjectResource(uid, self._said(each.name), group=BODIES) for uid, each in self.bodies.values()
        ]
        resources += [
            mspdi.ProjectResource(uid, self._said(each.name), each.capacity) for uid, each in self.hands.values()
        ]
        return mspdi.Project(
            name=self._said(edition.name),
            tasks=tasks,
            resources=tuple(resources),
            start=min(starts, default=edition.starts_on),
            weekend=calendar.weekend,
            holidays=tuple(sorted(calendar.holidays)),
            labels=labels,
        )

    def _tasks(self, calendar: WorkingCalendar) -> Iterator[mspdi.Task]:
        begun: set[int] = set()
        for row in self.plan.rows:
            stream = row.workstream
            if stream is not None and stream.pk not in begun:
                begun.add(stream.pk)
                yield mspdi.Task(self.summaries[stream.pk], self._said(stream.name), 0, is_summary=True)
            yield self._task(row, calendar)

    def _task(self, row: Obligation, calendar: WorkingCalendar) -> mspdi.Task:
        finish = calendar.last_until(row.due_on) if row.due_on else None
        start = calendar.plus(finish, 1 - max(1, row.likely_days)) if finish else None
        uses = [(self.hands[each.pk][0], float(amount)) for each, amount in self.plan.uses.get(row.pk, ())]
        if row.body is not None:
            uses.insert(0, (self.bodies[row.body.pk][0], 1.0))
        return mspdi.Task(
            uid=self.uids[row.pk],
            name=self._said(row.name),
            days=row.likely_days,
            level=1 if row.workstream is None else 2,
            least=row.least_days,
            most=row.most_days,
            not_before=row.start_after,
            deadline=row.due_on,
            start=start,
            finish=finish,
            progress=row.progress,
            note=row.note,
            links=tuple(
                mspdi.TaskLink(self.uids[before], lag_days=lag) for before, lag in self.plan.links.get(row.pk, ())
            ),
            uses=tuple(uses),
        )

    def _said(self, text: Text) -> str:
        return _said(text, self.plan, self.language)
