"""The page of a template: seen, confirmed, applied, handed on, sent in; and closed to who may not."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ejlas.accounts.rules import Role
from ejlas.readiness.models import Obligation, PlanFile
from ejlas.readiness.rules.template.standard import standard
from ejlas.readiness.rules.template.writing import write_template
from tests.factories.readiness import body

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")

PAGE = "/desk/rasht2025/readiness/template/"


def test_the_page_shows_each_line_with_its_days_in_both_calendars_and_the_list_leads_to_it(desk, summits):
    Obligation.objects.filter(edition=summits["rasht2025"]).delete()
    client = desk(language="fa")

    page = client.get(PAGE).content.decode()

    assert page.count('name="line"') == len(standard().lines)
    assert "تعیین محل برگزاری" in page
    assert "۱۴۰۴" in page
    assert "۲۰۲۵" in page
    assert PAGE in client.get("/desk/rasht2025/obligations/").content.decode()


def test_nothing_is_written_before_it_is_confirmed(desk, summits):
    client, edition = desk(), summits["rasht2025"]
    held = body(edition, "governor")
    form = {"opening": "2025-11-18", "line": ["venue-chosen", "headquarters-formed"], "body-host-authority": held.slug}

    asked = client.post(PAGE, form)
    before = Obligation.objects.filter(edition=edition).exclude(origin="").count()
    done = client.post(PAGE, form | {"act": "apply"})

    assert (asked.status_code, before) == (200, 0)
    assert 'value="venue-chosen"' in asked.content.decode()
    assert 'name="body-host-authority" value="governor"' in asked.content.decode()
    assert (done.status_code, done["location"]) == (302, "/desk/rasht2025/obligations/")
    assert Obligation.objects.get(edition=edition, origin="venue-chosen").body == held


def test_bodies_are_written_to_from_the_day_that_is_said_and_the_page_of_an_obligation_says_so(desk, summits):
    client, edition = desk(edition="atlantic2027"), summits["atlantic2027"]
    page = "/desk/atlantic2027/readiness/template/"
    form = {"opening": "2027-10-29", "line": ["venue-chosen"], "act": "apply"}

    wrong = client.post(page, form | {"remind_from": "soon"})
    assert (wrong.status_code, Obligation.objects.filter(edition=edition).exclude(origin="").count()) == (422, 0)
    assert 'name="remind_from"' in wrong.content.decode()

    client.post(page, form | {"remind_from": "2190-06-01"})

    edition.refresh_from_db()
    assert edition.settings["readiness"]["remind_from"] == "2190-06-01"
    slug = Obligation.objects.get(edition=edition, origin="venue-chosen").slug
    assert "Reminders begin on" in client.get(f"/desk/atlantic2027/obligations/of/{slug}/").content.decode()


@pytest.mark.parametrize("form", [{"opening": "soon"}, {"opening": "0001-01-01"}, {"opening": "2025-11-18"}])
def test_a_wrong_day_or_no_line_is_told(form, desk):
    assert desk().post(PAGE, form | {"act": "apply"}).status_code == 422


def test_a_template_is_handed_on_and_read_again_by_another_host(desk):
    client = desk(edition="atlantic2027")
    there = "/desk/atlantic2027/readiness/template/"
    client.post(there, {"opening": "2027-06-10", "line": ["venue-chosen"], "act": "apply"})

    data = client.get(f"{there}export/").content
    sent = client.post(f"{there}send/", {"file": SimpleUploadedFile("plan.yaml", data)})
    page = client.get(sent["location"]).content.decode()
    file = PlanFile.objects.get()
    gone = client.post(f"{there}of/{file.slug}/discard/")

    assert b"slug: venue-chosen" in data
    assert "plan.yaml" in page
    assert (gone.status_code, PlanFile.objects.count()) == (302, 0)
    assert client.get(sent["location"]).status_code == 404


def test_a_file_with_faults_is_refused_with_line_row_and_field(desk):
    data = write_template(standard()).replace(b"due: 1\n", b"due: soon\n", 1)
    sent = desk().post(f"{PAGE}send/", {"file": SimpleUploadedFile("plan.yaml", data)})

    assert sent.status_code == 422
    assert ".due" in sent.content.decode()
    assert desk().post(f"{PAGE}send/").status_code == 422


@pytest.mark.parametrize("role", [Role.BODY, Role.AUDITOR])
def test_who_may_not_change_readiness_gets_no_template(role, desk):
    client = desk(role)

    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}send/").status_code == 403
