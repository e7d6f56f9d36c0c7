"""The desk approves two people and vetting refuses one of them: in the browser, with every page looked at by axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories.processes import made, script
from tests.journeys.conftest import Watched, serving

pytestmark = pytest.mark.services

PASSWORD = "four quiet words here"
DESK, VETTING = "desk@example.org", "vetting@example.org"
# Two people of one delegation, of whom all is there, wait for the desk; one more looks like the first.
LAID = f"""
from ejlas.accounts.rules import Role
from ejlas.core.text import Text
from ejlas.delegations.models import Person
from ejlas.forum import queries
from tests.factories.delegations import named, opened
from tests.factories.people import person

edition = queries.edition("rasht2025")
first, second = list(opened(edition).values())[:2]
people = [*named(first, family_name="Darvishi", given_name="Parisa", document_number="X1234567"), *named(first)]
Person.objects.filter(pk__in=[each.pk for each in people]).update(state="complete", lacks=[], is_lacking=False)
named(second, family_name="Darvichi", given_name="Parisa", document_number="X1234567")
person(Role.ACCREDITATION_DESK, email="{DESK}", password="{PASSWORD}")
person(Role.VETTING, email="{VETTING}", password="{PASSWORD}")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    var = made(tmp_path_factory.mktemp("accreditation"), "rasht2025")
    script(LAID, var=var)
    with serving(var) as address:
        yield address


def _signed_in(watched, site: str, email: str) -> Watched:
    watch = watched(f"{site}/account/login/")
    watch.page.fill("[name=login]", email)
    watch.page.fill("[name=password]", PASSWORD)
    watch.page.click("main form.form >> nth=0 >> button.main")
    watch.page.wait_for_url(re.compile(r"/desk/"))
    return watch


def _looked_at(watch: Watched, site: str, *addresses: str) -> dict[str, tuple[list[str], int]]:
    found = {}
    for address in addresses:
        watch.page.goto(f"{site}/desk/rasht2025/{address}")
        found[address] = (watch.axe(), watch.overflow())
    return found


def _choose_all(page: Page, button: str) -> None:
    for box in page.locator("input[name=thing]").all():
        box.check()
    page.get_by_role("button", name=button).click()


def test_the_desk_approves_two_and_vetting_refuses_one(watched, site):
    desk = _signed_in(watched, site, DESK)
    desk.page.goto(f"{site}/desk/rasht2025/queues/of/complete/")
    _choose_all(desk.page, "Approve, and pass on to vetting")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Approve 2 people, and pass on to vetting?")
    assert desk.axe() == []
    desk.page.get_by_role("button", name="Approve, and pass on to vetting").click()
    expect(desk.page.get_by_text("Passed on to vetting: 2.")).to_be_visible()

    vetting = _signed_in(watched, site, VETTING)
    vetting.page.goto(f"{site}/desk/rasht2025/vetting/")
    own = vetting.page.locator("tbody th a").first.get_attribute("href").removeprefix("/desk/rasht2025/")
    seen = _looked_at(vetting, site, "", own, "vetting/")
    vetting.page.locator("input[name=thing]").first.check()
    vetting.page.get_by_role("button", name="Refuse").click()
    seen["reason"] = (vetting.axe(), vetting.overflow())
    vetting.page.get_by_label("The competent authority of the host does not agree to this accreditation.").check()
    vetting.page.get_by_role("button", name="Refuse").click()
    expect(vetting.page.get_by_text("Refused: 1. The focal points are told by mail.")).to_be_visible()
    _choose_all(vetting.page, "No objection")
    vetting.page.get_by_role("button", name="No objection").click()
    expect(vetting.page.get_by_text("Approved: 1.")).to_be_visible()

    person = own.replace("vetting/of/", "persons/of/")
    seen |= _looked_at(desk, site, person, f"{person}personal/", "queues/", "twins/", "places/", "requests/")
    seen |= _looked_at(
        desk, site, "delegations/of/gilan/", "delegations/of/gilan/act/?act=lock", "queues/of/submitted/"
    )
    seen |= _looked_at(desk, site, "delegations/of/gilan/walk-in/", "delegations/")
    assert {address: told for address, told in seen.items() if told != ([], 0)} == {}
    assert desk.complaints == vetting.complaints == []
