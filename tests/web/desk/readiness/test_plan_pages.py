"""A plan sent in on the pages of the desk, and the links to calendars of deadlines."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ejlas.accounts.rules import Role
from ejlas.core.formats import mspdi
from ejlas.core.formats.mspdi import Project, Task, TaskLink
from ejlas.readiness.models import DeadlineFeed, Obligation, PlanFile
from tests.factories.readiness import body, owed

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")

PAGE = "/desk/rasht2025/readiness/files/"


def send(client: Client, name: str, data: bytes, **more: str) -> str:
    answer = client.post(PAGE, {"file": SimpleUploadedFile(name, data), "language": "fa", **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer["location"]


def test_a_plan_is_sent_corrected_and_taken_over(desk, summits):
    client = desk(language="fa")
    data = "عنوان,دستگاه,مهلت,مدت\nتعمیر سالن,شهرداری,فردا,۱۰\nچیدمان,شهرداری,۱۴۰۴/۰۸/۲۰,۳\n"
    there = send(client, "plan.csv", data.encode())

    page = client.get(there).content.decode()
    client.post(f"{there}take/", {"revision": "1"})
    too_soon = Obligation.objects.filter(name__fa="تعمیر سالن").count()
    client.post(f"{there}correct/", {"revision": "1", "r2.due": "1404/08/10"})
    good = client.get(there).content.decode()
    done = client.post(f"{there}take/", {"revision": "2"})

    assert 'name="r2.due" value="فردا"' in page
    assert f"{there}take/" not in page
    assert too_soon == 0
    assert f"{there}take/" in good
    assert done["location"] == "/desk/rasht2025/obligations/"
    assert Obligation.objects.filter(edition=summits["rasht2025"], name__fa="تعمیر سالن").count() == 1


def test_columns_are_matched_by_hand_and_rows_left_out(desk):
    client = desk()
    there = send(client, "plan.csv", b"What,Weather\nA,Hall\nB,\n")

    client.post(f"{there}columns/", {"revision": "1", "c1": "workstream"})
    client.post(f"{there}correct/", {"revision": "2", "out": "3"})
    stale = client.post(f"{there}correct/", {"revision": "2", "out": "2"}, follow=True)
    page = client.get(there).content.decode()

    assert "Nothing of yours is lost" in stale.content.decode()
    assert ("Hall" in page, "Rows left out: 1" in page) == (True, True)
    assert client.post(f"{there}discard/").status_code == 302
    assert (PlanFile.objects.count(), client.get(there).status_code) == (0, 404)


def test_a_plan_of_microsoft_project_names_the_task_with_a_link_that_is_not_taken(desk):
    tasks = (Task("1", "Repair", 5), Task("2", "Furnish", 3, links=(TaskLink("1", 3),)))
    client = desk()
    there = send(client, "plan.xml", mspdi.write(Project("P", tasks)))

    page = client.get(there).content.decode()

    assert "“Furnish” hangs on Repair by a link of the kind SS" in page
    assert "calendars of the plan were left aside" in page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.xml", b"<html/>"),
        ("plan.xlsx", b"PK\x03\x04 broken"),
        ("plan.csv", b"Weather,Wind\nA,B\n"),
        ("plan.pdf", b"%PDF-1.7"),
        ("empty.csv", b""),
    ],
)
def test_what_is_no_plan_is_told_and_not_kept(name, data, desk):
    client = desk()

    assert client.post(PAGE, {"file": SimpleUploadedFile(name, data or b" ")}).status_code == 422
    assert client.post(PAGE).status_code == 422
    assert PlanFile.objects.count() == 0


def test_the_plan_is_handed_out(desk):
    client = desk()

    workbook, project = client.get(f"{PAGE}plan.xlsx"), client.get(f"{PAGE}plan.xml")

    assert workbook.content.startswith(b"PK")
    assert mspdi.read(project.content).tasks


def test_the_desk_makes_a_link_and_whoever_holds_it_sees_the_deadlines_until_it_is_void(desk, summits):
    client, there = desk(), "/desk/rasht2025/readiness/deadlines/"
    owed(summits["rasht2025"], "Light on the runway")

    made = client.post(there, {"body": "airport", "act": "make"})
    link = re.search(r'value="(http[^"]+\.ics)"', made.content.decode())
    assert link
    address = link[1].partition("localhost")[2]
    seen = Client(headers={"host": "localhost"}).get(address)
    client.post(there, {"body": "airport", "act": "void"})

    assert made["Cache-Control"] == "no-store"
    assert (seen.status_code, seen["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "Light on the runway" in seen.content.decode().replace("\r\n ", "")
    assert Client(headers={"host": "localhost"}).get(address).status_code == 404
    assert client.post(there, {"body": "nobody"}).status_code == 404


def test_a_body_makes_its_own_link_and_no_other(desk, summits):
    edition = summits["rasht2025"]
    body(edition, "airport")
    body(edition, "port")
    client, there = desk(Role.BODY), "/desk/rasht2025/readiness/own-deadlines/"
    own = re.findall(r'name="body" value="([^"]+)"', client.get(there).content.decode())

    other = "port" if "port" not in own else "airport"
    assert len(own) <= 1
    assert client.post(there, {"body": other, "act": "make"}).status_code == 404
    assert DeadlineFeed.objects.count() == 0
    assert client.get("/desk/rasht2025/readiness/deadlines/").status_code == 403
    assert client.get(PAGE).status_code == 403
    assert desk(Role.VETTING).get(there).status_code == 403
