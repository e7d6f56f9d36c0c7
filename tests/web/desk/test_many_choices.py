"""Forms and filters over long tables: one types a title or a short name, and a page stays small and quick."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ejlas.core.audit.models import Line
from ejlas.core.index import operations as index
from ejlas.core.text import Text
from ejlas.forum.models import Party, Source
from ejlas.programme.models import Bilateral, Room, Session, Speaker
from ejlas.web.ui.kinds import BY_NAME
from tests.factories.pages import form_data

EDITION = "rasht2025"


def _grow(edition, n_rows):
    """Bring four tables of an edition to many rows."""
    venue, gilan = edition.venue_set.first(), edition.party_set.get(slug="gilan")
    kept = {name: getattr(gilan, name) for name in ("kind", "role", "country", "languages", "confidence")}
    Party.objects.bulk_create(
        Party(edition=edition, slug=f"p{n}", name=Text.of(en=f"Province {n}"), position=n, **kept)
        for n in range(n_rows)
    )
    Source.objects.bulk_create(
        Source(edition=edition, slug=f"s{n}", title=f"Report {n}", url="https://example.org/") for n in range(n_rows)
    )
    Speaker.objects.bulk_create(
        Speaker(edition=edition, slug=f"k{n}", name=Text.of(en=f"Guest {n}"), position=n) for n in range(n_rows)
    )
    Room.objects.bulk_create(
        Room(edition=edition, slug=f"r{n}", venue=venue, name=Text.of(en=f"Hall {n}"), seats=9, kind="meeting")
        for n in range(n_rows)
    )


@pytest.fixture
def crowd(summits):
    """An edition with long tables, and a few rows in them by which to try the search."""
    edition = summits[EDITION]
    _grow(edition, 250)
    rows = [
        Speaker(edition=edition, slug="saffron-1", name=Text.of(en="Saffron Weaver", fa="زعفران بافنده", ru="Шафран")),
        Speaker(edition=edition, slug="twin-1", name=Text.of(en="Quince Twin")),
        Speaker(edition=edition, slug="twin-2", name=Text.of(en="Quince Twin")),
        Room(edition=edition, slug="amber", venue=edition.venue_set.first(), name=Text.of(en="Amber Hall"), seats=9),
        Source(edition=edition, slug="gazette", title="Saffron Gazette", url="https://example.org/"),
    ]
    for row in rows:
        row.save()
    index.note_rows(rows, at=timezone.now())
    return edition


def _address(kind, slug):
    return f"/desk/{EDITION}/{BY_NAME[kind].address}/of/{slug}/change/"


def _filled(client, kind, slug):
    """Return what a browser would send of a form that nobody touched."""
    return form_data(client.get(_address(kind, slug)).content.decode())


def _send(client, kind, slug, data):
    return client.post(_address(kind, slug), data)


def _session(edition):
    session = edition.session_set.filter(room__isnull=False).exclude(appearances=[]).exclude(sources=[]).first()
    assert session is not None
    return session


def _faults(response):
    return " ".join(fault for faults in response.context["form"].errors.values() for fault in faults)


@pytest.mark.parametrize("kind", ["session", "bilateral", "claim", "speaker", "office", "room"])
def test_a_form_that_nobody_touched_changes_nothing(kind, crowd, desk):
    client = desk()
    before = Line.objects.count()
    things = list(BY_NAME[kind].things(client.user, crowd).order_by("pk")[:4])
    assert things

    for thing in things:
        response = _send(client, kind, thing.slug, _filled(client, kind, thing.slug))
        assert response.status_code == 302, _faults(response)

    assert Line.objects.count() == before


def test_what_is_held_is_shown_by_its_title(crowd, desk):
    session = _session(crowd)

    values = _filled(desk(), "session", session.slug)

    assert values["room"] == [f"{session.room.name.wording('en').text} · {session.room.slug}"]
    assert values["appearances.0.speaker"][0].endswith(f" · {session.appearances[0]['speaker']}")


@pytest.mark.parametrize(
    "typed",
    ["saffron-1", "Saffron Weaver", "weaver", "زعفران بافنده", "زعفران", "Шафран", "Saffron Weaver · saffron-1"],
)
def test_a_speaker_is_found_by_what_is_typed(typed, crowd, desk):
    client, session = desk(), _session(crowd)
    data = _filled(client, "session", session.slug) | {"appearances.0.speaker": typed}

    response = _send(client, "session", session.slug, data)

    assert response.status_code == 302, _faults(response)
    session.refresh_from_db()
    assert session.appearances[0]["speaker"] == "saffron-1"


def test_a_room_and_sources_are_found_by_what_is_typed(crowd, desk):
    client, session = desk(), _session(crowd)
    typed = {"room": "amber", "sources-further": "s17\nsaffron gazette\n\n"}
    data = _filled(client, "session", session.slug) | typed
    held = list(session.sources)

    response = _send(client, "session", session.slug, data)

    assert response.status_code == 302, _faults(response)
    session.refresh_from_db()
    assert session.room.slug == "amber"
    assert set(session.sources[:-2]) == set(held)
    assert session.sources[-2:] == ["s17", "gazette"]


def test_delegations_are_typed_in_their_places(crowd, desk):
    client, wish = desk(), crowd.bilateral_set.first()
    data = _filled(client, "bilateral", wish.slug) | {"parties": ["гилян", "p7"]}

    response = _send(client, "bilateral", wish.slug, data)

    assert response.status_code == 302, _faults(response)
    assert Bilateral.objects.get(pk=wish.pk).parties == ["gilan", "p7"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Nobody Whatsoever", "“Nobody Whatsoever” is not one of the choices."),
        ("Quince Twin", "“Quince Twin” can mean several:"),
        ("Whatsoever · saffron-1", "“Whatsoever · saffron-1” is not one of the choices."),
    ],
)
def test_what_names_none_or_several_is_told_and_kept(typed, told, crowd, desk):
    client, session = desk(), _session(crowd)
    words = {"appearances.0.speaker": typed, "room": "No Such Hall", "sources-further": "No such report"}
    data = _filled(client, "session", session.slug) | words

    response = _send(client, "session", session.slug, data)

    assert response.status_code == 422
    assert told in _faults(response)
    assert ("twin-1" in _faults(response), "twin-2" in _faults(response)) == ("Twin" in typed,) * 2
    sent = form_data(response.content.decode())
    assert {name: sent[name][0] for name in words} == words
    assert Session.objects.get(pk=session.pk).appearances == session.appearances


def test_a_list_is_kept_by_what_is_typed(crowd, desk):
    client, session = desk(), _session(crowd)
    address = f"/desk/{EDITION}/sessions/"

    by_slug = client.get(address, {"room": session.room.slug})
    by_title = client.get(address, {"room": f"{session.room.name.wording('en').text} · {session.room.slug}"})
    by_party = client.get(address, {"parties": "p3"})
    by_nothing = client.get(address, {"room": "No Such Hall"})

    expected = crowd.session_set.filter(room=session.room).count()
    assert by_slug.context["listing"].n_things == by_title.context["listing"].n_things == expected
    assert by_party.context["listing"].n_things == by_nothing.context["listing"].n_things == 0
    assert [chip["words"] for chip in by_nothing.context["chips"]] == ["No Such Hall"]
    assert by_slug.context["chips"][0]["words"] == session.room.name.wording("en").text


def test_suggestions_are_of_one_kind(crowd, desk):
    response = desk().get(f"/desk/{EDITION}/search/", {"q": "saffron", "part": "1", "kind": "speaker"})

    assert re.findall(r'data-words="([^"]*)"', response.content.decode()) == ["Saffron Weaver · saffron-1"]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        *(("session", address) for address in ("", "add/", "change", "show")),
        *(("bilateral", address) for address in ("", "change", "show")),
        ("claim", "change"),
        ("speaker", ""),
    ],
)
def test_a_page_costs_the_same_for_many_rows_as_for_more(kind, address, crowd, desk):
    client = desk()
    thing = _session(crowd) if kind == "session" else BY_NAME[kind].things(client.user, crowd).first()
    base = f"/desk/{EDITION}/{BY_NAME[kind].address}/"
    path = base + {"change": f"of/{thing.slug}/change/", "show": f"of/{thing.slug}/"}.get(address, address)
    client.get(path)
    with CaptureQueriesContext(connection) as many:
        small = client.get(path)
    Speaker.objects.filter(slug__startswith="k").delete()
    for model, letter in ((Room, "r"), (Source, "s"), (Party, "p")):
        model.objects.filter(edition=crowd, slug__regex=rf"^{letter}\d+$").delete()
    _grow(crowd, 2000)
    # Whatever a cache has let go of meanwhile is asked for here.
    client.get(path)
    with CaptureQueriesContext(connection) as more:
        large = client.get(path)

    assert small.status_code == large.status_code == 200
    assert len(more) == len(many) <= 12, "\n".join(query["sql"][:150] for query in many)
    # A list of a kind that is long itself has a full page of its own rows.
    assert abs(len(large.content) - len(small.content)) < 2_000
    assert len(large.content) < 100_000
