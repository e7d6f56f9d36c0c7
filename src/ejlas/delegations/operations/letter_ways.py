"""How letters go out and come in: sending, what is heard of them, replies, and attachments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import changes, languages, mail
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.files import operations as files
from ejlas.core.files import rules as kinds
from ejlas.core.mail import Attachment
from ejlas.delegations.models import Letter, LetterFile, Person
from ejlas.delegations.operations import keeping
from ejlas.delegations.operations import letter_errors as errors
from ejlas.delegations.operations.letters import EVENT, add_letter, bring, move, names_of
from ejlas.delegations.operations.steps import note_reading
from ejlas.delegations.permissions import fields_read
from ejlas.delegations.queries import letters as queries
from ejlas.delegations.rules.letter_people import shows_documents
from ejlas.delegations.rules.letters import ANSWERS, LetterChannel, LetterDirection, LetterState
from ejlas.delegations.rules.people import PersonField
from ejlas.forum.models import Edition

MOST_FILE_BYTES = 20_000_000
PURPOSE = "letter"


class Scan(NamedTuple):
    """A file that a person chose: its name and its bytes."""

    name: str
    data: bytes


# --- Out ---


def read_people(*, letter: Letter, by: User, at: datetime) -> list[Person]:
    """Return the people whom a letter names, with what its table shows; reading of document numbers is written down.

    Raises NumbersNotForYou.
    """
    people = list(queries.people_of_letter(letter)) if letter.people else []
    if not shows_documents(letter.kind):
        return people
    if any(PersonField.DOCUMENT_NUMBER not in fields_read(by, person) for person in people):
        raise errors.NumbersNotForYou
    for person in people:
        note_reading(person=person, purpose=PURPOSE, by=by, at=at)
    return people


@transaction.atomic
def send_by_mail(
    *, letters: Iterable[Letter], papers: Mapping[str, bytes], portal: str, by: User, at: datetime
) -> list[Letter]:
    """Send cleared letters by mail to the addresses of their delegations, each as a PDF: all of them or none.

    They leave in the background after the commit. Nobody learns here whether one came back: a letter counts as sent.
    Raises LetterMovedOn, AddressMissing.

    Parameters
    ----------
    papers : the PDF of each letter, by slug
    """
    rows = bring(letters, LetterState.SENT, {"channel": LetterChannel.MAIL, "sent_at": at}, by=by, at=at)
    require_ready(rows, state=LetterState.SENT)
    for row in rows:
        if row.delegation is None:
            continue
        fallbacks = row.edition.fallback_languages
        mail.send(
            to=row.delegation.contact_email,
            template="delegations/letter",
            language=row.language,
            values={
                "edition": row.edition.name.wording(row.language, fallbacks).text,
                "number": row.register,
                "day": queries.day_words(row.dated_on, _of_mails(row.language), row.edition) if row.dated_on else "",
                "subject": row.subject,
                "link": portal,
            },
            attachments=[Attachment(file_name(row, "pdf"), kinds.PDF, papers[row.slug])],
        )
    return rows


def _of_mails(language: str) -> str:
    """Return the language in which a mail around a letter is written: English where the interface does not speak it."""
    spoken = languages.plain(language)
    return spoken if spoken in dict(settings.LANGUAGES) else "en"


def require_ready(letters: Iterable[Letter], *, state: LetterState = LetterState.CLEARED) -> None:
    """Raise LetterMovedOn or AddressMissing unless each letter is cleared, to a delegation with an address."""
    held = list(letters)
    for row in held:
        if row.state != state or row.direction != LetterDirection.OUT:
            raise errors.LetterMovedOn(subject=row.subject)
    without = [row.delegation for row in held if row.delegation is not None and not row.delegation.contact_email]
    if without:
        raise errors.AddressMissing(names=names_of(without))
    nowhere = [row for row in held if row.delegation is None]
    if nowhere:
        raise errors.AddressMissing(names=nowhere[0].correspondent or nowhere[0].subject)


def file_name(letter: Letter, form: str) -> str:
    """Return the name of a letter's file: its register number, fit for every system."""
    number = letter.register or letter.slug
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in number).strip("-")
    return f"{kept or letter.slug}.{form}"


def mark_sent(
    *, letters: Iterable[Letter], channel: LetterChannel, on: date, by: User, at: datetime, note: str = ""
) -> list[Letter]:
    """Say that cleared letters went another way than by our mail, on a day: all of them or none.

    Raises LetterMovedOn, DayAhead.
    """
    rows = list(letters)
    if not rows:
        return rows
    zone = rows[0].edition.zone
    if on > at.astimezone(zone).date():
        raise errors.DayAhead
    # Of a day of the past only the day is known; noon is that day in every zone that matters here.
    moment = at if on == at.astimezone(zone).date() else datetime.combine(on, time(12), tzinfo=zone)
    fields: dict[str, Any] = {"channel": channel, "sent_at": moment}
    return bring(rows, LetterState.SENT, fields | ({"note": note.strip()} if note.strip() else {}), by=by, at=at)


@transaction.atomic
def record_reply(
    *,
    letter: Letter,
    state: LetterState,
    level: str,
    on: date,
    by: User,
    at: datetime,
    answer: Letter | None = None,
) -> Letter:
    """Write down how a letter was answered, and by which letter that came in.

    Raises LetterMovedOn, LevelNeeded, DayAhead, AnswerOfOthers.
    """
    if state not in ANSWERS:
        raise errors.LetterMovedOn(subject=letter.subject)
    if state is not LetterState.DECLINED and not level.strip():
        raise errors.LevelNeeded
    if on > at.astimezone(letter.edition.zone).date():
        raise errors.DayAhead
    if answer is not None:
        if answer.direction != LetterDirection.IN or answer.edition_id != letter.edition_id:
            raise errors.AnswerOfOthers
        done = changes.change(answer, {"answers": letter}, event=EVENT, at=at)
        audit.record(done.entries, scope=letter.edition.slug, by=by.name, at=at)
    return move(letter=letter, state=state, by=by, at=at, reply_level=level.strip(), reply_on=on)


# --- In ---


@transaction.atomic
def receive(*, edition: Edition, fields: Mapping[str, Any], scans: Sequence[Scan], by: User, at: datetime) -> Letter:
    """Enter a letter that came in, with what was scanned of it. Raises FileEmpty, FileTooLarge, FileTypeRefused."""
    letter = add_letter(edition=edition, fields={**fields, "direction": LetterDirection.IN}, by=by, at=at)
    for scan in scans:
        add_file(letter=letter, scan=scan, by=by, at=at)
    return letter


# --- Attachments ---


@transaction.atomic
def add_file(*, letter: Letter, scan: Scan, by: User, at: datetime) -> LetterFile:
    """Keep an attachment of a letter. Raises FileEmpty, FileTooLarge, FileTypeRefused."""
    kept = files.keep(
        scan.data,
        scope=letter.edition.slug,
        purpose=PURPOSE,
        name=scan.name,
        allowed=kinds.LETTERS,
        most_bytes=MOST_FILE_BYTES,
        by=by.name,
        at=at,
    )
    row = LetterFile.objects.create(
        slug=f"f{keeping.new_slug()[1:]}", letter=letter, file=kept, added_at=at, added_by=by.name
    )
    values = {"after": {"letter": letter.slug, "register": letter.register}}
    audit.record(
        [Entry("delegations.letterfile.added", "letterfile", row.slug, values)], scope=kept.scope, by=by.name, at=at
    )
    return row


@transaction.atomic
def remove_file(*, file: LetterFile, by: User, at: datetime) -> None:
    """Remove an attachment for good."""
    kept = file.file
    values = {"before": {"letter": file.letter.slug, "register": file.letter.register}}
    audit.record(
        [Entry("delegations.letterfile.removed", "letterfile", file.slug, values)], scope=kept.scope, by=by.name, at=at
    )
    LetterFile.objects.filter(pk=file.pk).delete()
    files.forget(kept, at=at)
