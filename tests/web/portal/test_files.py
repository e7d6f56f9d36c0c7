"""Photos, papers, passports and people who return, as who files the list sees them, and as others do not."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.files import queries as files
from ejlas.core.files.models import StoredFile
from ejlas.core.formats import mrz
from ejlas.core.text import Text
from ejlas.delegations import operations
from ejlas.delegations.models import Delegation, Paper, Person
from ejlas.delegations.rules.states import ListState, PaperKind, PersonState
from ejlas.forum.models import Edition
from tests.factories.delegations import named, opened
from tests.factories.faces import Face, as_jpeg, landscape, picture, portrait
from tests.factories.people import person, visitor
from tests.web.portal.conftest import at, client_of, filer_of, kept, open_list, page

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture(scope="module")
def face():
    return portrait(Face())


@pytest.fixture
def client(own):
    return filer_of(own)


@pytest.fixture
def someone(own):
    return named(own)[0]


def _photo(body, **more):
    return {"photo": SimpleUploadedFile("me.jpg", body, "image/jpeg"), **more}


# --- The photo ---


def test_a_photo_is_cut_checked_kept_and_shown_to_who_may_see_it_alone(own, client, someone, face):
    client.post(at(own, f"people/{someone.slug}/photo/"), _photo(face, taken_on=timezone.now().date().isoformat()))

    now = kept(someone)
    assert now.photo is not None
    assert "photo" not in now.lacks
    shown = client.get(at(own, f"people/{someone.slug}/photo/file/"))
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
    other = next(each for each in Delegation.objects.filter(edition=own.edition) if each.pk != own.pk)
    stranger = filer_of(open_list(own.edition, name=other.slug))
    officer = client_of(person(Role.ACCREDITATION_DESK, edition=own.edition.slug, password=None))
    address = at(own, f"people/{someone.slug}/photo/file/")
    assert [each.get(address).status_code for each in (stranger, officer, visitor())] == [404, 404, 302]

    client.post(at(own, f"people/{someone.slug}/photo/remove/"))
    assert kept(someone).photo is None
    assert client.get(address).status_code == 404
    assert StoredFile.objects.get(pk=now.photo_id).purged_at is not None


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: as_jpeg(landscape()), "No face was found."),
        (
            lambda: as_jpeg(picture(Face(x=0.27, size=0.3), Face(seed=2, x=0.73, size=0.3), width=800, height=640)),
            "found.",
        ),
        (lambda: b"no picture at all", "is not of a kind that is taken here"),
        (lambda: as_jpeg(picture(Face(), width=200, height=260)), "too small"),
    ],
)
def test_a_picture_that_is_no_portrait_is_refused_with_a_sentence(own, client, someone, made, said):
    shown = page(client.post(at(own, f"people/{someone.slug}/photo/"), _photo(made())), 422)

    assert said in shown
    assert kept(someone).photo is None


def test_an_old_photo_is_refused_and_no_file_is_asked_for_again(own, client, someone, face):
    old = (timezone.now().date() - timedelta(days=400)).isoformat()

    shown = page(client.post(at(own, f"people/{someone.slug}/photo/"), _photo(face, taken_on=old)), 422)
    nothing = page(client.post(at(own, f"people/{someone.slug}/photo/"), {}), 422)

    assert "it may be at most 6 months old" in shown
    assert "This field is required." in nothing


def test_the_photo_of_who_is_being_checked_stays(own, client, someone, face):
    Person.objects.filter(pk=someone.pk).update(state=PersonState.VETTING)

    told = page(client.post(at(own, f"people/{someone.slug}/photo/"), _photo(face), follow=True))

    assert "This list is with the host now." in told
    assert kept(someone).photo is None


# --- Papers ---


def test_the_letter_is_kept_shown_replaced_and_removed(own, client):
    Delegation.objects.filter(pk=own.pk).update(has_nomination=False)
    send = {"kind": "nomination", "file": SimpleUploadedFile("letter.pdf", PDF)}
    client.post(at(own, "papers/"), send)
    first = Paper.objects.get()
    assert kept(own).has_nomination

    answer = client.get(at(own, f"papers/{first.slug}/file/"))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    again = {"kind": "nomination", "file": SimpleUploadedFile("new.pdf", PDF), "instead": first.slug}
    client.post(at(own, "papers/"), again)
    second = Paper.objects.get()
    assert second.slug != first.slug
    client.post(at(own, f"papers/{second.slug}/remove/"))
    assert not kept(own).has_nomination
    assert "No paper has been sent yet." in page(client.get(at(own, "papers/")))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "nomination"}, "Choose a file."),
        ({"kind": "press_card", "file": SimpleUploadedFile("a.pdf", PDF)}, "Choose what this paper is."),
        (
            {"kind": "nomination", "file": SimpleUploadedFile("a.pdf", b"MZ not a letter")},
            "is not of a kind that is taken",
        ),
        ({"kind": "nomination", "file": SimpleUploadedFile("a.pdf", b"")}, "This file is empty."),
    ],
)
def test_what_is_no_paper_is_refused_with_a_sentence(own, client, sent, said):
    assert said in page(client.post(at(own, "papers/"), sent), 422)
    assert not Paper.objects.exists()


def test_papers_of_others_are_not_there(own, client):
    other = next(each for each in Delegation.objects.filter(edition=own.edition) if each.pk != own.pk)
    theirs = operations.add_paper(
        delegation=Delegation.objects.select_related("edition").get(pk=other.pk),
        kind=PaperKind.NOMINATION,
        data=PDF,
        name="secret.pdf",
        by=accounts.system_account(),
        at=timezone.now(),
    )

    assert client.get(at(own, f"papers/{theirs.slug}/file/")).status_code == 404
    assert client.post(at(own, f"papers/{theirs.slug}/remove/")).status_code == 404
    client.post(at(own, "papers/"), {"kind": "other", "file": SimpleUploadedFile("a.pdf", PDF), "instead": theirs.slug})
    assert Paper.objects.filter(pk=theirs.pk).exists()


def test_the_papers_of_a_journalist_meet_what_is_asked_for(rasht):
    open_list(rasht)
    now = timezone.now()
    fields = {"slug": "caspian-daily", "name": Text.of(en="Caspian Daily")}
    medium = operations.add_medium(edition=rasht, fields=fields, by=accounts.system_account(), at=now)
    reporter = named(medium, slug="reporter")[0]
    client = filer_of(medium)
    address = at(medium, f"people/{reporter.slug}/papers/")
    assert {"press_card", "assignment"} <= set(kept(reporter).lacks)

    for kind in ("press_card", "assignment"):
        client.post(address, {"kind": kind, "file": SimpleUploadedFile("paper.pdf", PDF)})

    assert kept(reporter).lacks == ["photo"]
    Person.objects.filter(pk=reporter.pk).update(state=PersonState.VETTING)
    assert "Papers cannot be changed now." in page(client.get(address))
    refused = page(client.post(address, {"kind": "other", "file": SimpleUploadedFile("paper.pdf", PDF)}), 422)
    assert "This list is with the host now." in refused
    client.post(at(medium, f"papers/{Paper.objects.first().slug}/remove/"))
    assert Paper.objects.filter(person=reporter).count() == 2


# --- From a passport ---


def _lines(**more):
    values = {
        "kind": "P",
        "issuing_state": "AZE",
        "number": "C1234567",
        "family_name": "KARIMOVA",
        "given_name": "LEYLA",
        "nationality": "AZE",
        "born_on": date(1979, 3, 21),
        "sex": "F",
        "expires_on": date(2031, 4, 30),
    }
    return "\n".join(mrz.compose(**(values | more)))


def test_the_lines_of_a_passport_fill_the_form_after_the_name_is_confirmed(own, client):
    shown = page(client.post(at(own, "passport/"), {"lines": _lines()}))
    assert "Nothing checks the name" in shown
    assert "C1234567" in shown
    hidden = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', shown))

    form = page(client.post(at(own, "new/"), {name: value for name, value in hidden.items() if name != "lines"}))

    assert 'value="KARIMOVA"' in form
    assert 'value="Azerbaijan"' in form
    assert 'value="1979-03-21"' in form
    assert not Person.objects.filter(delegation=own).exists()


def test_a_wrong_check_digit_is_said_with_its_place_and_the_lines_stay(own, client):
    lines = _lines().replace("C1234567", "C1234568")

    shown = page(client.post(at(own, "passport/"), {"lines": lines}), 422)

    assert "does not agree with its check digit" in shown
    assert "C1234568" in shown
    assert "These are not the lines of a passport." in page(client.post(at(own, "passport/"), {"lines": "hello"}), 422)


def test_the_page_of_the_camera_alone_may_use_it(own, client):
    camera, other = client.get(at(own, "passport/")), client.get(at(own))

    assert "wasm-unsafe-eval" in camera["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in other["Content-Security-Policy"]


# --- People who return ---


@pytest.fixture
def earlier(own, face):
    """The same party at an edition before: three who came, one who was refused."""
    first = own.edition
    before = Edition.objects.get(pk=first.pk)
    before.pk, before.slug, before.number = None, "rasht2024", first.number + 100
    before.starts_on, before.ends_on = first.starts_on - timedelta(days=365), first.ends_on - timedelta(days=365)
    before.save()
    party = own.party
    party.pk, party.edition = None, before
    party.save()
    made = opened(before)[own.slug]
    people = named(made, 3, slug="adviser")
    refused = named(made, family_name="Refusedova")[0]
    Person.objects.filter(pk=refused.pk).update(state=PersonState.REFUSED)
    operations.set_photo(
        person=people[0], picture=face, taken_on=timezone.now().date(), by=accounts.system_account(), at=timezone.now()
    )
    operations.set_photo(
        person=people[1],
        picture=face,
        taken_on=timezone.now().date() - timedelta(days=300),
        by=accounts.system_account(),
        at=timezone.now(),
    )
    return people


def test_people_of_an_earlier_edition_return_with_a_tick_each(own, client, earlier):
    assert "Take over people who came before: 3" in page(client.get(at(own)))
    shown = page(client.get(at(own, "return/")))
    assert shown.count('name="person"') == 3
    assert "Refusedova" not in shown
    assert earlier[0].document_number not in shown

    client.post(at(own, "return/"), {"person": [earlier[0].slug, earlier[1].slug, "nobody"]})

    first, second = Person.objects.filter(delegation=own).order_by("position")
    assert (first.family_name, first.document_number) == (earlier[0].family_name, earlier[0].document_number)
    assert (first.state, first.capacity.edition_id) == (PersonState.DRAFT, own.edition_id)
    assert first.photo_id not in (None, kept(earlier[0]).photo_id)
    assert files.contents(first.photo) == files.contents(kept(earlier[0]).photo)
    assert second.photo is None
    assert "photo" in second.lacks
    assert page(client.get(at(own, "return/"))).count('name="person"') == 1


def test_a_document_that_ends_too_early_is_asked_for_anew(own, client, earlier):
    operations.change_person(
        thing=earlier[2],
        fields={"document_expires_on": "2025-01-01"},
        by=accounts.system_account(),
        at=timezone.now(),
    )

    client.post(at(own, "return/"), {"person": [earlier[2].slug]})

    assert Person.objects.get(delegation=own).document_number == ""
    assert "document" in Person.objects.get(delegation=own).lacks


def test_nobody_returns_to_a_list_that_is_with_the_host(own, client, earlier):
    Delegation.objects.filter(pk=own.pk).update(list_state=ListState.SUBMITTED)

    told = page(client.post(at(own, "return/"), {"person": [earlier[0].slug]}, follow=True))

    assert "This list is with the host now." in told
    assert not Person.objects.filter(delegation=own).exists()
    assert "Tick at least one person." in page(client.post(at(own, "return/"), follow=True))
