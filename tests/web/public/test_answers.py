from __future__ import annotations

import gzip

import brotli
import pytest

from ejlas.web.public import answers
from ejlas.web.public.answers import Kept, Made
from tests.factories.content import content
from tests.web.public.conftest import PAGES, Site


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_made_once_and_answered_304_when_nothing_changed(site: Site, page: str) -> None:
    first = site.get(f"/fa/rasht2025/{page}")
    again = site.get(f"/fa/rasht2025/{page}", if_none_match=first["ETag"])

    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first["Content-Language"] == "fa"
    assert first["Last-Modified"] == "Wed, 12 Nov 2025 10:35:00 GMT"
    assert "Accept-Encoding" in first["Vary"]


def test_the_content_is_read_once_for_all_pages_of_a_publication(site: Site) -> None:
    for page in PAGES:
        site.get(f"/fa/rasht2025/{page}")
        site.get(f"/ru/rasht2025/{page}?kind=panel")

    assert site.n_reads == 1


def test_a_new_publication_makes_new_pages(site: Site) -> None:
    old = site.get("/en/rasht2025/")
    made = content()
    made["edition"]["motto"] = {"en": "Another motto"}
    site.publish(made, number=2, digest="b" * 64)

    new = site.get("/en/rasht2025/", if_none_match=old["ETag"])

    assert new.status_code == 200
    assert b"Another motto" in new.content


def test_each_encoding_has_its_own_etag_and_the_same_page(site: Site) -> None:
    plain = site.get("/en/rasht2025/programme/")
    zipped = site.get("/en/rasht2025/programme/", accept_encoding="gzip")
    small = site.get("/en/rasht2025/programme/", accept_encoding="gzip, deflate, br")

    assert gzip.decompress(zipped.content) == brotli.decompress(small.content) == plain.content
    assert [answer.headers.get("Content-Encoding") for answer in (plain, zipped, small)] == [None, "gzip", "br"]
    assert len({answer["ETag"] for answer in (plain, zipped, small)}) == 3


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("", ""), ("br", "br"), ("gzip, br;q=0", "gzip"), ("gzip;q=0, identity", ""), ("GZIP", "gzip"), ("xbr", "")],
)
def test_encoding_for_takes_the_best_that_is_allowed(accepted: str, expected: str) -> None:
    assert answers.encoding_for(accepted) == expected


def test_unknown_filters_make_no_new_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.get("/en/rasht2025/programme/")
    made: list[Made] = []
    pack = answers.packed
    monkeypatch.setattr(answers, "packed", lambda fresh, encoding: made.append(fresh) or pack(fresh, encoding))

    for number in range(5):
        site.get(f"/en/rasht2025/programme/?kind=nonsense-{number}&page={number}")

    assert made == []


def test_pages_of_another_host_are_kept_apart(site: Site, settings: object) -> None:
    one = site.client.get("/en/rasht2025/", headers={"host": "localhost"})
    other = site.client.get("/en/rasht2025/", headers={"host": "127.0.0.1"})

    assert b"http://localhost/en/rasht2025/" in one.content
    assert b"localhost" not in other.content


def test_kept_drops_what_was_used_longest_ago_when_it_grows_too_heavy() -> None:
    kept: Kept[str] = Kept(most=10, heaviest=10, weight=len)

    kept.keep("a", "1234")
    kept.keep("b", "1234")
    kept.get("a")
    kept.keep("c", "1234")

    assert [kept.get(key) for key in "abc"] == ["1234", None, "1234"]


def test_kept_replaces_a_thing_without_counting_it_twice() -> None:
    kept: Kept[str] = Kept(most=10, heaviest=10, weight=len)

    for _ in range(5):
        kept.keep("a", "12345")
    kept.keep("b", "12345")

    assert kept.get("a") == "12345"
