"""Publishing: what would change is shown first, what was shown is published, and every version is listed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.text import Text
from ejlas.forum import operations
from ejlas.forum.models import Party, Publication
from ejlas.journeys.publish_edition import publish_edition
from ejlas.programme.models import Session
from tests.factories.people import AT
from tests.marks import PERMISSIONS

PAGE = "/desk/rasht2025/publish/"
MAY = {Role.HEAD, Role.PROGRAMME_DESK}


@pytest.fixture
def published(summits) -> Publication:
    """The first version of the real summit."""
    return publish_edition(edition=summits["rasht2025"], note="First", by=accounts.system_account(), at=AT)


def _rename(slug: str = "gilan") -> None:
    party = Party.objects.get(edition__slug="rasht2025", slug=slug)
    name = Text({**party.name.values, "en": "Green Gilan"}, party.name.unsure)
    operations.change_thing(thing=party, fields={"name": name}, by=accounts.system_account(), at=AT)


def _publish(client, **changed):
    seen = client.get(PAGE).context["coming"].digest
    return client.post(PAGE, {"seen": seen, "note": "Names are aligned", **changed}, follow=True)


@PERMISSIONS
@pytest.mark.parametrize("role", list(Role))
def test_only_head_and_programme_desk_publish(role, desk):
    client = desk(role)

    answers = client.get(PAGE).status_code, client.post(PAGE, {"seen": "x"}).status_code

    assert answers == ((200, 409) if role in MAY else (403, 403))
    assert desk(role, edition="atlantic2027", party="porto").get(PAGE).status_code == 403
    assert not Publication.objects.exists()


@pytest.mark.parametrize("slug", ["rasht2025", "atlantic2027"])
def test_the_first_version_shows_all_that_becomes_public(slug, desk):
    client = desk(edition=slug)

    page = client.get(f"/desk/{slug}/publish/")
    client.post(f"/desk/{slug}/publish/", {"seen": page.context["coming"].digest})

    assert page.context["coming"].is_first
    assert "Nothing is public yet" in page.content.decode()
    assert [each.number for each in Publication.objects.filter(edition__slug=slug)] == [1]


def test_the_page_names_what_would_change_with_both_values(desk, published):
    client = desk()
    _rename()

    page = client.get(PAGE)

    (group,) = page.context["groups"]
    (row,) = group["rows"]
    assert (str(group["words"]), str(row["act"]), row["address"]) == (
        "Parties",
        "Changed",
        "/desk/rasht2025/parties/of/gilan/",
    )
    assert [(str(label), old, new) for label, old, new in row["parts"]] == [
        ("Name", "en: Gilan Province", "en: Green Gilan")
    ]
    assert "Publish version 2" in page.content.decode()


def test_publishing_makes_the_next_version_with_its_note(desk, published):
    client = desk(name="Nilufar Rad")
    _rename()

    done = _publish(client)

    version = Publication.objects.first()
    text = done.content.decode()
    assert (version.number, version.note, version.published_by) == (2, "Names are aligned", "Nilufar Rad")
    assert "Version 2 is public" in text
    assert "Names are aligned" in text
    assert done.context["coming"].is_same
    assert "Green Gilan" in client.get("/en/rasht2025/parties/").content.decode()


def test_nothing_is_published_when_nothing_differs(desk, published):
    client = desk()

    done = _publish(client)

    assert "Nothing differs from what the public sees" in done.content.decode()
    assert 'name="note"' not in done.content.decode()
    assert Publication.objects.count() == 1


def test_what_changed_after_the_look_is_looked_at_again(desk, published):
    client = desk()
    _rename()
    seen = client.get(PAGE).context["coming"].digest
    _rename("mazandaran")

    response = client.post(PAGE, {"seen": seen, "note": "Names are aligned"})

    assert response.status_code == 409
    assert "Something changed since you looked" in response.content.decode()
    assert "Names are aligned" in response.content.decode()
    assert Publication.objects.count() == 1


def test_a_note_that_is_too_long_is_told_and_kept(desk, published):
    client = desk()
    _rename()

    response = _publish(client, note="x" * 501)

    assert response.status_code == 422
    assert "longer than 500 characters" in response.content.decode()
    assert "x" * 501 in response.content.decode()


def test_what_stays_out_is_counted(desk):
    client = desk()
    session = Session.objects.filter(edition__slug="rasht2025", listed=True).first()
    before = {str(words): number for words, number in client.get(PAGE).context["hidden"]}

    operations.change_thing(thing=session, fields={"listed": False}, by=client.user, at=timezone.now())

    after = {str(words): number for words, number in client.get(PAGE).context["hidden"]}
    label = "Sessions marked as not public"
    assert int(after[label]) == int(before.get(label, "0")) + 1


def test_the_page_costs_the_same_after_one_version_as_after_many(desk, published, summits):
    client = desk()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for number in range(3):
        _rename(["gilan", "mazandaran", "golestan"][number])
        publish_edition(edition=summits["rasht2025"], note="", by=accounts.system_account(), at=AT)
    _rename("astrakhan")

    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE)

    assert len(page.context["versions"]) == 4
    assert len(many) <= len(one) + 1


def test_a_persian_reader_sees_persian_dates_and_digits(desk, published):
    _rename()

    text = desk(language="fa").get(PAGE).content.decode()

    assert "۱۴۰۴" in text
    assert 'dir="rtl"' in text
