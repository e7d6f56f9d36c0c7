"""The mail of an invitation over a real mail server, in the language of the person invited."""

from __future__ import annotations

import email
import email.policy
import re
import socket
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import operations, queries
from ejlas.accounts.operations import Letter
from ejlas.accounts.rules import Role, RoleWanted

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)


class Postbox:
    """Keeps what it is given."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 named by the library
        self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
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
    yield controller.handler
    controller.stop()


def _invite(name, language):
    return operations.invite(
        email="new@example.org",
        name=name,
        language=language,
        roles=[RoleWanted(Role.GATE, "rasht2025")],
        by=queries.system_account(),
        at=AT,
        expires_at=AT + timedelta(days=14),
        letter=Letter(
            address=lambda token: f"https://summit.example.org/account/invitation/{token}/",
            sign_in="https://summit.example.org/account/login/",
            edition_name="اجلاس رشت",
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["نیلوفر راد", "Нилуфар Рад", "<script>alert(1)</script>", "Rad\r\nBcc: evil@example.org", "a" * 200],
)
def test_invitation_arrives_in_the_persons_language_with_nothing_personal_in_its_subject(
    name, postbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        _invite(name, "fa")

    for row in DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver"):
        import_string(row.task_path).func(**row.args_kwargs["kwargs"])

    [(to, mail)] = postbox.mails
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert to == ["new@example.org"]
    assert mail["Content-Language"] == "fa"
    assert mail["Bcc"] is None
    assert name.split()[0] not in mail["Subject"]
    assert re.search(r"https://summit\.example\.org/account/invitation/[\w-]{40,}/", text)
    assert '<html lang="fa" dir="rtl"' in html
    assert "<script>" not in html


@pytest.mark.django_db
def test_invitation_that_is_refused_sends_nothing(django_capture_on_commit_callbacks):
    _invite("Nilufar", "fa")

    with django_capture_on_commit_callbacks() as sent, pytest.raises(operations.AlreadyInvited):
        _invite("Nilufar", "fa")

    assert sent == []
