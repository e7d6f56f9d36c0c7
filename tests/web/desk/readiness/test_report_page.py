"""The one-page report at its address: for who may see the preparation, in the language that is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.planning.operations import ready as operations
from ejlas.planning.queries import ready as queries
from ejlas.planning.queries.ready.report import readiness_report
from ejlas.readiness.models import Obligation
from ejlas.readiness.operations import obligations
from ejlas.readiness.rules.states import Step
from tests.factories.people import person
from tests.factories.readiness import body, owed

SUMMITS = ["rasht2025", "atlantic2027"]


def days_before(edition: Any, days: int) -> datetime:
    return datetime.combine(edition.starts_on - timedelta(days=days), time(9), UTC)


def forecast(edition: Any, days: int, **more: Any) -> Any:
    at = days_before(edition, days)
    asked = operations.ask_for_forecast(edition=edition, by=accounts.system_account(), at=at, **more)
    return operations.make_forecast(forecast=queries.forecast_by_key(asked.pk), at=at)


def text_of(answer: Any) -> tuple[int, str]:
    read = pypdf.PdfReader(BytesIO(answer.content))
    return len(read.pages), " ".join(" ".join(page.extract_text() for page in read.pages).split())


@pytest.mark.same_on_any_database("a page over questions that are tested on both")
@pytest.mark.parametrize(("slug", "language", "words"), [("rasht2025", "ru", "Airport"), ("atlantic2027", "en", "No ")])
def test_a_person_of_the_staff_reads_the_report_with_a_forecast_and_without(slug, language, words, desk, summits):
    edition = summits[slug]
    if slug == "rasht2025":
        forecast(edition, 12)

    answer = desk(Role.AUDITOR, edition=slug).get(f"/desk/{slug}/readiness/report.pdf?language={language}")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    n_pages, text = text_of(answer)
    assert n_pages == 1
    assert words in text


@pytest.mark.same_on_any_database("a page over questions that are tested on both")
@pytest.mark.parametrize("role", [Role.BODY, Role.VETTING, Role.FOCAL_POINT])
def test_who_may_not_see_the_preparation_gets_no_report(role, desk, summits):
    assert desk(role).get("/desk/rasht2025/readiness/report.pdf").status_code in (403, 404)


@pytest.mark.same_on_any_database("a page over questions that are tested on both")
def test_the_report_of_another_summit_is_not_shown(desk, summits):
    client = desk(Role.HEAD, edition="rasht2025")

    assert client.get("/desk/atlantic2027/readiness/report.pdf").status_code in (403, 404)


@pytest.mark.parametrize("slug", SUMMITS)
def test_the_report_gathers_the_answer_and_what_waits_for_a_decision(slug, summits, django_assert_max_num_queries):
    edition, by = summits[slug], accounts.system_account()
    first = Obligation.objects.get(edition=edition)
    Obligation.objects.filter(pk=first.pk).update(due_on=edition.starts_on - timedelta(days=40))
    soon = edition.starts_on - timedelta(days=5)
    owed(edition, "Signs", due_on=soon, body=body(edition, "port"))
    owed(edition, "Flags", due_on=soon, body=None)
    refused = owed(edition, "Music", due_on=soon)
    obligations.take_step(
        obligation=refused, step=Step.REFUSE, reason="No musicians", by=by, at=days_before(edition, 15)
    )
    forecast(edition, 14, meeting=edition.coordinationmeeting_set.get())
    forecast(edition, 12)
    user = person(Role.HEAD, edition=slug, password=None)

    with django_assert_max_num_queries(25):
        found = readiness_report(edition, user, at=days_before(edition, 12))

    asked, answer = found.decisions, found.answer
    assert answer is not None
    assert answer.forecast.since is not None
    assert [each.slug for each in asked.refused] == [refused.slug]
    assert (asked.n_refused, asked.n_bodiless) == (1, 1)
    assert (asked.late.number, [n for _, n in asked.late.bodies]) == (1, [1])
    assert (asked.unaccepted.number, [name.wording("en").text for name, _ in asked.unaccepted.bodies]) == (1, ["Port"])
    assert {each.obligation.slug for each in answer.risks} <= set(
        Obligation.objects.filter(edition=edition).values_list("slug", flat=True)
    )
    assert found.others
