"""Choices as people write them: the sex, the kind of a document, a language, a capacity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ejlas.core import languages
from ejlas.delegations.rules.capacity_words import WORDS
from ejlas.delegations.rules.folding import folded, joined, nearest
from ejlas.delegations.rules.headings import language_told, languages_by_name
from ejlas.delegations.rules.people import DocumentKind, Sex

# For each choice the words of each language; the first is the one that a template offers.
_SEX = {
    Sex.FEMALE: {
        "en": "female|f|woman|w|ms|mrs", "fa": "زن|خانم|مؤنث|بانو|ز", "ru": "женский|ж|жен|женщина|женск",
        "az": "qadın|q|xanım",
        "tk": "aýal|zenan|a", "kk": "әйел|ә|ж", "pt": "feminino|mulher|fem", "es": "femenino|mujer|fem",
        "fr": "féminin|femme",
        "ar": "أنثى|امرأة", "tr": "kadın|k|bayan", "de": "weiblich|frau",
    },
    Sex.MALE: {
        "en": "male|m|man|mr", "fa": "مرد|آقا|مذکر", "ru": "мужской|м|муж|мужчина|мужск", "az": "kişi|k.|cənab",
        "tk": "erkek|e",
        "kk": "ер|ер адам|еркек|е|м", "pt": "masculino|homem|masc", "es": "masculino|hombre|masc|varón",
        "fr": "masculin|homme|h",
        "ar": "ذكر|رجل", "tr": "erkek|bay", "de": "männlich|herr",
    },
    Sex.UNSPECIFIED: {
        "en": "unspecified|x|other|<|not stated", "fa": "نامشخص|دیگر", "ru": "не указан|х|другой",
        "az": "göstərilməyib|digər",
        "tk": "görkezilmedik|başga", "kk": "көрсетілмеген|басқа", "pt": "não especificado|outro",
        "es": "no especificado|otro",
        "fr": "non précisé|autre", "ar": "غير محدد", "tr": "belirtilmemiş", "de": "ohne Angabe|divers",
    },
}  # fmt: skip
_DOCUMENT_KINDS = {
    DocumentKind.PASSPORT: {
        "en": "passport|ordinary passport|p|foreign passport|regular passport|ordinary",
        "fa": "گذرنامه|گذرنامه عادی|پاسپورت|عادی",
        "ru": "паспорт|заграничный паспорт|загранпаспорт|общегражданский|общегражданский паспорт|обычный",
        "az": "pasport|ümumvətəndaş pasportu|adi|adi pasport",
        "tk": "pasport|adaty pasport|adaty|biometrik pasport", "kk": "паспорт|төлқұжат|жай паспорт|шетелдік паспорт",
        "pt": "passaporte|passaporte comum|comum",
        "es": "pasaporte|pasaporte ordinario|ordinario", "fr": "passeport|passeport ordinaire",
        "ar": "جواز سفر|جواز سفر عادي|جواز عادي", "tr": "pasaport|umuma mahsus|bordo pasaport",
        "de": "Reisepass|Pass",
    },
    DocumentKind.DIPLOMATIC: {
        "en": "diplomatic passport|diplomatic|pd|d", "fa": "گذرنامه سیاسی|سیاسی|دیپلماتیک",
        "ru": "дипломатический паспорт|дипломатический", "az": "diplomatik pasport|diplomatik",
        "tk": "diplomatik pasport|diplomatik", "kk": "дипломатиялық паспорт|дипломатиялық",
        "pt": "passaporte diplomático|diplomático", "es": "pasaporte diplomático|diplomático",
        "fr": "passeport diplomatique|diplomatique", "ar": "جواز سفر دبلوماسي|دبلوماسي", "tr": "diplomatik pasaport",
        "de": "Diplomatenpass",
    },
    DocumentKind.SERVICE: {
        "en": "service passport|official passport|service|official|ps|po|s",
        "fa": "گذرنامه خدمت|خدمت|خدماتی|گذرنامه خدماتی", "ru": "служебный паспорт|служебный",
        "az": "xidməti pasport|xidməti",
        "tk": "gulluk pasporty|gulluk", "kk": "қызметтік паспорт|қызметтік",
        "pt": "passaporte de serviço|passaporte oficial|oficial|serviço",
        "es": "pasaporte de servicio|pasaporte oficial|oficial|servicio",
        "fr": "passeport de service|service", "ar": "جواز سفر خدمة|جواز خاص|خدمة",
        "tr": "hizmet pasaportu|hususi pasaport", "de": "Dienstpass",
    },
    DocumentKind.IDENTITY_CARD: {
        "en": "identity card|id card|id|national id|i", "fa": "کارت ملی|کارت شناسایی|شناسنامه",
        "ru": "удостоверение личности|внутренний паспорт|удостоверение|id-карта", "az": "şəxsiyyət vəsiqəsi|vəsiqə",
        "tk": "şahsyýetnama|şahsy kepilnama", "kk": "жеке куәлік|куәлік",
        "pt": "carteira de identidade|documento de identidade|RG|cartão de cidadão",
        "es": "documento de identidad|cédula|DNI",
        "fr": "carte d’identité", "ar": "بطاقة هوية|هوية", "tr": "kimlik kartı|kimlik",
        "de": "Personalausweis|Ausweis",
    },
    DocumentKind.OTHER: {
        "en": "other document|other|laissez-passer|refugee travel document|seaman’s book", "fa": "سند دیگر|دیگر|سایر",
        "ru": "иной документ|другой|прочее|иное|другой документ", "az": "digər sənəd|digər|başqa",
        "tk": "başga resminama|başga", "kk": "басқа құжат|басқа|өзге", "pt": "outro documento|outro",
        "es": "otro documento|otro", "fr": "autre document|autre", "ar": "وثيقة أخرى|أخرى", "tr": "diğer belge|diğer",
        "de": "anderes Dokument|anderes",
    },
}  # fmt: skip
_SEVERAL = re.compile(r"[,;/،؛\n+&]|\s+(?:and|и|و|və|we|және|e|y|et|ve|und)\s+")


def _of_words(words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    known = {joined(choice): str(choice) for choice in words}
    for choice, wordings in words.items():
        for each in wordings.values():
            for word in each.split("|"):
                known.setdefault(joined(word) or word, str(choice))
    return known


@lru_cache(maxsize=1)
def _sexes() -> dict[str, str]:
    return _of_words({str(choice): words for choice, words in _SEX.items()})


@lru_cache(maxsize=1)
def _document_kinds() -> dict[str, str]:
    return _of_words({str(choice): words for choice, words in _DOCUMENT_KINDS.items()})


def sex_of(typed: str) -> str:
    """Return the sex that was meant; none if the word is not known."""
    return _meant(typed, _sexes())


def document_kind_of(typed: str) -> str:
    """Return the kind of document that was meant; none if the word is not known."""
    return _meant(typed, _document_kinds())


def _meant(typed: str, known: Mapping[str, str]) -> str:
    word = joined(typed) or typed.strip()
    return known.get(word) or known.get(nearest(word, known), "")


def offered(choice: Sex | DocumentKind, language: str) -> str:
    """Return the word that a template offers for a choice."""
    words: Mapping[str, str] = _SEX[choice] if isinstance(choice, Sex) else _DOCUMENT_KINDS[choice]
    return words.get(languages.plain(language), words["en"]).partition("|")[0]


def languages_of(typed: str) -> tuple[tuple[str, ...], str]:
    """Return the codes of the languages that were named, and the first word that names none."""
    codes: list[str] = []
    for part in _SEVERAL.split(typed):
        words = folded(part).split()
        if not words:
            continue
        code = languages_by_name().get(" ".join(words)) or next(filter(None, map(language_told, words)), "")
        if not code and len(words[0]) in (2, 3) and languages.is_language(words[0]):
            code = words[0]
        if not code:
            return tuple(codes), part.strip()
        codes.append(code)
    return tuple(dict.fromkeys(codes)), ""


def capacity_of(typed: str, capacities: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    """Return the slug of the capacity that was named, or else of the one whose name is spelled nearly so."""
    known = {joined(slug): slug for slug in capacities}
    for slug, names in capacities.items():
        for name in names.values():
            known.setdefault(joined(name), slug)
    for slug in capacities:
        for name in WORDS.get(slug, ()):
            known.setdefault(joined(name), slug)
    word = joined(typed)
    if word in known:
        return known[word], ""
    return "", known.get(nearest(word, known), "") or _only(word, known)


def _only(word: str, known: Mapping[str, str]) -> str:
    """Return the one capacity whose name holds the word, or is held by it."""
    found = {
        slug for name, slug in known.items() if len(word) > 3 and (word in name or (len(name) > 3 and name in word))
    }
    return found.pop() if len(found) == 1 else ""
