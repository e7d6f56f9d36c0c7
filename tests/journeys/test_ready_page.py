"""“Are we ready?” in the browser, in Persian: a plan from a template, a forecast, its chart by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.factories.processes import ejlas, made
from tests.journeys.conftest import serving

pytestmark = pytest.mark.services

EMAIL, PASSWORD = "ready@ministry.example.org", "four calm words here"
DESK = "/desk/atlantic2027/"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve a summit that is to come with a worker, and one person of the secretariat who reads Persian."""
    var = made(tmp_path_factory.mktemp("ready"), "atlantic2027")
    account = ("setup", "--email", EMAIL, "--name", "Simin Rahnama", "--language", "fa", "--password-stdin")
    ejlas(*account, var=var, typed=f"{PASSWORD}\n")
    with serving(var) as address:
        yield address


def _sign_in(page, site):
    page.goto(f"{site}/account/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("main form.form >> nth=0 >> button.main")
    page.wait_for_url(re.compile(r"/(desk|account)/"))


def _take_template(page, site):
    page.goto(f"{site}{DESK}readiness/template/")
    page.locator("main .acts button.main").click()
    page.locator("button[value=apply]").click()
    page.wait_for_url(re.compile(r"/obligations/"))


def _forecast(page, site):
    page.goto(f"{site}{DESK}readiness/")
    page.locator("form[action$='/readiness/ask/'] button").click()
    # The page shows the answer by itself once the worker has it.
    expect(page.locator(".readyanswer .share")).to_be_visible(timeout=20_000)


def _edges(page, place):
    bar = page.locator(f"#gantt-{place} .gantt-bar").bounding_box()
    return bar["x"], bar["x"] + bar["width"]


def test_forecast_is_asked_for_and_its_chart_walked_by_keyboard_in_persian(watched, site):
    watch = watched(f"{site}/account/login/", width=1280)
    page = watch.page
    _sign_in(page, site)
    _take_template(page, site)
    _forecast(page, site)
    answer, wide = watch.axe(), watch.overflow()

    page.goto(f"{site}{DESK}readiness/plan/")
    grid = page.get_by_role("grid")
    expect(page.locator(".gantt-row").first).to_be_visible(timeout=20_000)
    drawn, every = page.locator(".gantt-row").count(), int(grid.get_attribute("aria-rowcount"))
    chart = watch.axe()
    grid.focus()
    page.keyboard.press("End")
    last = page.locator(".gantt-row.is-active")
    expect(last).to_have_id(grid.get_attribute("aria-activedescendant"))
    walked = page.locator("[data-gantt-view]").evaluate("view => view.scrollTop")
    page.locator("#sort").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.locator("#only").focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"sort=begin.*only=critical"))
    kept = int(grid.get_attribute("aria-rowcount"))
    grid.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    (first_start, first_end), (next_start, next_end) = _edges(page, 0), _edges(page, 1)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert (answer, chart, wide) == ([], [], 0)
    assert drawn < 40 < every
    assert walked > 1000
    assert 1 < kept < every
    # Time runs from right to left: what begins later lies further left.
    assert next_end <= first_end
    assert (first_start, next_start) < (first_end, next_end)
    assert re.search(r"/obligations/of/[\w-]+/$", page.url)
    assert watch.complaints == []
