"""Letters on paper and on their way: the register's words go to the exports, and the PDF goes with the mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ejlas.core import calendars, languages
from ejlas.core.text import Text
from ejlas.delegations.operations import letter_ways as operations
from ejlas.delegations.queries import letters as queries
from ejlas.delegations.rules import letter_people
from ejlas.delegations.rules.letter_people import PeopleColumn
from ejlas.delegations.rules.letters import LetterDirection, LetterKind, LetterState
from ejlas.exports.letter_docx import letter_docx
from ejlas.exports.letter_pdf import letter_pdf, letters_pdf
from ejlas.exports.letters import LetterPaper, PeopleTable

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.delegations.models import Delegation, Letter, Person
    from ejlas.forum.models import Edition

_COLOUR = re.compile("#[0-9a-fA-F]{6}")


def as_pdf(*, letter: Letter, by: User, at: datetime) -> bytes:
    """Return a letter as a PDF; what is read of documents is written down. Raises NumbersNotForYou, CannotTypeset."""
    return letter_pdf(_paper(letter, operations.read_people(letter=letter, by=by, at=at), at=at))


def as_docx(*, letter: Letter, by: User, at: datetime) -> bytes:
    """Return a letter for a word processor; what is read of documents is written down. Raises NumbersNotForYou."""
    return letter_docx(_paper(letter, operations.read_people(letter=letter, by=by, at=at), at=at))


@transaction.atomic
def send_by_mail(*, letters: Iterable[Letter], portal: str, by: User, at: datetime) -> list[Letter]:
    """Send cleared letters to the addresses of their delegations, each as a PDF: all of them or none.

    Raises LetterMovedOn, AddressMissing, NumbersNotForYou, CannotTypeset.
    """
    chosen = list(letters)
    operations.require_ready(chosen)
    papers = [_paper(each, operations.read_people(letter=each, by=by, at=at), at=at) for each in chosen]
    made = dict(zip([each.slug for each in chosen], letters_pdf(papers), strict=True))
    return operations.send_by_mail(letters=chosen, papers=made, portal=portal, by=by, at=at)


def preview_pdf(*, delegation: Delegation, filled: queries.Filled, at: datetime) -> bytes:
    """Return what a template would say to a delegation, as the PDF of a draft."""
    edition, language = delegation.edition, filled.language
    paper = LetterPaper(
        **_around(edition, language),
        written_at=at,
        number="",
        dates=(),
        addressee=_lines(filled.addressee, delegation, language),
        subject=filled.subject,
        body=filled.body,
        closing=filled.closing,
        signatory_office=filled.signatory_office,
        signatory_name=filled.signatory,
        is_draft=True,
    )
    return letter_pdf(paper)


def _paper(letter: Letter, people: Sequence[Person], *, at: datetime) -> LetterPaper:
    edition, language = letter.edition, letter.language
    is_draft = letter.state == LetterState.DRAFT and letter.direction == LetterDirection.OUT
    day, answered = letter.dated_on, letter.answers
    return LetterPaper(
        **_around(edition, language),
        # The same letter gives the same bytes whenever it is printed.
        written_at=datetime.combine(day, time(12), tzinfo=edition.zone) if day else at,
        number=letter.register,
        dates=calendars.format_dates(day, language, edition.calendars) if day else (),
        addressee=_addressee(letter),
        answers=answered.their_number if answered is not None else "",
        answers_day=_day(answered.dated_on, edition, language) if answered is not None else "",
        subject=letter.subject,
        body=letter.body,
        people=_table(letter, people) if people and letter_people.names_people(letter.kind) else None,
        closing=letter.closing,
        signatory_office=letter.signatory_office,
        signatory_name=letter.signatory,
        enclosures=tuple(each.file.name or "" for each in queries.files_of(letter)),
        is_draft=is_draft,
    )


def _around(edition: Edition, language: str) -> dict[str, Any]:
    """Return what every letter of an edition has around its text."""

    def worded(text: Text) -> str:
        return text.wording(language, edition.fallback_languages).text

    colour = next((each for each in edition.colours if isinstance(each, str) and _COLOUR.fullmatch(each)), "")
    return {
        "language": language,
        "edition": worded(edition.name),
        "forum": worded(edition.forum.name),
        "host": (worded(edition.host_office),),
        "place": worded(edition.city),
        **({"colour": colour} if colour else {}),
    }


def _addressee(letter: Letter) -> tuple[str, ...]:
    # A letter of visas concerns the delegation and goes to a consulate.
    delegation = None if letter.kind == LetterKind.VISA else letter.delegation
    return _lines(letter.correspondent, delegation, letter.language)


def _lines(office: str, delegation: Delegation | None, language: str) -> tuple[str, ...]:
    if delegation is None:
        return (office,)
    party = delegation.title.wording(language, delegation.edition.fallback_languages).text
    # “Governor of Astrakhan Region” needs no second line that says Astrakhan Region.
    return (office,) if party and party.casefold() in office.casefold() else (office, party)


def _day(day: date | None, edition: Edition, language: str) -> str:
    return queries.day_words(day, language, edition) if day else ""


# --- The table of people ---


def _table(letter: Letter, people: Sequence[Person]) -> PeopleTable:
    kind = LetterKind(letter.kind)
    columns = letter_people.COLUMNS[kind]
    rows = [tuple(_cell(column, person, place, letter) for column in columns) for place, person in enumerate(people, 1)]
    return PeopleTable(letter_people.headings(kind, letter.language), tuple(rows))


def _cell(column: PeopleColumn, person: Person, place: int, letter: Letter) -> str:
    language = letter.language
    if column is PeopleColumn.NUMBER:
        return languages.number(place, language)
    if column is PeopleColumn.NAME:
        return person.passport_name
    if column is PeopleColumn.OFFICE:
        office: Text = person.office
        return office.wording(language, letter.edition.fallback_languages).text
    if column is PeopleColumn.NATIONALITY:
        return languages.state_name(person.nationality, language) if person.nationality else ""
    # Of a document, everything stands as the document has it: a consulate compares sign by sign.
    return str(getattr(person, column.value) or "")
