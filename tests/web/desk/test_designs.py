"""Designs of cards: drawn before they are kept, refused with each fault named, never lost to a second officer."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.text import Text
from ejlas.delegations.models import CardDesign
from ejlas.delegations.operations.passes import designs, opening
from ejlas.delegations.queries.passes import designs as queries
from ejlas.delegations.rules.passes import card_standards
from ejlas.delegations.rules.passes.cards import Design, Element, ElementKind, design_of
from ejlas.exports.cards.badge_values import card_edition
from ejlas.exports.cards.looking import Flaw, flaws_of
from ejlas.exports.cards.samples import Sample, samples_for, values_of
from ejlas.web.desk.designs import words, working
from tests.factories.people import person
from tests.factories.summits import SUMMITS
from tests.marks import FORMS, PERMISSIONS, WORDS

NOW = datetime(2025, 10, 20, 8, 0, tzinfo=UTC)
ALL = "/desk/rasht2025/designs/"


@pytest.fixture
def edition(summits):
    edition = summits["rasht2025"]
    opening.open_passes(edition=edition, by=accounts.system_account(), at=NOW)
    return edition


def client(role=Role.ACCREDITATION_DESK, *, name="Desk Officer", edition="rasht2025", language="en"):
    browser = Client(headers={"host": "localhost", "accept-language": language})
    user = person(role, edition=edition, name=name, language=language, password=None)
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.fixture
def quickly(monkeypatch):
    """Draw nothing: for what a picture does not change."""
    from ejlas.web.desk.designs import page as pages

    monkeypatch.setattr(pages, "preview", lambda *args, **values: b"png")


def at(slug, more=""):
    return f"{ALL}of/{slug}/{more}"


def page(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def sent(design, **more):
    """Return what the form of a design sends, as it is kept, besides what is typed."""
    held = working.of_design(design)
    names = {f"name-{code}": each for code, each in held.name.items()}
    return {
        **names,
        "kinds": list(held.kinds),
        "width": held.width,
        "height": held.height,
        "fold": held.fold,
        "elements": held.as_json,
        "revision": held.revision,
        **more,
    }


def kept(slug="badge"):
    return CardDesign.objects.select_related("edition").get(edition__slug="rasht2025", slug=slug)


@pytest.mark.parametrize("slug", SUMMITS)
def test_edition_begins_with_the_standard_designs_and_each_looks_right_on_a_short_name(summits, slug):
    edition = summits[slug]
    opening.open_passes(edition=edition, by=accounts.system_account(), at=NOW)

    made = queries.designs_of(edition)

    assert {each.slug for each in made} == set(card_standards.by_slug(edition.languages))
    assert all(each.name.wording(edition.languages[0]).text for each in made)
    opened, shared = queries.categories_opened(edition), card_edition(edition)
    for each in made:
        values = values_of(samples_for(each.kinds)[0], edition, opened)
        flaws = flaws_of(design_of(each.design), values, edition=shared, language=edition.languages[0])
        assert {flaw.flaw for flaw in flaws} <= {Flaw.CUT}
    assert designs.add_standard_designs(edition=edition, by=accounts.system_account(), at=NOW) == []


def test_officer_moves_an_element_looks_and_saves(edition):
    design, browser = kept(), client()
    line = Line.objects.count()

    drawn = page(browser.post(at("badge", "preview/"), sent(design, act="open:0")))
    moved = {"e-place": "0", "e-x": "۱۲٫۵", "e-y": "3", "e-w": "40", "e-h": "20"}
    before = page(browser.post(at("badge", "preview/"), sent(design, **moved, act="look")))
    answer = browser.post(at("badge"), sent(design, **moved, act="save"))

    assert 'name="e-place" value="0"' in drawn
    assert re.search(r'src="data:image/png;base64,[A-Za-z0-9+/=]{2000,}"', drawn)
    assert "Not saved yet" in before
    assert answer.status_code == 302
    found = kept()
    assert [found.design["elements"][0][name] for name in "xywh"] == [12.5, 3, 40, 20]
    assert found.design["elements"][1:] == design.design["elements"][1:]
    assert found.revision == design.revision + 1
    assert Line.objects.count() == line + 1


@pytest.mark.usefixtures("quickly")
def test_two_officers_never_write_over_one_another_unseen(edition):
    design, browser, other = kept(), client(), client(name="Other Officer")
    browser.post(at("badge"), sent(design, act="save", width="106"))

    told = page(other.post(at("badge"), sent(design, act="save", width="107")), 409)

    assert kept().design["width"] == 106
    assert 'name="width" value="107"' in told
    assert "Save over theirs" in told
    revision = re.search(r'name="revision" value="(\d+)"', told)[1]
    other.post(at("badge"), sent(design, act="save-copy", width="107", revision=revision))
    assert sorted(each.design["width"] for each in CardDesign.objects.filter(edition=edition, kinds=["badge"]))[
        -2:
    ] == [
        106,
        107,
    ]
    other.post(at("badge"), sent(design, act="save-over", width="107", revision=revision))
    assert kept().design["width"] == 107
    with pytest.raises(ChangedMeanwhile):
        designs.change_design(
            thing=kept(), fields={"kinds": []}, by=accounts.system_account(), at=NOW, revision=design.revision
        )


@FORMS
@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"width": "wide"}, "Write a number here."),
        ({"height": "9999"}, "This number must lie from 40 to 297."),
        ({"e-x": "abc"}, "From where lines begin, mm"),
        ({"e-w": "400"}, "This number must lie from 0.1 to 297."),
        ({"e-x": "100"}, "beyond the edge of the card"),
        ({"e-colour": "own", "e-hex": "red"}, "is no colour"),
        ({"e-kind": "hologram"}, "There is no choice “hologram”"),
        ({"e-kind": "code", "e-w": "10"}, "at least 20 mm"),
        ({"e-kind": "text", "e-text-en": " "}, "Write the words in at least one language."),
        ({"e-lines": "1.5"}, "Write a number here."),
        ({"e-languages-asked": "1", "e-languages": "zz9"}, "is no language"),
        ({"e-when-asked": "1", "e-kinds": "robots"}, "There is no choice “robots”"),
        ({"fold": "twice"}, "There is no choice “twice”"),
        ({"elements": "{"}, "This is not the design of a card."),
        ({"elements": '[["x"]]'}, "This is not the design of a card."),
        ({"elements": "[" * 5000}, "This is not the design of a card."),
        ({"elements": json.dumps([{"kind": "line", "x": 1, "y": 1, "w": 1, "h": 1}] * 101)}, "at most 100 elements"),
    ],
)
def test_each_fault_is_named_by_element_and_field_and_nothing_is_written(edition, typed, told):
    design = kept()
    place = next(n for n, each in enumerate(design.design["elements"]) if each["kind"] == "office")
    element = design.design["elements"][place]
    open_one = {"e-place": str(place), **{f"e-{name}": str(element[name]) for name in ("kind", *"xywh")}}

    words_told = page(client().post(at("badge"), sent(design, **{**open_one, **typed}, act="save")), 422)

    assert told in words_told
    assert "To be mended before it can be saved" in words_told
    assert kept().revision == design.revision


@pytest.mark.usefixtures("quickly")
def test_elements_are_added_put_in_order_and_removed_by_the_plain_form(edition):
    design, browser = kept("token"), client()
    n = len(design.design["elements"])

    def after(act, elements, **more):
        told = page(browser.post(at("token"), sent(design, elements=json.dumps(elements), act=act, **more)))
        return json.loads(re.search(r'name="elements" value="([^"]*)"', told)[1].replace("&quot;", '"')), told

    more, told = after("add", design.design["elements"], new="line", **{"new-side": "back"})
    assert more[n] == {"kind": "line", "x": 5, "y": 5, "w": 40, "h": 0.3, "side": "back"}
    assert f'name="e-place" value="{n}"' in told
    earlier, _ = after("earlier", more, **{"e-place": str(n)})
    assert [each["kind"] for each in earlier[-2:]] == ["line", more[n - 1]["kind"]]
    left, _ = after("remove", earlier, **{"e-place": str(n - 1)})
    assert left == design.design["elements"]
    assert kept("token").revision == design.revision


def test_what_does_not_look_right_is_told_while_one_draws(edition):
    opened, shared = queries.categories_opened(edition), card_edition(edition)
    long = values_of(Sample.LONG, edition, opened)
    drawn = Design(
        86,
        54,
        (
            Element(ElementKind.OFFICE, 2, 2, 15, 3, languages=("en",)),
            Element(ElementKind.CODE, 40, 10, 21, 21),
            Element(ElementKind.LINE, 45, 20, 5, 0.3),
            Element(ElementKind.NUMBER, 2, 45, 30, 6, colour="#dddddd"),
            Element(ElementKind.BLOCK, 60, 40, 20, 10, colour="deep"),
            Element(ElementKind.NUMBER, 60, 40, 20, 10, colour="paper"),
        ),
    )

    flaws = flaws_of(drawn, long, edition=shared, language="en")

    assert [(each.element, each.flaw) for each in flaws] == [
        (0, Flaw.CUT),
        (1, Flaw.SMALL_CODE),
        (1, Flaw.CROWDED_CODE),
        (3, Flaw.PALE),
    ]


def test_test_print_is_a_card_of_the_working_copy(edition):
    design = kept()

    answer = client().post(at("badge", "test/"), sent(design, width="110"))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"Count 2" in answer.content or answer.content.count(b"/Type /Page") >= 2
    assert client().post(at("badge", "test/"), sent(design, width="no")).status_code == 422


def test_list_shows_a_picture_of_each_and_designs_are_begun_copied_and_removed(edition):
    browser = client()

    assert page(browser.get(ALL)).count('class="designpicture"') == len(card_standards.by_slug(edition.languages))
    assert browser.get(at("badge", "picture/")).content.startswith(b"\x89PNG")
    assert browser.post(f"{ALL}add/", {"size": "cr80"}).status_code == 302
    assert browser.post(at("badge", "copy/")).status_code == 302
    copied = CardDesign.objects.filter(edition=edition).order_by("-position")[0]
    assert (copied.design, copied.kinds) == (kept().design, kept().kinds)
    assert "(copy)" in copied.name.values["en"]
    assert "Nobody can print by it any more" in page(browser.get(at(copied.slug, "remove/")))
    assert browser.post(at(copied.slug, "remove/"), {"revision": "9"}).status_code == 302
    assert CardDesign.objects.filter(pk=copied.pk).exists()
    browser.post(at(copied.slug, "remove/"), {"revision": str(copied.revision)})
    assert not CardDesign.objects.filter(pk=copied.pk).exists()
    begun = CardDesign.objects.filter(edition=edition).order_by("-position")[0]
    assert (begun.design["width"], begun.design["height"]) == (85.6, 54)


@PERMISSIONS
def test_nobody_without_the_permission_sees_or_changes_a_design(edition):
    design = kept()
    for browser in (client(Role.PROTOCOL), client(Role.ACCREDITATION_DESK, edition="atlantic2027")):
        for more in ("", "picture/", "remove/"):
            assert browser.get(at("badge", more)).status_code == 403
        for more in ("", "preview/", "test/", "copy/", "remove/"):
            assert browser.post(at("badge", more), sent(design, act="save", width="60")).status_code == 403
    assert client().get(at("of-another-edition")).status_code == 404
    assert kept().revision == design.revision


def test_design_with_a_fault_is_refused_wherever_it_comes_from(edition):
    wrong = {"version": 1, "width": 86, "height": 54, "elements": [{"kind": "code", "x": 0, "y": 0, "w": 5, "h": 5}]}
    by = accounts.system_account()

    with pytest.raises(designs.DesignFaulty) as told:
        designs.add_design(
            edition=edition, fields={"name": Text.of(en="X"), "kinds": [], "design": wrong}, by=by, at=NOW
        )

    assert [(each.element, each.field) for each in told.value.faults] == [(0, "w")]
    with pytest.raises(designs.DesignFaulty):
        designs.change_design(thing=kept(), fields={"design": wrong}, by=by, at=NOW)


@WORDS
def test_every_element_sample_and_flaw_has_words():
    assert set(words.ELEMENTS) == set(ElementKind)
    assert set(words.SAMPLES) == set(Sample)
    assert set(words.FLAWS) == set(Flaw)
