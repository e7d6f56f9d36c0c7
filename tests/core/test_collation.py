"""The order of words, the letters they stand under, and the folding of a search, against known alphabets."""

import random
import threading

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejlas.core import collation, languages

ALPHABETS = {
    "fa": "آ ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی",
    "en": "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z",
    "ru": "А Б В Г Д Е Ё Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ъ Ы Ь Э Ю Я",
    "az": "A B C Ç D E Ə F G Ğ H X I İ J K Q L M N O Ö P R S Ş T U Ü V Y Z",
    "tk": "A B Ç D E Ä F G H I J Ž K L M N Ň O Ö P R S Ş T U Ü W Y Ý Z",
    "kk": "А Ә Б В Г Ғ Д Е Ё Ж З И Й К Қ Л М Н Ң О Ө П Р С Т У Ұ Ү Ф Х Һ Ц Ч Ш Щ Ъ Ы І Ь Э Ю Я",
}
LOWER_DOTS = {"az": {"I": "ı", "İ": "i"}}


def lower(letter, language):
    return LOWER_DOTS.get(language, {}).get(letter, letter.lower())


@pytest.mark.parametrize("language", ALPHABETS)
def test_letters_stand_in_the_order_of_the_alphabet(language):
    alphabet = ALPHABETS[language].split()
    shuffled = random.Random(7).sample(alphabet, len(alphabet))

    found = collation.sorted_by(shuffled, str, language)

    assert found == alphabet


@pytest.mark.parametrize("language", ALPHABETS)
def test_a_letter_outweighs_all_that_follows_it(language):
    # Russian files Ё with Е, as its dictionaries do: the one pair that is no pair of letters.
    alphabet = [letter for letter in ALPHABETS[language].split() if (language, letter) != ("ru", "Ё")]
    words = [letter + lower(ending, language) for letter in alphabet for ending in (alphabet[0], alphabet[-1])]

    found = collation.sorted_by(reversed(words), str, language)

    assert found == words


@pytest.mark.parametrize("language", ALPHABETS)
def test_capitals_stand_beside_their_small_letters(language):
    alphabet = ALPHABETS[language].split()
    pairs = [form for letter in alphabet for form in dict.fromkeys((lower(letter, language), letter))]
    if language == "ru":
        pairs[pairs.index("Е") : pairs.index("ё") + 1] = ["Е", "ё"]

    found = collation.sorted_by(reversed(pairs), str, language)

    assert found == pairs


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fa", ["آستارا", "اردبیل", "بندر انزلی", "پارس", "تهران", "چالوس", "رشت", "ژیان", "کرمان", "گیلان", "یزد"]),
        ("ru", ["Елец", "Ёлкино", "Ельня", "Жданов"]),
        ("az", ["Cəlilabad", "Çin", "Əli", "Xaçmaz", "Ilıca", "İlham", "Qax", "Lənkəran", "Şuşa"]),
        ("tk", ["Aşgabat", "Çärjew", "Esen", "Ärsary", "Žalo", "Ňew", "Türkmenbaşy", "Yla", "Ýolöten"]),
        ("kk", ["Ақтау", "Әлия", "Ғалым", "Дана", "Қызылорда", "Лаура", "Өскемен", "Үржар", "Һарун", "Ырыс", "Іле"]),
        ("en", ["Aktau", "aktobe", "Baku", "Rasht", "résumé"]),
    ],
)
def test_names_stand_as_their_readers_look_them_up(language, names):
    found = collation.sorted_by(reversed(names), str, language)

    assert found == names


def test_sorted_by_leaves_equals_in_their_places_and_reads_the_key():
    people = [("b", 2), ("a", 3), ("b", 1)]

    found = collation.sorted_by(people, lambda person: person[0], "en")

    assert found == [("a", 3), ("b", 2), ("b", 1)]


def test_arabic_kaf_and_yeh_sort_as_the_persian_letters():
    words = ["كرمان ۲", "کرمان ۱", "يزد ۲", "یزد ۱"]

    found = collation.sorted_by(words, str, "fa")

    assert found == ["کرمان ۱", "كرمان ۲", "یزد ۱", "يزد ۲"]


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"]), max_size=8)


@given(WORDS, WORDS, st.sampled_from([*ALPHABETS, "de", "ka"]))
def test_sort_key_agrees_with_the_collator(one, other, language):
    collator = icu.Collator.createInstance(languages.locale_of(language))

    keys = collation.sort_key(one, language), collation.sort_key(other, language)

    assert (keys[0] > keys[1]) - (keys[0] < keys[1]) == collator.compare(one, other)


def test_threads_sort_at_once():
    words = ALPHABETS["kk"].split() * 20
    found = []

    def sort():
        found.append(collation.sorted_by(words, str, "kk"))

    threads = [threading.Thread(target=sort) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [sorted(words, key=ALPHABETS["kk"].split().index)] * 4


@pytest.mark.parametrize(
    ("language", "unfiled"), [("fa", ""), ("en", ""), ("ru", "ЁЪЬ"), ("az", ""), ("tk", ""), ("kk", "")]
)
def test_letter_of_is_the_letter_of_the_alphabet(language, unfiled):
    alphabet = [letter for letter in ALPHABETS[language].split() if letter not in unfiled]

    found = [collation.letter_of(lower(letter, language) + "о", language) for letter in alphabet]

    assert found == alphabet


def test_letter_of_what_begins_otherwise():
    found = [
        collation.letter_of("«گیلان»", "fa"),
        collation.letter_of("كرمان", "fa"),
        collation.letter_of("Rasht", "fa"),
        collation.letter_of("Ёлкино", "ru"),
        collation.letter_of("Élan", "en"),
        collation.letter_of("ilham", "az"),
        collation.letter_of("Ilham", "tk"),
        collation.letter_of("3 rivers", "en"),
        collation.letter_of("", "en"),
    ]

    assert found == ["گ", "ک", "R", "Е", "E", "İ", "I", "#", "#"]


def test_letters_of_a_language_that_is_none_of_the_six():
    assert collation.letters("es") == tuple("ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("سه‌شنبه", "سهشنبه"),
        ("كِتاب رئیس يزد", "کتاب رییس یزد"),
        ("آستارا", "استارا"),
        ("۱۴۰۴/٠٨", "1404/08"),
        ("İlham Şahin", "ilham sahin"),
        ("ILHAM Ağayeva", "ilham agayeva"),
        ("Əliyev", "eliyev"),
        ("Türkmenbaşy  Ýolöten", "turkmenbasy yoloten"),
        ("Маңғыстау Іле", "мангыстау иле"),
        ("Ёлкино", "елкино"),
        ("Mañgystau–Aqtau", "mangystau aqtau"),
        ("O‘zbek", "ozbek"),
        ("\u200fگیلان\u200f", "گیلان"),
        ("𝐑asht №", "rasht no"),
    ],
)
def test_folded_forgets_what_a_plain_keyboard_lacks(written, expected):
    found = collation.folded(written)

    assert found == expected


@given(st.text())
def test_folded_is_settled_after_one_pass(text):
    once = collation.folded(text)

    assert collation.folded(once) == once
