"""Feeds made with their publication: byte for byte what rendering them for a site gives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ejlas.exports.documents import DOCUMENTS, FEEDS, for_site, ready_texts
from tests.factories.content import content

AT = datetime(2025, 11, 17, 11, 0, tzinfo=UTC)
SITES = ("http://127.0.0.1:8000", "https://summit.of-a-very-long-name-that-changes-where-lines-fold.example.org")


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("form", FEEDS)
def test_ready_text_becomes_what_rendering_for_the_site_gives(form, site):
    made = content(n_sessions=20)
    ready = {(kind, language): text for kind, language, text in ready_texts(made, number=3, published_at=AT)}

    languages = DOCUMENTS[form].languages(made["edition"]["languages"])
    bodies = {language: for_site(form, ready[form, language], site) for language in languages}

    assert bodies == {
        language: DOCUMENTS[form].render(made, number=3, published_at=AT, language=language, site=site)
        for language in languages
    }


def test_ready_texts_are_the_feeds_in_every_language_that_they_know():
    made = content(n_sessions=2, languages=("fa", "en"))

    ready = [(form, language) for form, language, _text in ready_texts(made, number=1, published_at=AT)]

    assert ready == [("ics", "fa"), ("ics", "en"), ("json", "fa"), ("xml", "fa")]
