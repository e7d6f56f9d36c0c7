"""A plan from elsewhere: its headings in any language, what its cells mean, and faults with row and field."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ejlas.core.formats.cells import CellFault, Note, Table
from ejlas.core.formats.mspdi import Project, ProjectResource, Task, TaskLink
from ejlas.readiness.rules.plan import project, values
from ejlas.readiness.rules.plan.headings import PlanField, field_of
from ejlas.readiness.rules.plan.reading import PlanRow, understand
from ejlas.readiness.rules.plan.values import HeadingsUnknown, PlanEmpty, PlanTooLong, Sent, sent_of_table
from ejlas.readiness.rules.states import EvidenceKind
from ejlas.readiness.rules.template.values import Estimate


def sent(*rows: tuple[object, ...]) -> Sent:
    heads = (
        "No.",
        "What",
        "Body",
        "Due",
        "Not before",
        "At the least",
        "Most likely",
        "At the most",
        "After",
        "Evidence",
    )
    return sent_of_table(Table((heads, *rows), "xlsx"), language="en")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("سررسید", PlanField.DUE),
        ("دستگاه مسئول", PlanField.BODY),
        ("پیش‌نیاز", PlanField.AFTER),
        ("Срок", PlanField.DUE),
        ("Предшественники", PlanField.AFTER),
        ("Öhdəlik", PlanField.NAME),
        ("Jogapkär edara", PlanField.BODY),
        ("Ұзақтығы", PlanField.LIKELY),
        ("Duração (dias)", PlanField.LIKELY),
        ("Task Name", PlanField.NAME),
        ("№", PlanField.NUMBER),
        ("Weather", None),
        ("", None),
    ],
)
def test_columns_are_known_by_their_words(heading: str, expected: PlanField | None) -> None:
    assert field_of(heading) is expected


def test_a_table_below_a_title_is_understood() -> None:
    rows = (
        ("Plan of the host",),
        ("ردیف", "عنوان", "دستگاه", "مهلت", "مدت", "پس از", "منابع", "مستند"),
        ("۱", "تعمیر سالن", "شهرداری", "۱۴۰۴/۰۸/۲۰", "۱۰ روز", None, "جرثقیل × ۲", "عکس؛ بازرسی"),
        (2, "چیدمان", "شهرداری", datetime(2025, 11, 15), 3.0, "۱+۲", None, None),
    )
    found = understand(sent_of_table(Table(rows, "xlsx"), language="fa"))

    assert found.faults == ()
    assert found.rows == (
        PlanRow(
            3,
            "تعمیر سالن",
            Estimate(10, 10, 10),
            body="شهرداری",
            due=date(2025, 11, 11),
            uses={"جرثقیل": 2},
            evidence=(EvidenceKind.PHOTO, EvidenceKind.INSPECTION),
        ),
        PlanRow(4, "چیدمان", Estimate(3, 3, 3), body="شهرداری", due=date(2025, 11, 15), after={3: 2}),
    )


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ((9, "", "City"), PlanField.NAME, "Say what is owed."),
        ((9, "A" * 501), PlanField.NAME, "too long"),
        ((9, "A", "", "soon"), PlanField.DUE, "cannot be read as a date"),
        ((9, "A", "", "31.02.2025"), PlanField.DUE, "no day"),
        ((9, "A", "", "2025-10-01", "2025-10-02"), PlanField.DUE, "before it may begin"),
        ((9, "A", "", "", "", "many"), PlanField.LEAST, "“many” cannot be read"),
        ((9, "A", "", "", "", CellFault("F2", "error", "#REF!")), PlanField.LEAST, "“#REF!” cannot be read"),
        ((9, "A", "", "", "", "", "9999"), PlanField.LIKELY, "too many"),
        ((9, "A", "", "", "", 5, 3, 9), PlanField.LIKELY, "rises from the least"),
        ((9, "A", "", "", "", "", "", "", "7"), PlanField.AFTER, "There is no row “7”"),
        ((9, "A", "", "", "", "", "", "", "9"), PlanField.AFTER, "“A” would wait for itself"),
        ((9, "A", "", "", "", "", "", "", "1SS"), PlanField.AFTER, "“A” hangs on First by a link of the kind SS"),
        ((9, "A", "", "", "", "", "", "", "1FS+50%"), PlanField.AFTER, "share of the length of First"),
        ((9, "A", "", "", "", "", "", "", "1FS+99999"), PlanField.AFTER, "too many"),
        ((9, "A", "", "", "", "", "", "", "whenever"), PlanField.AFTER, "cannot be read"),
        ((9, "A", "", "", "", "", "", "", "", "rumour"), PlanField.EVIDENCE, "no kind of evidence"),
        ((1, "A"), PlanField.NUMBER, "the number 1 too"),
    ],
)
def test_a_fault_names_its_row_and_its_field(row: tuple[object, ...], field: PlanField, words: str) -> None:
    found = understand(sent((1, "First"), row))

    assert [(fault.row, fault.column) for fault in found.faults] == [(3, field)]
    assert words in found.faults[0].sentence()
    assert understand(sent((1, "First"), row).without([3])).faults == ()


def test_a_circle_is_named_with_the_way_round() -> None:
    found = understand(sent((1, "A", *[""] * 6, "3"), (2, "B", *[""] * 6, "1"), (3, "C", *[""] * 6, "B")))

    sentence = "These would wait for one another for ever: \u2068C › A › B › C\u2069."
    assert [fault.sentence() for fault in found.faults] == [sentence]


def test_lengths_are_read_in_days_weeks_and_hours() -> None:
    found = understand(sent((1, "A", "", "", "", "4 h", "2 нед", "3 weeks"), (2, "B", *[""] * 6, "1FS+2 w")))

    assert (found.rows[0].estimate, found.rows[1].after, found.faults) == (Estimate(1, 10, 15), {2: 10}, ())


def test_what_is_corrected_counts_and_columns_are_matched_by_hand() -> None:
    made = sent((1, "", "City"))
    right = made.corrected({2: {"name": "Hall"}, 77: {"name": "none"}}).by_hand({2: "workstream", 5: "", 6: "nonsense"})

    found = understand(Sent.from_stored(right.stored()))

    assert (found.faults, found.rows[0].name, found.rows[0].workstream, found.rows[0].body) == ((), "Hall", "City", "")


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ((), HeadingsUnknown),
        ((("Weather", "Wind"), ("A", "B")), HeadingsUnknown),
        ((("What", "Due"),), PlanEmpty),
        ((("What",), *[("A",)] * (values.MOST_ROWS + 1)), PlanTooLong),
    ],
)
def test_what_is_no_plan_is_refused(rows: tuple[tuple[str, ...], ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        sent_of_table(Table(rows, "xlsx"), language="en")


def test_a_plan_of_the_other_program_becomes_rows_and_links_of_other_kinds_are_named() -> None:
    tasks = (
        Task("1", "Hall", 0, 1, is_summary=True),
        Task("2", "Repair", 15, 2, 2, uses=(("1", 1), ("2", 2)), finish=date(2025, 10, 1)),
        Task("3", "Furnish", 7.5, 3, 2, links=(TaskLink("2", 3),)),
        Task("4", "Paint", 1, 4, 1, links=(TaskLink("2", 1, 2), TaskLink("3", 1, None))),
    )
    resources = (ProjectResource("1", "City"), ProjectResource("2", "Crew, red"))
    made = project.sent_of_project(Project("P", tasks, resources, has_calendars=True), language="en", bodies={"city"})

    found = understand(made)
    assert [(row.number, row.name, row.workstream, row.body) for row in found.rows] == [
        (2, "Repair", "Hall", "City"),
        (3, "Furnish", "Hall", ""),
        (4, "Paint", "", ""),
    ]
    assert (found.rows[0].uses, found.rows[1].estimate, found.rows[2].after) == (
        {"Crew red": 2},
        Estimate(8, 8, 8),
        {2: 2},
    )
    assert [(fault.row, fault.sentence()[:20]) for fault in found.faults] == [
        (3, "“Furnish” hangs on R"),
        (4, "“Paint” waits for a "),
    ]
    assert made.notes[0] == Note(project.CALENDARS)


@pytest.mark.parametrize(
    "headings", ["کمترین محتمل بیشترین", "Наименьшее Вероятное Наибольшее", "least likely most", "حداقل محتمل حداکثر"]
)
def test_the_three_lengths_are_known_by_the_words_that_the_pages_use(headings: str) -> None:
    found = [field_of(heading) for heading in headings.split()]

    assert found == [PlanField.LEAST, PlanField.LIKELY, PlanField.MOST]
