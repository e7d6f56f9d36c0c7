"""A plan taken over from a table or another program, handed out again, and calendars of deadlines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line as TrailLine
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.formats import mspdi, sheets
from ejlas.core.formats.cells import Table
from ejlas.exports import deadlines_ics, plan_files
from ejlas.exports.plan_labels import EVIDENCE, PLAN_FIELDS
from ejlas.exports.reading import INTERFACE
from ejlas.readiness.models import Body, DeadlineFeed, Link, Obligation, PlanFile, Resource, ResourceUse
from ejlas.readiness.operations import errors, feeds, obligations, plan_import
from ejlas.readiness.operations.plan_files import MOST_FILES, TooManyFiles, keep_file
from ejlas.readiness.operations.plan_import import PlanHasFaults, PlanLeftOut, take_over
from ejlas.readiness.operations.template import apply_template
from ejlas.readiness.queries import feeds as queries
from ejlas.readiness.queries.plan import plan_of
from ejlas.readiness.rules.days import calendar_of
from ejlas.readiness.rules.plan.headings import PlanField, field_of
from ejlas.readiness.rules.plan.project import sent_of_project
from ejlas.readiness.rules.plan.reading import PlanRow, understand
from ejlas.readiness.rules.plan.values import FileKind, Sent, sent_of_table
from ejlas.readiness.rules.states import Step
from ejlas.readiness.rules.template.standard import standard
from tests.factories.readiness import AT, body, owed, workstream

HEADS = ("What", "Workstream", "Body", "Due", "Most likely", "After", "Limited hands and equipment")


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    return summits[request.param]


def sent(*rows: tuple[object, ...]) -> Sent:
    return sent_of_table(Table((HEADS, *rows), "xlsx"), language="en")  # type: ignore[arg-type]


def kept(edition: Any, plan: Sent) -> PlanFile:
    by = accounts.system_account()
    return keep_file(edition=edition, kind=FileKind.PLAN, name="plan.xlsx", content=plan.stored(), by=by, at=AT)


def counts() -> list[int]:
    return [model.objects.count() for model in (Obligation, Body, Resource, Link, ResourceUse)]


def test_a_plan_is_taken_over_whole_and_knows_again_what_is_there(edition: Any) -> None:
    held, stream = body(edition, "airport"), workstream(edition, "arrivals")
    crews = Resource.objects.get(edition=edition, slug="crews")
    file = kept(
        edition,
        sent(
            ("Repair", "Arrivals", "AIRPORT", "2025-10-01", 10, "", "Crews × 2; Crane"),
            ("Furnish", "Hall", "City", "2025-10-20", 5, "1+3", ""),
        ),
    )
    done = take_over(file=file, by=accounts.system_account(), at=AT)

    repair, furnish = Obligation.objects.filter(edition=edition, name__en__in=["Repair", "Furnish"]).order_by("due_on")
    assert (done.n_obligations, done.n_bodies, done.n_workstreams, done.n_resources, done.n_links) == (2, 1, 1, 1, 1)
    assert (repair.body, repair.workstream, repair.due_on, repair.most_days) == (held, stream, date(2025, 10, 1), 10)
    assert furnish.body is not None
    assert furnish.body.name.values == {"en": "City"}
    assert Link.objects.get(after=furnish).lag_days == 3
    assert ResourceUse.objects.get(obligation=repair, resource=crews).amount == 2
    assert not PlanFile.objects.filter(pk=file.pk).exists()
    assert TrailLine.objects.filter(scope=edition.slug, event="readiness.obligation.linked").exists()


def test_with_a_fault_left_nothing_is_done_until_the_row_is_corrected_or_left_out(edition: Any) -> None:
    file, by, before = (
        kept(edition, sent(("A", "", "", "soon"), ("B", "", "New body"))),
        accounts.system_account(),
        counts(),
    )

    with pytest.raises(PlanHasFaults):
        take_over(file=file, by=by, at=AT)
    assert counts() == before

    plan_import.correct_rows(file=file, typed={2: {"due": "2025-10-01"}}, left_out=[])
    with pytest.raises(ChangedMeanwhile):
        take_over(file=file, by=by, at=AT)
    file.refresh_from_db()
    assert take_over(file=file, by=by, at=AT).n_obligations == 2


def test_a_plan_of_which_every_row_was_left_out_and_a_body_that_is_no_more_are_refused(edition: Any) -> None:
    body(edition, "old-town", dissolved_on=date(2025, 1, 1))
    by = accounts.system_account()

    with pytest.raises(PlanLeftOut):
        take_over(file=kept(edition, sent(("A",)).without([2])), by=by, at=AT)
    before = counts()
    with pytest.raises(errors.BodyDissolved):
        take_over(file=kept(edition, sent(("A", "", "Old-town"))), by=by, at=AT)
    assert counts() == before
    for _ in range(MOST_FILES - PlanFile.objects.filter(edition=edition).count()):
        kept(edition, sent(("A",)))
    with pytest.raises(TooManyFiles):
        kept(edition, sent(("A",)))


def _planned(edition: Any) -> None:
    chosen = [line.slug for line in standard().lines if line.workstream in ("venue", "fire")]
    by = accounts.system_account()
    Obligation.objects.filter(edition=edition).delete()
    apply_template(edition=edition, template=standard(), chosen=chosen, opening=edition.starts_on, by=by, at=AT)


def _told(rows: tuple[PlanRow, ...]) -> list[tuple[object, ...]]:
    names = {row.number: row.name for row in rows}
    return [
        (
            row.name,
            row.workstream,
            row.body,
            row.due,
            row.estimate,
            row.uses,
            {names[n]: d for n, d in row.after.items()},
        )
        for row in rows
    ]


def _stored(edition: Any, language: str) -> list[tuple[object, ...]]:
    plan = plan_of(edition)
    said = lambda text: text.wording(language, edition.fallback_languages or edition.languages).text  # noqa: E731
    names = {row.pk: said(row.name) for row in plan.rows}
    return [
        (
            said(row.name),
            said(row.workstream.name),  # type: ignore[union-attr]
            said(row.body.name),  # type: ignore[union-attr]
            row.due_on,
            (row.least_days, row.likely_days, row.most_days),
            {said(each.name): amount for each, amount in plan.uses.get(row.pk, ())},
            {names[before]: lag for before, lag in plan.links.get(row.pk, ())},
        )
        for row in plan.rows
    ]


def _plain(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [(*row[:4], (row[4].least, row[4].likely, row[4].most), *row[5:]) for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_plan_handed_out_as_a_workbook_and_sent_in_again_is_the_same(edition: Any, language: str) -> None:
    _planned(edition)
    data = plan_files.workbook(plan_of(edition), language=language, at=AT)

    found = understand(sent_of_table(sheets.read_cells(data), language=language))

    assert found.faults == ()
    assert _plain(_told(found.rows)) == _stored(edition, language)
    assert all(row.evidence for row in found.rows)


def test_a_plan_handed_out_for_the_other_program_and_sent_in_again_is_the_same(edition: Any) -> None:
    _planned(edition)
    made = mspdi.read(plan_files.project_xml(plan_of(edition), language="en"))

    found = understand(sent_of_project(made, language="en"))

    calendar = calendar_of(edition.settings, edition.country)
    assert found.faults == ()
    assert _plain(_told(found.rows)) == _stored(edition, "en")
    work = [task for task in made.tasks if not task.is_summary]
    assert len({task.uid for task in made.tasks}) == len(made.tasks)
    assert all(
        calendar.between(task.start, task.finish) + 1 == task.days for task in work if task.start and task.finish
    )


@pytest.mark.parametrize("language", INTERFACE)
def test_what_we_write_above_a_column_is_understood_in_every_language(language: str) -> None:
    with translation.override(language):
        assert [field for field, words in PLAN_FIELDS.items() if field_of(str(words)) is not field] == []
        line = "; ".join(map(str, EVIDENCE.values()))
    made = Sent(("", ""), {0: PlanField.NAME, 1: PlanField.EVIDENCE}, {1: ("A", line)}, language)
    assert understand(made).rows[0].evidence == tuple(EVIDENCE)


def test_a_body_subscribes_to_what_it_still_owes(edition: Any) -> None:
    by, held = accounts.system_account(), body(edition)
    Obligation.objects.filter(edition=edition).delete()
    late = owed(edition, "Light, sign; and \n line")
    done = owed(edition, "Done long ago")
    owed(edition, "Without a day", due_on=None)
    owed(edition, "Of another", body=body(edition, "port"))
    for step in (Step.START, Step.DELIVER, Step.CLOSE):
        obligations.take_step(obligation=done, step=step, by=by, at=AT)
    token = feeds.make_feed(body=held, by=by, at=AT)

    found = queries.body_of_token(token)
    assert found == held
    assert token not in str(DeadlineFeed.objects.values())
    lines = deadlines_ics.render(held, queries.deadlines_of(held), language="en", at=AT).decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 1
    assert {"DTSTART;VALUE=DATE:20251110", "DTEND;VALUE=DATE:20251111"} <= set(lines)
    assert f"UID:{late.slug}@{edition.slug}.obligations.ejlas" in lines
    assert "SUMMARY;LANGUAGE=en:Light\\, sign\\; and \\n line" in lines


def test_a_link_made_anew_or_void_opens_nothing_any_more(edition: Any) -> None:
    by, held = accounts.system_account(), body(edition)
    first = feeds.make_feed(body=held, by=by, at=AT)
    second = feeds.make_feed(body=held, by=by, at=AT)

    assert (queries.body_of_token(first), queries.body_of_token(second)) == (None, held)
    assert feeds.void_feed(body=held, by=by, at=AT)
    assert queries.body_of_token(second) is None
    assert not feeds.void_feed(body=held, by=by, at=AT)
    assert (queries.body_of_token(""), queries.body_of_token("x" * 500)) == (None, None)


def test_a_body_that_was_dissolved_has_no_link(edition: Any) -> None:
    by, held = accounts.system_account(), body(edition)
    token = feeds.make_feed(body=held, by=by, at=AT)
    held.dissolved_on = datetime(2025, 1, 1).date()
    held.save()

    assert queries.body_of_token(token) is None
    with pytest.raises(errors.BodyDissolved):
        feeds.make_feed(body=held, by=by, at=AT)
