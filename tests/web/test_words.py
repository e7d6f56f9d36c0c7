"""No sentence of the interface comes out in English for a reader of another language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from ejlas.accounts import queries as accounts
from ejlas.forum import queries
from ejlas.journeys.publish_edition import publish_edition
from ejlas.journeys.summit_file.load import load
from ejlas.web.public.views import errors
from tests.catalogues import PACKAGE, read
from tests.factories.summits import summit
from tests.marks import WORDS

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)
OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
PAGES = ("", "programme/", "programme/print/", "parties/", "declaration/", "data/")


class _Text(HTMLParser):
    """Gathers the visible texts of a page, those of its labels too, but not what is marked as another language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.texts, self.stack = language, [], []

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        other = held.get("lang", self.language) != self.language
        hidden = tag in {"script", "style"} or other or (bool(self.stack) and self.stack[-1][1])
        if tag not in {"meta", "link", "input", "br", "hr", "img", "path", "circle", "use", "line", "rect"}:
            self.stack.append((tag, hidden))
        if not hidden:
            self.texts += [held[name] for name in ("aria-label", "title", "placeholder") if held.get(name)]

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not (self.stack and self.stack[-1][1]):
            self.texts.append(" ".join(data.split()))


def _texts(html: str, language: str) -> set[str]:
    parser = _Text(language)
    parser.feed(html)
    return set(parser.texts)


@cache
def _english() -> frozenset[str]:
    """Every sentence of the catalogue that is more than a name: two words or more, and nothing to be put in."""
    ids = [message.id for message in read(PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po") if message.id]
    single = [message for message in ids if isinstance(message, str)]
    return frozenset(message for message in single if re.search(r"[a-z]+ [a-z]+", message) and "%" not in message)


@WORDS
@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_no_page_shows_an_english_sentence(language):
    load(summit("rasht2025"), by=accounts.system_account(), at=AT)
    publish_edition(edition=queries.edition("rasht2025"), note="", by=accounts.system_account(), at=AT)
    client = Client(headers={"host": "localhost", "accept-language": language})

    shown = {
        page: _texts(client.get(f"/{language}/rasht2025/{page}").content.decode(), language)
        for page in (*PAGES, "nowhere/")
    }

    found = {page: texts & _english() for page, texts in shown.items()}
    assert all(shown.values())
    assert {page: texts for page, texts in found.items() if texts} == {}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("view", [errors.bad_request, errors.forbidden, errors.server_error])
def test_error_pages_speak_the_visitors_language(view, language, rf):
    request = rf.get("/", headers={"accept-language": language})
    arguments = [] if view is errors.server_error else [Exception()]

    own = _texts(view(request, *arguments).content.decode(), language)
    english = _texts(view(rf.get("/", headers={"accept-language": "en"}), *arguments).content.decode(), "en")

    sentences = {text for text in english if " " in text}
    assert sentences
    assert own & sentences == set()
