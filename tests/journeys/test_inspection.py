"""A round of inspection walked with a phone that has no network: kept, delivered once, and closed at the desk."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.factories.gate_browser import sign_in
from tests.factories.people import PASSWORD
from tests.factories.processes import made, script, serving
from tests.factories.summits import SUMMITS

pytestmark = pytest.mark.services

SLUG = "atlantic2027"
SEED = f"from tests.factories.inspection_page import opened\nprint('SAID' + opened('{SLUG}'))"
# Asked of the file itself: another process of the whole system would take seconds.
TELL = """
SELECT answer.result, answer.photo_id IS NOT NULL, owed.state, owed.reason,
  (SELECT count(*) FROM readiness_evidence proof WHERE proof.obligation_id = owed.id AND proof.kind = 'inspection')
FROM readiness_checkanswer answer JOIN readiness_checkline line ON line.id = answer.line_id
JOIN readiness_obligation owed ON owed.id = line.obligation_id ORDER BY line.position
"""

NOTHING_KEPT = """async () => {
  const held = async () => (await caches.keys()).some(name => name.startsWith("ejlas-walk"));
  while (await held()) await new Promise(done => setTimeout(done, 50));
}"""


def _photo() -> dict[str, Any]:
    image, about, written = Image.new("RGB", (2400, 1800), (60, 110, 120)), Image.Exif(), io.BytesIO()
    about.get_ifd(0x8825)[2] = (37.0, 16.0, 50.0)
    image.save(written, "JPEG", exif=about)
    return {"name": "IMG_0412.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def _phone(browser: Any) -> tuple[Any, list[str]]:
    context: Any = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    # A machine with other work takes its time.
    context.set_default_timeout(20_000)
    complaints: list[str] = []
    context.new_page().on("pageerror", lambda fault: complaints.append(str(fault)))
    return context, complaints


def _kept(tab: Any) -> None:
    """Wait until the page opens without network."""
    tab.wait_for_selector("[data-walk][data-ready]")
    tab.evaluate(
        "async () => { while (!(await caches.match(location.href))) await new Promise(done => setTimeout(done, 50)); }"
    )


def _answer(tab: Any, place: int, value: str, found: str = "") -> None:
    card = tab.locator(".walkcard").nth(place)
    card.locator("textarea").fill(found)
    card.locator(f"button[value={value}]").click()


def _sign_in_again(tab: Any) -> None:
    tab.click("[data-signin] a")
    tab.fill("[name=login]", f"inspector@{SLUG}.example.org")
    tab.fill("[name=password]", PASSWORD)
    tab.click("main form.form >> nth=0 >> button.main")


def test_a_round_walked_without_network_is_delivered_once_and_closed(tmp_path: Path, browser: Any) -> None:
    var = made(tmp_path / "house", *SUMMITS)
    held = script(SEED, var=var).split("SAID", 1)[1].strip()
    context, complaints = _phone(browser)
    tab = context.pages[0]
    with serving(var) as server:
        address = f"http://127.0.0.1:{server.port}"
        page = f"{address}/desk/{SLUG}/inspections/of/{held}/"
        sign_in(tab, address, f"inspector@{SLUG}.example.org")
        tab.goto(f"{page}walk/")
        _kept(tab)

        context.set_offline(True)
        tab.reload()
        tab.wait_for_selector("[data-walk][data-ready]")
        tab.locator(".walkcard input[type=file]").first.set_input_files(_photo())
        expect(tab.locator(".walkcard canvas").first).to_be_visible()
        _answer(tab, 0, "good", "Ten of ten work")
        _answer(tab, 1, "wanting")
        expect(tab.locator(".walkcard .error").nth(1)).to_have_text("Write what is wanting, so that it can be mended.")
        _answer(tab, 1, "wanting", "The second lift stands still")
        _answer(tab, 2, "not-seen")
        expect(tab.locator("[data-state]")).to_have_text("Wait on this phone: 3")
        tab.reload()
        expect(tab.locator("[data-state]")).to_have_text("Wait on this phone: 3")

        # The sign-in ended on the way: nothing is lost, and it goes on where it stood.
        context.clear_cookies()
        context.set_offline(False)
        _sign_in_again(tab)
        expect(tab.locator("[data-state]")).to_have_text("All is delivered.")
        expect(tab.locator(".walkcard").nth(1)).to_contain_text("The second lift stands still")
        tab.reload()
        expect(tab.locator("[data-state]")).to_have_text("All is delivered.")

        tab.goto(f"{page}close/")
        tab.click("main form button.main")
        expect(tab.locator(".notice.success")).to_contain_text("Inspected: 1. Sent back: 1. Left open: 1.")
        tab.goto(f"{page}walk/")
        tab.evaluate(NOTHING_KEPT)
    context.close()

    assert complaints == []
    with closing(sqlite3.connect(var / "ejlas.sqlite3")) as base:
        assert base.execute(TELL).fetchall() == [
            ("good", 1, "inspected", "", 1),
            ("wanting", 0, "in-work", "The second lift stands still", 0),
            ("not-seen", 0, "delivered", "", 0),
        ]
