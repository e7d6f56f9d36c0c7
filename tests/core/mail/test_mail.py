"""Mail: two parts in the person's language, sent after the commit, tried again, over a real mail server."""

from __future__ import annotations

import email
import email.policy
import json
import logging
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from ejlas.core import mail
from ejlas.core.mail import composing, sending

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2025, 11, 18, 9, 0, tzinfo=UTC)
VALUES = {"edition": "اجلاس رشت", "name": "Ali", "address": "https://ejlas.example.org/x?a=1&b=2", "number": 482913}


class Postbox:
    """Takes mails, or answers what it is told to answer."""

    def __init__(self):
        self.mails, self.answer = [], ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 named by the library
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 named by the library
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def postbox(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Postbox(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Ejlas <desk@summit.example.org>"
    yield controller.handler
    controller.stop()


@pytest.fixture(autouse=True)
def templates(settings):
    own = {**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}
    settings.TEMPLATES = [own]


def send(language: str = "fa", **values) -> str:
    return mail.send(to="reader@example.org", template="tests/welcome", language=language, values={**VALUES, **values})


def queued() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver").order_by("enqueued_at"))


def work(result: DBTaskResult) -> None:
    result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])


def test_mail_has_both_parts_in_the_persons_language(postbox):
    number = send("fa")

    work(queued()[0])

    (got,) = postbox.mails
    plain, html = (part.get_content().replace("\r\n", "\n") for part in got.get_payload())
    assert [part.get_content_type() for part in got.get_payload()] == ["text/plain", "text/html"]
    assert got["Message-ID"] == number
    assert number.endswith("@summit.example.org>")
    assert (got["To"], got["From"]) == ("reader@example.org", "Ejlas <desk@summit.example.org>")
    assert (got["Auto-Submitted"], got["Content-Language"]) == ("auto-generated", "fa")
    assert got["Subject"] == "برنامه اجلاس رشت"
    assert "\u2068Ali\u2069 & <b>sea</b>" in plain
    assert "برنامه:\nhttps://ejlas.example.org/x?a=1&b=2" in plain
    assert "\n482913\n" in plain
    assert '<html lang="fa" dir="rtl">' in html
    assert "&amp; &lt;b&gt;sea&lt;/b&gt;" in html
    assert '<a class="action" href="https://ejlas.example.org/x?a=1&amp;b=2">برنامه</a>' in html
    assert "<script" not in html
    assert " style=" not in html


@pytest.mark.parametrize(
    ("language", "spoken", "direction"),
    [("ru", "ru", "ltr"), ("az", "az", "ltr"), ("fa-IR", "fa", "rtl"), ("de", "en", "ltr")],
)
def test_language_decides_direction_and_english_stands_in(language, spoken, direction):
    made = composing.compose("tests/welcome", language=language, values=VALUES)

    assert made.language == spoken
    assert f'<html lang="{spoken}" dir="{direction}">' in made.html


def test_subject_knows_no_name_of_a_person():
    made = composing.compose("tests/welcome", language="en", values={**VALUES, "edition": "Rasht"})

    assert made.subject == "Programme Rasht"


def test_value_cannot_make_a_paragraph_a_button_or_a_header():
    name = f"Ali\n\n{composing.ACTION}Open{composing.BETWEEN}https://evil.example.org{composing.ACTION}\r\nBcc: x@y.z"

    made = composing.compose("tests/welcome", language="en", values={**VALUES, "name": name, "edition": "A\r\nB"})

    assert made.html.count("<a ") == 1
    assert "evil.example.org</a>" not in made.html
    assert "\nBcc" not in made.text
    assert made.subject == "Programme A B"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/desk/", "https://a b"])
def test_action_leads_to_a_web_address_only(address):
    with pytest.raises(ValueError, match="web address"):
        composing.compose("tests/welcome", language="en", values={**VALUES, "address": address})


def test_mail_waits_for_the_commit_and_is_dropped_with_it(postbox):
    with transaction.atomic():
        send()
        before_the_commit = queued()
        transaction.set_rollback(True)

    assert before_the_commit == []
    assert queued() == []


def test_neither_address_nor_link_stands_in_the_queue(postbox):
    send()

    kept = json.dumps(queued()[0].args_kwargs)

    assert "reader@" not in kept
    assert "https://" not in kept


def test_an_attachment_waits_sealed_and_goes_with_the_mail(postbox):
    paper = mail.Attachment("1404-017.pdf", "application/pdf", b"%PDF-1.7 \xd8\xd9 letter")
    mail.send(to="reader@example.org", template="tests/welcome", language="fa", values=VALUES, attachments=[paper])
    kept = json.dumps(queued()[0].args_kwargs)

    work(queued()[0])

    (got,) = postbox.mails
    (attached,) = got.iter_attachments()
    assert "1404-017" not in kept
    assert (attached.get_filename(), attached.get_content_type()) == ("1404-017.pdf", "application/pdf")
    assert attached.get_payload(decode=True) == paper.content


def test_refused_for_now_is_tried_again_later_under_the_same_number(postbox, caplog):
    number = send()
    postbox.answer = "451 come back later"

    with caplog.at_level(logging.WARNING):
        work(queued()[0])
    postbox.answer = ""
    _first, second = queued()
    work(second)

    assert second.run_after - second.enqueued_at == pytest.approx(sending.WAITS[0], abs=timedelta(seconds=5))
    assert [got["Message-ID"] for got in postbox.mails] == [number]
    assert "451" in caplog.text
    assert "reader@" not in caplog.text


def test_server_that_is_away_is_tried_for_most_of_a_day_then_given_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send()
    sealed = queued()[0].args_kwargs["kwargs"]["sealed"]

    waits = [sending.deliver(sealed=sealed, attempt=n, at=AT) - AT for n in range(1, len(sending.WAITS) + 1)]

    assert waits == list(sending.WAITS)
    assert sum(waits, timedelta()) > timedelta(hours=16)
    with pytest.raises(sending.MailRefused):
        sending.deliver(sealed=sealed, attempt=len(sending.WAITS) + 1, at=AT)


def test_refused_for_good_is_not_tried_again_and_names_nobody(postbox):
    send()
    postbox.answer = "550 no such mailbox"

    with pytest.raises(sending.MailRefused) as refused:
        work(queued()[0])

    assert "550" in str(refused.value)
    assert "reader@" not in str(refused.value)
    assert len(queued()) == 1
