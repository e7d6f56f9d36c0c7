"""What is found, in any script, on both databases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.core.index import operations, queries
from ejlas.core.index.models import Entry
from ejlas.core.index.rules import Item
from ejlas.core.text import Text
from tests.core.index.things import AT, note, thing
from tests.factories.summits import SUMMITS, summit

pytestmark = pytest.mark.django_db

NAMES = {
    "gilan": ["گیلان", "Gilan", "Гилян", "Gilān", "Gylan"],
    "rasht": ["رشت", "Rasht", "Решт", "Reşt"],
    "baku": ["باکو", "Baku", "Bakı", "Баку"],
    "makhachkala": ["مخاچ‌قلعه", "Makhachkala", "Махачкала"],
    "turkmenbashi": ["Türkmenbaşy", "Туркменбаши", "ترکمن‌باشی"],
    "aktau": ["Aktau", "Ақтау", "Актау", "آکتائو"],
    "lankaran": ["Lankaran", "لنکران", "Ленкорань", "Lənkəran"],
    "turkan": ["Turkan", "Тюркан"],
    "golestan": ["Golestan", "گلستان", "Голестан"],
    "bandar-abbas": ["Bandar Abbas", "بندرعباس", "Бендер-Аббас"],
}
LANGUAGE_OF = {"ا": "fa", "а": "ru", "a": "en"}


def _language(name: str) -> str:
    return "fa" if any("\u0600" <= letter <= "\u06ff" for letter in name) else "ru" if name > "А" else "en"


def _slugs(query: str, **within) -> list[str]:
    return [found.slug for found in queries.search(query, **within)]


@pytest.mark.parametrize("number", range(5))
def test_a_name_in_any_script_finds_the_thing_that_has_it_in_another_only(number):
    held = {slug: names[number % len(names)] for slug, names in NAMES.items()}
    note(*(thing(slug, **{_language(name): name}) for slug, name in held.items()))

    found = {name: _slugs(name) for names in NAMES.values() for name in names}

    assert found == {name: [slug] for slug, names in NAMES.items() for name in names}


def test_a_name_in_any_script_narrows_a_list():
    note(*(thing(slug, fa=names[1] if slug == "lankaran" else names[0]) for slug, names in NAMES.items()))

    assert list(queries.matching("x2025", "party", "Gilan")) == ["gilan"]
    assert list(queries.matching("x2025", "party", "Gil")) == ["gilan"]
    assert list(queries.matching("x2025", "party", "гил")) == ["gilan"]
    assert list(queries.matching("x2025", "session", "Gilan")) == []
    assert list(queries.matching("y2025", "party", "Gilan")) == []
    assert queries.matching("x2025", "party", " ").count() == len(NAMES)
    assert queries.matching("x2025", "party", "!?").count() == 0


def test_every_word_must_be_met_and_the_last_by_its_beginning():
    note(thing("hall", en="Rasht Central Hall"), thing("port", en="Rasht Port"))

    assert _slugs("rasht ha") == ["hall"]
    assert _slugs("rasht ce hall") == []
    assert _slugs("hall rasht") == ["hall"]
    assert sorted(_slugs("rasht")) == ["hall", "port"]
    assert _slugs("رشت por") == ["port"]


def test_the_nearest_comes_first():
    note(
        thing("bones", fa="رشت"),
        thing("elsewhere", en="Caspian", words=("rasht",)),
        thing("sounds", ru="Рашт"),
        thing("within", en="Hall of Rasht"),
        thing("beginning", en="Rasht Hall"),
        thing("same", en="Rasht"),
    )

    found = _slugs("rasht")

    assert found[:3] == ["same", "beginning", "within"]
    assert set(found[3:5]) == {"elsewhere", "sounds"}
    assert found[5:] == ["bones"]


def test_search_keeps_to_scopes_kinds_and_the_limit():
    note(thing("rasht", en="Rasht"), thing("hall", kind="venue", en="Rasht Hall"))
    operations.note([thing("rasht", scope="rasht-2027", en="Rasht")], at=AT)

    assert _slugs("rasht", scopes=["x2025"], kinds=["venue"]) == ["hall"]
    assert _slugs("rasht", kinds=["venue"]) == ["hall"]
    assert [found.scope for found in queries.search("rasht", scopes=["rasht-2027"])] == ["rasht-2027"]
    assert _slugs("rasht", scopes=[]) == []
    assert len(_slugs("rasht", limit=1)) == 1
    assert queries.search("rasht", scopes=["x2025"], limit=1)[0].title == Text.of(en="Rasht")


@pytest.mark.parametrize(
    "query", ["' OR 1=1 --", '"rasht"', "rasht*", "rasht:*", "NOT rasht", "a\\", "\x00", "(", "%s", "£"]
)
def test_what_a_database_would_read_as_its_own_is_only_words(query):
    note(thing("hall", en="Hall"))

    assert _slugs(query) == []
    assert list(queries.matching("x2025", "party", query)) == []


def test_a_thing_that_changed_or_went_is_found_by_its_old_name_no_more():
    note(thing("hall", en="Hall of Rasht"), thing("port", en="Port"))

    note(thing("hall", en="Hall of Astara"))
    operations.forget(scope="x2025", kind="party", slugs=["port"])

    assert (_slugs("rasht"), _slugs("astara"), _slugs("port")) == ([], ["hall"], [])


@pytest.mark.parametrize("n_things", [1, 60])
def test_a_search_takes_as_many_queries_for_one_thing_as_for_many(n_things):
    note(*(thing(f"hall-{number}", fa="رشت") for number in range(n_things)))

    with CaptureQueriesContext(connection) as captured:
        found = queries.search("Rasht")

    assert len(found) == min(n_things, 20)
    assert len(captured) == 3


def _names(slug: str) -> dict[str, list[Text]]:
    file = summit(slug)
    return {
        "seat": [party.seat for party in file.parties if party.seat],
        "person": [person.name for person in (*file.speakers, *file.interpreters)],
    }


def _figures(texts: list[Text], scope: str) -> tuple[float, float]:
    """Return recall and precision of every wording asked of things that have only another language's wording."""
    texts = list(dict.fromkeys(texts))
    hits = asked = right = answers = 0
    for held in sorted({language for text in texts for language in text.values}):
        items = [(str(number), text) for number, text in enumerate(texts) if held in text.values]
        place = f"{scope}-{held}"
        operations.note([Item(place, "name", slug, Text({held: text.values[held]})) for slug, text in items], at=AT)
        for slug, text in items:
            for language, words in text.values.items():
                if language == held:
                    continue
                found = set(queries.matching(place, "name", words))
                same = {
                    other
                    for other, its in items
                    if its.values.get(language) == words or its.values[held] == text.values[held]
                }
                asked, hits = asked + 1, hits + (slug in found)
                answers, right = answers + len(found), right + len(found & same)
    return hits / asked, right / answers


@pytest.mark.parametrize(
    ("slug", "kind", "recall", "precision"),
    [
        # The ten that are missed are Həştərxan for Astrakhan: another name.
        ("rasht2025", "seat", 0.97, 1.0),
        ("rasht2025", "person", 1.0, 1.0),
        ("atlantic2027", "person", 1.0, 1.0),
    ],
)
def test_names_of_the_summits_meet_across_their_languages(slug, kind, recall, precision):
    figures = _figures(_names(slug)[kind], f"{slug}-{kind}")

    assert figures[0] >= recall
    assert figures[1] >= precision


def test_single_words_of_names_meet_and_seldom_find_another():
    people = [text for slug in SUMMITS[:1] for text in _names(slug)["person"]]
    shown = {language: [text.values[language].split() for text in people] for language in people[0].values}
    hits = asked = right = answers = 0
    for held, names in shown.items():
        items = [Item(held, "name", str(number), Text({held: " ".join(name)})) for number, name in enumerate(names)]
        operations.note(items, at=AT)
    for language, names in shown.items():
        for number, word in ((number, word) for number, name in enumerate(names) for word in name):
            same = {str(other) for other, name in enumerate(names) if any(part.startswith(word) for part in name)}
            for held in shown.keys() - {language}:
                found = set(queries.matching(held, "name", word))
                asked, hits = asked + 1, hits + (str(number) in found)
                answers, right = answers + len(found), right + len(found & same)

    assert hits / asked > 0.99
    assert right / answers > 0.98


def test_terms_of_an_entry_are_parted_by_blanks_alone():
    note(thing("a", en="Sardar-e Jangal International Airport, Rasht", fa="فرودگاه بین‌المللی سردار جنگل رشت"))

    terms = Entry.objects.get().terms

    assert "\n" not in terms
    assert sorted(set(terms.split(" "))) == terms.split(" ")


def test_a_slug_in_a_list_finds_what_names_it_and_no_other():
    def item(slug: str, kind: str, *parties: str) -> Item:
        return Item("x2025", kind, slug, Text({"en": "Gilan"}), lists=tuple(("parties", each) for each in parties))

    note(
        item("one", "session", "gilan", "north-gilan"),
        item("two", "session", "north-gilan"),
        item("three", "session"),
        item("four", "bilateral", "gilan"),
    )
    before = list(queries.naming("x2025", "session", "parties", "gilan"))
    note(item("two", "session", "north-gilan", "gilan"), item("one", "session"))

    assert before == ["one"]
    assert list(queries.naming("x2025", "session", "parties", "gilan")) == ["two"]
    assert sorted(queries.naming("x2025", "session", "parties", "north-gilan")) == ["two"]
    assert list(queries.naming("x2025", "bilateral", "parties", "gilan")) == ["four"]
    assert list(queries.naming("x2025", "session", "topics", "gilan")) == []
    assert list(queries.naming("y2025", "session", "parties", "gilan")) == []
    for odd in ('gilan" OR "north-gilan', "gil", "", "گیلان", "gilan*"):
        assert list(queries.naming("x2025", "session", "parties", odd)) == []
    assert queries.search("gilan", kinds=["bilateral"], scopes=["x2025"])[0].slug == "four"
