"""The plan in the browser: a bilateral moved by keyboard alone in Persian, and by pointer; a run; published."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.factories.processes import ejlas, planned
from tests.journeys.conftest import Watched, serving

pytestmark = pytest.mark.services

QUESTION = "what-if/?change=party_away/golestan//2025-11-18T14:00%2B03:30&change=rooms_open"
EMAIL, PASSWORD = "plan@ministry.example.org", "four quiet words here"
PAGES = ("", "table/", "compare/", "repair/", "what-if/", QUESTION, "of/{slug}/")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve a summit with a plan and a worker, and one person of the secretariat who reads Persian."""
    var = planned(tmp_path_factory.mktemp("plan"), "rasht2025")
    account = ("setup", "--email", EMAIL, "--name", "Simin Rahnama", "--language", "fa", "--password-stdin")
    ejlas(*account, var=var, typed=f"{PASSWORD}\n")
    with serving(var) as address:
        yield address


@pytest.fixture(scope="module")
def signed_in(site, browser):
    """Return what a browser keeps of a sign-in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/account/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("main form.form >> nth=0 >> button.main")
    page.wait_for_url(re.compile(r"/(desk|account)/"))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def opened(browser, site, signed_in):
    """Open pages of the desk as that person, and watch them."""
    contexts = []

    def open_page(path: str = "", *, width: int = 1440, scheme: str = "light", scripts: bool = True) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            storage_state=signed_in,
        )
        contexts.append(context)
        watch = Watched(context.new_page())
        watch.page.on("console", lambda said: watch.complaints.append(said.text) if said.type == "error" else None)
        watch.page.on("pageerror", lambda fault: watch.complaints.append(str(fault)))
        watch.page.goto(f"{site}/desk/rasht2025/plan/{path}", wait_until="networkidle")
        return watch

    yield open_page
    for context in contexts:
        context.close()


def _free_place(page, slug):
    """Return a moment and a room of the shown day where a bilateral could stand, at another time than now, or None."""
    site = page.url.split("/desk/")[0]
    free = page.request.get(f"{site}/desk/rasht2025/plan/of/{slug}/places/").json()["free"]
    slots = [row.get_attribute("data-slot") for row in page.locator("tr[data-slot]").all()]
    own = page.locator(f"tr[data-slot]:has(#card-{slug})").first.get_attribute("data-slot")
    return next(((moment, rooms[0]) for moment, rooms in free if moment in slots and moment != own), None)


def _with_cards(page):
    """Go to a day of the board on which something may be moved, and return what."""
    for link in page.locator(".daytabs a").all():
        page.goto(page.url.split("?")[0].split("#")[0] + link.get_attribute("href"))
        for card in page.locator("td [data-card]:not(.is-pinned)").all():
            slug = card.get_attribute("data-card")
            if _free_place(page, slug):
                return slug
    raise AssertionError("no day of the board has a card that may be moved")


def _walk_to(page, place):
    """Walk over the board, which reads from right to left, with what is in hand."""
    moment, room = place
    slots = [row.get_attribute("data-slot") for row in page.locator("tr[data-slot]").all()]
    rooms = [head.get_attribute("data-room") for head in page.locator("thead [data-room]").all()]
    for key, times in (
        ("ArrowRight", len(rooms)),
        ("ArrowLeft", rooms.index(room)),
        ("Home", 1),
        ("ArrowDown", slots.index(moment)),
    ):
        for _each in range(times):
            page.keyboard.press(key)
    expect(page.locator(".inhand.is-free:not(.has-conflicts)")).to_be_visible(timeout=20_000)


def test_bilateral_is_moved_by_keyboard_alone_in_persian_and_the_move_undone(opened):
    watch = opened()
    page = watch.page
    slug = _with_cards(page)
    place = _free_place(page, slug)
    card = page.locator(f"#card-{slug}")
    before = card.inner_text()

    card.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    _walk_to(page, place)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    moved = page.locator(f"#card-{slug}").inner_text()
    focused = page.evaluate("document.activeElement.id")
    with page.expect_navigation():
        page.keyboard.press("Control+KeyZ")

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert moved.splitlines()[0] == before.splitlines()[0]
    assert moved != before
    assert focused == f"card-{slug}"
    assert page.locator(f"#card-{slug}").inner_text() == before
    assert watch.complaints == []


def test_escape_lets_go_and_what_is_in_the_way_is_said_at_the_place(opened):
    page = opened().page
    slug = _with_cards(page)
    card = page.locator(f"#card-{slug}")

    card.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Home")
    box = page.locator(".inhand.has-conflicts")
    expect(box).to_be_visible(timeout=10_000)
    words = box.inner_text()
    page.keyboard.press("Enter")
    stays = page.url
    page.keyboard.press("Escape")

    assert len(words.splitlines()) >= 2
    assert page.locator(".inhand").is_hidden()
    assert page.evaluate("document.activeElement.id") == f"card-{slug}"
    assert page.url == stays


def test_bilateral_is_moved_by_pointer(opened):
    page = opened().page
    slug = _with_cards(page)
    card = page.locator(f"#card-{slug}")
    address = page.url
    moment, room = _free_place(page, slug)
    row = page.locator(f'tr[data-slot="{moment}"]')
    page.set_viewport_size({"width": 1440, "height": 3000})
    start, line = card.bounding_box(), row.bounding_box()
    head = page.locator(f'thead [data-room="{room}"]').bounding_box()

    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=4)
    page.mouse.move(head["x"] + head["width"] / 2, line["y"] + line["height"] / 2, steps=6)
    with page.expect_navigation():
        page.mouse.up()

    assert page.locator(f"#card-{slug}.is-pinned").count() == 1
    assert page.url.split("#")[0] == address.split("#")[0] or "day=" in page.url


def test_run_is_followed_without_reloading_and_stopped(opened):
    watch = opened()
    page = watch.page
    page.fill("#seconds", "120")
    page.locator(".start button").click()
    page.wait_for_selector("[data-active]")
    page.evaluate("window.stays = true")
    expect(page.locator(".planner .tag.is-running")).to_be_visible(timeout=30_000)
    stayed = page.evaluate("window.stays")
    page.locator("[data-planner] button.danger").click()
    expect(page.locator(".planner .tag.is-stopped, .planner .tag.is-done")).to_be_visible(timeout=40_000)
    page.locator("[data-planner] a.button").click()

    assert stayed
    expect(page.locator("h1")).to_have_count(1)
    assert watch.complaints == []


def test_without_scripts_a_place_is_chosen_in_a_form(opened):
    page = opened(scripts=False).page
    slug = _with_cards(page)

    page.locator(f"#card-{slug}").click()
    page.locator(".offers a").first.click()
    page.locator(".verdict button.main").click()

    assert f"#card-{slug}" in page.url
    assert page.locator(f"#card-{slug}.is-pinned").count() == 1


def test_question_is_asked_in_persian_followed_and_put_away(opened):
    watch = opened("what-if/")
    page = watch.page
    page.locator(".adding summary").first.click()
    page.select_option("[name=party_away-thing]", "golestan")
    page.fill("[name=party_away-ends_at]", "۱۴۰۴/۰۸/۲۷ ۱۴:۰۰")
    page.locator(".adding details[open] button").click()
    page.fill("#question [name=seconds]", "۵")
    page.locator("#question button.main").click()
    page.wait_for_load_state("networkidle")
    page.evaluate("window.stays = true")
    expect(page.locator(".whatif .beforeafter")).to_be_visible(timeout=60_000)
    stayed = page.evaluate("window.stays")
    page.locator(".whatif h3 a").click()
    expect(page.locator("[aria-labelledby=real] a[href*='/parties/of/golestan/change/']")).to_be_visible()
    faults = watch.axe()
    page.locator("form[action*=discard] button").click()

    assert stayed
    assert faults == []
    assert page.locator(".whatif").count() == 0
    assert watch.complaints == []


@pytest.mark.parametrize("scripts", [True, False])
def test_late_flight_is_told_on_the_board_repaired_and_put_back(scripts, opened, site):
    page = opened(scripts=scripts).page
    page.goto(f"{site}/desk/rasht2025/parties/of/golestan/change/")
    page.fill("[name=arrives_at]", "۱۴۰۴/۰۸/۲۸ ۱۰:۰۰")
    page.locator("form.deskform button.main").click()
    page.goto(f"{site}/desk/rasht2025/plan/")
    if scripts:
        expect(page.locator("[data-unfit] a")).to_be_visible(timeout=20_000)
    page.goto(f"{site}/desk/rasht2025/plan/repair/")
    unfit = page.locator("#unfit").inner_text()
    page.fill("#planner form[action*=start] [name=seconds]", "۳")
    page.locator("#planner form[action*=start] button").click()
    for _ in range(60):
        if not page.locator("[data-active]").count():
            break
        page.wait_for_timeout(1000)
        if not scripts:
            page.locator("[data-again]").click()
            # A page that has begun to come holds nothing yet, and would seem to have ended.
            page.wait_for_load_state()
    page.locator("#planner [data-planner] a.button:not([data-again])").click()
    boxes = page.locator("[name=part]").count()
    page.locator("form[data-parts] button.main").click()
    page.goto(f"{site}/desk/rasht2025/plan/repair/")
    repaired = page.locator("#unfit").inner_text()
    page.locator("#planner [data-planner] a.button").click()
    page.locator("header form[action*=undo] button").click()
    page.goto(f"{site}/desk/rasht2025/plan/repair/")
    again = page.locator("#unfit").inner_text()
    page.goto(f"{site}/desk/rasht2025/parties/of/golestan/change/")
    page.fill("[name=arrives_at]", "")
    page.locator("form.deskform button.main").click()

    assert boxes > 0
    assert unfit == again != repaired


def test_what_changed_is_published_with_a_note(opened, site):
    page = opened("compare/").page
    page.locator(".top a.main").click()
    page.fill("[name=note]", "برنامه تازه")
    page.locator("main form [type=submit]").last.click()
    page.wait_for_load_state()
    page.goto(f"{site}/fa/rasht2025/versions/")

    assert "برنامه تازه" in page.locator("#version-2").inner_text()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (768, "dark"), (360, "light")])
def test_axe_finds_nothing_and_the_page_fits(path, width, scheme, opened):
    watch = opened(path.format(slug="gilan-astrakhan"), width=width, scheme=scheme)

    assert watch.axe() == []
    assert watch.overflow() <= 0
    assert watch.complaints == []
