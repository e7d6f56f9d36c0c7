"""A plan of Microsoft Project as rows of words, so that it is understood and corrected as a table is."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator

from ejlas.core.errors import marked
from ejlas.core.formats.cells import Note
from ejlas.core.formats.mspdi import FINISH_TO_START, LINK_KINDS, Project, Task, TaskLink
from ejlas.delegations.rules.folding import folded
from ejlas.readiness.rules.plan.headings import PlanField
from ejlas.readiness.rules.plan.values import Sent, require_size

# Resources of this group are bodies: so we write them, and so we know them again.
BODIES = "body"
CALENDARS = marked("The calendars of the plan were left aside: the working days of your edition count.")
SUMMARIES = marked("Tasks that group others became workstreams: %(number)d.")
PROGRESS = marked("How far the tasks had come was left aside.")
_FIELDS = (
    PlanField.NUMBER, PlanField.WORKSTREAM, PlanField.NAME, PlanField.BODY, PlanField.START, PlanField.DUE,
    PlanField.LEAST, PlanField.LIKELY, PlanField.MOST, PlanField.AFTER, PlanField.USES, PlanField.NOTE,
)  # fmt: skip


def sent_of_project(
    project: Project, *, language: str, bodies: Collection[str] = (), heading: Callable[[PlanField], str] = str
) -> Sent:
    """Return a plan from the tasks of a project. Raises PlanTooLong, PlanEmpty.

    `bodies` are the folded names of bodies; a resource of such a name owes what it works on.
    """
    resources = {each.uid: each for each in project.resources}
    owing = {uid for uid, each in resources.items() if each.group == BODIES or folded(each.name) in bodies}
    names = {uid: each.name.replace(",", " ").replace(";", " ") for uid, each in resources.items()}
    rows: dict[int, tuple[str, ...]] = {}
    for place, (task, stream) in enumerate(_work(project.tasks), start=1):
        body = next((names[uid] for uid, _ in task.uses if uid in owing), "")
        uses = "; ".join(
            f"{names[uid]} × {max(1, math.ceil(units))}"
            for uid, units in task.uses
            if uid in names and uid not in owing
        )
        rows[task.number if task.number and task.number not in rows else -place] = _cells(task, stream, body, uses)
    require_size(rows)
    return Sent(tuple(map(heading, _FIELDS)), dict(enumerate(_FIELDS)), rows, language, tuple(_notes(project)))


def _work(tasks: Iterable[Task]) -> Iterator[tuple[Task, str]]:
    """Yield the tasks that are work, each with the name of the nearest task that groups it."""
    above: list[Task] = []
    for task in tasks:
        while above and above[-1].level >= task.level:
            above.pop()
        if task.is_summary:
            above.append(task)
        else:
            yield task, above[-1].name if above else ""


def _cells(task: Task, stream: str, body: str, uses: str) -> tuple[str, ...]:
    return (
        task.uid,
        stream,
        task.name,
        body,
        task.not_before.isoformat() if task.not_before else "",
        (task.deadline or task.finish).isoformat() if task.deadline or task.finish else "",  # type: ignore[union-attr]
        _days(task.least),
        _days(task.days),
        _days(task.most),
        "; ".join(map(_before, task.links)),
        uses,
        task.note,
    )


def _days(days: float | None) -> str:
    return "" if days is None else str(math.ceil(days - 1e-6))


def _before(link: TaskLink) -> str:
    kind = LINK_KINDS[link.kind] if link.kind != FINISH_TO_START else "FS"
    if link.lag_days is None:
        return f"{link.before}{kind}+1%"
    lag = math.ceil(link.lag_days - 1e-6)
    return f"{link.before}{kind}{lag:+d}" if lag else f"{link.before}{kind}"


def _notes(project: Project) -> Iterator[Note]:
    n_summaries = sum(task.is_summary for task in project.tasks)
    if project.has_calendars:
        yield Note(CALENDARS)
    if n_summaries:
        yield Note(SUMMARIES, {"number": n_summaries})
    if any(task.progress for task in project.tasks):
        yield Note(PROGRESS)
