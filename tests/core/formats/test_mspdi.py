"""Plans of Microsoft Project: written in the order of the schema, read again, and what is refused."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from ejlas.core.formats import mspdi
from ejlas.core.formats.mspdi import Project, ProjectResource, ProjectTooLarge, ProjectUnreadable, Task, TaskLink

# The order of the children that the published schema of the format gives for those that we write.
TASK = """
UID ID Name Type IsNull OutlineLevel Start Finish Duration DurationFormat Milestone Summary PercentComplete
ConstraintType ConstraintDate Deadline Notes PredecessorLink ExtendedAttribute
"""
PROJECT = """
SaveVersion Name Title ScheduleFromStart StartDate CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay
MinutesPerWeek ExtendedAttributes Calendars Tasks Resources Assignments
"""

PLAN = Project(
    name="Plan <1> & more",
    tasks=(
        Task("1", "Hall", is_summary=True, days=0),
        Task("2", "Repair", 15, level=2, least=10, most=30.5, deadline=date(2025, 10, 1), uses=(("1", 1), ("2", 2))),
        Task("3", "Furnish", 8, level=2, not_before=date(2025, 10, 2), links=(TaskLink("2", lag_days=3),), note="a\nb"),
        Task("4", "Opening", 0, links=(TaskLink("3"),), progress=50),
    ),
    resources=(ProjectResource("1", "City", group="body"), ProjectResource("2", "Crews", 3)),
    start=date(2025, 9, 1),
    weekend=frozenset({3, 4}),
    holidays=(date(2025, 9, 10),),
)


def names(element: ElementTree.Element) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def test_what_was_written_is_read_as_the_same() -> None:
    found = mspdi.read(mspdi.write(PLAN))

    assert [task.uid for task in found.tasks] == ["1", "2", "3", "4"]
    assert (found.name, found.resources, found.start) == (PLAN.name, PLAN.resources, PLAN.start)
    assert found.has_calendars
    for place, (task, other) in enumerate(zip(found.tasks, PLAN.tasks, strict=True), start=1):
        assert (task.name, task.days, task.level, task.is_summary) == (
            other.name,
            other.days,
            other.level,
            other.is_summary,
        )
        assert (task.links, task.uses, task.note.split()) == (other.links, other.uses, other.note.split())
        assert (task.least, task.most, task.number) == (other.least, other.most, place)
        assert (task.deadline, task.not_before, task.progress) == (other.deadline, other.not_before, other.progress)


def test_elements_stand_in_the_order_of_the_schema() -> None:
    root = ElementTree.fromstring(mspdi.write(PLAN))

    assert names(root) == PROJECT.split()
    for task in root.find(f"{{{mspdi.NAMESPACE}}}Tasks") or ():
        assert names(task) == sorted(names(task), key=TASK.split().index)


def test_the_calendar_says_which_days_of_the_week_are_worked() -> None:
    data = mspdi.write(PLAN).decode()

    # Thursday is 5 and Friday 6; they are free here, Sunday is worked.
    assert "<DayType>5</DayType><DayWorking>0</DayWorking>" in data
    assert "<DayType>6</DayType><DayWorking>0</DayWorking>" in data
    assert "<DayType>1</DayType><DayWorking>1</DayWorking>" in data
    assert "<FromDate>2025-09-10T00:00:00</FromDate>" in data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<Other/>",
        b'<!DOCTYPE p [<!ENTITY a "b">]><Project><Name>&a;</Name></Project>',
        '<?xml version="1.0" encoding="UTF-16"?><Project/>'.encode("utf-16"),
    ],
)
def test_what_is_no_plan_or_declares_entities_is_refused(data: bytes) -> None:
    with pytest.raises(ProjectUnreadable):
        mspdi.read(data)


def test_a_plan_without_end_is_refused() -> None:
    with pytest.raises(ProjectTooLarge):
        mspdi.read(b"<Project><Tasks>" + b"<Task/>" * (mspdi.MOST_TASKS + 1) + b"</Tasks></Project>")


def test_odd_values_do_not_stop_the_reading() -> None:
    odd = (
        b"<Project><MinutesPerDay>no</MinutesPerDay><Tasks><Task><UID>0</UID></Task><Task><UID>5</UID><Name>A</Name>"
        b"<Duration>P1W</Duration><PercentComplete>inf</PercentComplete><OutlineLevel>x</OutlineLevel>"
        b"<PredecessorLink><PredecessorUID>5</PredecessorUID><Type>9</Type><LinkLag>50</LinkLag>"
        b"<LagFormat>19</LagFormat></PredecessorLink></Task><Task><IsNull>1</IsNull></Task></Tasks></Project>"
    )

    assert mspdi.read(odd).tasks == (Task("5", "A", 0, links=(TaskLink("5", 1, None),)),)
