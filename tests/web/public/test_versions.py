"""The list of versions: what each changed, in the words of the page's language, a page at a time."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime, timedelta

import pytest

from ejlas.exports.versions import between, changes, kept_text, read
from tests.factories.content import content
from tests.web.public.conftest import Site


def _later(iso: str, hours: int) -> str:
    return (datetime.fromisoformat(iso) + timedelta(hours=hours)).isoformat()


def _second(site: Site, number: int = 2):
    """Publish a version that moves, renames, adds and removes things of the first."""
    before, after = content(), content()
    long, first, second, third = after["programme"]["sessions"][:4]
    long["ends_at"] = _later(long["ends_at"], 1)
    first["starts_at"], first["ends_at"] = _later(first["starts_at"], 2), _later(first["ends_at"], 2)
    second["room"] = next(r["slug"] for r in after["programme"]["venues"][0]["rooms"] if r["slug"] != second["room"])
    third["title"] = {"en": "Another title"}
    after["programme"]["sessions"].append({**deepcopy(third), "slug": "extra", "title": {"en": "An extra session"}})
    gone = after["parties"].pop()
    site.before[number] = before
    site.publish(after, number=number, digest="b" * 64)
    return before, after, gone


def test_version_tells_what_moved_what_came_and_what_went(site: Site) -> None:
    before, _after, gone = _second(site)
    site.notes[2] = "Plenary later & elsewhere <b>"

    html = site.html("versions/", "en")

    part = html[html.index('id="version-2"') : html.index('id="version-1"')]
    was = before["programme"]["sessions"][1]["starts_at"]
    assert f"Moved from 18 November 2025, {was[11:16]}" in part
    assert re.search(r"to 18 November 2025, \d\d:\d\d – 21 November 2025, \d\d:\d\d\.", part)
    assert re.search(r"Now in <bdi>.+?</bdi> instead of <bdi>", part)
    assert "Changed: Title." in part
    assert '<li class="is-added"><b><bdi>An extra session</bdi></b> <span>Added: 18 November 2025' in part
    assert f'<li class="is-removed"><b><bdi>{gone["name"]["en"]}</bdi></b> <span>Removed.</span>' in part
    assert "Plenary later &amp; elsewhere &lt;b&gt;" in part
    assert "The first version." in html[html.index('id="version-1"') :]


def test_persian_reader_finds_digits_and_both_calendars(site: Site) -> None:
    _second(site)

    html = site.html("versions/", "fa")

    part = html[html.index('id="version-2"') : html.index('id="version-1"')]
    assert "۲۱ آبان ۱۴۰۴ · ۱۲ نوامبر ۲۰۲۵" in part
    assert "۲۷ آبان ۱۴۰۴" in part


def test_versions_come_ten_to_a_page(site: Site) -> None:
    site.publish(content(), number=23)

    first, last = site.html("versions/", "en"), site.html("versions/?page=3", "en")
    wrong = [site.get(f"/en/rasht2025/versions/?page={page}").status_code for page in ("4", "0", "x", "-1", "9" * 30)]

    assert re.findall(r'id="version-(\d+)"', first) == [str(n) for n in range(23, 13, -1)]
    assert re.findall(r'id="version-(\d+)"', last) == ["3", "2", "1"]
    assert 'href="?page=2" rel="next"' in first
    assert 'rel="next"' not in last
    assert wrong == [404] * 5


def test_feed_gives_every_version_in_every_language(site: Site) -> None:
    _second(site)

    answer = site.get("/rasht2025/versions.json")

    found = answer.json()
    assert [version["number"] for version in found["versions"]] == [2, 1]
    assert (found["page"], found["pages"]) == (1, 1)
    moved = found["versions"][0]["changes"][0]
    assert moved["was"]["ends_at"] != moved["now"]["ends_at"]
    assert set(moved["title"]) > {"fa", "en"}
    assert site.get("/rasht2025/versions.json", if_none_match=answer["ETag"]).status_code == 304
    assert site.get("/rasht2025/versions.json?page=2").status_code == 404


def test_first_version_changes_nothing_and_the_same_content_neither() -> None:
    assert changes(None, content())["changes"] == []
    assert changes(content(), content())["changes"] == []
    assert read(kept_text(None, content())[2]) == changes(None, content())


def test_changes_of_older_publications_are_found_from_their_contents() -> None:
    one, two, three = content(), content(), content()
    two["programme"]["sessions"][0]["title"] = {"en": "Two"}
    three["programme"]["sessions"][0]["title"] = {"en": "Three"}

    whole = dict(between([(1, one), (2, two), (3, three)]))
    part = dict(between([(2, two), (3, three)]))

    assert list(whole) == [1, 2, 3]
    assert part == {3: whole[3]}
    assert whole[3]["changes"][0]["title"] == {"en": "Three"}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_long_wording_of_a_point_is_cut_at_a_word(site: Site, language: str) -> None:
    before, after = content(), content()
    after["texts"][0]["points"][0]["wording"] = {language: "word " * 100}
    site.before[2] = before
    site.publish(after, number=2, digest="b" * 64)

    html = site.html("versions/", language)

    assert "word word word …" in html
    assert "word " * 40 not in html
