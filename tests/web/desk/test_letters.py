"""Letters at the desk: by the right person from the template to the reply, by nobody else, and looked at on paper."""

from __future__ import annotations

import email
import email.policy
import io
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.delegations.models import Delegation, Letter, LetterFile, Template
from ejlas.delegations.operations import letters as operations
from ejlas.delegations.rules.states import PersonState
from ejlas.web.desk.letters import letters_of
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.reading import Reader
from tests.factories.delegations import named, opened
from tests.factories.letters import AT, cleared, incoming, sent, standard, written

LETTERS = "/desk/rasht2025/letters/"


@pytest.fixture
def edition(summits):
    Letter.objects.all().delete()
    Template.objects.all().delete()
    return summits["rasht2025"]


@pytest.fixture
def delegations(edition):
    standard(edition)
    return opened(edition)


@pytest.fixture
def postbox(settings):
    """Take mails as a mail server does."""
    mails = []

    class Handler:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802 named by the library
            mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield mails
    controller.stop()


def _of(letter, *parts) -> str:
    return "/".join([f"{LETTERS}of/{letter.slug}", *parts, ""])


def _kept(letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def _words(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _addressed(delegation, address="focal@example.org") -> Delegation:
    Delegation.objects.filter(pk=delegation.pk).update(contact_email=address)
    return Delegation.objects.select_related("edition", "party").get(pk=delegation.pk)


# --- Templates ---


def test_standard_texts_are_added_by_a_button_and_shown_filled_for_a_delegation(desk, edition):
    client = desk(Role.PROTOCOL)
    opened(edition)
    client.post("/desk/rasht2025/letter-templates/standard/")
    template = Template.objects.get(edition=edition, kind="invitation")

    page = client.get(f"/desk/rasht2025/letter-templates/of/{template.slug}/preview/?delegation=astrakhan&language=ru")
    paper = client.get(
        f"/desk/rasht2025/letter-templates/of/{template.slug}/preview/?delegation=astrakhan&language=ru&format=pdf"
    )

    assert "18–19 ноября 2025" in page.content.decode()
    assert "(27–28 абана 1404" in page.content.decode()
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "Приглашение" in _words(paper.content)


def test_a_template_with_an_unknown_place_is_refused_on_its_page(desk, edition, delegations):
    client, template = desk(Role.PROTOCOL), Template.objects.get(edition=edition, kind="other")

    answer = client.post(
        f"/desk/rasht2025/letter-templates/of/{template.slug}/change/",
        {"kind": "other", "subject-en": "{sovereign}", "body-en": "Text", "revision": template.revision},
    )

    assert answer.status_code == 422
    assert "{sovereign}" in answer.content.decode()
    assert "{head_office}" in answer.content.decode()


# --- Writing ---


def test_all_without_an_invitation_are_ticked_and_each_gets_a_draft(desk, edition, delegations):
    client = desk(Role.PROTOCOL)
    written(delegations["gilan"])
    page = client.get(f"{LETTERS}write/?who=uninvited")
    form = page.context["form"]

    answer = client.post(
        f"{LETTERS}write/",
        {"template": form.initial["template"], "language": "", "delegations": form.initial["delegations"]},
    )

    assert answer.status_code == 302
    assert "gilan" not in form.initial["delegations"]
    assert Letter.objects.filter(edition=edition, state="draft").count() == len(delegations)


def test_letters_to_nobody_are_refused_beside_the_field(desk, delegations):
    client = desk(Role.PROTOCOL)

    answer = client.post(f"{LETTERS}write/", {"template": "invitation", "language": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors["delegations"]


def test_people_are_ticked_before_a_confirmation_is_written(desk, delegations):
    client = desk(Role.PROTOCOL)
    people = named(delegations["astrakhan"], 2)
    for each in people:
        each.state = PersonState.APPROVED
        each.save()
    asked = {"template": "registration", "language": "", "delegations": ["astrakhan"]}

    step = client.post(f"{LETTERS}write/", asked)
    done = client.post(f"{LETTERS}write/", asked | {"people-asked": "1", "people": [people[1].slug]})

    assert people[0].passport_name in step.content.decode()
    assert done.status_code == 302
    letter = Letter.objects.get()
    assert letter.people == [people[1].slug]
    paper = client.get(_of(letter, "pdf"))
    assert people[1].family_name in _words(paper.content)
    assert people[0].family_name not in _words(paper.content) or people[0].family_name == people[1].family_name


# --- One letter ---


@pytest.mark.parametrize(("language", "slug"), [("fa", "gilan"), ("ru", "astrakhan"), ("en", "astrakhan")])
def test_a_letter_is_cleared_and_its_files_bear_its_number(language, slug, desk, delegations):
    from docx import Document

    client, letter = desk(Role.PROTOCOL, language=language), written(delegations[slug], language=language)[0]

    client.post(_of(letter, "step"), {"step": "clear"})
    pdf, docx = client.get(_of(letter, "pdf")), client.get(_of(letter, "docx"))

    kept = _kept(letter)
    assert (kept.state, kept.number) == ("cleared", 1)
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="{kept.year}-001.pdf"'
    assert pdf.headers["Cache-Control"] == "private, no-store"
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"
    said = [paragraph.text for paragraph in Document(io.BytesIO(docx.content)).paragraphs]
    assert any(kept.subject in words for words in said)
    if language != "fa":
        assert kept.subject.split()[0] in _words(pdf.content)


@pytest.mark.parametrize(("language", "subject", "number"), [("pt", "Convite", "N.º"), ("es", "Invitación", "N.º")])
def test_the_other_summit_writes_in_its_languages(language, subject, number, desk, summits):
    Template.objects.all().delete()
    standard(summits["atlantic2027"])
    letter = cleared(next(iter(opened(summits["atlantic2027"]).values())), language=language)[0]

    paper = desk(Role.PROTOCOL, edition="atlantic2027").get(f"/desk/atlantic2027/letters/of/{letter.slug}/pdf/")

    words = _words(paper.content)
    assert subject in words
    assert number in words
    assert "2025/001" in words


def test_a_letter_goes_over_smtp_with_its_paper_and_its_answer_is_written_down(desk, edition, delegations, postbox):
    client = desk(Role.PROTOCOL)
    letter = cleared(_addressed(delegations["astrakhan"]), language="ru")[0]
    answer = incoming(edition, delegation=delegations["astrakhan"])

    with CaptureCommits():
        client.post(_of(letter, "step"), {"step": "mail"})
    _work()
    client.post(_of(letter, "step"), {"step": "delivered"})
    replied = client.post(
        _of(letter, "reply"),
        {"state": "accepted", "reply_level": "Deputy governor", "on": "2025-10-02", "answer": answer.slug},
    )

    ((to, mail),) = postbox
    (paper,) = mail.iter_attachments()
    assert to == ["focal@example.org"]
    assert mail["Content-Language"] == "ru"
    assert "2025/001" in mail.get_body(("plain",)).get_content()
    assert "Astrakhan" not in str(mail["Subject"])
    assert (paper.get_filename(), paper.get_content_type()) == ("2025-001.pdf", "application/pdf")
    assert "Приглашение" in _words(paper.get_payload(decode=True))
    assert replied.status_code == 302
    kept = _kept(letter)
    assert (kept.state, kept.reply_level, kept.channel) == ("accepted", "Deputy governor", "mail")
    assert list(kept.answered_by.all()) == [answer]


class CaptureCommits:
    """Run what waits for the commit, within a test that never commits."""

    def __enter__(self):
        self.start = len(connection.run_on_commit)

    def __exit__(self, *_fault):
        waiting, connection.run_on_commit = (
            connection.run_on_commit[self.start :],
            connection.run_on_commit[: self.start],
        )
        for _ids, act, _robust in waiting:
            act()


def _work() -> None:
    for result in DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver"):
        result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])


def test_a_delegation_without_an_address_gets_no_mail_and_the_page_says_so(desk, delegations):
    client, letter = desk(Role.PROTOCOL), cleared(delegations["gilan"])[0]

    page = client.get(_of(letter)).content.decode()
    answer = client.post(_of(letter, "step"), {"step": "mail"}, follow=True)

    assert 'value="mail"' not in page
    assert "/delegations/of/gilan/change/" in page
    assert "There is no e-mail address of" in answer.content.decode()
    assert _kept(letter).state == "cleared"


def test_a_reply_without_a_level_and_a_day_ahead_are_said_beside_the_field(desk, delegations):
    client, letter = desk(Role.PROTOCOL), sent(delegations["gilan"])[0]

    no_level = client.post(_of(letter, "reply"), {"state": "accepted", "on": "2025-10-02"})
    ahead = client.post(_of(letter, "reply"), {"state": "declined", "on": "2199-10-02"})

    assert no_level.status_code == ahead.status_code == 422
    assert no_level.context["reply_form"].errors["reply_level"]
    assert ahead.context["reply_form"].errors["on"]


def test_a_step_that_nobody_knows_or_that_does_not_follow_changes_nothing(desk, delegations):
    client, letter = desk(Role.PROTOCOL), written(delegations["gilan"])[0]

    for step in ("fly", "mail", "acknowledged", "take-back"):
        assert client.post(_of(letter, "step"), {"step": step}).status_code == 302

    assert _kept(letter).state == "draft"


# --- Many letters ---


def test_chosen_letters_are_cleared_and_marked_as_handed_over(desk, edition, delegations):
    client = desk(Role.PROTOCOL)
    letters = written(delegations["gilan"], delegations["astrakhan"])
    chosen = {"thing": [each.slug for each in letters]}

    client.post(f"{LETTERS}many/", chosen | {"act": "clear"})
    asked = client.post(f"{LETTERS}many/", chosen | {"act": "sent"})
    wrong = client.post(f"{LETTERS}many/", chosen | {"act": "sent", "channel": "pigeon", "on": "2025-10-02"})
    client.post(f"{LETTERS}many/", chosen | {"act": "sent", "channel": "hand", "on": "2025-10-02"})

    assert asked.status_code == 200
    assert wrong.status_code == 422
    assert {(_kept(each).state, _kept(each).channel) for each in letters} == {("sent", "hand")}


def test_nothing_chosen_is_said_and_removal_asks_once_more(desk, delegations):
    client, letter = desk(Role.PROTOCOL), written(delegations["gilan"])[0]

    nothing = client.post(f"{LETTERS}many/", {"act": "clear"}, follow=True)
    asked = client.post(f"{LETTERS}many/", {"act": "remove", "thing": letter.slug})
    client.post(f"{LETTERS}many/", {"act": "remove", "thing": letter.slug, "sure": "1"})

    assert "Nothing was chosen" in nothing.content.decode()
    assert asked.status_code == 200
    assert not Letter.objects.filter(pk=letter.pk).exists()


# --- Letters that came in, and attachments ---


def test_a_letter_that_came_in_is_entered_with_its_scan(desk, edition, delegations):
    client = desk(Role.PROTOCOL)
    scan = SimpleUploadedFile("نامه.pdf", b"%PDF-1.7 scanned")

    answer = client.post(
        f"{LETTERS}add/",
        {
            "kind": "other",
            "language": "ru",
            "delegation": delegations["astrakhan"].pk,
            "correspondent": "Канцелярия",
            "their_number": "01-17",
            "dated_on": "2025-09-20",
            "subject": "Об участии",
            "scans": scan,
        },
    )

    letter = Letter.objects.get(direction="in")
    assert answer.status_code == 302, answer.context["form"].errors
    assert (letter.their_number, str(letter.dated_on), letter.number) == ("01-17", "2025-09-20", 1)
    got = client.get(_of(letter, "files", letter.files.get().slug))
    assert got.content == b"%PDF-1.7 scanned"
    assert got.headers["Content-Disposition"].startswith("attachment; ")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "private, no-store"
    assert client.get(_of(letter, "pdf")).status_code == 404


def test_an_attachment_of_a_wrong_type_is_refused_with_a_sentence(desk, delegations):
    client, letter = desk(Role.PROTOCOL), written(delegations["gilan"])[0]

    wrong = client.post(_of(letter, "files"), {"files": SimpleUploadedFile("a.pdf", b"MZ program")}, follow=True)
    entered = client.post(
        f"{LETTERS}add/",
        {"kind": "other", "language": "en", "subject": "S", "scans": SimpleUploadedFile("a.pdf", b"MZ program")},
    )
    nothing = client.post(_of(letter, "files"), follow=True)

    assert "not of a kind that is taken here" in wrong.content.decode()
    assert entered.status_code == 422
    assert "Choose a file first." in nothing.content.decode()
    assert not LetterFile.objects.exists()
    assert Letter.objects.count() == 1


def test_an_attachment_is_reached_by_its_own_letter_only_and_removed_for_good(desk, edition, delegations):
    client, letter = desk(Role.PROTOCOL), incoming(edition)
    other, file = written(delegations["gilan"])[0], letter.files.get()

    astray = client.get(_of(other, "files", file.slug))
    client.post(_of(letter, "files", file.slug, "remove"))

    assert astray.status_code == 404
    assert client.get(_of(letter, "files", file.slug)).status_code == 404


# --- Visa letters ---


def test_a_letter_of_visas_opens_for_who_reads_documents_and_that_is_written_down(desk, delegations):
    one = named(delegations["gilan"])[0]
    one.state = PersonState.APPROVED
    one.save()
    letter = written(delegations["gilan"], kind="visa", language="en")[0]
    head, protocol, auditor = desk(Role.HEAD), desk(Role.PROTOCOL), desk(Role.AUDITOR)

    asked = head.get(_of(letter, "pdf"))
    unread = Line.objects.filter(event="delegations.document.read").count()
    paper = head.post(_of(letter, "pdf"))
    refused = [client.post(_of(letter, "pdf"), follow=True).content.decode() for client in (protocol, auditor)]

    assert one.document_number not in asked.content.decode()
    assert unread == 0
    assert one.document_number in _words(paper.content)
    assert [line.subject for line in Line.objects.filter(event="delegations.document.read")] == [one.slug]
    assert all("which your role does not read" in words and one.document_number not in words for words in refused)


# --- The register ---


def test_the_register_is_searched_filtered_sorted_and_exported(desk, edition, delegations):
    client = desk(Role.AUDITOR)
    first, second = sent(delegations["gilan"], delegations["astrakhan"])
    came = incoming(edition)

    def slugs(query: str) -> list[str]:
        return [each.slug for each in client.get(f"{LETTERS}?{query}").context["things"]]

    assert slugs("") == [came.slug, second.slug, first.slug]
    assert slugs("q=17%2F44") == [came.slug]
    assert slugs("direction=in") == [came.slug]
    assert slugs("delegation=gilan") == [first.slug]
    assert slugs("state=sent&kind=invitation&sort=register") == [first.slug, second.slug]
    file = client.get(f"{LETTERS}?format=xlsx")
    assert file.content[:2] == b"PK"


def test_a_list_of_letters_costs_as_many_queries_for_three_as_for_one(desk, delegations):
    client, every = desk(Role.PROTOCOL), list(delegations.values())

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(LETTERS).status_code == 200
        return len(captured)

    sent(every[0])
    queries()
    one = queries()
    sent(*every[1:3])

    assert queries() == one


def test_letters_of_a_delegation_are_told_for_its_page(edition, delegations):
    sent(delegations["gilan"])
    incoming(edition, delegation=delegations["gilan"])

    rows = letters_of(delegations["gilan"], Sheet(edition, Reader("fa")))

    assert [row.state for row in rows] == ["delivered", "sent"]
    assert "۲۰۲۵/۰۰۱" in rows[1].register


def test_the_page_of_a_delegation_shows_its_letters(desk, delegations):
    letter = sent(delegations["gilan"])[0]

    page = desk(Role.AUDITOR).get("/desk/rasht2025/delegations/of/gilan/").content.decode()

    assert _of(letter) in page
    assert "Write a letter" not in page


# --- Who may not ---


@pytest.mark.parametrize("role", [Role.ACCREDITATION_DESK, Role.AUDITOR, Role.VETTING, Role.FOCAL_POINT])
def test_others_change_nothing_and_who_is_not_of_the_staff_reads_nothing(role, desk, edition, delegations):
    client, letter = (
        desk(role, party="gilan") if role == Role.FOCAL_POINT else desk(role),
        sent(delegations["gilan"])[0],
    )
    file = incoming(edition).files.get()
    reads = 200 if role in (Role.ACCREDITATION_DESK, Role.AUDITOR) else 403

    for address in (LETTERS, _of(letter), _of(letter, "pdf"), _of(file.letter, "files", file.slug)):
        assert client.get(address).status_code == reads, address
    for address in ("step", "sent", "reply", "files"):
        assert client.post(_of(letter, address), {"step": "delivered"}).status_code == 403
    for address in ("write/", "add/", "many/"):
        assert client.post(f"{LETTERS}{address}").status_code == 403
    assert client.post(_of(file.letter, "files", file.slug, "remove")).status_code == 403
    assert client.post("/desk/rasht2025/letter-templates/standard/").status_code == 403
    assert _kept(letter).state == "sent"


def test_a_letter_of_another_edition_is_not_there(desk, summits, delegations):
    standard(summits["atlantic2027"])
    letter = sent(next(iter(opened(summits["atlantic2027"]).values())))[0]
    client = desk(Role.HEAD)

    assert client.get(_of(letter)).status_code == 404
    assert client.get(f"/desk/atlantic2027/letters/of/{letter.slug}/").status_code == 403


def test_a_numbered_letter_is_not_removed_by_its_page_either(desk, delegations):
    client, letter = desk(Role.HEAD), cleared(delegations["gilan"])[0]

    answer = client.post(_of(letter, "remove"), {"revision": ""}, follow=True)

    assert "has the number 2025/001" in answer.content.decode()
    assert _kept(letter).number == 1


# --- The mails of a demo ---


def test_mails_of_a_demo_are_read_by_its_head_alone(desk, delegations, settings, tmp_path, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    head, protocol = desk(Role.HEAD), desk(Role.PROTOCOL)
    letter = cleared(_addressed(delegations["gilan"]), language="fa")[0]
    with CaptureCommits():
        protocol.post(_of(letter, "step"), {"step": "mail"})
    _work()
    outside = head.get("/desk/rasht2025/mailbox/").status_code
    monkeypatch.setattr(accounts, "has_demo_links", lambda: True)

    listed = head.get("/desk/rasht2025/mailbox/")
    ((mail, _at, _direction),) = listed.context["mails"]
    page = head.get(f"/desk/rasht2025/mailbox/{mail.name}/")
    paper = head.get(f"/desk/rasht2025/mailbox/{mail.name}/1/")

    assert outside == 404
    assert protocol.get("/desk/rasht2025/mailbox/").status_code == 403
    assert "focal@example.org" in page.content.decode()
    assert paper.content.startswith(b"%PDF-")
    for name in ("..%2Flinks.json", "20250101-000000-1.log"):
        assert head.get(f"/desk/rasht2025/mailbox/{name}/").status_code == 404
    assert head.get(f"/desk/rasht2025/mailbox/{mail.name}/2/").status_code == 404


def test_a_reminder_is_offered_for_who_has_not_answered(desk, delegations):
    client = desk(Role.PROTOCOL)
    sent(delegations["gilan"], at=AT - timedelta(days=30))

    form = client.get(f"{LETTERS}write/?who=unanswered&days=20").context["form"]

    assert form.initial["delegations"] == ["gilan"]
    assert form.initial["template"] == "reminder"


def test_the_way_names_only_what_was_and_offers_no_step_to_be_put_back(desk, delegations):
    client, letter = desk(Role.PROTOCOL), sent(delegations["gilan"])[0]
    client.post(_of(letter, "reply"), {"state": "declined", "on": "2025-10-02"})

    page = client.get(_of(letter))

    assert [str(each["words"]) for each in page.context["way"]] == ["Draft", "Cleared", "Sent", "Declined"]
    assert "/put-back/" not in page.content.decode()


def test_a_taken_back_letter_is_a_draft_on_its_page_and_bears_its_number(desk, delegations):
    client, letter = desk(Role.PROTOCOL), cleared(delegations["gilan"])[0]
    operations.take_back(letter=letter, by=client.user, at=AT)

    page = client.get(_of(letter)).content.decode()

    assert "keeps its number" in page
    assert "2025/001" in page
