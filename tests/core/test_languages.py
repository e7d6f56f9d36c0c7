"""Names, directions, digits and numbers of languages, against the reviewed glossary and by hand."""

import csv
from decimal import Decimal
from pathlib import Path

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejlas.core import languages

SIX = ("fa", "en", "ru", "az", "tk", "kk")

with (Path(__file__).parent / "data" / "glossary.csv").open(encoding="utf-8", newline="") as file:
    GLOSSARY = {row["key"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("code", [*SIX, "ar", "es", "pt", "de", "ka", "tlh", "zh-Hant", "zh-hans", "pt-BR", "es-419"])
def test_is_language_knows_what_icu_knows(code):
    known = languages.is_language(code)

    assert known


@pytest.mark.parametrize("code", ["", "xx", "und", "fa_IR", "persian please", "en-XX", "az-Zzzq", "en-u-ca-persian"])
def test_is_language_refuses_what_nobody_speaks(code):
    known = languages.is_language(code)

    assert not known


def test_direction_and_script_of_the_six():
    found = {code: (languages.script(code), languages.direction(code)) for code in SIX}

    assert found == {
        "fa": ("Arab", "rtl"),
        "en": ("Latn", "ltr"),
        "ru": ("Cyrl", "ltr"),
        "az": ("Latn", "ltr"),
        "tk": ("Latn", "ltr"),
        "kk": ("Cyrl", "ltr"),
    }


def test_direction_follows_the_script_and_not_the_language():
    codes = ("ar", "he", "ckb", "dv", "az-Arab", "az-Cyrl", "az-IR", "ka", "ja", "xx", "az-Zzzq")

    found = [languages.direction(code) for code in codes]

    assert found == ["rtl"] * 5 + ["ltr", "rtl"] + ["ltr"] * 4


def test_own_name_is_written_as_in_a_menu():
    found = [languages.own_name(code) for code in (*SIX, "es", "ka", "ar", "de", "zh-Hant", "fa-IR")]

    assert found == [
        "فارسی", "English", "Русский", "Azərbaycan dili", "Türkmen dili", "Қазақ тілі",
        "Español", "ქართული", "العربية", "Deutsch", "中文（繁體）", "فارسی",
    ]  # fmt: skip


def test_own_name_of_an_unreadable_code_is_the_code():
    assert languages.own_name("no code") == "No code"


def test_every_icu_language_has_a_name_a_script_and_a_direction():
    codes = {code for code in map(str, icu.Locale.getAvailableLocales()) if "_" not in code}

    wanting = [
        code for code in codes
        if not (languages.own_name(code) and languages.script(code) and languages.direction(code) in ("rtl", "ltr"))
    ]  # fmt: skip

    assert wanting == []
    assert len(codes) > 200


@pytest.mark.parametrize("code", SIX)
@pytest.mark.parametrize("reader", SIX)
def test_name_of_follows_the_glossary(code, reader):
    name = languages.name_of(code, reader)

    assert name == GLOSSARY[f"lang.{code}"][reader]


def test_name_of_other_languages_comes_from_cldr():
    found = [languages.name_of(*pair) for pair in (("de", "fa"), ("fa", "de"), ("ar", "kk"), ("es", "tk"))]

    assert found == ["آلمانی", "Persisch", "араб тілі", "ispan dili"]


@pytest.mark.parametrize("code", ["IR", "RU", "AZ", "TM", "KZ"])
@pytest.mark.parametrize("reader", SIX)
def test_state_name_follows_the_glossary(code, reader):
    name = languages.state_name(code, reader)

    assert name == GLOSSARY[f"state.{code.lower()}"][reader]


def test_state_name_of_others_comes_from_cldr():
    found = [languages.state_name(*pair) for pair in (("TR", "fa"), ("AZ", "de"), ("IR", "fa-IR"), ("QQ", "en"))]

    assert found == ["ترکیه", "Aserbaidschan", "ایران", "QQ"]


def test_digits_are_those_of_the_language():
    found = [languages.digits("IR-655 09:00", code) for code in (*SIX, "ar", "mr", "ckb")]

    assert found == ["IR-۶۵۵ ۰۹:۰۰"] + ["IR-655 09:00"] * 6 + ["IR-६५५ ०९:००", "IR-٦٥٥ ٠٩:٠٠"]


@given(st.text())
def test_digits_change_nothing_but_ascii_digits(text):
    written = languages.digits(text, "fa")

    assert written.translate({0x6F0 + n: str(n) for n in range(10)}) == text.translate(
        {0x6F0 + n: str(n) for n in range(10)}
    )


def test_number_is_grouped():
    found = [languages.number(1234567, code) for code in SIX]

    assert found == [
        "۱٬۲۳۴٬۵۶۷", "1,234,567", "1\xa0234\xa0567", "1.234.567", "1\xa0234\xa0567", "1\xa0234\xa0567",
    ]  # fmt: skip


def test_number_shows_the_places_it_is_asked_for():
    found = [
        languages.number(2.5, "en"),
        languages.number(2.5, "en", decimals=0),
        languages.number(Decimal("2.50"), "fa", decimals=2),
        languages.number(3, "ru", decimals=1),
        languages.number(Decimal("12345678901234567890.5"), "en"),
    ]

    assert found == ["2.5", "2", "۲٫۵۰", "3,0", "12,345,678,901,234,567,890.5"]


def test_percent_of_a_share():
    found = [languages.percent(0.256, code) for code in SIX]

    assert found == ["۲۶٪", "26%", "26\xa0%", "26%", "26\xa0%", "26%"]
    assert languages.percent(Decimal("0.256"), "ru", decimals=1) == "25,6\xa0%"


def test_plain_drops_what_readers_take_for_granted():
    found = [languages.plain(code) for code in ("fa-IR", "az-Latn", "az-Cyrl", "ru-KZ", "no code")]

    assert found == ["fa", "az", "az-Cyrl", "ru-KZ", "no code"]
