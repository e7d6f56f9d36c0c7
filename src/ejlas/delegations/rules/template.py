"""The workbook that a delegation downloads to fill in its list: headings that are understood, and how to write each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ejlas.core import languages
from ejlas.core.errors import marked
from ejlas.core.formats.xlsx import Column, Sheet
from ejlas.delegations.rules import choices, headings
from ejlas.delegations.rules.people import PER_LANGUAGE, DocumentKind, PersonField, Sex

Translate = Callable[[str], str]

PEOPLE, EXPLANATIONS = marked("People"), marked("How to fill in")
_COLUMN, _EXPLANATION = marked("Column"), marked("What to write")
_HOW = {
    PersonField.CAPACITY: marked("What the person is in the delegation: one of the list. Always needed."),
    PersonField.FAMILY_NAME: marked("In Latin letters, as in the passport. Always needed."),
    PersonField.GIVEN_NAME: marked("In Latin letters, as in the passport."),
    PersonField.PREFERRED_NAME: marked("The whole name as the badge and the lists in this language should show it."),
    PersonField.OFFICE: marked("The office held, in this language."),
    PersonField.SEX: marked("As the document states it: F, M or X, or a word of the list."),
    PersonField.BORN_ON: marked("The year first, as 1975-11-23; a Solar Hijri date as 1354/09/02."),
    PersonField.NATIONALITY: marked("The name of the state, or its code of two or three letters."),
    PersonField.DOCUMENT_KIND: marked("One of the list."),
    PersonField.DOCUMENT_NUMBER: marked("Latin letters and digits, as in the document."),
    PersonField.DOCUMENT_STATE: marked("The state that issued the document: its name or its code."),
    PersonField.DOCUMENT_EXPIRES_ON: marked("The year first; the document must be valid until the end of the summit."),
    PersonField.EMAIL: marked("An address that the person reads."),
    PersonField.PHONE: marked("With + and the code of the country."),
    PersonField.LANGUAGES: marked("The languages the person speaks, parted by commas."),
    PersonField.DIET: marked("What the kitchen has to know."),
    PersonField.HEALTH: marked("What the physicians and those who plan the ways have to know; it is kept sealed."),
    PersonField.NOTE: marked("Anything else."),
}
_WIDTHS = {PersonField.OFFICE: 34.0, PersonField.PREFERRED_NAME: 26.0, PersonField.NOTE: 30.0}


def template(
    of_edition: Sequence[str],
    capacities: Mapping[str, Mapping[str, str]],
    language: str,
    *,
    translate: Translate = str,
    fields: Sequence[PersonField] = tuple(PersonField),
) -> list[Sheet]:
    """Return the sheets of the template for `core.formats.xlsx.pack`, headed in `language`.

    Parameters
    ----------
    of_edition : the languages for which a preferred name and an office are asked
    capacities : for each slug the name by language
    translate : makes the sentences of the second sheet in `language`
    """
    offers = _offers(capacities, language)
    columns: list[Column] = []
    explained: list[list[str]] = []
    for field in fields:
        for heading in _headings(field, of_edition, language):
            width = max(_WIDTHS.get(field, 16.0), len(heading) + 2.0)
            columns.append(Column(heading, width, choices=offers.get(field, ()), is_text=True))
            explained.append([heading, translate(_HOW[field])])
    how = [Column(translate(_COLUMN), 34.0), Column(translate(_EXPLANATION), 80.0, wraps=True)]
    return [Sheet(translate(PEOPLE), columns, []), Sheet(translate(EXPLANATIONS), how, explained)]


def _headings(field: PersonField, of_edition: Sequence[str], language: str) -> list[str]:
    if field not in PER_LANGUAGE:
        return [headings.written(field, language)]
    return [headings.written(field, language, each) for each in of_edition]


def _offers(capacities: Mapping[str, Mapping[str, str]], language: str) -> dict[PersonField, list[str]]:
    """Return for each field what it drops down, in the language where a capacity has a name in it."""
    plain = languages.plain(language)
    names = [named.get(plain) or named.get("en") or slug for slug, named in capacities.items()]
    offered = partial(choices.offered, language=language)
    return {
        PersonField.CAPACITY: names,
        PersonField.SEX: [offered(choice) for choice in Sex],
        PersonField.DOCUMENT_KIND: [offered(choice) for choice in DocumentKind],
    }
