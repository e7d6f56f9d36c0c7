"""The words that a letter has around its text, in every language in which letters can begin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ejlas.core import languages


class LetterWords(NamedTuple):
    """The words of one language; braces hold the places of values."""

    number: str
    date: str
    place: str
    subject: str
    answer: str
    answer_of_day: str
    enclosures: str
    draft: str
    page: str


# Letters go out in more languages than pages are shown in, so these words are data, as the texts of letters are.
WORDS: Mapping[str, LetterWords] = {
    "en": LetterWords(
        "No.", "Date", "Place", "Subject", "In answer to your letter No. {number}",
        "In answer to your letter No. {number} of {day}", "Enclosures", "Draft", "Page {page} of {pages}",
    ),
    "fa": LetterWords(
        "شماره", "تاریخ", "محل", "موضوع", "عطف به نامه شماره {number}",
        "عطف به نامه شماره {number} مورخ {day}", "پیوست‌ها", "پیش‌نویس", "صفحه {page} از {pages}",
    ),
    "ru": LetterWords(
        "№", "Дата", "Место", "Тема", "На ваш № {number}",
        "На ваш № {number} от {day}", "Приложения", "Проект", "Страница {page} из {pages}",
    ),
    "az": LetterWords(
        "№", "Tarix", "Yer", "Mövzu", "{number} nömrəli məktubunuza cavab olaraq",
        "{day} tarixli, {number} nömrəli məktubunuza cavab olaraq", "Əlavələr", "Layihə", "Səhifə {page} / {pages}",
    ),
    "tk": LetterWords(
        "№", "Sene", "Ýeri", "Mowzuk", "{number} belgili hatyňyza jogap hökmünde",
        "{day} senesindäki {number} belgili hatyňyza jogap hökmünde", "Goşundylar", "Taslama",
        "Sahypa {page} / {pages}",
    ),
    "kk": LetterWords(
        "№", "Күні", "Орны", "Тақырыбы", "Сіздің № {number} хатыңызға жауап ретінде",
        "Сіздің № {number} ({day}) хатыңызға жауап ретінде", "Қосымшалар", "Жоба", "Бет: {page} / {pages}",
    ),
    "es": LetterWords(
        "N.º", "Fecha", "Lugar", "Asunto", "En respuesta a su carta n.º {number}",
        "En respuesta a su carta n.º {number}, de {day}", "Anexos", "Borrador", "Página {page} de {pages}",
    ),
    "pt": LetterWords(
        "N.º", "Data", "Local", "Assunto", "Em resposta à sua carta n.º {number}",
        "Em resposta à sua carta n.º {number}, de {day}", "Anexos", "Minuta", "Página {page} de {pages}",
    ),
    "fr": LetterWords(
        "Nº", "Date", "Lieu", "Objet", "En réponse à votre lettre nº {number}",
        "En réponse à votre lettre nº {number} du {day}", "Pièces jointes", "Projet", "Page {page} sur {pages}",
    ),
    "tr": LetterWords(
        "Sayı", "Tarih", "Yer", "Konu", "{number} sayılı yazınıza cevaben",
        "{day} tarihli ve {number} sayılı yazınıza cevaben", "Ekler", "Taslak", "Sayfa {page} / {pages}",
    ),
    "ar": LetterWords(
        "الرقم", "التاريخ", "المكان", "الموضوع", "إشارة إلى كتابكم رقم {number}",
        "إشارة إلى كتابكم رقم {number} المؤرخ في {day}", "المرفقات", "مسودة", "الصفحة {page} من {pages}",
    ),
}  # fmt: skip


def words_in(language: str) -> LetterWords:
    """Return the words around a letter in a language; in English where there are none."""
    plain = languages.plain(language)
    return WORDS.get(plain) or WORDS.get(plain.partition("-")[0]) or WORDS["en"]


def language_of_words(language: str) -> str:
    """Return the language in which `words_in` answers."""
    return language if words_in(language) is not WORDS["en"] else "en"
