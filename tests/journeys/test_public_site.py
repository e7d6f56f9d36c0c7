"""The public site through the browser: every page in every language, on a phone, in the dark, by keyboard, on paper."""

from __future__ import annotations

import re

import pytest

from ejlas.core import languages
from tests.factories.summits import SUMMITS, summit
from tests.journeys.conftest import PAGES

pytestmark = pytest.mark.services

CAPTIONED = [(slug, language) for slug in SUMMITS for language in summit(slug).edition.languages]


@pytest.mark.parametrize(("slug", "language"), CAPTIONED)
def test_pages_stand_in_their_language_and_axe_finds_nothing(slug, language, site, watched):
    first, *others = PAGES
    watch = watched(f"{site}/{language}/{slug}/{first}")

    _stands(watch, language)
    for page in others:
        watch.page.goto(f"{site}/{language}/{slug}/{page}", wait_until="networkidle")
        _stands(watch, language)

    assert [url for url in watch.requests if not url.startswith(site)] == []


def _stands(watch, language):
    root, address = watch.page.locator("html"), watch.page.url
    assert root.get_attribute("lang") == language, address
    assert root.get_attribute("dir") == languages.direction(language), address
    assert watch.page.locator("h1").count() == 1, address
    assert watch.axe() == [], address
    assert watch.complaints == [], address


@pytest.mark.parametrize(("slug", "language"), CAPTIONED)
def test_pages_fit_a_phone(slug, language, site, watched):
    first, *others = PAGES
    watch = watched(f"{site}/{language}/{slug}/{first}", width=360)
    wide = {first: watch.overflow()}

    for page in others:
        watch.page.goto(f"{site}/{language}/{slug}/{page}")
        watch.page.evaluate("document.fonts.ready.then(() => true)")
        wide[page] = watch.overflow()

    assert {page: by for page, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("address", [f"/{code}/rasht2025/{page}" for code in ("fa", "ru") for page in PAGES])
def test_axe_finds_nothing_on_a_phone_in_the_dark(address, site, watched):
    watch = watched(site + address, width=360, scheme="dark")

    assert watch.axe() == []


@pytest.mark.parametrize("slug", SUMMITS)
def test_edition_that_is_not_there_says_what_is(slug, site, watched):
    watch = watched(f"{site}/{summit(slug).edition.languages[0]}/nowhere2030/")

    assert watch.page.locator("h1").count() == 1
    assert watch.page.locator("main a").count() > 0
    assert watch.axe() == []


def test_root_leads_to_the_current_edition_in_the_visitors_language(site, browser):
    context = browser.new_context(locale="es-ES")
    page = context.new_page()

    page.goto(site + "/")

    assert page.url == f"{site}/es/atlantic2027/"
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize(("slug", "language"), [("rasht2025", "fa"), ("rasht2025", "en"), ("atlantic2027", "pt")])
def test_programme_is_filtered_by_kind_and_cleared(slug, language, scripts, site, watched):
    watch = watched(f"{site}/{language}/{slug}/programme/", scripts=scripts)
    page = watch.page
    everything = page.locator("[data-row][id]").count()

    page.locator("form [name=kind]").select_option("panel")
    if not scripts:
        page.locator("form [type=submit]").first.click()
    page.wait_for_url(re.compile(r"kind=panel"))
    panels = page.locator("[data-row][id]").count()
    page.goto(page.url.split("?")[0])

    wanted = [item for item in summit(slug).sessions if item.kind == "panel" and item.listed]
    assert panels == len(wanted)
    assert page.locator("[data-row][id]").count() == everything > panels


def test_filter_that_finds_nothing_offers_the_way_back(site, watched):
    watch = watched(f"{site}/en/rasht2025/programme/?kind=signing&kind=arrivals&room=main-hall&day=2025-11-21")

    assert watch.complaints == []
    assert watch.page.locator("h1").count() == 1


def test_first_tab_leads_to_the_content(site, watched):
    page = watched(f"{site}/fa/rasht2025/programme/").page

    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")

    assert skip.startswith("#")
    assert page.evaluate("location.hash") == skip


def test_colours_chosen_by_the_reader_stay(site, watched):
    page = watched(f"{site}/en/rasht2025/").page
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert light != dark


@pytest.mark.parametrize(("slug", "language"), [("rasht2025", "fa"), ("rasht2025", "ru"), ("atlantic2027", "pt")])
def test_print_view_makes_pages_of_a4(slug, language, site, watched, tmp_path):
    watch = watched(f"{site}/{language}/{slug}/programme/print/")

    paper = watch.page.pdf(prefer_css_page_size=True)

    assert paper.startswith(b"%PDF")
    assert b"/MediaBox [0 0 595" in paper or b"/MediaBox [0 0 594" in paper
    assert watch.axe() == []


def test_first_visit_stays_under_a_quarter_of_a_megabyte(site, browser):
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    received = []
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

    page.goto(f"{site}/fa/rasht2025/programme/", wait_until="networkidle")

    assert received
    assert sum(received) <= 250_000
    context.close()
