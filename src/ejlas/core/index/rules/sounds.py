"""How a name sounds, whatever its script: one small alphabet of sounds, with and without its vowels.

Vowels are a, e, i, o, u; consonants are the usual letters, with c for ch, w for sh, j for zh and dzh, h for kh and h.
Persian leaves short vowels unwritten, so a name in another script meets it by its consonants alone: its bones.
A letter that may sound in two ways is written in both.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from itertools import islice, product
from typing import Any

import icu

VOWELS = frozenset("aeiou")
MOST_SPELLINGS = 8
_WITHOUT_VOWELS = dict.fromkeys(map(ord, VOWELS), "")
_DOUBLED, _GLIDE = re.compile(r"(.)\1+"), re.compile("i(?=[aeou])")

Ways = tuple[str, ...]

_CYRILLIC: dict[str, Ways] = {
    **{letter: (sound,) for letter, sound in zip("абвгғдезийкқлмнопрст", "abvggdeziikklmnoprst", strict=True)},
    **{letter: (sound,) for letter, sound in zip("уфхһчшщыэёюяәөұүіц", "ufhhcwwieouaaouuis", strict=True)},
    "дж": ("j",), "ж": ("j",), "тс": ("s",), "ь": ("",), "ъ": ("",), "ң": ("n", "ng"), "ў": ("u",), "ї": ("i",),
    "є": ("e",), "ґ": ("g",), "ҷ": ("j",), "ҳ": ("h",), "ӣ": ("i",), "ӯ": ("u",), "җ": ("j",),
}  # fmt: skip
_ARABIC: dict[str, Ways] = {
    **{letter: (sound,) for letter, sound in zip("اآأإٱبپتثجچحخد", "aaaaabptsjchhd", strict=True)},
    **{letter: (sound,) for letter, sound in zip("ذرزژسشصضطظعغفکك", "zrzjswsztzagfkk", strict=True)},
    **{letter: (sound,) for letter, sound in zip("گلمنهہھیيىېےؤۆۇە", "glmnhhhiiiiiuoue", strict=True)},
    "ئ": ("",), "ء": ("",), "ـ": ("",), "ق": ("k", "g"), "و": ("u", "v"), "وو": ("uv", "u"), "ة": ("e",), "تس": ("s",),
    "ۋ": ("v",), "ڤ": ("v",), "ې": ("i",), "ڭ": ("n", "ng"), "ىٔ": ("i",),
}  # fmt: skip
_LATIN: dict[str, Ways] = {
    **{letter: (letter,) for letter in "abdefgijklmnoprstuvz"},
    "sh": ("w",), "ch": ("c",), "tch": ("c", "tc"), "kh": ("h",), "zh": ("j",), "dzh": ("j",), "dj": ("j",),
    "ph": ("f",), "gh": ("g", "k"), "th": ("t",), "ts": ("s",), "tz": ("s",), "ck": ("k",), "oo": ("u",),
    "ee": ("i",), "ou": ("u",), "h": ("h",), "w": ("v",), "y": ("i",), "q": ("k", "g"), "x": ("h", "ks"),
    "c": ("k", "j"), "ce": ("se", "je"), "ci": ("si", "ji"), "cy": ("si", "ji"), "cə": ("ja",), "ç": ("c", "s"),
    "č": ("c",), "ş": ("w",), "š": ("w",), "ș": ("w",), "ž": ("j",), "ğ": ("g",), "ı": ("i",), "ə": ("a",),
    "ö": ("o",), "ü": ("u",), "ä": ("a",), "ý": ("i",), "ň": ("n", "ng"), "ñ": ("n",), "ț": ("s",), "ß": ("s",),
    "æ": ("e",), "ø": ("o",),
    "ł": ("l",), "đ": ("d",), "ð": ("d",), "þ": ("t",), "œ": ("e",), "ŋ": ("n", "ng"),
}  # fmt: skip
_EUROPEAN: dict[str, Ways] = {
    "c": ("k",), "ce": ("se",), "ci": ("si",), "cy": ("si",), "x": ("ks",), "q": ("k",), "ç": ("s",),
}  # fmt: skip
_ROMANCE: dict[str, Ways] = {
    **_EUROPEAN, "h": ("",), "nh": ("n",), "lh": ("l",), "qu": ("k",), "gu": ("g",), "z": ("s",),
}  # fmt: skip
_LATIN_OF: dict[str, dict[str, Ways]] = {
    "az": {"c": ("j",), "ce": ("je",), "ci": ("ji",), "ç": ("c",), "x": ("h",), "q": ("g", "k"), "gh": ("gh",),
           "sh": ("sh",), "ch": ("jh",), "ts": ("s",), "kh": ("kh",)},
    "tk": {"ç": ("c",), "g": ("g", "k"), "ng": ("n", "ng"), "zh": ("zh",), "sh": ("sh",), "kh": ("kh",), "gh": ("gh",)},
    "tr": {"c": ("j",), "ce": ("je",), "ci": ("ji",), "ç": ("c",), "x": ("ks",)},
    "kk": {"ç": ("c",), "x": ("h",), "q": ("k",)},
    "en": {**_EUROPEAN, "gh": ("g", "k")},
    "de": {**_EUROPEAN, "ch": ("h",), "sch": ("w",), "tsch": ("c",), "w": ("v",), "z": ("s",)},
    "pt": {**_ROMANCE, "x": ("w", "s"), "ch": ("w",)},
    "es": {**_ROMANCE, "j": ("h",), "ll": ("l",), "ch": ("c",)},
    "fr": {**_ROMANCE, "ch": ("w",), "z": ("z",)},
    "it": {**_ROMANCE, "ch": ("k",), "z": ("s",)},
}  # fmt: skip

_TABLES = {"cyrillic": _CYRILLIC, "arabic": _ARABIC}
_SHIFTING = frozenset("هہھhгgptтفداو")  # letters that sound otherwise in some places
_VOWEL_LETTERS = frozenset("ایهەوآ")
_of_this_thread = threading.local()


@lru_cache(maxsize=64)
def _latin(language: str) -> dict[str, Ways]:
    return {**_LATIN, **_LATIN_OF.get(language, {})}


def guessed_language(text: str) -> str:
    """Return the language that the letters of a Latin text betray; none if they do not."""
    small = text.casefold()
    if "ə" in small:
        return "az"
    return "tk" if re.search("[ýňäž]", small) else ""


def _transliterated(word: str) -> str:
    """Return a word of any other script in Latin letters."""
    transliterator: Any = getattr(_of_this_thread, "any_latin", None)
    if transliterator is None:
        transliterator = _of_this_thread.any_latin = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
    return str(transliterator.transliterate(word))


def _script(word: str) -> str:
    first = next((character for character in word if character.isalpha()), "")
    if "\u0400" <= first <= "\u052f":
        return "cyrillic"
    if "\u0600" <= first <= "\u06ff":
        return "arabic"
    return "latin" if first < "\u0250" or "\u1e00" <= first <= "\u1eff" else "other"


def _ways(word: str, language: str) -> list[Ways]:
    """Return for each letter, or letters that sound as one, the ways in which it sounds."""
    # A silent final h of the first part of a Persian compound shows only by the joiner behind it.
    word = re.sub("[هہھ]\u200c", "ە", unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold()))
    if not word.isalnum():
        word = "".join(character for character in word if unicodedata.category(character) not in ("Mn", "Me", "Cf"))
    script = _script(word)
    if script == "other":
        word, script, language = _transliterated(word), "latin", "en"
    table = _TABLES.get(script) or _latin(language)
    ways: list[Ways] = []
    for found in _letters(script, language).finditer(word):
        letters = found[0]
        known = table.get(letters) or (_bare(letters, table),)
        ways.append(_in_place(letters, known, word, found.start(), language) if letters in _SHIFTING else known)
    return ways


@lru_cache(maxsize=64)
def _letters(script: str, language: str) -> re.Pattern[str]:
    """Return what cuts a word into letters that sound as one, the longest first, and single ones."""
    table = _TABLES.get(script) or _latin(language)
    several = sorted((letters for letters in table if len(letters) > 1), key=len, reverse=True)
    return re.compile("|".join([*several, "."]), re.DOTALL)


def _bare(character: str, table: dict[str, Ways]) -> str:
    bare = unicodedata.normalize("NFKD", character)[0]
    if bare in table:
        return table[bare][0]
    return bare if bare.isalnum() else ""


def _in_place(letters: str, ways: Ways, word: str, place: int, language: str) -> Ways:
    """Return the ways of letters that sound otherwise in some places."""
    before, after = word[:place], word[place + len(letters) :]
    if letters > "\u0600":
        return _in_place_of_persian(letters, ways, before, after)
    if letters == "h" and not after and before[-1:] in VOWELS:
        return ("",)  # Kaveh
    if letters == "г" and before:
        return ("g", "h")  # Тегеран
    if letters in "tт" and not after and before.endswith(("aba", "аба")):
        return ("t", "d")  # Balkanabat
    if letters == "g" and not language and "ç" in word:
        return ("g", "k")  # Mahaçgala
    if letters == "p" and not after and (language == "tk" or (not language and re.search("[öäüş]", word))):
        return ("b", "p")  # Söhrap
    return ways


def _in_place_of_persian(letters: str, ways: Ways, before: str, after: str) -> Ways:
    if letters in "هہھ" and not after:
        return ("e",)
    if letters == "ف" and ((before[-1:] == "و" and not after) or after[:1] == "س"):
        return ("v", "f")  # لیمانوف
    if letters == "د" and not after and before.endswith("با"):
        return ("d", "t")  # عشق‌آباد
    if letters == "ا" and not before and after[:1] == "س" and after[1:2] not in _VOWEL_LETTERS:
        return ("a", "")  # اسلووسنووا
    if letters == "و":
        return ("v",) if not before else ("v", "u") if after and after[0] in _VOWEL_LETTERS else ways
    return ways


@lru_cache(maxsize=65536)
def spellings(word: str, language: str = "") -> tuple[str, ...]:
    """Return the sounds of a word, the likeliest first; without a language, as a reader of any may have meant it."""
    spelled = islice(product(*_ways(word, language)), MOST_SPELLINGS)
    return tuple(dict.fromkeys(filter(None, (_even("".join(letters)) for letters in spelled))))


def _even(sounds: str) -> str:
    """Return the sounds without doubled letters and without the glide before a vowel (ya, iya)."""
    return _GLIDE.sub("", _DOUBLED.sub(r"\1", sounds))


def bones(spelling: str) -> str:
    """Return the consonants of a spelling, with an `a` where it begins or ends with a vowel."""
    consonants = _DOUBLED.sub(r"\1", spelling.translate(_WITHOUT_VOWELS))
    return ("a" if spelling[0] in VOWELS else "") + consonants + ("a" if spelling[-1] in VOWELS else "")


def n_consonants(bare: str) -> int:
    """Return how many consonants bones have."""
    return sum(letter not in VOWELS for letter in bare)
