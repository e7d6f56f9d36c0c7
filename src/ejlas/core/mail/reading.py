"""Mails that were written into files instead of being sent, for whoever tries the software without a mail server."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

FILES = "django.core.mail.backends.filebased.EmailBackend"
MOST_LISTED = 200
_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]+\.log", re.ASCII)
# The backend ends each message by such a line.
_END = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail in a file; the subject and the text are the reader's, in whatever language."""

    name: str
    to: str
    subject: str
    language: str
    at: datetime | None
    text: str
    files: tuple[tuple[str, str, bytes], ...]


def keeps_files() -> bool:
    """Tell whether this installation writes its mails into files."""
    return bool(settings.EMAIL_BACKEND == FILES)


def kept_mails() -> list[KeptMail]:
    """Return the newest mails, the last one first."""
    return [mail for name in _names()[:MOST_LISTED] if (mail := kept_mail(name)) is not None]


def kept_mail(name: str) -> KeptMail | None:
    """Return the mail in a file by the name of the file; None where there is none."""
    if not keeps_files() or not _NAME.fullmatch(name):
        return None
    try:
        raw = (_folder() / name).read_bytes()
    except FileNotFoundError:
        return None
    # One connection sends one mail here.
    message = email.message_from_bytes(raw.partition(_END)[0], policy=email.policy.default)
    return _read(name, message) if isinstance(message, EmailMessage) else None


def _names() -> list[str]:
    folder = _folder()
    if not keeps_files() or not folder.is_dir():
        return []
    return sorted((each.name for each in folder.iterdir() if _NAME.fullmatch(each.name)), reverse=True)


def _folder() -> Path:
    # There is no such setting where mails are sent.
    return Path(getattr(settings, "EMAIL_FILE_PATH", ""))


def _read(name: str, message: EmailMessage) -> KeptMail:
    body = message.get_body(preferencelist=("plain",))
    files = tuple(
        (part.get_filename() or "", part.get_content_type(), part.get_payload(decode=True) or b"")
        for part in message.iter_attachments()
    )
    return KeptMail(
        name=name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        language=str(message["Content-Language"] or "en"),
        at=parsedate_to_datetime(str(message["Date"])) if message["Date"] else None,
        text=str(body.get_content()).replace("\r\n", "\n") if body is not None else "",
        files=tuple((label, kind, bytes(data) if isinstance(data, bytes) else b"") for label, kind, data in files),
    )
