"""A focal point at a phone, in Persian: from the invitation to the submitted list, over a server that is killed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from ejlas.core.formats import mrz
from tests.factories.processes import made, script, serving
from tests.journeys.conftest import Watched

pytestmark = pytest.mark.services

PASSWORD = "چهار واژه آرام اینجا"
# An edition that asks for no photo, so that the list alone is tried here; the invitation of a focal point is printed.
SET_UP = """
from datetime import timedelta
from django.utils import timezone
from ejlas.accounts import operations, queries
from ejlas.accounts.operations.invitations import Letter
from ejlas.accounts.rules import Role, RoleWanted
from ejlas.delegations import operations as delegations
from ejlas.delegations.models import Capacity, Delegation
from ejlas.forum import queries as forum
at, by, edition = timezone.now(), queries.system_account(), forum.edition("rasht2025")
delegations.open_delegations(edition=edition, by=by, at=at)
Delegation.objects.filter(edition=edition).update(
    nominate_by=at + timedelta(days=5), confirm_by=at + timedelta(days=9))
Capacity.objects.filter(edition=edition).update(needs=["document", "nomination"], per_delegation=None)
role = RoleWanted(Role.FOCAL_POINT, "rasht2025", "gilan")
tokens = []
letter = Letter(address=lambda token: tokens.append(token) or f"http://x/{token}", sign_in="http://x/")
operations.invite(email="gilan@example.org", name="نیلوفر راد", language="fa", roles=[role], by=by, at=at,
    expires_at=at + timedelta(days=2), letter=letter)
print("token=" + tokens[0])
"""
HEADS = "نوع شرکت,نام خانوادگی لاتین,نام لاتین,تاریخ تولد,تابعیت,شماره گذرنامه,کشور صادرکننده,ایمیل"
FAMILIES = (
    *("Rad", "Tehrani", "Azizi", "Sami", "Darvishi", "Karimi"),
    *("Nouri", "Bahari", "Fallah", "Shams", "Amini", "Zand"),
)
LETTER = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def _list() -> bytes:
    """Return twelve people with Persian headings, digits and days, and four faults among them."""
    rows = [
        ["عضو هیئت", family, f"Person{'abcdefghijkl'[n]}", f"۱۳۵۰/۰۲/{n + 1:02}", "ایران", f"A12345{n:02}", "ایران", ""]
        for n, family in enumerate(FAMILIES)
    ]
    rows[1][3], rows[4][1], rows[6][7], rows[9][5] = "۱۳۵۰/۱۳/۰۱", "نوری", "nobody", "A1234500"
    return "\n".join([HEADS, *(",".join(row) for row in rows)]).encode()


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    return made(tmp_path_factory.mktemp("portal"), "rasht2025")


def _watch(page) -> Watched:
    watch = Watched(page)
    page.on("console", lambda said: watch.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: watch.complaints.append(str(fault)))
    return watch


def _is_sound(watch: Watched) -> None:
    assert watch.axe() == []
    assert watch.overflow() <= 0
    assert watch.page.locator("html").get_attribute("dir") == "rtl"


def _sent(watch: Watched, site: str, token: str) -> str:
    """Come from the invitation to the list, and send the spreadsheet; return where its rows are shown."""
    page = watch.page
    page.goto(f"{site}/account/invitation/{token}/")
    page.fill("[name=password]", PASSWORD)
    page.click("button[value=password]")
    page.wait_for_url("**/portal/")
    _is_sound(watch)
    page.click("ul.choices a")
    expect(page.locator("h1")).to_contain_text("گیلان")
    _is_sound(watch)
    page.click("a[href$='/sheets/']")
    _is_sound(watch)
    page.set_input_files("#file", {"name": "list.csv", "mimeType": "text/csv", "buffer": _list()})
    page.click("main form button.main")
    expect(page.locator(".badrow")).to_have_count(4)
    _is_sound(watch)
    return page.url.removeprefix(site)


def _corrected(watch: Watched) -> None:
    """Mend the four rows, and take all over."""
    page = watch.page
    expect(page.locator(".badrow")).to_have_count(4)
    page.fill("[name='r3.born_on']", "۱۳۵۰/۱۲/۰۱")
    page.check("[name='r6.family_name.take']")
    page.fill("[name='r8.email']", "person@example.org")
    page.fill("[name='r11.document_number']", "A1234599")
    page.click(".fileform button.main")
    expect(page.locator(".badrow")).to_have_count(0)
    _is_sound(watch)
    page.click(".top form button.main")
    page.wait_for_url("**/portal/rasht2025/gilan/")
    expect(page.locator(".people .persons > li")).to_have_count(12)
    _is_sound(watch)


def _submitted(watch: Watched) -> None:
    """Add the letter that names the delegation, and send the list to the host."""
    page = watch.page
    page.click("a[href$='/papers/'] >> nth=0")
    page.set_input_files("#file", {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": LETTER})
    page.click("main .fileform button.main")
    _is_sound(watch)
    page.click(".crumbs a")
    page.click("a.button.main[href$='/submit/']")
    _is_sound(watch)
    page.click("main form button.main")
    expect(page.locator(".people .mark.is-submitted")).to_have_count(12)
    _is_sound(watch)


def _keeps_no_secret(page, site: str) -> None:
    """Type into a form without sending it: the draft in this tab holds the name, and nothing that is personal."""
    page.goto(f"{site}/portal/rasht2025/gilan/new/")
    page.fill("[name=family_name]", "Rahnama")
    page.fill("[name=document_number]", "Z7654321")
    page.fill("[name=diet]", "Secret diet")
    kept = ""
    while "Rahnama" not in kept:
        page.wait_for_timeout(100)
        kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert "Z7654321" not in kept
    assert "Secret diet" not in kept
    page.reload()
    assert page.input_value("[name=family_name]") == "Rahnama"


def test_a_delegation_of_twelve_is_filed_from_a_spreadsheet_with_four_faults(var, browser):
    token = re.search(r"token=(\S+)", script(SET_UP, var=var))[1]
    context = browser.new_context(viewport={"width": 360, "height": 760}, has_touch=True, locale="fa")
    watch = _watch(context.new_page())

    with serving(var) as server:
        sheet = _sent(watch, f"http://127.0.0.1:{server.port}", token)
        # Between the reading and the taking over.
        server.process.kill()

    with serving(var) as server:
        watch.page.goto(f"http://127.0.0.1:{server.port}{sheet}")
        _corrected(watch)
        _submitted(watch)
        watch.page.click(".people .whom a >> nth=0")
        _is_sound(watch)
        watch.page.click("a[href$='/change/']")
        _is_sound(watch)
        _keeps_no_secret(watch.page, f"http://127.0.0.1:{server.port}")
    assert [said for said in watch.complaints if "ERR_CONNECTION" not in said] == []
    context.close()


def test_without_scripts_a_person_is_filed_by_hand_from_the_lines_of_a_passport(var, browser):
    sign_in = (
        "from tests.factories.people import person\n"
        "from ejlas.accounts.rules import Role\n"
        "person(Role.FOCAL_POINT, edition='rasht2025', party='mazandaran', language='ru', email='ru@example.org')"
    )
    script(SET_UP.replace("gilan", "mazandaran") + sign_in, var=var)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False, locale="ru")
    page = context.new_page()

    with serving(var) as server:
        page.goto(f"http://127.0.0.1:{server.port}/account/login/")
        page.fill("[name=login]", "ru@example.org")
        page.fill("[name=password]", "four quiet words here")
        page.click("main form.form >> nth=0 >> button.main")
        page.goto(f"http://127.0.0.1:{server.port}/portal/rasht2025/mazandaran/passport/")
        page.fill("#lines", _lines())
        page.click("main .passport form button.main")
        expect(page.locator(".bigname")).to_contain_text("RAD")
        page.click("form[action$='/new/'] button.main")
        page.select_option("[name=capacity]", "delegate")
        page.fill("[name='preferred_name.ru']", "Нилуфар Рад")
        page.click(".fileform button.main")
        expect(page.locator("h1")).to_have_text("Нилуфар Рад")
    context.close()


def _lines() -> str:
    """Return the lines of a passport that nobody has."""
    made = mrz.compose(
        kind="P",
        issuing_state="IRN",
        number="A12345678",
        family_name="RAD",
        given_name="NILUFAR",
        nationality="IRN",
        born_on=date(1971, 3, 23),
        sex="F",
        expires_on=date(2031, 4, 30),
    )
    return "\n".join(made)
