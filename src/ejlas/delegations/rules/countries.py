"""States as people name them: by codes of two or three letters, by names and peoples in twelve languages."""

from __future__ import annotations

from functools import lru_cache

from ejlas.core import languages, regions
from ejlas.delegations.rules.folding import joined, nearest
from ejlas.delegations.rules.headings import LANGUAGES

# What travel documents say besides ISO 3166-1 (ICAO 9303 part 3, section 5); kept as they are.
SPECIAL = frozenset({"XXA", "XXB", "XXC", "XXX", "UNO", "UNA", "UNK", "XOM", "XPO", "EUE", "XCC", "XBA", "XIM", "XCE"})
_OF_DOCUMENTS = {"D": "DE", "GBD": "GB", "GBN": "GB", "GBO": "GB", "GBP": "GB", "GBS": "GB", "RKS": "XK"}
_ALSO_KNOWN = {"XK"}

_NAMES = {
    "IR": "Iranian|Islamic Republic of Iran|Iran (Islamic Republic of)|IRI|Persian|ایرانی|جمهوری اسلامی ایران|"
    "Исламская Республика Иран|ИРИ|иранское|иранец|иранка|İran İslam Respublikası|iranlı|Eýranly|"
    "Иран Ислам Республикасы",
    "RU": "Russian|Russian Federation|Российская Федерация|РФ|Россия|российское|россиянин|россиянка|русский|русская|"
    "روس|روسی|فدراسیون روسیه|Rusiya Federasiyası|rusiyalı|rus|Russiýa Federasiýasy|russiýaly|"
    "Ресей Федерациясы|ресейлік",
    "AZ": "Azerbaijani|Republic of Azerbaijan|Azeri|آذربایجان|آذربایجانی|جمهوری آذربایجان|Азербайджанская Республика|"
    "азербайджанское|азербайджанец|азербайджанка|Azərbaycan Respublikası|azərbaycanlı|"
    "Azerbaýjan Respublikasy|азербайжандық",
    "TM": "Turkmen|Turkmenistani|ترکمن|ترکمنستانی|туркменское|туркмен|туркменка|türkmən|"
    "türkmenistanly|türkmen|түрікмен",
    "KZ": "Kazakh|Kazakhstani|Republic of Kazakhstan|قزاق|قزاقستانی|قزاقی|Республика Казахстан|РК|казахстанское|"
    "казахстанец|казахстанка|казах|казашка|Qazaxıstan Respublikası|qazax|qazaxıstanlı|Gazagystan Respublikasy|gazak|"
    "Қазақстан Республикасы|қазақ|қазақстандық|ҚР",
    "BR": "Brazilian|brasileiro|brasileira|brasileño|brasileña|República Federativa do Brasil|бразильское",
    "GB": "UK|Great Britain|British|England|Англия|انگلستان|انگلیس|İngiltere|Великобритания",
    "US": "USA|U.S.A.|United States of America|American|США|آمریکا|ایالات متحده آمریکا|ABŞ|ABD|АҚШ",
    "TR": "Turkey|Türkiye|Turkish|Турция|ترکیه", "AE": "UAE|United Arab Emirates|ОАЭ|امارات",
    "AM": "Armenian|армянское", "GE": "Georgian|грузинское", "UZ": "Uzbek|узбекское|ازبک",
    "TJ": "Tajik|таджикское|تاجیک",
    "KG": "Kyrgyz|киргизское", "BY": "Belarusian|белорусское|Беларусь|РБ", "DE": "German|немецкое|آلمانی",
    "FR": "French|французское|فرانسوی", "CN": "Chinese|КНР|چینی", "IN": "Indian|هندی", "IQ": "Iraqi|عراقی",
    "AF": "Afghan|افغان|افغانستانی", "PK": "Pakistani|پاکستانی", "KR": "South Korea|Korea|Южная Корея|کره جنوبی",
    "KP": "North Korea|Северная Корея|کره شمالی", "NL": "Holland|Голландия|هلند", "CZ": "Czech Republic|Чехия",
    "XXA": "stateless|без гражданства|بدون تابعیت|vətəndaşlığı olmayan|raýatlygy ýok|азаматтығы жоқ|apátrida|apatride",
}  # fmt: skip


def code_of(typed: str) -> str:
    """Return the alpha-2 code of the state that was meant, or a code of travel documents; none if it is not known."""
    bare = typed.strip().rstrip("<").strip()
    code = bare.upper()
    if code in _OF_DOCUMENTS:
        return _OF_DOCUMENTS[code]
    if code in SPECIAL or code in _ALSO_KNOWN or (len(code) == 2 and regions.country_exists(code)):
        return code
    return _known().get(joined(bare), "")


def near(typed: str) -> str:
    """Return the code of the state that a word with slips of the hand most likely meant; none if none is near."""
    return _known().get(nearest(joined(typed), _known()), "")


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Return codes by what is folded and joined: codes of three letters, names, peoples."""
    import pycountry

    known: dict[str, str] = {}
    for country in pycountry.countries:
        names = [country.alpha_3, country.name]
        names += [getattr(country, kind) for kind in ("official_name", "common_name") if hasattr(country, kind)]
        names += [languages.state_name(country.alpha_2, language) for language in LANGUAGES]
        for name in names:
            known.setdefault(joined(name), country.alpha_2)
    for code, names_of in _NAMES.items():
        known.update({joined(name): code for name in names_of.split("|")})
    return known
