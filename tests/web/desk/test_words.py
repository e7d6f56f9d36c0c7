"""No page of the desk, no fault of its forms and no refusal speaks English to a reader of another language."""

from __future__ import annotations

import pytest

from ejlas.accounts.rules import Role
from ejlas.web.ui.kinds import KINDS
from tests.factories.pages import form_data
from tests.marks import WORDS
from tests.web.test_words import OTHERS, _english, _texts

pytestmark = WORDS

PAGES = (
    *("", "search/?q=rasht", "search/", "trail/", "people/", "people/add/", "people/invitations/", "webhooks/"),
    *(
        "webhooks/add/",
        "edition/",
        "edition/change/",
        "edition/bilaterals/",
        "edition/bilaterals/change/",
        "languages/",
    ),
    *("languages/change/", "translations/", "publish/", "next/", "plan/", "plan/table/", "plan/compare/"),
)


def _spoken(response, language):
    """Return what of a page is an English sentence of the catalogue."""
    return _texts(response.content.decode(), language) & _english()


@pytest.mark.parametrize("language", OTHERS)
def test_no_page_of_the_desk_shows_an_english_sentence(language, desk, summits):
    client = desk(language=language)

    shown = {page: client.get(f"/desk/rasht2025/{page}") for page in PAGES}
    for kind in KINDS:
        base = f"/desk/rasht2025/{kind.address}/"
        slug = kind.things(client.user, summits["rasht2025"]).first().slug
        shown |= {base + end: client.get(base + end) for end in ("", "add/", "?q=zzzz", f"of/{slug}/")}
        shown |= {base + end: client.get(f"{base}of/{slug}/{end}") for end in ("change/", "remove/", "history/")}

    assert {page: response.status_code for page, response in shown.items() if response.status_code != 200} == {}
    found = {page: _spoken(response, language) for page, response in shown.items()}
    assert {page: texts for page, texts in found.items() if texts} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_fault_of_a_form_speaks_english(language, desk, summits):
    client = desk(language=language)

    found = {}
    for kind in KINDS:
        address = f"/desk/rasht2025/{kind.address}/add/"
        empty = client.post(address, {"x": "1"})
        data = form_data(client.get(address).content.decode(), "novalidate")
        wrong = client.post(address, {name: "\u0661\u0661-x" if name != "revision" else "" for name in data})
        # A workstream is a name alone, and a name takes any words.
        assert (empty.status_code, wrong.status_code) == (422, 302 if kind.name == "workstream" else 422), kind.name
        found[kind.name] = _spoken(empty, language) | _spoken(wrong, language)

    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_refusal_speaks_english(language, desk):
    client = desk(Role.AUDITOR, language=language)

    refused = client.get("/desk/rasht2025/parties/add/")
    missing = client.get("/desk/rasht2025/parties/of/nowhere/")

    assert (refused.status_code, missing.status_code) == (403, 404)
    assert _spoken(refused, language) | _spoken(missing, language) == set()
