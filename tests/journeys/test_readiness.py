"""The preparation of the example, played in Persian: a plan, meetings, answers, a round, and the answer moves."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.factories.clock import clock_at
from tests.factories.gate_browser import sign_in
from tests.factories.processes import made, script, serving
from tests.journeys.conftest import Watched

pytestmark = pytest.mark.services

SLUG = "rasht2025"
# The third and the fourth meeting of the headquarters, as the example's milestones have them.
THIRD, FOURTH = datetime.fromisoformat("2025-10-18T06:00Z"), datetime.fromisoformat("2025-10-25T06:00Z")
LINES = ("power-load-calculated", "power-reserve-installed", "power-tested")
DECISION = "آزمایش مولد برق اضطراری با بار کامل"
SEED = f"""
from ejlas.accounts import operations, queries
from ejlas.accounts.rules import Role
from tests.factories import people
people.person(Role.HEAD, edition="{SLUG}", name="سیمین رهنما", email="head@example.org", language="fa")
body = people.person(name="مهتاب روشن", email="body@example.org", language="fa")
operations.grant_role(
    user=body, role=Role.BODY, edition="{SLUG}", body="power-company", by=queries.system_account(), at=people.AT
)
"""
TELL = f"""
import json
from ejlas.planning.models import Forecast
from ejlas.readiness.models import Obligation
rows = Forecast.objects.filter(edition__slug="{SLUG}", state="done").order_by("pk")
told = {{
    "p": [row.p_ready for row in rows],
    "meetings": [row.meeting.slug for row in rows if row.meeting],
    "causes": [shift["cause"] for row in rows for shift in row.shifts],
    "states": dict(Obligation.objects.filter(edition__slug="{SLUG}").values_list("origin", "state")),
}}
print("SAID" + json.dumps(told))
"""


class House:
    """A server that lives in the autumn of 2025, and the people of its summit."""

    def __init__(self, var: Path, browser: Any) -> None:
        self.var, self.browser, self.clock = var, browser, var / "clock"
        self.about = clock_at(THIRD, self.clock)
        script(SEED, var=var, **self.about)
        self.address, self.complaints, self.contexts = "", [], []

    def set_clock(self, moment: datetime) -> None:
        clock_at(moment, self.clock)

    def told(self) -> dict[str, Any]:
        return json.loads(script(TELL, var=self.var, **self.about).split("SAID", 1)[1])

    def person(self, email: str, width: int) -> Any:
        """Give the browser of somebody who signed in."""
        context = self.browser.new_context(viewport={"width": width, "height": 844}, locale="fa")
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        sign_in(tab, self.address, email)
        tab.wait_for_url(lambda url: "/account/login/" not in url)
        return tab

    def page(self, path: str) -> str:
        return f"{self.address}/desk/{SLUG}/{path}"


@pytest.fixture
def house(tmp_path: Path, browser: Any) -> Iterator[House]:
    found = House(made(tmp_path / "house", SLUG), browser)
    with serving(found.var, **found.about) as server:
        found.address = f"http://127.0.0.1:{server.port}"
        yield found
        for context in found.contexts:
            context.close()
    assert found.complaints == []


def _take_from_template(house: House, head: Any) -> None:
    head.goto(house.page("readiness/template/"))
    head.evaluate(
        "wanted => document.querySelectorAll('[name=line]').forEach(box => (box.checked = wanted.includes(box.value)))",
        list(LINES),
    )
    head.click("form.fromtemplate button.main")
    head.click("button[value=apply]")
    expect(head.locator(".notice.success")).to_be_visible()


def _hold(head: Any, *, decision: str = "") -> None:
    """Hold a meeting that was called: begin it, decide, give what was decided to its body, close it."""
    head.click("button[value=begin]")
    if decision:
        form = head.locator("form.decide")
        form.locator("[name=words]").fill(decision)
        form.locator("select[name=body]").select_option(label="شرکت توزیع برق")
        form.locator("[name=due_on]").fill("1404-08-14")
        form.locator("button.main").click()
        head.click("button[value=give] >> nth=0")
    head.click(".standing a.main")
    head.click("button[value=close]")


def _answer(house: House, head: Any, meeting: str) -> str:
    """Open the page once the worker has made the forecast of a meeting; give what it says."""
    for _ in range(100):
        if meeting in house.told()["meetings"]:
            break
        time.sleep(0.1)
    head.goto(house.page("readiness/"))
    return head.inner_text(".readyanswer .share")


def _picture() -> dict[str, Any]:
    written = io.BytesIO()
    Image.new("RGB", (800, 600), (40, 90, 90)).save(written, "JPEG")
    return {"name": "generator.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def _paper() -> dict[str, Any]:
    return {"name": "load.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"}


def _deliver(house: House, phone: Any, line: str, kind: str, file: dict[str, Any]) -> None:
    """Answer one thing as the body that owes it: accept it, show that it was done, hand it over."""
    phone.goto(house.page(f"own/{line}/"))
    phone.click("button[value=accept]")
    phone.click("[aria-labelledby=proofs] summary")
    phone.select_option("#kind", kind)
    phone.set_input_files("#file", file)
    phone.click("[aria-labelledby=proofs] details button")
    phone.click("button[value=deliver]")
    expect(phone.locator(".standing .tag.is-delivered")).to_be_visible()


def _inspect(house: House, head: Any) -> None:
    head.goto(house.page("inspections/add/"))
    head.fill("[name=name-fa]", "بازدید تأسیسات برق")
    head.fill("[name=held_on]", "1404-08-03")
    head.click("form.deskform button.main")
    head.locator("form.newpoint button").first.click()
    walked = head.locator(".acts a[href$='/walk/']").get_attribute("href")
    head.goto(f"{house.address}{walked}")
    head.wait_for_selector("[data-walk][data-ready]")
    for place in range(head.locator(".walkcard").count()):
        head.locator(".walkcard").nth(place).locator("button[value=good]").click()
    expect(head.locator(".walkcard.is-good")).to_have_count(head.locator(".walkcard").count())
    head.wait_for_selector("[data-walk][data-waiting='0']")
    head.goto(f"{house.address}{walked}".replace("/walk/", "/close/"))
    head.click("main form button.main")


def test_a_preparation_from_the_template_to_the_page_for_the_governor(house: House) -> None:
    head = house.person("head@example.org", 1280)
    _take_from_template(house, head)
    head.goto(house.page("coordination-meetings/add/"))
    head.fill("[name=starts_at]", "2025-10-18 09:30")
    head.click("form.deskform button.main")
    _hold(head, decision=DECISION)
    before = _answer(house, head, "meeting-1")

    phone = house.person("body@example.org", 390)
    phone.goto(house.page("own/"))
    expect(phone.locator(".owed li")).to_have_count(4)
    assert Watched(phone).overflow() == 0
    _deliver(house, phone, LINES[0], "document", _paper())
    _deliver(house, phone, LINES[1], "photo", _picture())

    house.set_clock(FOURTH)
    _inspect(house, head)
    head.goto(house.page("coordination-meetings/of/meeting-1/"))
    head.click(".standing a.button")
    head.click("form.deskform button.main")
    _hold(head)
    after = _answer(house, head, "meeting-2")

    told = house.told()
    assert told["states"][LINES[0]] == told["states"][LINES[1]] == "inspected"
    assert told["states"][LINES[2]] == "planned"
    assert 0.5 < told["p"][0] < 0.9 < told["p"][-1]
    assert {"time", "work"} <= set(told["causes"])
    assert before != after
    assert head.locator(".shifts li.is-better").count() == 1
    assert Watched(head).axe() == []

    report = head.request.get(house.page("readiness/report.pdf"))
    assert (report.status, report.body()[:5]) == (200, b"%PDF-")
    phone.goto(house.page("readiness/"))
    expect(phone.locator("h1")).not_to_contain_text("٪")
