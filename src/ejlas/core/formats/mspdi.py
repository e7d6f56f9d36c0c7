"""Plans as XML of Microsoft Project (MSPDI): tasks, durations, predecessors, resources; bytes in, bytes out.

The order of the elements is that of the published schema (mspdi_pj12.xsd): programs that check it refuse another.
Nothing outside the file is read, and a file that declares a document type or entities is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree

from ejlas.core.errors import RuleBroken, marked
from ejlas.core.formats import xml
from ejlas.core.formats.cells import UnreadableSheet
from ejlas.core.formats.packed import bare, plain_xml

NAMESPACE = "http://schemas.microsoft.com/project"
MOST_BYTES = 20_000_000
MOST_TASKS = 5_000
FINISH_TO_START = 1
LINK_KINDS = {0: "FF", 1: "FS", 2: "SF", 3: "SS"}
# The fields of a task that programs show as Duration1 and Duration3: the least and the most, as their PERT had it.
LEAST, MOST = "188743783", "188743785"
_MINUTES_A_DAY, _DAYS = 480, "7"
_LONGEST = 512
# Lags in hundredths of the length of what comes before, of whatever kind.
_PERCENT = frozenset({"19", "20", "51", "52"})
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_HOURS = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))


class ProjectUnreadable(RuleBroken):
    """The file is no plan in this XML."""

    message = marked("This file cannot be read as a plan of Microsoft Project: save it there as XML and send it again.")


class ProjectTooLarge(RuleBroken):
    """The plan holds more than is read at once."""

    message = marked("This plan is too large: at most %(most)d tasks are read.")


@dataclass(frozen=True, slots=True)
class TaskLink:
    """What a task comes after; the lag in working days, None where it is given in hundredths of a length."""

    before: str
    kind: int = FINISH_TO_START
    lag_days: float | None = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A task; one that is a summary groups those that follow it on deeper levels."""

    uid: str
    name: str
    days: float = 1
    number: int = 0
    level: int = 1
    is_summary: bool = False
    least: float | None = None
    most: float | None = None
    not_before: date | None = None
    deadline: date | None = None
    start: date | None = None
    finish: date | None = None
    progress: int = 0
    note: str = ""
    links: tuple[TaskLink, ...] = ()
    uses: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectResource:
    """Who or what works on tasks; `group` is a word by which resources are told apart."""

    uid: str
    name: str
    units: float = 1
    group: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A plan; `weekend` and `holidays` are written, and read only as whether there is a calendar at all."""

    name: str
    tasks: tuple[Task, ...]
    resources: tuple[ProjectResource, ...] = ()
    start: date | None = None
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: tuple[date, ...] = ()
    has_calendars: bool = False
    labels: tuple[str, str] = ("Least", "Most")


# --- In ---


def read(data: bytes) -> Project:
    """Return the plan of a file. Raises ProjectUnreadable, ProjectTooLarge."""
    if len(data) > MOST_BYTES:
        raise ProjectTooLarge(most=MOST_TASKS)
    try:
        root = ElementTree.fromstring(plain_xml(data))  # noqa: S314  # no document type, see plain_xml
    except (ElementTree.ParseError, UnreadableSheet, LookupError, ValueError) as fault:
        raise ProjectUnreadable from fault
    if bare(root.tag) != "Project":
        raise ProjectUnreadable
    minutes = _number(_text(root, "MinutesPerDay")) or _MINUTES_A_DAY
    found = list(_under(root, "Tasks", "Task"))
    if len(found) > MOST_TASKS:
        raise ProjectTooLarge(most=MOST_TASKS)
    held: dict[str, list[tuple[str, float]]] = {}
    for each in _under(root, "Assignments", "Assignment"):
        pair = (_text(each, "ResourceUID"), _number(_text(each, "Units")) or 1)
        held.setdefault(_text(each, "TaskUID"), []).append(pair)
    tasks = [_task(each, minutes, held) for each in found if _text(each, "IsNull") != "1"]
    return Project(
        name=_text(root, "Title") or _text(root, "Name"),
        # The task with the number 0 stands for the plan as a whole.
        tasks=tuple(task for task in tasks if task.uid != "0"),
        resources=tuple(_resources(root)),
        start=_day(_text(root, "StartDate")),
        has_calendars=any(True for _ in _under(root, "Calendars", "Calendar")),
    )


def _under(root: Any, group: str, name: str) -> Iterator[Any]:
    for part in root:
        if bare(part.tag) == group:
            yield from (each for each in part if bare(each.tag) == name)


def _text(element: Any, name: str) -> str:
    for part in element:
        if bare(part.tag) == name:
            return " ".join((part.text or "").split()) if name != "Notes" else (part.text or "").strip()
    return ""


def _number(words: str) -> float | None:
    try:
        found = float(words)
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def _days_of(words: str, minutes: float) -> float | None:
    found = _DURATION.fullmatch(words)
    if found is None or not any(found.groups()):
        return None
    days, hours, mins, seconds = (float(each or 0) for each in found.groups())
    return min((days * 1440 + hours * 60 + mins + seconds / 60) / minutes, 1e6)


def _task(element: Any, minutes: float, held: Mapping[str, list[tuple[str, float]]]) -> Task:
    own = {_text(each, "FieldID"): _text(each, "Value") for each in element if bare(each.tag) == "ExtendedAttribute"}
    uid, constraint = _text(element, "UID"), _text(element, "ConstraintType")
    return Task(
        uid=uid,
        number=int(_number(_text(element, "ID")) or 0),
        name=_text(element, "Name"),
        days=_days_of(_text(element, "Duration"), minutes) or 0,
        level=int(_number(_text(element, "OutlineLevel")) or 1),
        is_summary=_text(element, "Summary") == "1",
        least=_days_of(own.get(LEAST, ""), minutes),
        most=_days_of(own.get(MOST, ""), minutes),
        # 4: start no earlier than; all other constraints are the other program's own.
        not_before=_day(_text(element, "ConstraintDate")) if constraint == "4" else None,
        deadline=_day(_text(element, "Deadline")),
        start=_day(_text(element, "Start")),
        finish=_day(_text(element, "Finish")),
        progress=int(min(max(_number(_text(element, "PercentComplete")) or 0, 0), 100)),
        note=_text(element, "Notes"),
        links=tuple(_link(each, minutes) for each in element if bare(each.tag) == "PredecessorLink"),
        uses=tuple(held.get(uid, ())),
    )


def _link(element: Any, minutes: float) -> TaskLink:
    lag = (_number(_text(element, "LinkLag")) or 0) / 10 / minutes
    is_share = _text(element, "LagFormat") in _PERCENT and lag
    kind = _number(_text(element, "Type"))
    known = int(kind) if kind in LINK_KINDS else FINISH_TO_START
    return TaskLink(_text(element, "PredecessorUID"), known, None if is_share else lag)


def _resources(root: Any) -> Iterator[ProjectResource]:
    for each in _under(root, "Resources", "Resource"):
        name = _text(each, "Name")
        if name:
            units = _number(_text(each, "MaxUnits")) or 1
            yield ProjectResource(_text(each, "UID"), name, units, _text(each, "Group"))


# --- Out ---


def write(project: Project) -> bytes:
    """Return the file of a plan, in the order of elements that the schema asks for."""
    start = project.start or min((task.start for task in project.tasks if task.start), default=date(2000, 1, 1))
    parts = [
        _field("SaveVersion", 14),
        _field("Name", project.name[:_LONGEST]),
        _field("Title", project.name[:_LONGEST]),
        _field("ScheduleFromStart", 1),
        _field("StartDate", f"{start.isoformat()}T08:00:00"),
        _field("CalendarUID", 1),
        _field("DefaultStartTime", "08:00:00"),
        _field("DefaultFinishTime", "17:00:00"),
        _field("MinutesPerDay", _MINUTES_A_DAY),
        _field("MinutesPerWeek", _MINUTES_A_DAY * (7 - len(project.weekend))),
        xml.element("ExtendedAttributes", xml.joined(_definitions(project.labels))),
        xml.element("Calendars", _calendar(project)),
        xml.element("Tasks", xml.joined(_task_xml(place, task) for place, task in enumerate(project.tasks, start=1))),
        xml.element("Resources", xml.joined(_resource_xml(each) for each in project.resources)),
        xml.element("Assignments", xml.joined(_assignments(project.tasks))),
    ]
    return xml.pack(xml.element("Project", xml.joined(parts), {"xmlns": NAMESPACE}))


def _field(name: str, value: object) -> str:
    return xml.text_element(name, str(value))


def _fields(pairs: Iterable[tuple[str, object]]) -> str:
    return "".join(_field(name, value) for name, value in pairs if value is not None and value != "")


def _definitions(labels: tuple[str, str]) -> Iterator[str]:
    for field, name, alias in zip((LEAST, MOST), ("Duration1", "Duration3"), labels, strict=True):
        inside = _fields((("FieldID", field), ("FieldName", name), ("Alias", alias)))
        yield xml.element("ExtendedAttribute", inside)


def _calendar(project: Project) -> str:
    hours = "".join(xml.element("WorkingTime", _fields((("FromTime", a), ("ToTime", b)))) for a, b in _HOURS)
    days = []
    # Here Sunday is 1; in Python Monday is 0.
    for kind in range(1, 8):
        is_worked = (kind + 5) % 7 not in project.weekend
        inside = _fields((("DayType", kind), ("DayWorking", int(is_worked))))
        days.append(xml.element("WeekDay", inside + (xml.element("WorkingTimes", hours) if is_worked else "")))
    inside = _fields((("UID", 1), ("Name", "Standard"), ("IsBaseCalendar", 1), ("BaseCalendarUID", -1)))
    inside += xml.element("WeekDays", "".join(days))
    if project.holidays:
        inside += xml.element("Exceptions", "".join(map(_holiday, project.holidays)))
    return xml.element("Calendar", inside)


def _holiday(day: date) -> str:
    span = _fields((("FromDate", f"{day.isoformat()}T00:00:00"), ("ToDate", f"{day.isoformat()}T23:59:00")))
    inside = _field("EnteredByOccurrences", 0) + xml.element("TimePeriod", span)
    inside += _fields((("Occurrences", 1), ("Name", day.isoformat()), ("Type", 1), ("DayWorking", 0)))
    return xml.element("Exception", inside)


def _length(days: float) -> str:
    minutes = round(days * _MINUTES_A_DAY)
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def _task_xml(place: int, task: Task) -> str:
    inside = _fields(
        (
            ("UID", task.uid),
            ("ID", place),
            ("Name", task.name[:_LONGEST]),
            ("Type", 1),
            ("IsNull", 0),
            ("OutlineLevel", task.level),
            ("Start", f"{task.start.isoformat()}T08:00:00" if task.start else None),
            ("Finish", f"{task.finish.isoformat()}T17:00:00" if task.finish else None),
            ("Duration", None if task.is_summary else _length(task.days)),
            ("DurationFormat", None if task.is_summary else _DAYS),
            ("Milestone", int(not task.is_summary and task.days == 0)),
            ("Summary", int(task.is_summary)),
            ("PercentComplete", task.progress),
            ("ConstraintType", 4 if task.not_before else 0),
            ("ConstraintDate", f"{task.not_before.isoformat()}T08:00:00" if task.not_before else None),
            ("Deadline", f"{task.deadline.isoformat()}T17:00:00" if task.deadline else None),
            ("Notes", task.note),
        )
    )
    own = ((LEAST, task.least), (MOST, task.most))
    inside += "".join(map(_link_xml, task.links))
    inside += "".join(
        xml.element("ExtendedAttribute", _fields((("FieldID", field), ("Value", _length(days)), ("DurationFormat", 7))))
        for field, days in own
        if days is not None
    )
    return xml.element("Task", inside)


def _link_xml(link: TaskLink) -> str:
    lag = round((link.lag_days or 0) * _MINUTES_A_DAY * 10)
    pairs = (
        ("PredecessorUID", link.before),
        ("Type", link.kind),
        ("CrossProject", 0),
        ("LinkLag", lag),
        ("LagFormat", 7),
    )
    return xml.element("PredecessorLink", _fields(pairs))


def _resource_xml(each: ProjectResource) -> str:
    pairs = (
        ("UID", each.uid),
        ("ID", each.uid),
        ("Name", each.name[:_LONGEST]),
        ("Type", 1),
        ("IsNull", 0),
        ("Group", each.group),
    )
    return xml.element("Resource", _fields((*pairs, ("MaxUnits", f"{each.units:g}"))))


def _assignments(tasks: Iterable[Task]) -> Iterator[str]:
    pairs = [(task.uid, uid, units) for task in tasks for uid, units in task.uses]
    for number, (task_uid, uid, units) in enumerate(pairs, start=1):
        fields = (("UID", number), ("TaskUID", task_uid), ("ResourceUID", uid), ("Units", f"{units:g}"))
        yield xml.element("Assignment", _fields(fields))
