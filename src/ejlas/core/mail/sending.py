"""Mails leave in the background, and are tried again while the mail server does not take them."""

from __future__ import annotations

import base64
import json
import logging
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone

from ejlas.core import background, secrets
from ejlas.core.mail.composing import Composed, compose

logger = logging.getLogger(__name__)

# After each failure the next wait; after the last, nobody tries any more: some eighteen hours in all.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))


class MailRefused(Exception):
    """A mail was not taken, for good: its message number and the server's code, without the address."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its name, which server logs may keep, its media type, and its bytes."""

    name: str
    media_type: str
    content: bytes

    def packed(self) -> tuple[str, str, str]:
        """Return the attachment as JSON can hold it."""
        return self.name, self.media_type, base64.b64encode(self.content).decode()


@dataclass(frozen=True, slots=True)
class Message:
    """A composed mail, its reader, and the number under which every try sends it."""

    to: str
    subject: str
    text: str
    html: str
    language: str
    number: str
    made_at: str
    attachments: Sequence[tuple[str, str, str]] = ()

    @classmethod
    def of(cls, composed: Composed, *, to: str, attachments: Sequence[Attachment] = ()) -> Message:
        """Return the message of a composed mail."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        made_at = format_datetime(timezone.now())
        packed = [each.packed() for each in attachments]
        return cls(to=to, number=make_msgid(domain=domain), made_at=made_at, attachments=packed, **asdict(composed))

    def sealed(self) -> str:
        """Return the message encrypted: addresses and links do not stand in the queue."""
        return secrets.encrypt(json.dumps(asdict(self), ensure_ascii=False))

    @classmethod
    def opened(cls, sealed: str) -> Message:
        """Return the message that was sealed. Raises KeyMissing, SecretDamaged."""
        return cls(**json.loads(secrets.decrypt(sealed)))


def send(
    *, to: str, template: str, language: str, values: Mapping[str, Any], attachments: Sequence[Attachment] = ()
) -> str:
    """Send a mail to one address once the current transaction is committed; return its Message-ID.

    Parameters
    ----------
    to : e-mail address of the person
    template : name of the mail, "accounts/invitation"; its app has two templates for it. The subject,
        templates/mail/accounts/invitation.subject.txt, knows only `{{ edition }}`: no personal data. The body,
        templates/mail/accounts/invitation.txt, knows all values: paragraphs with an empty line between; after
        `{% load mail %}`, `{% action label url %}` and `{% code value %}` each make a paragraph. The plain and the
        HTML part are both made of it.
    language : language of the person, `User.language`
    values : what the templates show; `edition` is the name of the edition in that language, where there is one.
        Dates and numbers come as words already. Strings are kept on one line, also those in lists
        and in the values of a dict.
    attachments : files that go with it; they wait in the queue with it, encrypted as all of it is

    Raises TemplateDoesNotExist; whatever the mail server says comes later, in the background.
    """
    message = Message.of(compose(template, language=language, values=values), to=to, attachments=attachments)
    background.enqueue("core.mail.deliver", sealed=message.sealed(), attempt=1)
    return message.number


def deliver(*, sealed: str, attempt: int, at: datetime) -> datetime | None:
    """Hand a message to the mail server; return when to try again, or None when it was taken.

    Raises MailRefused when the server will never take it, or after the last try.
    """
    message = Message.opened(sealed)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={
            "Message-ID": message.number,
            "Date": message.made_at,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": message.language,
        },
        connection=get_connection(),
    )
    mail.attach_alternative(message.html, "text/html")
    for name, media_type, content in message.attachments:
        mail.attach(name, base64.b64decode(content), media_type)
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as fault:
        return _when_again(fault, message, attempt=attempt, at=at)
    return None


def _when_again(fault: Exception, message: Message, *, attempt: int, at: datetime) -> datetime:
    code = _code(fault)
    words = f"{message.number} was not taken: {type(fault).__name__} {code or ''}".strip()
    if 500 <= code < 600 or attempt > len(WAITS):
        # The fault itself names the address, so it does not go on.
        raise MailRefused(words) from None
    logger.warning("%s; try %d", words, attempt)
    return at + WAITS[attempt - 1]


def _code(fault: Exception) -> int:
    """Return the answer of the server: of several, the first; 0 where it gave none."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return int(next(iter(fault.recipients.values()))[0])
    # A server that does not know our password may know it again when the host has put it right.
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return 0
    return int(fault.smtp_code) if isinstance(fault, smtplib.SMTPResponseException) else 0
