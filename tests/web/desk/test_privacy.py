"""All that is held of a person, told and erased at the desk; and nothing personal in logs, addresses and subjects."""

from __future__ import annotations

import base64
import json
import logging
import re

import pytest
from django.core import mail
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.cli.commands import imports
from ejlas.cli.main import parser
from ejlas.core.audit.models import Line
from ejlas.core.logs import JsonFormatter
from ejlas.delegations import operations
from ejlas.delegations.models import Person
from ejlas.delegations.operations import deciding
from ejlas.delegations.rules.states import PaperKind, RequestKind, Step
from tests.factories.delegations import AT, columns, named, opened
from tests.factories.people import person as account
from tests.factories.sheets_of_people import row, separated
from tests.marks import PERMISSIONS

JPEG = b"\xff\xd8\xff\xe0" + b"face" * 50
PDF = b"%PDF-1.7 a letter"
SECRETS = ("Testova", "C7654321", "1971-05-09", "testova@example.org", "+98911222333", "Asthma")
LANGUAGE = {"rasht2025": "fa", "atlantic2027": "en"}


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(request, summits):
    return summits[request.param]


@pytest.fixture
def delegation(edition):
    opened(edition)
    return edition.delegation_set.select_related("edition", "party").order_by("position").last()


@pytest.fixture
def somebody(edition, delegation):
    """A person of whom everything is held."""
    by = accounts.system_account()
    family, number, born_on, email, phone, health = SECRETS
    reach = {"email": email, "phone": phone, "health": health}
    who = {"family_name": family, "given_name": "Vera", "born_on": born_on, "document_number": number}
    person = named(delegation, **who, **reach, state="submitted")[0]
    person.delegation = delegation
    operations.set_photo(person=person, picture=JPEG, taken_on=None, by=by, at=AT)
    paper = {"delegation": delegation, "kind": PaperKind.OTHER, "data": PDF, "name": "card.pdf"}
    operations.add_paper(**paper, by=by, at=AT, person=person)
    wanted = columns(edition, document_number="N1112223")
    asked = {"delegation": delegation, "kind": RequestKind.CHANGE, "reason": "A new passport", "fields": wanted}
    operations.ask(**asked, by=by, at=AT, person=person)
    return person


def _address(person, act):
    return f"/desk/{person.edition.slug}/persons/of/{person.slug}/{act}/"


def _leaks(text, words=SECRETS):
    return [word for word in words if word.casefold() in text.casefold()]


def _read(person):
    return Line.objects.filter(event="delegations.person.all_read", subject=person.slug).count()


@pytest.mark.parametrize("role", [Role.HEAD, Role.ACCREDITATION_DESK])
def test_all_that_is_held_is_told_after_it_was_asked_for_and_written_down(role, desk, edition, somebody):
    client = desk(role, edition=edition.slug, language=LANGUAGE[edition.slug])

    asking = client.get(_address(somebody, "held"))
    before = _read(somebody)
    page = client.post(_address(somebody, "held"), {"way": "page"})

    text = page.content.decode()
    assert _leaks(asking.content.decode(), SECRETS[1:]) == []
    assert (before, _read(somebody)) == (0, 1)
    assert page.headers["Cache-Control"] == "private, no-store"
    # The birthday stands in the reader's calendar.
    assert set(_leaks(text)) == set(SECRETS) - {"1971-05-09"}
    assert _leaks(text, ["N1112223", "card.pdf", "A new passport"]) == ["N1112223", "card.pdf", "A new passport"]
    assert ("/erase/" in text) == (role is Role.HEAD)


def test_all_that_is_held_as_a_file_holds_the_photo_and_is_written_down_too(desk, edition, somebody):
    client = desk(Role.ACCREDITATION_DESK, edition=edition.slug)

    answer = client.post(_address(somebody, "held"), {"way": "file"})

    told = json.loads(answer.content)
    fields = {each["field"]: each["value"] for each in told["fields"]}
    assert answer.headers["Content-Disposition"] == f'attachment; filename="held-{somebody.slug}.json"'
    assert base64.b64decode(told["photo"]["base64"]) == JPEG
    assert (fields["document_number"], fields["born_on"]) == ("C7654321", "1971-05-09")
    assert [each["name"] for each in told["papers"]] == ["card.pdf"]
    assert Line.objects.get(event="delegations.person.all_read", subject=somebody.slug).held.values == {"way": "file"}


OTHERS = [
    Role.PROTOCOL,
    Role.TRANSPORT_DESK,
    Role.MEDIA_DESK,
    Role.VETTING,
    Role.AUDITOR,
    Role.FOCAL_POINT,
    Role.DELEGATE,
]


@PERMISSIONS
@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_is_told_and_nobody_else_erases(role, desk, edition, somebody):
    client = desk(role, edition=edition.slug, party=somebody.delegation.slug)

    answers = [
        client.get(_address(somebody, "held")),
        client.post(_address(somebody, "held"), {"way": "file"}),
        client.get(_address(somebody, "erase")),
        client.post(_address(somebody, "erase"), {"sure": "1"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert [leak for answer in answers for leak in _leaks(answer.content.decode())] == []
    assert _read(somebody) == 0
    assert Person.objects.get(pk=somebody.pk).family_name == "Testova"


def test_the_right_role_at_the_other_edition_is_the_wrong_one_here(desk, edition, somebody):
    other = next(slug for slug in LANGUAGE if slug != edition.slug)
    client = desk(Role.HEAD, edition=other)

    here = client.post(_address(somebody, "held"), {"way": "file"})
    there = client.post(f"/desk/{other}/persons/of/{somebody.slug}/held/", {"way": "file"})

    assert (here.status_code, there.status_code) == (403, 404)
    assert _leaks(here.content.decode() + there.content.decode()) == []


def test_accreditation_desk_reads_and_does_not_erase(desk, edition, somebody):
    client = desk(Role.ACCREDITATION_DESK, edition=edition.slug)

    answer = client.post(_address(somebody, "erase"), {"sure": "1"})

    assert answer.status_code == 403
    assert Person.objects.get(pk=somebody.pk).family_name == "Testova"


def test_erasing_names_what_goes_and_asks_once_more(desk, edition, somebody):
    client = desk(edition=edition.slug)

    asking = client.get(_address(somebody, "erase"))
    unsure = client.post(_address(somebody, "erase"))

    text = asking.content.decode()
    for words in ("The photo", "1 paper", "1 request", "Number of the document", "Health, and what helps"):
        assert words in text, words
    assert _leaks(text, SECRETS[1:]) == []
    assert unsure.status_code == 422
    assert Person.objects.get(pk=somebody.pk).family_name == "Testova"


def test_erased_person_is_shown_nowhere_at_the_desk(desk, edition, somebody):
    client = desk(edition=edition.slug)

    done = client.post(_address(somebody, "erase"), {"sure": "1"}, follow=True)

    pages = [
        done,
        client.get(f"/desk/{edition.slug}/persons/"),
        client.get(f"/desk/{edition.slug}/persons/?q=Testova"),
        client.get(f"/desk/{edition.slug}/persons/of/{somebody.slug}/history/"),
        client.get(f"/desk/{edition.slug}/trail/"),
        client.post(_address(somebody, "held"), {"way": "page"}),
    ]
    texts = [page.content.decode() for page in pages]
    texts[2] = texts[2].replace("Testova", "", texts[2].count("Testova"))
    assert {page.status_code for page in pages} == {200}
    assert [leak for text in texts for leak in _leaks(text)] == []
    assert "Erased" in texts[0]
    assert somebody.slug not in texts[2]


# --- Logs, addresses, subjects ---


@pytest.fixture
def written():
    """Every line of the log, however much is asked for, as the product writes it."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Kept(logging.DEBUG)
    handler.setFormatter(JsonFormatter())
    loggers = [logging.getLogger(name) for name in ("", "ejlas", "django.db.backends", "django.request")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    yield lines
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def _addresses(page):
    return re.findall(r'(?:href|src|action|formaction)="([^"]*)"', page.content.decode())


def test_nothing_personal_stands_in_logs_addresses_and_subjects(
    desk, edition, delegation, somebody, written, tmp_path, django_capture_on_commit_callbacks
):
    client = desk(Role.ACCREDITATION_DESK, edition=edition.slug)
    account(Role.FOCAL_POINT, edition=edition.slug, party=delegation.slug, name="Somebody Else")
    base, of = f"/desk/{edition.slug}", f"/desk/{edition.slug}/persons/of/{somebody.slug}/"
    file = tmp_path / "list.csv"
    file.write_bytes(separated([row(1, **{"Family name": "Importova", "Passport number": "I9998887"})]))
    told = []
    with django_capture_on_commit_callbacks(execute=True):
        imports.run(
            parser().parse_args(
                ["import", "people", str(file), "--edition", edition.slug, "--party", delegation.slug, "--json"]
            )
        )
        form = client.get(f"{of}personal/").context["form"]
        sent = {bound.html_name: bound.value() or "" for bound in form}
        told.append(client.post(f"{of}personal/", sent | {"phone": "+994507654321"}))
        told += [client.get(path) for path in (of, f"{base}/persons/", f"{base}/delegations/of/{delegation.slug}/")]
        told.append(client.get(f"{base}/persons/?q=Testova"))
        told.append(client.post(f"{of}number/", {"purpose": "identity"}))
        told.append(client.post(f"{of}held/", {"way": "page"}))
        told.append(client.get(f"{base}/persons/?format=xlsx"))
        by = accounts.system_account()
        told_why = {"reasons": {somebody.slug: "Testova: the photo"}, "link": "https://summit.example.org/"}
        deciding.decide(people=[somebody], step=Step.RETURN, by=by, at=AT, **told_why)
        with pytest.raises(operations.StillLacking):
            operations.take_step(person=Person.objects.get(family_name="Importova"), step=Step.SUBMIT, by=by, at=AT)

    for task in DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver"):
        import_string(task.task_path).func(**task.args_kwargs["kwargs"])

    words = (*SECRETS, "+994507654321", "Importova", "I9998887", "sheet1@example.org", "N1112223")
    addresses = [
        each for page in told[:4] + told[5:7] for each in [*_addresses(page), page.headers.get("Location", "")]
    ]
    names = [page.headers.get("Content-Disposition", "") for page in told]
    assert {page.status_code for page in told} <= {200, 302}
    assert Person.objects.get(pk=somebody.pk).phone == "+994507654321"
    assert len(written) > 20
    assert _leaks("\n".join(written), words) == []
    assert _leaks("\n".join([*addresses, *names]), words) == []
    assert len(mail.outbox) == 1
    assert _leaks(mail.outbox[0].subject + mail.outbox[0].body, words) == []
