"""A gate as its officer keeps it: without network, two at once, and when something goes wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.factories.gate_browser import enrol, faults, film, pull, scan, set_up, sign_in, unlock
from tests.factories.processes import made, script, serving

pytestmark = pytest.mark.services

RASHT, ATLANTIC = "rasht2025", "atlantic2027"
LANGUAGES = {RASHT: "fa", ATLANTIC: "en"}
SEED = """
import json
from tests.factories.gate_page import opened
print("SAID" + json.dumps({slug: opened(slug, language=language) for slug, language in %r.items()}))
"""
TELL = """
import json
from tests.factories.gate_page import delivered
print("SAID" + json.dumps(delivered(%r)))
"""
REVOKE = """
from tests.factories.gate_page import revoke
revoke(%r, %d)
"""


class House(NamedTuple):
    """A server with the gates of two summits open, and the codes of their passes."""

    var: Path
    address: str
    passes: dict[str, Any]

    def code(self, slug: str, place: int) -> str:
        return self.passes[slug]["codes"][str(self.passes[slug]["numbers"][place])]

    def told(self, slug: str) -> dict[str, Any]:
        return _said(script(TELL % slug, var=self.var))


def _said(printed: str) -> dict[str, Any]:
    return json.loads(printed.split("SAID", 1)[1])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    var = made(tmp_path_factory.mktemp("gates"), RASHT, ATLANTIC)
    passes = _said(script(SEED % LANGUAGES, var=var))
    with serving(var) as server:
        yield House(var, f"http://127.0.0.1:{server.port}", passes)


@pytest.fixture
def tabs(browser: Any) -> Iterator[Any]:
    """Telephones: each with a storage of its own; what a page complains of fails the test."""
    contexts, complaints = [], []

    def opened(**about: Any) -> Any:
        context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, **about)
        context.set_default_timeout(10_000)
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda fault: complaints.append(str(fault)))
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _kept(tab: Any) -> None:
    """Wait until the page opens without network."""
    tab.evaluate(
        """async () => {
          const pages = await caches.open("ejlas-gate-pages");
          while (!(await pages.keys()).length) await new Promise(done => setTimeout(done, 50));
        }"""
    )


def _delivered(tab: Any) -> None:
    tab.context.set_offline(False)
    tab.wait_for_selector("[data-state=network][data-tone=good]")
    tab.wait_for_selector("[data-state=queue][data-tone=good]")


def test_a_gate_without_network_decides_and_delivers_each_scan_once(house: House, tabs: Any) -> None:
    tab, passes = tabs(), house.passes[RASHT]
    set_up(tab, house.address, RASHT)
    _kept(tab)

    tab.context.set_offline(True)
    tab.reload()
    unlock(tab)
    answers = [scan(tab, house.code(RASHT, place)) for place in range(11)]
    revoked = scan(tab, passes["codes"][str(passes["revoked"])])
    forged = scan(tab, passes["forged"])
    tab.keyboard.press("Escape")
    expect(tab.locator("[data-state=queue] [data-said]")).to_contain_text("۱۳")
    expect(tab.locator("[data-state=inside] [data-said]")).to_contain_text("۱۱")
    _delivered(tab)

    assert [tone for tone, _title in answers] == ["admit"] * 11
    assert [revoked[0], forged[0]] == ["refuse", "refuse"]
    assert house.told(RASHT) == {
        "admitted": 11, "refused": 2, "ids": 13, "inside": 11, "reasons": ["forged", "revoked"], "flags": []
    }  # fmt: skip
    _supervised(house, tabs(), tab)


def _supervised(house: House, desk: Any, tab: Any) -> None:
    """The supervisor counts as the gate does, then shuts the device out, which erases itself."""
    sign_in(desk, house.address, f"head@{RASHT}.example.org")
    desk.goto(f"{house.address}/desk/{RASHT}/gates/now/")
    expect(desk.locator(".zonelist tr", has=desk.locator(".tag", has_text="H")).locator("b")).to_have_text("۱۱")
    desk.goto(f"{house.address}/desk/{RASHT}/devices/")
    desk.click("table.list tbody th a")
    desk.click("a.danger")
    desk.click("main form button[type=submit]")

    tab.wait_for_selector("[data-at=ended]:visible")
    left = "indexedDB.databases().then(all => all.length)"
    assert tab.evaluate("Object.keys(sessionStorage).map(key => sessionStorage[key])") == ["[]"]
    assert tab.evaluate(left) <= 1
    tab.reload()
    tab.wait_for_selector("[data-at=setup]:visible")


def test_two_gates_at_once_and_one_pass_at_both(house: House, tabs: Any) -> None:
    one, other = tabs(), tabs(timezone_id="Asia/Tokyo")
    set_up(one, house.address, ATLANTIC, name="East")
    set_up(other, house.address, ATLANTIC, gate="gate-hall-2", name="West")
    for tab in (one, other):
        tab.context.set_offline(True)

    answers = [scan(tab, house.code(ATLANTIC, place)) for tab, place in ((one, 0), (other, 0), (one, 1), (other, 2))]
    for tab in (one, other):
        tab.keyboard.press("Escape")
        _delivered(tab)

    assert answers == [("admit", "Valid")] * 4
    other.click(".note button")
    expect(other.locator(".recent .flag")).to_have_count(1)
    assert house.told(ATLANTIC) == {
        "admitted": 4, "refused": 0, "ids": 4, "inside": 3, "reasons": [], "flags": ["double"]
    }  # fmt: skip
    _hears_of_a_revocation(house, one)


def _hears_of_a_revocation(house: House, tab: Any) -> None:
    """While there is a network, what is revoked is known at the gate within a few seconds."""
    number = house.passes[ATLANTIC]["numbers"][3]
    with tab.expect_event("response", lambda answer: "/list/?since=" in answer.url, timeout=20_000):
        script(REVOKE % (ATLANTIC, number), var=house.var)
    # The change is opened, checked and laid over the list.
    tab.wait_for_timeout(500)
    assert scan(tab, house.code(ATLANTIC, 3)) == ("refuse", "Revoked")


def test_an_officer_keeps_a_gate_through_all_its_screens(house: House, tabs: Any) -> None:
    tab = tabs()
    sign_in(tab, house.address, f"gate@{ATLANTIC}.example.org")
    tab.goto(f"{house.address}/gate/")
    tab.click(f"a[href='/gate/{ATLANTIC}/']")
    found = faults(tab)
    tab.click("[data-setup-go]")
    expect(tab.locator("[data-form=setup] [data-faults]")).to_have_text(
        "Give the device a name, such as the one on its label."
    )
    enrol(tab)
    # This machine has none.
    expect(tab.locator("[data-camera-said]")).to_contain_text("no camera that can be used now")
    found += faults(tab)

    found += _through_a_group(house, tab)
    found += _by_name(tab)
    found += _walk_in(tab)
    for place in ("recent", "settings"):
        tab.click(f"[data-go={place}] >> visible=true")
        found += faults(tab)
        tab.keyboard.press("Escape")
    tab.click("[data-act=lock]")
    found += faults(tab)
    for digit in "999999":
        tab.click(f"[data-digit='{digit}']")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-pin-said]")).to_contain_text("everything: 9")
    unlock(tab)

    assert found == []


def _through_a_group(house: House, tab: Any) -> list[str]:
    """A pin asks who goes along; one is undone afterwards."""
    passes = house.passes[ATLANTIC]
    assert scan(tab, passes["forged"])[0] == "refuse"
    assert scan(tab, passes["codes"][str(passes["pin"])])[0] == "ask"
    pull(tab, house.code(ATLANTIC, 5))
    expect(tab.locator("[data-notice]")).to_have_text("Answer for the pass before: admit or refuse.")
    expect(tab.locator("[data-at=verdict]")).to_have_attribute("data-tone", "ask")
    found = faults(tab)
    tab.click("[data-act=group]")
    tab.check("[name=with] >> nth=3")
    tab.check("[name=with] >> nth=4")
    tab.click("[data-act=guest-more]")
    expect(tab.locator("[data-group=total]")).to_have_text("Goes in with the pin: 4")
    found += faults(tab)
    tab.click("[data-form=group] button.yes")
    tab.click("[data-go=recent] >> visible=true")
    expect(tab.locator("li.recent")).to_have_count(4)
    tab.click("li.recent button >> nth=0")
    expect(tab.locator("li.recent")).to_have_count(5)
    tab.keyboard.press("Escape")
    return found


def _by_name(tab: Any) -> list[str]:
    """Find the head in another script; what a reader types meanwhile does not stay in the field."""
    tab.click("[data-go=find] >> visible=true")
    tab.fill("#find-typed", "راد نیل")
    expect(tab.locator("[data-find=people] .person")).to_have_count(1)
    found = faults(tab)
    assert scan(tab, "https://example.org/1") == ("refuse", "No pass")
    found += faults(tab)
    tab.keyboard.press("Escape")
    tab.click("[data-go=find] >> visible=true")
    tab.fill("#find-typed", "راد نیل")
    tab.click("[data-find=people] .person")
    expect(tab.locator("[data-at=verdict]")).to_have_attribute("data-tone", "admit")
    found += faults(tab)
    # The next one may come by itself.
    tab.wait_for_selector("[data-at=ready]:visible")
    return found


def _walk_in(tab: Any) -> list[str]:
    tab.click("[data-go=walkin] >> visible=true")
    tab.fill("#walkin-name", "Ayna Myradova")
    tab.fill("#walkin-reason", "Brings the flowers")
    tab.click("[data-form=walkin] button")
    expect(tab.locator(".request")).to_contain_text("Ayna Myradova")
    found = faults(tab)
    tab.click("[data-bar=back]")
    return found


def test_a_device_in_trouble_says_what_is_wrong_and_what_was_lost(house: House, tabs: Any) -> None:
    tab = tabs(locale="en")
    set_up(tab, house.address, ATLANTIC, name="Troubled")
    tab.context.set_offline(True)
    assert scan(tab, house.passes[ATLANTIC]["forged"])[0] == "refuse"

    tab.evaluate("Date.now = (now => () => now() + 86_400_000)(Date.now.bind(Date))")
    assert scan(tab, house.code(ATLANTIC, 9)) == ("refuse", "Expired")
    tab.click("[data-act=next]")
    tab.click("[data-way=out]")
    assert scan(tab, house.code(ATLANTIC, 9)) == ("ask", "Clock in doubt")
    tab.click("[data-at=verdict] [data-act=refuse]")
    tab.wait_for_selector("[data-at=ready]:visible")

    tab.evaluate("indexedDB.deleteDatabase('ejlas-gate-atlantic2027')")
    tab.wait_for_selector("[data-at=ended]:visible")
    expect(tab.locator("[data-ended=said]")).to_contain_text("never delivered: 3")
    tab.context.set_offline(False)
    tab.reload()

    expect(tab.locator("[data-setup-before-said]")).to_contain_text("never delivered: 3")
    assert faults(tab) == []


def test_the_camera_reads_a_pass_once_it_is_allowed(house: House, browser: Any, tmp_path: Path) -> None:
    shown = film(tmp_path, house.code(ATLANTIC, 7))
    flags = ["--no-sandbox", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={shown}"]
    chromium = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=flags)
    context = chromium.new_context(viewport={"width": 360, "height": 740}, permissions=[])
    tab = context.new_page()
    set_up(tab, house.address, ATLANTIC, name="Camera")
    expect(tab.locator("[data-camera-said]")).to_contain_text("does not let this page use the camera")

    context.grant_permissions(["camera"])
    tab.click("[data-act=camera-open]")
    tab.wait_for_selector("[data-at=verdict]:visible", timeout=20_000)

    tone, number = tab.get_attribute("[data-at=verdict]", "data-tone"), tab.inner_text("[data-verdict=number]")
    chromium.close()
    assert (tone, number) == ("admit", f"No. {house.passes[ATLANTIC]['numbers'][7]}")
