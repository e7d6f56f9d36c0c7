"""Lists in the order of a language, page by page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.core.collation import sorted_by
from ejlas.core.index import operations, queries
from ejlas.core.index.models import Key
from tests.core.index.things import AT, note, thing

pytestmark = pytest.mark.django_db

TITLES = {
    "en": ["Éire", "apple", "Zebra", "Banana", "eel"],
    "fa": ["پسته", "یزد", "آمل", "گیلان", "چالوس", "بابل"],
    "ru": ["ёлка", "Яблоко", "елка", "ель", "Астрахань"],
    "az": ["Çay", "Cəngəl", "Əli", "Elçin", "İran", "Işıq", "Xəzər", "Zaqatala"],
    "tk": ["Ýazgül", "Žanna", "Çärjew", "Aşgabat", "Ňur", "Näze"],
    "kk": ["Қазақстан", "Киров", "Ұлан", "Умит", "Әсел", "Ақтау"],
    "es": ["ñandú", "nube", "oso"],
}


@pytest.mark.parametrize("language", TITLES)
def test_a_list_stands_in_the_order_of_its_language(language):
    operations.set_languages(scope="x2025", languages=[language], fallbacks=[], at=AT)
    titles = dict(enumerate(TITLES[language]))
    operations.note([thing(str(number), **{language: title}) for number, title in titles.items()], at=AT)
    wanted = [str(number) for number, _title in sorted_by(titles.items(), lambda pair: pair[1], language)]

    up = list(queries.in_order("x2025", "party", language))
    down = list(queries.in_order("x2025", "party", language, descending=True))

    assert up == wanted
    assert down == wanted[::-1]


def test_a_title_without_the_language_stands_where_its_fallback_does_and_none_by_its_slug():
    note(thing("c", en="Bravo"), thing("b", fa="الف"), thing("zulu"), thing("a", ru="Вода", en="Charlie"))

    assert list(queries.in_order("x2025", "party", "en")) == ["c", "a", "zulu", "b"]


def test_a_page_is_one_query_and_says_how_many_there_are():
    note(*(thing(f"t{number}", en=f"Thing {number:03}") for number in range(120)))
    order = queries.in_order("x2025", "party", "en")

    with CaptureQueriesContext(connection) as captured:
        page = list(order[50:53])
        n_all = order.count()

    assert (page, n_all, len(captured)) == (["t50", "t51", "t52"], 120, 2)


def test_what_a_search_leaves_stands_in_order_too():
    note(thing("a", en="Rasht Port"), thing("b", en="Astara Port"), thing("c", en="Rasht Hall"))
    among = queries.matching("x2025", "party", "рашт")

    assert list(queries.in_order("x2025", "party", "en", slugs=among)) == ["c", "a"]
    assert list(queries.in_order("x2025", "party", "en", slugs=["b", "a"])) == ["b", "a"]


def test_a_language_that_nothing_is_sorted_in_gives_the_order_of_the_interface():
    note(thing("b", en="B"), thing("a", en="A"))

    assert list(queries.in_order("x2025", "party", "sw")) == ["a", "b"]


def test_things_of_all_editions_stand_in_one_order():
    note(thing("b", en="B"))
    operations.note([thing("a", scope="y2026", en="A"), thing("c", scope="z2027", en="C")], at=AT)

    assert list(queries.in_order(None, "party", "en")) == ["a", "b", "c"]


def test_a_very_long_title_has_a_place():
    note(thing("long", en="я" * 5000), thing("longer", en="я" * 6000))

    assert list(queries.in_order("x2025", "party", "en")) == ["long", "longer"]
    assert max(len(key.key) for key in Key.objects.all()) <= 200
