from __future__ import annotations

import pytest

from ejlas.forum import queries
from tests.factories.content import content
from tests.web.public.conftest import Site


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "fa"),
        ("ru-RU, ru;q=0.9", "ru"),
        ("de, en;q=0.5", "en"),
        ("en;q=0.2, kk;q=0.8", "kk"),
        ("de", "fa"),
        ("fa-IR", "fa"),
        ("az-Latn-AZ", "az"),
        (";;q=,,", "fa"),
        ("en;q=nan", "fa"),
    ],
)
def test_the_root_leads_to_the_current_edition_in_the_visitors_language(
    site: Site, accepted: str, language: str
) -> None:
    response = site.get("/", accept_language=accepted)

    assert (response.status_code, response["Location"]) == (302, f"/{language}/rasht2025/")
    assert "Accept-Language" in response["Vary"]


def test_the_editions_own_address_leads_on(site: Site) -> None:
    response = site.get("/rasht2025/", accept_language="tk")

    assert response["Location"] == "/tk/rasht2025/"


@pytest.mark.parametrize(
    "path",
    ["/de/rasht2025/", "/xx/rasht2025/", "/ru/other/", "/other/", "/other/programme.ics", "/ru/rasht2025/none/", "/no"],
)
def test_a_wrong_address_says_in_the_visitors_language_what_is_there(site: Site, path: str) -> None:
    response = site.get(path)

    html = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="ru" dir="ltr">' in html
    assert 'href="/ru/rasht2025/programme/"' in html
    assert 'href="/fa/rasht2025/" lang="fa"' in html


def test_before_anything_is_published_the_site_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "current_edition", lambda: None)

    response = site.get("/", accept_language="en")

    assert response.status_code == 404
    assert b"No programme has been published yet." in response.content


@pytest.mark.parametrize("path", ["/rasht2025/programme.ics", "/rasht2025/programme.json", "/rasht2025/schedule.xml"])
def test_feeds_are_kept_and_answered_304(site: Site, path: str) -> None:
    first = site.get(path)
    again = site.get(path, if_none_match=first["ETag"])

    assert (first.status_code, again.status_code) == (200, 304)


def test_a_feed_speaks_the_language_of_its_address_and_else_the_first_of_the_edition(site: Site) -> None:
    in_russian = site.get("/rasht2025/programme.ics?language=ru")
    in_none = site.get("/rasht2025/programme.ics?language=xx")

    assert in_russian["Content-Language"] == "ru"
    assert in_none["Content-Language"] == "fa"


def test_a_printed_programme_in_a_language_that_is_not_spoken_is_missing(site: Site) -> None:
    assert site.get("/rasht2025/programme-de.pdf").status_code == 404


def test_the_site_map_lists_every_page_in_every_language(site: Site) -> None:
    xml = site.get("/sitemap.xml").content.decode()

    assert xml.count("<url>") == 7 * 6
    assert "<loc>http://testserver/kk/rasht2025/declaration/</loc>" in xml
    assert 'hreflang="fa" href="http://testserver/fa/rasht2025/"' in xml


def test_robots_are_led_to_the_site_map(site: Site) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in site.get("/robots.txt").content.decode()


def test_only_reading_is_allowed(site: Site) -> None:
    assert site.client.post("/fa/rasht2025/programme/").status_code == 405


def test_an_editions_colours_are_a_style_sheet_where_they_are_set(site: Site) -> None:
    without = site.get("/rasht2025/theme.css").status_code
    made = content()
    made["edition"]["colours"] = ["#ffee00", "#0055aa"]
    site.publish(made, number=2)

    sheet = site.get("/rasht2025/theme.css")

    assert without == 404
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert '<link rel="stylesheet" href="/rasht2025/theme.css">' in site.html("", "en")
