"""The split of duties on pages: the table and its files, the usual split, unfolding, attaching, removing."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.forum.models import Duty
from ejlas.readiness.models import Obligation
from ejlas.readiness.operations import duties as operations
from ejlas.readiness.rules.template.duties import lines_of, standard_duties
from ejlas.readiness.rules.template.standard import standard
from tests.factories.pages import form_data
from tests.factories.readiness import AT, body, owed

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits, request):
    return summits[request.param]


@pytest.fixture
def duty(summits):
    edition = summits["rasht2025"]
    return operations.put_in_duties(edition=edition, chosen={"halls"}, by=accounts.system_account(), at=AT)[0]


def table(edition, query: str = "") -> str:
    return f"/desk/{edition.slug}/duties/table/{query}"


def at(duty, act: str = "") -> str:
    return f"/desk/{duty.edition.slug}/duties/of/{duty.slug}/{act}"


def words_of(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_the_table_says_who_answers_who_helps_what_came_and_the_totals(desk, edition):
    duties = list(edition.duty_set.all())
    owed(edition, duty=duties[0])
    page = desk(edition=edition.slug).get(table(edition)).content.decode()

    assert page.count('class="bears is-answers"') == len(duties)
    assert page.count('class="bears is-helps"') == sum(len(each.supported_by) for each in duties)
    assert f'href="{at(duties[0])}"' in page
    assert "Planned 1" in words_of(page)
    foot = words_of(page.partition("<tfoot>")[2])
    for bearer in ("host", "lead_ministry", "secretariat"):
        assert str(sum(each.bearer == bearer for each in duties)) in foot


def test_the_table_is_read_in_persian_with_persian_digits(desk, summits):
    page = desk(language="fa").get(table(summits["rasht2025"])).content.decode()

    assert '<span class="count">۱۳</span>' in page
    assert "استاندار گیلان" in page


def test_the_table_leaves_as_a_workbook_and_on_paper(desk, edition):
    client, duties = desk(edition=edition.slug), list(edition.duty_set.all())

    book, paper = client.get(table(edition, "?format=xlsx")), client.get(table(edition, "?format=pdf"))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["Duty", "Host", "Lead ministry", "Secretariat", "Obligations"]
    assert len(rows) == len(duties) + 4
    assert [row[1:4].count("Answers for it") for row in rows[1:-3]] == [1] * len(duties)
    assert book["Content-Disposition"] == f'attachment; filename="{edition.slug}-split-of-duties.xlsx"'
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_table_asks_as_often_for_many_as_for_one(desk, edition):
    client = desk(edition=edition.slug)
    client.get(table(edition))
    with CaptureQueriesContext(connection) as many:
        client.get(table(edition))
    edition.duty_set.exclude(pk=edition.duty_set.first().pk).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(table(edition))

    assert len(one) == len(many) <= 12


def test_an_edition_without_duties_begins_with_the_usual_split_in_one_act(desk, edition):
    edition.duty_set.all().delete()
    client = desk(edition=edition.slug)

    empty = client.get(table(edition)).content.decode()
    done = client.post(
        f"/desk/{edition.slug}/duties/standard/", {"line": re.findall(r'name="line" value="([^"]+)"', empty)}
    )

    assert (done.status_code, done["location"]) == (302, table(edition))
    assert [each.slug for each in edition.duty_set.all()] == [each.slug for each in standard_duties()]


def test_lines_of_the_usual_split_are_chosen_and_what_stands_there_is_said(desk, duty):
    client, here = desk(), "/desk/rasht2025/duties/standard/"
    there = {each.slug for each in duty.edition.duty_set.all()} & {each.slug for each in standard_duties()}

    page = client.get(here).content.decode()
    nothing = client.post(here, {"line": ["no-such-line"]})
    client.post(here, {"line": ["press", "halls"]})

    assert page.count('name="line"') == 13 - len(there)
    assert page.count('class="is-there"') == len(there) >= 1
    assert nothing.status_code == 422
    assert Duty.objects.filter(edition=duty.edition, slug__in=["press", "halls"]).count() == 2


def test_a_duty_is_unfolded_with_a_body_for_each_line_and_shows_what_came_of_it(desk, duty):
    client, held = desk(), body(duty.edition, "governor")

    page = client.get(at(duty, "unfold/")).content.decode()
    form = {"opening": "2025-11-18", "line": ["venue-chosen", "halls-surveyed"]}
    asked = client.post(at(duty, "unfold/"), form)
    n_before = Obligation.objects.filter(duty=duty).count()
    bodies = {"owed-by-venue-chosen": "governor", "owed-by-halls-surveyed": ""}
    done = client.post(at(duty, "unfold/"), form | bodies | {"act": "apply"})
    shown = client.get(at(duty)).content.decode()

    usual = lines_of("halls", standard())
    assert len(re.findall(r'name="line"[^>]* checked', page)) == len(usual)
    assert page.count('name="line"') == len(standard().lines)
    assert 'name="owed-by-venue-chosen"' in asked.content.decode()
    assert (n_before, done.status_code, done["location"]) == (0, 302, at(duty))
    assert {row.origin: row.body for row in Obligation.objects.filter(duty=duty)} == {
        "venue-chosen": held,
        "halls-surveyed": None,
    }
    assert "Governor" in shown
    assert "Planned" in shown


def test_a_duty_of_the_hosts_own_finds_lines_by_words_and_keeps_what_was_ticked(desk, duty):
    own = duty.edition.duty_set.exclude(slug__in=[each.slug for each in standard_duties()]).first()
    client = desk(language="fa")

    page = client.get(at(own, "unfold/")).content.decode()
    found = client.post(
        at(own, "unfold/"), {"opening": "2025-11-18", "act": "look", "q": "پرچم", "line": ["water-tested"]}
    ).content.decode()
    none = client.post(at(own, "unfold/"), {"opening": "2025-11-18", "act": "look", "q": "zzzz"}).content.decode()

    assert not re.findall(r'name="line"[^>]* checked', page)
    assert {"flags-ordered", "water-tested"} <= set(re.findall(r'name="line" value="([^"]+)"', found))
    assert re.findall(r'name="line" value="([^"]+)"[^>]* checked', found) == ["water-tested"]
    assert 'name="line"' not in none
    assert at(own, "write/") in none


def test_what_stands_there_is_said_and_offered_to_be_attached(desk, duty):
    free, taken = owed(duty.edition, origin="venue-chosen"), owed(duty.edition, origin="halls-surveyed")
    other = duty.edition.duty_set.first()
    operations.set_duty(obligations=[taken], duty=other, by=accounts.system_account(), at=AT)
    client = desk()

    page = client.get(at(duty, "unfold/")).content.decode()
    client.post(at(duty, "unfold/"), {"opening": "2025-11-18", "attach": [free.slug, taken.slug, "x"], "act": "apply"})

    assert f'name="attach" value="{free.slug}"' in page
    assert f'name="attach" value="{taken.slug}"' not in page
    assert 'value="venue-chosen"' not in page
    assert "It stands there already, and comes of" in page
    assert list(Obligation.objects.filter(duty=duty)) == [free]


@pytest.mark.parametrize(
    "form",
    [
        {"opening": "soon", "line": ["venue-chosen"]},
        {"opening": "2025-11-18"},
        {"opening": "2025-11-18", "line": ["no-such-line"], "attach": ["neither"]},
    ],
)
def test_a_wrong_day_or_no_line_is_told_and_nothing_is_written(form, desk, duty):
    before = Obligation.objects.count()

    assert desk().post(at(duty, "unfold/"), form | {"act": "apply"}).status_code == 422
    assert Obligation.objects.count() == before


def test_one_obligation_is_written_for_a_duty(desk, duty):
    client = desk()

    page = client.get(at(duty, "write/")).content.decode()
    form = form_data(page)
    wrong = client.post(at(duty, "write/"), form)
    done = client.post(at(duty, "write/"), form | {"name-en": "Lay the carpet"})

    assert f'href="{at(duty)}">Cancel' in page
    assert form["duty"] == [str(duty.pk)]
    assert (wrong.status_code, done.status_code, done["location"]) == (422, 302, at(duty))
    assert [row.name.values["en"] for row in Obligation.objects.filter(duty=duty)] == ["Lay the carpet"]


def test_an_obligation_is_attached_detached_and_put_back(desk, duty):
    row, client = owed(duty.edition, "Sweep the yard"), desk()

    attached = client.post(at(duty, "attach/"), {"obligation": row.slug}, follow=True)
    unknown = client.post(at(duty, "attach/"), {"obligation": "nothing-such"})
    twice = client.post(at(duty, "attach/"), {"obligation": row.slug})
    gone = client.post(at(duty, "detach/"), {"obligation": row.slug}, follow=True).content.decode()
    line = re.search(r'name="line" value="(\d+)"', gone)
    client.post("/desk/rasht2025/put-back/", {"line": line[1], "next": at(duty)})

    row.refresh_from_db()
    assert "Sweep the yard" in attached.content.decode()
    assert [each.status_code for each in (unknown, twice)] == [422, 422]
    assert row.duty == duty
    assert client.post(at(duty, "detach/"), {"obligation": owed(duty.edition).slug}).status_code == 404


def test_before_a_duty_is_removed_it_is_said_what_becomes_of_its_obligations(desk, duty):
    row, client = owed(duty.edition, duty=duty), desk()

    quiet = client.get(at(duty.edition.duty_set.first(), "remove/")).content.decode()
    asked = client.get(at(duty, "remove/")).content.decode()
    many = client.post("/desk/rasht2025/duties/many/", {"thing": [duty.slug], "act": "remove"}).content.decode()
    client.post(at(duty, "remove/"), {})

    row.refresh_from_db()
    for page in (asked, many):
        assert "1 obligation came of this." in page
    assert "came of this" not in quiet
    assert row.duty is None


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BODY])
def test_who_only_reads_or_answers_for_a_body_changes_no_duty(role, desk, duty):
    row = owed(duty.edition, duty=duty)
    client, before = desk(role), Line.objects.count()
    sees = 200 if role is Role.AUDITOR else 403

    answers = {client.post(at(duty, act), {"obligation": row.slug}).status_code for act in ("attach/", "detach/")}
    answers |= {client.get(at(duty, act)).status_code for act in ("unfold/", "write/")}
    answers |= {client.post("/desk/rasht2025/duties/standard/", {"line": ["press"]}).status_code}

    page = client.get(at(duty))
    assert answers == {403}
    assert Line.objects.count() == before
    assert (client.get(table(duty.edition)).status_code, page.status_code) == (sees, sees)
    assert "unfold/" not in page.content.decode()
    assert desk(Role.HEAD, edition="atlantic2027").get(table(duty.edition)).status_code == 403
