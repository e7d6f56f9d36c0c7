"""The table of people in a letter: which letters have one, its columns, and their headings in the letter's language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ejlas.core import languages
from ejlas.delegations.rules.letters import LetterKind


class PeopleColumn(StrEnum):
    """A column of the table."""

    NUMBER = "number"
    NAME = "name"
    OFFICE = "office"
    NATIONALITY = "nationality"
    BORN_ON = "born_on"
    DOCUMENT = "document_number"
    VALID_UNTIL = "document_expires_on"


COLUMNS: Mapping[LetterKind, tuple[PeopleColumn, ...]] = {
    LetterKind.REGISTRATION: (
        PeopleColumn.NUMBER,
        PeopleColumn.NAME,
        PeopleColumn.OFFICE,
        PeopleColumn.NATIONALITY,
    ),
    LetterKind.VISA: (
        PeopleColumn.NUMBER,
        PeopleColumn.NAME,
        PeopleColumn.NATIONALITY,
        PeopleColumn.BORN_ON,
        PeopleColumn.DOCUMENT,
        PeopleColumn.VALID_UNTIL,
    ),
}

# Letters go out in more languages than pages are shown in, so these words are data, as the texts of letters are.
_HEADINGS = {
    "en": ("No.", "Name", "Office", "Nationality", "Date of birth", "Passport No.", "Valid until"),
    "fa": ("ردیف", "نام", "سمت", "تابعیت", "تاریخ تولد", "شماره گذرنامه", "اعتبار تا"),
    "ru": ("№", "Имя", "Должность", "Гражданство", "Дата рождения", "№ паспорта", "Действителен до"),
    "az": ("№", "Ad", "Vəzifə", "Vətəndaşlıq", "Doğum tarixi", "Pasportun №-si", "Etibarlıdır"),
    "tk": ("№", "Ady", "Wezipesi", "Raýatlygy", "Doglan senesi", "Pasport №", "Möhleti"),
    "kk": ("№", "Аты-жөні", "Лауазымы", "Азаматтығы", "Туған күні", "Паспорт №", "Жарамды мерзімі"),
    "es": ("N.º", "Nombre", "Cargo", "Nacionalidad", "Fecha de nacimiento", "N.º de pasaporte", "Válido hasta"),
    "pt": ("N.º", "Nome", "Cargo", "Nacionalidade", "Data de nascimento", "N.º do passaporte", "Válido até"),
    "fr": ("Nº", "Nom", "Fonction", "Nationalité", "Date de naissance", "Nº de passeport", "Valable jusqu’au"),
    "tr": ("Sıra", "Ad", "Görev", "Uyruk", "Doğum tarihi", "Pasaport no.", "Geçerlilik"),
    "ar": ("الرقم", "الاسم", "المنصب", "الجنسية", "تاريخ الميلاد", "رقم جواز السفر", "صالح حتى"),
}


def names_people(kind: str) -> bool:
    """Tell whether letters of a kind carry a table of people."""
    return kind in COLUMNS


def shows_documents(kind: str) -> bool:
    """Tell whether letters of a kind show numbers of travel documents."""
    return kind in COLUMNS and PeopleColumn.DOCUMENT in COLUMNS[LetterKind(kind)]


def headings(kind: LetterKind, language: str) -> tuple[str, ...]:
    """Return the headings of the table of a kind of letter; in English where the language has none."""
    plain = languages.plain(language)
    words = _HEADINGS.get(plain) or _HEADINGS.get(plain.partition("-")[0]) or _HEADINGS["en"]
    by_column = dict(zip(PeopleColumn, words, strict=True))
    return tuple(by_column[column] for column in COLUMNS[kind])
