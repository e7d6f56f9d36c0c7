"""The desk in the browser: a secretariat's morning by the keyboard alone, and every page as it looks and reads."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from ejlas.core import languages
from ejlas.web.ui.kinds import KINDS
from tests.factories.processes import ejlas, made, script
from tests.factories.summits import SUMMITS
from tests.journeys.conftest import Watched, serving

pytestmark = pytest.mark.services

MORNING, EMAIL = "morning@ministry.example.org", "day@ministry.example.org"
PASSWORD = "four quiet words here"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PAGES = (
    *("", "search/?q=gilan", "trail/", "people/", "people/add/", "people/invitations/", "webhooks/", "edition/"),
    *("edition/change/", "languages/", "translations/", "publish/", "next/"),
    *("gates/now/", "gate-requests/", "devices/", "scans/"),
)


# Every kind has something to show: no file of a summit tells of people and letters.
LAID = """
from tests.factories.stored import open_delegations
from tests.factories.summits import SUMMITS

for slug in SUMMITS:
    open_delegations(slug)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve both summits with a worker, and a head of the secretariat who reads Persian."""
    var = made(tmp_path_factory.mktemp("desk"), *SUMMITS)
    script(LAID, var=var)
    ejlas("plan", "rasht2025", "--seconds", "8", var=var)
    ejlas("publish", "rasht2025", var=var)
    # The one gets a passkey, which from then on is asked for; the other signs in by password.
    for email, more in ((MORNING, ()), (EMAIL, ("--add",))):
        account = ("setup", *more, "--email", email, "--name", "سیمین رهنما", "--language", "fa", "--password-stdin")
        ejlas(*account, var=var, typed=f"{PASSWORD}\n")
    with serving(var) as address:
        # A browser makes passkeys for a name, not for a number.
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def opened(browser, site):
    """Open pages as somebody signed in by password, in a language, and watch them."""
    contexts = []

    def enter(*, language="fa", width=1440, scheme="light", scripts=True) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        watch = Watched(context.new_page())
        watch.page.on("console", lambda said: watch.complaints.append(said.text) if said.type == "error" else None)
        watch.page.on("pageerror", lambda fault: watch.complaints.append(str(fault)))
        watch.page.on("request", lambda request: watch.requests.append(request.url))
        _sign_in(watch.page, site)
        # A language once chosen is the person's from then on: each test chooses its own.
        token = watch.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        form = {"language": language, "next": "/account/", "csrfmiddlewaretoken": token}
        context.request.post(f"{site}/account/language/", form=form, headers={"referer": site})
        return watch

    yield enter
    for context in contexts:
        context.close()


def _sign_in(page, site, email=EMAIL):
    page.goto(f"{site}/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form.form >> nth=0 >> button.main")
    page.wait_for_url(re.compile(r"/(desk|account)/"))


class Keys:
    """Somebody at a keyboard, without a pointer."""

    def __init__(self, page) -> None:
        self.page = page

    def to(self, selector: str, *, most: int = 220) -> None:
        """Press Tab until the focus is on what the selector names."""
        self.page.wait_for_load_state("networkidle")
        for _step in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement?.matches(selector)", selector):
                return
        raise AssertionError(f"Tab never came to {selector} on {self.page.url}")

    def press(self, selector: str, key: str = "Enter") -> None:
        self.to(selector)
        self.page.keyboard.press(key)

    def go(self, end: str) -> None:
        """Go to a page by the rooms of the desk; the room is opened first where it is shut."""
        link = f'.rooms a[href="/desk/rasht2025/{end}/"]'
        if not self.page.locator(link).is_visible():
            self.press(f".rooms details.room:has({link.removeprefix('.rooms ')}) > summary")
        self.press(link)

    def write(self, selector: str, words: str) -> None:
        self.to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)


@pytest.fixture
def keys(site, browser):
    """Give the keyboard of somebody with a passkey, and in the end hold that no script complained."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fa-IR")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    network = context.new_cdp_session(page)
    network.send("WebAuthn.enable")
    network.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    _sign_in(page, site, MORNING)
    page.goto(f"{site}/account/protection/passkeys/add/")
    page.fill("#id_password", PASSWORD)
    page.click("main button.main")
    page.wait_for_selector("form[data-passkey=add]:not([hidden])")
    page.fill("#id_name", "کلید میز")
    page.click("form[data-passkey=add] button.main")
    page.wait_for_url("**/protection/codes/")
    page.goto(f"{site}/account/logout/")
    page.click("main button.main")
    page.wait_for_url("**/account/login/")
    yield Keys(page)
    context.close()
    assert faults == []


def test_a_secretariats_morning_by_the_keyboard_alone_in_persian(keys, site):
    _see_what_waits(keys, site)
    _change_a_session(keys)
    _plan_and_accept(keys)
    _publish(keys)
    _invite_a_colleague(keys)

    public = keys.page.context.request.get(f"{site}/rasht2025/programme.json").json()
    assert "آیین گشایش رسمی" in json.dumps(public, ensure_ascii=False)


def _see_what_waits(keys, site):
    page = keys.page
    page.goto(f"{site}/desk/rasht2025/")
    page.wait_for_selector("form[data-passkey=login]:not([hidden])")
    keys.press("form[data-passkey=login] button")
    page.wait_for_url(f"{site}/desk/rasht2025/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert re.search("[۰-۹]", page.locator("h1").inner_text())
    assert page.locator(".block").count() >= 2


def _change_a_session(keys):
    page = keys.page
    keys.go("sessions")
    page.wait_for_url("**/sessions/")
    keys.press("tbody th a")
    page.wait_for_url("**/of/**")
    keys.press('a[href$="/change/"]')
    page.wait_for_url("**/change/")
    keys.write('[name="title-fa"]', "آیین گشایش رسمی")
    keys.press("form.deskform button.main")
    page.wait_for_url(re.compile(r"/sessions/of/[^/]+/$"))
    expect(page.locator("h1")).to_have_text("آیین گشایش رسمی")
    expect(page.locator(".notice.success")).to_be_visible()


def _plan_and_accept(keys):
    page = keys.page
    keys.go("plan")
    page.wait_for_url("**/plan/")
    before = _newest_run(page)
    keys.write('[name="seconds"]', "5")
    page.keyboard.press("Enter")
    for _second in range(120):
        page.wait_for_timeout(1000)
        if _newest_run(page) > before:
            break
    keys.press('a[href*="/plan/run/"]')
    page.wait_for_url("**/plan/run/**")
    keys.press("form.accept button.main")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".notice.success").first).to_be_visible()


def _newest_run(page) -> int:
    links = page.locator('a[href*="/plan/run/"]').all()
    return max((int(re.search(r"/run/(\d+)/", link.get_attribute("href")).group(1)) for link in links), default=0)


def _publish(keys):
    page = keys.page
    keys.go("publish")
    page.wait_for_url("**/publish/")
    assert "آیین گشایش رسمی" in page.locator("main").inner_text()
    keys.write('[name="note"]', "نام آیین گشایش")
    keys.press("form.deskform button.main")
    page.wait_for_load_state("networkidle")
    expect(page.locator("table.list")).to_contain_text("نام آیین گشایش")


def _invite_a_colleague(keys):
    page = keys.page
    keys.go("people")
    page.wait_for_url("**/people/")
    keys.press('a[href$="/people/add/"]')
    page.wait_for_url("**/people/add/")
    keys.write('[name="email"]', "colleague@ministry.example.org")
    keys.write('[name="name"]', "کاوه موج")
    keys.press('[name="roles"][value="programme-desk"]', "Space")
    keys.press("form.deskform button.main")
    page.wait_for_url(re.compile(r"/people/(invitations/)?$"))
    expect(page.locator(".notice.success").first).to_be_visible()
    keys.page.goto(page.url.split("/people/")[0] + "/people/invitations/")
    expect(page.locator("main")).to_contain_text("colleague@ministry.example.org")


def _every_page(page, site, slug, part):
    """Yield the addresses of the desk of a summit: its pages, and every page of a third of the kinds.

    Kinds share their templates: the three ways of looking see each of them once.
    """
    for path in PAGES:
        yield f"/desk/{slug}/{path}"
    for kind in KINDS[part :: len(WAYS)]:
        base = f"/desk/{slug}/{kind.address}/"
        page.goto(site + base)
        thing = page.locator("tbody th a").first.get_attribute("href")
        yield from (base, f"{base}add/", thing, f"{thing}change/", f"{thing}remove/", f"{thing}history/")


WAYS = [("rasht2025", "fa", 1440, "light"), ("atlantic2027", "ru", 360, "dark"), ("rasht2025", "en", 768, "light")]


@pytest.mark.parametrize(("slug", "language", "width", "scheme"), WAYS)
def test_axe_finds_nothing_and_every_page_fits_and_speaks_its_language(slug, language, width, scheme, opened, site):
    watch = opened(language=language, width=width, scheme=scheme)
    addresses = list(_every_page(watch.page, site, slug, WAYS.index((slug, language, width, scheme))))

    found = {}
    for address in addresses:
        watch.page.goto(site + address, wait_until="load")
        root = watch.page.locator("html")
        spoken = (root.get_attribute("lang"), root.get_attribute("dir"))
        found[address] = (spoken, watch.page.locator("h1").count(), watch.axe(), max(watch.overflow(), 0))

    right = ((language, languages.direction(language)), 1, [], 0)
    assert len(found) > 70
    assert {address: seen for address, seen in found.items() if seen != right} == {}
    assert watch.complaints == []
    assert {url for url in watch.requests if not url.startswith(site)} == set()


def test_ctrl_k_finds_a_name_in_another_script_and_opens_it(opened, site):
    page = opened().page
    page.goto(f"{site}/desk/rasht2025/")

    page.keyboard.press("Control+k")
    page.keyboard.type("astrakhan")
    page.wait_for_selector("[data-found] a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/of/**")
    assert "آستراخان" in page.locator("h1").inner_text()


def test_what_is_typed_survives_a_lost_sign_in(opened, site):
    page = opened(language="en").page
    address = f"{site}/desk/rasht2025/parties/of/gilan/change/"
    page.goto(address)
    page.fill('[name="note-en"]', "A remark that must not be lost")
    page.context.clear_cookies()

    page.click("form.deskform button.main")
    page.wait_for_load_state("networkidle")
    _sign_in(page, site)
    page.goto(address)

    assert page.input_value('[name="note-en"]') == "A remark that must not be lost"
    assert page.locator("p.notice[role=status]").count() == 1


def test_many_rows_are_chosen_changed_removed_and_put_back_without_scripts(opened, site):
    page = opened(language="en", scripts=False).page
    page.goto(f"{site}/desk/atlantic2027/duties/")
    count = page.locator("tbody tr").count()

    page.locator("input[name=thing]").nth(0).check()
    page.locator("input[name=thing]").nth(1).check()
    page.click("button[value=remove]")
    page.click("main button.danger")
    expect(page.locator("tbody tr")).to_have_count(count - 2)
    page.click("form.undo button")

    expect(page.locator("tbody tr")).to_have_count(count)


def test_a_list_prints_without_what_only_a_screen_needs(opened, site):
    page = opened().page
    page.goto(f"{site}/desk/rasht2025/sessions/")
    page.emulate_media(media="print")

    hidden = page.locator(".deskhead, .rooms, .sieve, .picked, .acts")

    assert [each.is_visible() for each in hidden.all()] == [False] * hidden.count()
    assert page.locator("table.list tbody tr").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_decision_typed_without_network_is_kept_on_the_device_and_sent_once_it_is_back(opened, site):
    page = opened(width=390).page
    page.goto(f"{site}/desk/rasht2025/coordination-meetings/add/")
    page.fill("[name=starts_at]", "۱۴۰۴/۰۷/۰۱ ۰۹:۳۰")
    page.click("main button.main")
    page.click(".standing button")
    meeting = page.url
    page.fill("#minutes-minutes", "گزارش فرودگاه")
    page.fill("#decision-words", "روشنایی باند")
    page.context.set_offline(True)
    page.click("form.decide button.main")
    expect(page.locator("form.decide .notice.draft")).to_be_visible()

    # The tab is closed meanwhile, and another opened when there is a network again.
    other = page.context.new_page()
    page.close()
    other.context.set_offline(False)
    other.goto(meeting)

    expect(other.locator("#decisions ~ .scroll th", has_text="روشنایی باند")).to_have_count(1)
    expect(other.locator("#minutes-minutes")).to_have_value("گزارش فرودگاه")
    expect(other.locator("#decision-words")).to_have_value("")
