"""A desk officer who designs a card by pointer and by keys, and a pass on a telephone that loses its network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.factories.processes import made, script, serving
from tests.journeys.conftest import Watched

pytestmark = pytest.mark.services

SET_UP = """
from datetime import timedelta
from django.test import Client
from django.utils import timezone
from ejlas.accounts import queries
from ejlas.accounts.rules import Role
from ejlas.delegations.models import Badge
from ejlas.delegations.operations.passes import digital, opening
from ejlas.forum import queries as forum
from tests.factories.delegations import opened
from tests.factories.passes import issued
from tests.factories.people import person
at, by, edition = timezone.now(), queries.system_account(), forum.edition("rasht2025")
gilan = opened(edition)["gilan"]
opening.open_passes(edition=edition, by=by, at=at)
badge = issued(gilan, at=at)[0]
Badge.objects.filter(pk=badge.pk).update(starts_at=at - timedelta(days=1), ends_at=at + timedelta(days=1))
client = Client()
client.force_login(
    person(Role.ACCREDITATION_DESK, edition="rasht2025", password=None, language="fa"),
    backend="allauth.account.auth_backends.AuthenticationBackend",
)
print("session=" + next(iter(client.cookies.values())).OutputString())
print("pass=" + digital.make_link(badge=badge, by=by, at=at))
print("badge=" + badge.slug)
"""
SUSPEND = """
from django.utils import timezone
from ejlas.accounts import queries
from ejlas.delegations.models import Badge
from ejlas.delegations.operations.passes import steps
from ejlas.delegations.rules.passes.badges import BadgeStep
badge = Badge.objects.select_related("edition").get(slug="SLUG")
steps.take_step(badges=[badge], step=BadgeStep.SUSPEND, by=queries.system_account(), at=timezone.now(), reason="x")
"""


def _watch(page) -> Watched:
    watch = Watched(page)
    page.on("console", lambda said: watch.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: watch.complaints.append(str(fault)))
    return watch


def _box(page) -> list[str]:
    return [page.input_value(f"#e-{name}") for name in "xywh"]


def _designs_a_card(browser, site: str, name: str, session: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fa")
    context.add_cookies([{"name": name, "value": session, "url": site}])
    watch = _watch(context.new_page())
    page = watch.page
    page.goto(f"{site}/desk/rasht2025/designs/of/badge/", wait_until="networkidle")
    page.get_by_role("button", name="عکس", exact=True).click()
    expect(page.locator("#e-x")).to_have_value("8")
    assert watch.axe() == []
    handle = page.locator(".handle.chosen")
    box, face = handle.bounding_box(), page.locator(".handles").first.bounding_box()
    across, down, mm = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, face["width"] / 105

    # The card is written from the right: what goes to the left goes on.
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across - 4.2 * mm, down - 2.4 * mm, steps=4)
    page.mouse.up()
    expect(page.locator("#e-x")).to_have_value("12")
    expect(page.locator("[data-undo]")).to_be_enabled()
    page.locator(".handle.chosen").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator("#e-w")).to_have_value("33")
    assert _box(page) == ["14", "38", "33", "42"]
    expect(page.locator("[data-told]")).to_contain_text("14")
    expect(page.locator(".designstate .is-needed")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("#e-w")).to_have_value("31.5")
    page.click("[data-redo]")
    expect(page.locator("#e-w")).to_have_value("33")
    page.click("button[value=save]")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="عکس", exact=True).click()
    expect(page.locator("#e-x")).to_have_value("14")
    assert _box(page) == ["14", "38", "33", "42"]
    assert watch.complaints == []
    context.close()


def _shows_a_pass(browser, site: str, var, token: str, badge: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fa", color_scheme="dark")
    watch = _watch(context.new_page())
    page = watch.page
    page.goto(f"{site}/pass/{token}/", wait_until="networkidle")
    expect(page.locator(".passcode svg")).to_be_visible()
    assert watch.axe() == []
    assert watch.overflow() <= 0
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert watch.complaints == []

    context.set_offline(True)
    expect(page.locator("[data-pass-offline]")).to_be_visible()
    page.goto("about:blank")
    page.goto(f"{site}/pass/{token}/")
    expect(page.locator(".passcode svg")).to_be_visible()
    script(SUSPEND.replace("SLUG", badge), var=var)
    context.set_offline(False)
    expect(page.locator(".standing-suspended")).to_be_visible()
    expect(page.locator(".passcode")).to_have_count(0)
    expect(page.locator("[data-pass-offline]")).to_be_hidden()
    context.close()


def test_officer_designs_by_pointer_and_keys_and_a_telephone_shows_a_pass_without_network(browser, tmp_path):
    var = made(tmp_path, "rasht2025")
    told = script(SET_UP, var=var)
    name, session = re.search(r"session=([^=]+)=([^;\s]+)", told).groups()

    token, badge = (re.search(rf"{key}=(\S+)", told)[1] for key in ("pass", "badge"))

    with serving(var) as server:
        site = f"http://127.0.0.1:{server.port}"
        _designs_a_card(browser, site, name, session)
        _shows_a_pass(browser, site, var, token, badge)
