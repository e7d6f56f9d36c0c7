from __future__ import annotations

import json
import re

import pytest

from tests.factories.content import LANGUAGES, content
from tests.web.public.conftest import EVERY_PAGE, PAGES, Site


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_every_page_names_its_language_and_direction(site: Site, language: str, page: str) -> None:
    html = site.html(page, language)

    direction = "rtl" if language == "fa" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html


@pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
def test_no_page_has_inline_script_or_style(site: Site, language: str, page: str) -> None:
    html = site.html(page, language)

    scripts = re.findall(r"<script([^>]*)>", html)
    assert all("src=" in attributes or 'type="application/ld+json"' in attributes for attributes in scripts)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "programme/print/"])
def test_every_page_leads_to_itself_in_every_language(site: Site, page: str) -> None:
    response = site.get(f"/en/rasht2025/{page}")

    html = response.content.decode()
    for language in LANGUAGES:
        assert f'hreflang="{language}" href="http://testserver/{language}/rasht2025/{page}"' in html
        assert f'</{language}/rasht2025/{page}>; rel="alternate"; hreflang="{language}"' in response["Link"]


def test_persian_pages_show_persian_digits_and_the_solar_hijri_date_first(site: Site) -> None:
    html = site.html("programme/", "fa")

    assert html.index("۲۷ آبان ۱۴۰۴") < html.index("۱۸ نوامبر ۲۰۲۵")
    assert ">۰۹:۰۰</time>" in html
    assert 'datetime="2025-11-18T09:00:00+03:30"' in html


def test_other_pages_show_the_gregorian_date_first(site: Site) -> None:
    html = site.html("programme/", "en")

    assert html.index("18 November 2025") < html.index("27 Aban 1404")
    assert ">09:00</time>" in html


def test_a_missing_wording_falls_back_visibly(site: Site) -> None:
    html = site.html("programme/", "tk")

    assert '<span lang="en" dir="ltr">Transit, logistics &amp; the North–South corridor 2</span>' in html
    assert '<abbr class="code"' in html


def test_an_unsure_wording_is_not_shown_while_another_is_confirmed(site: Site) -> None:
    html = site.html("programme/", "kk")

    assert "Қоршаған орта" not in html
    assert "Environment, fisheries" in html


def test_own_wordings_bear_no_mark_of_fallback(site: Site) -> None:
    html = site.html("declaration/", "en")

    assert '<abbr class="code"' not in html


def test_a_hostile_title_is_escaped(site: Site) -> None:
    made = content()
    hostile = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'
    for session in made["programme"]["sessions"]:
        session["title"] = {"en": hostile}
    made["edition"]["name"] = {"en": hostile}
    made["parties"][0]["name"] = {"en": hostile}
    made["programme"]["venues"][0]["rooms"][0]["name"] = {"en": hostile}
    site.publish(made)

    for page in PAGES:
        for query in ("", "?by=room&room=room-1"):
            html = site.html(page + query, "en")
            assert "<script>alert" not in html
            assert "<img" not in html


def test_the_json_ld_is_json_and_describes_the_event(site: Site) -> None:
    made = content()
    made["edition"]["name"] = {"en": "</script><b>&"}
    site.publish(made)

    html = site.html("", "en")

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert block is not None
    event = json.loads(block[1])
    assert event["name"] == "</script><b>&"
    assert event["@type"] == "Event"
    assert event["location"]["name"] == "Rasht"
    assert {session["@type"] for session in event["subEvent"]} == {"Event"}


def test_parties_stand_in_the_alphabet_of_the_reader(site: Site) -> None:
    html = site.html("parties/", "fa")

    states = re.findall(r"<h2>(.+?)</h2>", html)[:5]
    assert states == ["ایران", "ترکمنستان", "جمهوری آذربایجان", "روسیه", "قزاقستان"]
    iran = re.findall(r"<h3>(.+?)</h3>", html)[:5]
    assert iran == ["سیستان و بلوچستان", "گلستان", "گیلان", "مازندران", "هرمزگان"]


def test_turkmen_states_stand_in_the_turkmen_alphabet(site: Site) -> None:
    html = site.html("parties/", "tk")

    assert re.findall(r"<h2>(.+?)</h2>", html)[:5] == ["Azerbaýjan", "Eýran", "Gazagystan", "Russiýa", "Türkmenistan"]


def test_the_declaration_says_what_each_point_lacks(site: Site) -> None:
    html = site.html("declaration/", "en")

    assert "Commitments: 1 of 2 points" in html
    assert html.count('class="lack"><span>No owner</span>') == 1
    assert '<li class="kept"><span>20 March 2026</span></li>' in html
    assert "points may be missing" in html


def test_disputed_facts_show_every_version_with_its_sources_and_the_one_used_first(site: Site) -> None:
    html = site.html("", "en")

    claims = html[html.index('id="claims"') :]
    assert claims.index("Twelve regions") < claims.index("Nine regions")
    assert claims.count("Used here") == 1
    assert 'href="https://www.example.org/news/1"' in claims


def test_the_foot_names_the_version_and_its_moment_at_the_place(site: Site) -> None:
    html = site.html("", "en")

    assert "Programme version 1, published 12 November 2025, 14:05 <bdi>Rasht</bdi>" in html


def test_a_language_without_a_catalogue_has_english_labels_and_its_own_texts(site: Site) -> None:
    made = content(languages=("pt", "es"), fallback_languages=())
    made["edition"]["name"] = {"pt": "Cimeira das Cidades", "es": "Cumbre de las Ciudades"}
    site.publish(made)

    html = site.html("programme/", "pt")

    assert '<html lang="pt" dir="ltr">' in html
    assert '<main id="content" lang="en">' in html
    home = site.html("", "pt")
    assert '<h1><span lang="pt" dir="ltr">Cimeira das Cidades</span></h1>' in home


def test_the_mandate_says_what_kind_of_decision_by_whom_when_and_who_signed(site: Site) -> None:
    made = content()
    before = site.html("", "en")
    [mandate] = made["edition"]["mandates"]
    mandate |= {
        "kind": "agreement",
        "decided_by": {"en": "The five <states>"},
        "signatories": {"en": "Gilan; the secretariat"},
        "in_force_on": "2025-03-01",
    }
    site.publish(made, number=2)

    after = site.html("", "en")

    assert "Decision that gave the hosting" in before
    assert "In force from" not in before
    for words in ("Host agreement", "The five &lt;states&gt;", "18 February 2025", "Gilan; the secretariat", "1 March"):
        assert words in after


def test_a_content_with_nothing_in_it_still_makes_every_page(site: Site) -> None:
    made = content(n_sessions=0, n_rooms=0, n_speakers=0)
    made["sources"], made["claims"], made["parties"], made["offices"], made["texts"] = [], [], [], [], []
    made["map"] = {"width": 720, "height": 0, "land": "", "points": []}
    edition = made["edition"]
    edition["opens_at"] = None
    edition["motto"], edition["summary"], edition["lead_ministry"], edition["secretariat"] = {}, {}, {}, {}
    edition["aims"], edition["mandates"], edition["duties"], edition["milestones"] = [], [], [], []
    site.publish(made)

    pages = [site.html(page, "en") for page in PAGES]

    assert "The programme has no items yet" in pages[1]
    assert "No outcome text has been published yet." in pages[5]
