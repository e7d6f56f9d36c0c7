"""What a language needs to be shown: its direction, script, names, digits and numbers, for every language ICU knows."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import icu

# The words of the reviewed glossary; every other pair comes from CLDR.
_LANGUAGE_NAMES = {
    "en": {
        "en": "English", "fa": "Persian", "ru": "Russian",
        "az": "Azerbaijani", "tk": "Turkmen", "kk": "Kazakh",
    },
    "fa": {
        "en": "انگلیسی", "fa": "فارسی", "ru": "روسی",
        "az": "آذربایجانی", "tk": "ترکمنی", "kk": "قزاقی",
    },
    "ru": {
        "en": "английский", "fa": "персидский", "ru": "русский",
        "az": "азербайджанский", "tk": "туркменский", "kk": "казахский",
    },
    "az": {
        "en": "ingilis dili", "fa": "fars dili", "ru": "rus dili",
        "az": "Azərbaycan dili", "tk": "türkmən dili", "kk": "qazax dili",
    },
    "tk": {
        "en": "iňlis dili", "fa": "pars dili", "ru": "rus dili",
        "az": "azerbaýjan dili", "tk": "türkmen dili", "kk": "gazak dili",
    },
    "kk": {
        "en": "ағылшын тілі", "fa": "парсы тілі", "ru": "орыс тілі",
        "az": "әзербайжан тілі", "tk": "түрікмен тілі", "kk": "қазақ тілі",
    },
}  # fmt: skip

_STATE_NAMES = {
    "en": {
        "IR": "Iran", "RU": "Russia", "AZ": "Azerbaijan", "TM": "Turkmenistan", "KZ": "Kazakhstan",
    },
    "fa": {
        "IR": "ایران", "RU": "روسیه", "AZ": "جمهوری آذربایجان", "TM": "ترکمنستان", "KZ": "قزاقستان",
    },
    "ru": {
        "IR": "Иран", "RU": "Россия", "AZ": "Азербайджан", "TM": "Туркменистан", "KZ": "Казахстан",
    },
    "az": {
        "IR": "İran", "RU": "Rusiya", "AZ": "Azərbaycan", "TM": "Türkmənistan", "KZ": "Qazaxıstan",
    },
    "tk": {
        "IR": "Eýran", "RU": "Russiýa", "AZ": "Azerbaýjan", "TM": "Türkmenistan", "KZ": "Gazagystan",
    },
    "kk": {
        "IR": "Иран", "RU": "Ресей", "AZ": "Әзербайжан", "TM": "Түрікменстан", "KZ": "Қазақстан",
    },
}  # fmt: skip


def locale_of(language: str, *, calendar: str = "") -> Any:
    """Return the ICU locale of a language, the root locale for a code that ICU cannot read; English is British."""
    try:
        locale = icu.Locale.forLanguageTag("en-GB" if language == "en" else language)
    except icu.ICUError:
        locale = icu.Locale.getRoot()
    if calendar:
        locale.setKeywordValue("calendar", calendar)
    return locale


@lru_cache(maxsize=512)
def plain(language: str) -> str:
    """Return the code without what its readers take for granted: `fa-IR` is `fa`, `az-Latn` is `az`; else as it is."""
    try:
        locale = icu.Locale.forLanguageTag(language)
    except icu.ICUError:
        return language
    return str(locale.minimizeSubtags().toLanguageTag())


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    return frozenset(icu.Locale.getISOLanguages())


@lru_cache(maxsize=512)
def is_language(code: str) -> bool:
    """Tell whether ICU knows the code: a language, with a script and a country where they matter (`zh-Hant`, `pt-BR`).

    Upper and lower case are alike; extensions are no part of a language.
    """
    try:
        locale = icu.Locale.forLanguageTag(code)
    except icu.ICUError:
        return False
    english, country, written = icu.Locale("en"), locale.getCountry(), locale.getScript()
    return (
        locale.toLanguageTag().lower() == code.lower()
        and locale.getName() == locale.getBaseName()
        and locale.getLanguage() in _known_languages()
        and (not country or locale.getDisplayCountry(english) != country)
        and (not written or locale.getDisplayScript(english) != written)
    )


@lru_cache(maxsize=512)
def script(code: str) -> str:
    """Return the script the language is usually written in, by its ISO 15924 code: `Arab`, `Latn`, `Cyrl`."""
    return str(locale_of(code).addLikelySubtags().getScript())


@lru_cache(maxsize=512)
def direction(code: str) -> Literal["rtl", "ltr"]:
    """Return the direction in which the language is written, which its script decides."""
    scripts = icu.Script.getCode(script(code))
    return "rtl" if scripts and icu.Script(scripts[0]).isRightToLeft() else "ltr"


@lru_cache(maxsize=4096)
def name_of(code: str, in_language: str) -> str:
    """Return the name of a language as it stands inside a sentence of another; the code itself when unknown."""
    reviewed = _LANGUAGE_NAMES.get(plain(in_language), {}).get(plain(code))
    if reviewed:
        return reviewed
    try:
        locale = icu.Locale.forLanguageTag(code)
    except icu.ICUError:
        return code
    return str(locale.getDisplayName(locale_of(in_language)))


@lru_cache(maxsize=512)
def own_name(code: str) -> str:
    """Return the language's name in itself, as it stands in a menu of languages: Русский, Türkmen dili."""
    name = name_of(code, code)
    # The title case of a letter, not its upper case: Georgian has capitals that no reader uses.
    return name[:1].title() + name[1:]


@lru_cache(maxsize=4096)
def state_name(country_code: str, language: str) -> str:
    """Return the name of a state by its ISO 3166-1 alpha-2 code; the code itself when unknown."""
    reviewed = _STATE_NAMES.get(plain(language), {}).get(country_code)
    if reviewed:
        return reviewed
    return str(icu.Locale("", country_code).getDisplayCountry(locale_of(language))) or country_code


@lru_cache(maxsize=512)
def _digit_table(language: str) -> dict[int, str]:
    system = icu.NumberingSystem.createInstance(locale_of(language))
    own = "0123456789" if system.isAlgorithmic() else str(system.getDescription())
    return {ord(ascii_digit): digit for ascii_digit, digit in zip("0123456789", own, strict=True)}


def comma(language: str) -> str:
    """Return what stands between the things of a list, with its space."""
    return "، " if script(language) == "Arab" else ", "


def semicolon(language: str) -> str:
    """Return what stands between the things of a list whose things hold commas, with its space."""
    return "؛ " if script(language) == "Arab" else "; "


def digits(text: str, language: str) -> str:
    """Write the digits 0 to 9 of a text as the language writes them; all else stays."""
    return text.translate(_digit_table(language))


@lru_cache(maxsize=512)
def _number_format(language: str, skeleton: str) -> Any:
    # This kind of formatter never changes once it is built, so threads may share it.
    return icu.NumberFormatter.forSkeleton(skeleton).locale(locale_of(language))


def _formatted(value: float | Decimal, language: str, skeleton: str) -> str:
    return str(_number_format(language, skeleton).formatDecimal(format(Decimal(str(value)), "f").encode()))


def number(value: float | Decimal, language: str, *, decimals: int | None = None) -> str:
    """Write a number with the grouping and digits of the language; `decimals` fixes how many places are shown."""
    if decimals is None:
        return _formatted(value, language, ".###")
    return _formatted(value, language, "." + "0" * decimals if decimals else "precision-integer")


def percent(share: float | Decimal, language: str, *, decimals: int = 0) -> str:
    """Write a share of one as a percentage: 0.25 is "25%"."""
    precision = "." + "0" * decimals if decimals else "precision-integer"
    return _formatted(share, language, f"percent scale/100 {precision}")
