"""How names sound across scripts, and which of them meet."""

from __future__ import annotations

import pytest

from ejlas.core.collation import folded
from ejlas.core.index.rules import sounds
from ejlas.core.index.rules.terms import conditions, words_of

SAME_BONES = [
    ["گیلان fa", "Gilan en", "Гилян ru", "Gilān en", "Gylan en", "Gilan az"],
    ["رشت fa", "Rasht en", "Решт ru", "Reşt tk", "Rəşt az"],
    ["باکو fa", "Baku en", "Bakı az", "Баку ru"],
    ["مخاچ‌قلعه fa", "ماخاچ‌قلعه fa", "Makhachkala en", "Махачкала ru", "Mahaçqala az", "Mahaçgala tk"],
    ["Türkmenbaşy tk", "Туркменбаши ru", "ترکمن‌باشی fa", "Turkmenbashi en"],
    ["Aktau en", "Ақтау kk", "Актау ru", "آکتائو fa"],
    ["Tehran en", "Тегеран ru", "تهران fa"],
    ["Islamabad en", "اسلام‌آباد fa", "Исламабад ru", "Yslamabat tk"],
    ["Kaveh en", "کاوه fa", "Каве ru", "Kawe tk"],
]
OTHER_BONES = [
    ("Lankaran en", "Turkan en"),
    ("Lankaran en", "Lakan en"),
    ("Gilan en", "Golestan en"),
    ("گیلان fa", "Halin en"),
    ("Baku en", "Bek en"),
    ("Rasht en", "Resit en"),
    ("Sari en", "Sar en"),
    ("Aktau en", "Katia en"),
    ("Iran en", "Rana en"),
]


def _bones(named: str) -> set[str]:
    name, _, language = named.rpartition(" ")
    return {sounds.bones(spelling) for spelling in sounds.spellings(name, language)}


@pytest.mark.parametrize("names", SAME_BONES, ids=lambda names: names[0])
def test_one_name_has_the_same_bones_in_every_script(names):
    first, *others = map(_bones, names)

    assert all(first & other for other in others)


@pytest.mark.parametrize(("one", "other"), OTHER_BONES, ids=str)
def test_names_that_differ_in_a_consonant_or_an_end_share_no_bones(one, other):
    assert _bones(one) & _bones(other) == set()


def test_a_reader_of_any_language_may_have_typed_a_letter_that_sounds_in_two_ways():
    assert {"gilan", "mahackala"} <= {*sounds.spellings("Gilan"), *sounds.spellings("Mahaçqala")}
    assert {sounds.bones(spelling) for spelling in sounds.spellings("Cəngəl", "az")} == {"jngl"}


def test_a_script_without_a_table_is_read_by_icu():
    assert sounds.spellings("თბილისი") == sounds.spellings("Tbilisi", "en")


@pytest.mark.parametrize("text", ["", "!!!", "«»", "\u200c", "'", "́", "½", "a" * 500, "😀", "\x00"])
def test_a_query_of_anything_makes_terms_without_a_blank_or_a_quote(text):
    terms = [term.text for condition in conditions(text) for group in condition for term in group]

    assert not any(set(term) & set(" \"'\\\x00") or len(term) > 70 for term in terms)


def test_words_keep_their_joiners_and_lose_what_parts_them():
    assert [folded(word) for word in words_of("«ترکمن‌باشی» (Türkmenbaşy), ‘Rasht’")] == [
        "ترکمنباشی",
        "turkmenbasy",
        "rasht",
    ]
