"""Loading a summit file and publishing the edition: all or nothing, only what differs, the same twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line
from ejlas.core.audit.queries import verify
from ejlas.core.text import Text
from ejlas.exports import content
from ejlas.forum import queries as forum
from ejlas.forum.models import Edition, Party, Publication
from ejlas.forum.operations import SlugTaken
from ejlas.journeys.publish_edition import publish_edition
from ejlas.journeys.summit_file.load import load
from ejlas.outcomes.models import OutcomeText
from ejlas.programme.models import Bilateral, Room, Session
from ejlas.programme.operations import Place, give_places
from ejlas.programme.rules import BilateralState
from tests.factories.stored import once
from tests.factories.summits import SUMMITS, summit

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def _load(file):
    return load(file, by=accounts.system_account(), at=AT)


def _laid(slug):
    """Lay the summit down as it was loaded once: for what begins where loading has ended."""
    once(("loaded", slug), lambda: _load(summit(slug)))


def _publish(edition, note=""):
    return publish_edition(edition=edition, note=note, by=accounts.system_account(), at=AT)


@pytest.mark.parametrize("slug", SUMMITS)
def test_load_brings_the_whole_file_in(slug):
    file = summit(slug)

    changes = _load(file)

    edition = Edition.objects.get(slug=slug)
    assert (changes.changed, changes.removed) == ([], [])
    assert edition.name == file.edition.name
    assert edition.party_set.count() == len(file.parties)
    assert edition.session_set.count() == len(file.sessions)
    assert edition.bilateral_set.count() == len(file.bilaterals)
    assert edition.interpreter_set.count() == len(file.interpreters)
    assert sum(text.points.count() for text in edition.outcometext_set.all()) == sum(len(t.points) for t in file.texts)
    assert Line.objects.count() == len(changes.added)
    assert verify().is_whole


@pytest.mark.parametrize("slug", SUMMITS)
def test_loading_twice_changes_nothing(slug):
    _load(summit(slug))
    lines = Line.objects.count()

    changes = _load(summit(slug))

    assert not changes
    assert Line.objects.count() == lines


def test_loading_a_changed_file_writes_what_changed_and_says_it():
    _laid("rasht2025")
    parties = list(summit("rasht2025").parties)
    parties[0] = parties[0].model_copy(update={"seat": Text.of(en="Somewhere else")})
    changed = summit("rasht2025").model_copy(update={"parties": tuple(parties)})

    changes = _load(changed)

    line = Line.objects.select_related("held").last()
    assert (changes.added, changes.changed, changes.removed) == ([], [f"party {parties[0].slug}: seat"], [])
    assert (line.event, line.subject) == ("forum.party.changed", parties[0].slug)
    assert line.held.values["after"] == {"seat": {"en": "Somewhere else"}}
    assert line.held.values["before"]["seat"]["en"] == summit("rasht2025").parties[0].seat.values["en"]


def test_loading_a_file_without_a_session_removes_it_and_keeps_it_in_the_trail():
    _laid("rasht2025")
    gone, *rest = summit("rasht2025").sessions
    shorter = summit("rasht2025").model_copy(update={"sessions": tuple(rest)})

    changes = _load(shorter)

    line = Line.objects.select_related("held").get(event="programme.session.removed")
    assert changes.removed == [f"session {gone.slug}"]
    assert not Session.objects.filter(slug=gone.slug).exists()
    assert line.held.values["before"]["title"] == gone.title.to_stored()


def test_fault_in_the_middle_leaves_nothing_behind(monkeypatch):
    def fail(**_values):
        raise RuntimeError("the machine went away")

    monkeypatch.setattr("ejlas.outcomes.operations.set_texts", fail)

    with pytest.raises(RuntimeError):
        _load(summit("rasht2025"))

    assert Edition.objects.count() == Party.objects.count() == Line.objects.count() == 0


def test_bilateral_keeps_its_place_when_the_file_is_loaded_again():
    _laid("rasht2025")
    bilateral = Bilateral.objects.filter(fixed_at=None).first()
    room = Room.objects.filter(kind="meeting").first()
    at = datetime(2025, 11, 18, 10, 0, tzinfo=UTC)
    place = Place(at, Room.objects.get(slug=room.slug))
    give_places(edition=bilateral.edition, places={bilateral.slug: place}, by=accounts.system_account(), at=AT)

    changes = _load(summit("rasht2025"))

    bilateral.refresh_from_db()
    assert not changes
    assert (bilateral.state, bilateral.starts_at, bilateral.room) == (BilateralState.PLACED, at, room)


def test_room_that_goes_takes_the_place_of_its_bilaterals():
    _laid("rasht2025")
    bilateral = Bilateral.objects.filter(fixed_at=None).first()
    venues = summit("rasht2025").venues
    room = next(room for venue in venues for room in venue.rooms if room.kind == "meeting")
    at = datetime(2025, 11, 18, 10, 0, tzinfo=UTC)
    place = Place(at, Room.objects.get(slug=room.slug))
    give_places(edition=bilateral.edition, places={bilateral.slug: place}, by=accounts.system_account(), at=AT)
    fewer = tuple(
        venue.model_copy(update={"rooms": tuple(other for other in venue.rooms if other != room)}) for venue in venues
    )
    free = tuple(
        wish.model_copy(update={"fixed": None}) if wish.fixed and wish.fixed.room == room.slug else wish
        for wish in summit("rasht2025").bilaterals
    )
    sessions = tuple(
        item.model_copy(update={"room": None}) if item.room == room.slug else item
        for item in summit("rasht2025").sessions
    )

    changes = _load(summit("rasht2025").model_copy(update={"venues": fewer, "bilaterals": free, "sessions": sessions}))

    bilateral.refresh_from_db()
    assert f"room {room.slug}" in changes.removed
    assert f"bilateral {bilateral.slug}: its room is gone" in changes.changed
    assert (bilateral.state, bilateral.starts_at, bilateral.room) == (BilateralState.REQUESTED, None, None)


def test_slug_of_another_forum_is_refused():
    _laid("rasht2025")
    other = summit("rasht2025")
    stranger = other.model_copy(update={"forum": other.forum.model_copy(update={"slug": "another-forum"})})

    with pytest.raises(SlugTaken):
        _load(stranger)

    assert not Edition.objects.filter(forum__slug="another-forum").exists()


@pytest.mark.parametrize("slug", SUMMITS)
def test_publication_holds_what_the_public_may_see(slug):
    _laid(slug)
    edition = forum.edition(slug)

    publication = _publish(edition, note="First version")

    listed = [session for session in summit(slug).sessions if session.listed]
    assert (publication.number, publication.note) == (1, "First version")
    assert len(publication.content["programme"]["sessions"]) == len(listed)
    assert len(publication.content["parties"]) == len(summit(slug).parties)
    assert forum.published_edition(slug).digest == publication.digest
    assert "interpreters" not in str(publication.content.keys())


def test_publishing_the_same_again_makes_no_new_version():
    _laid("rasht2025")
    edition = forum.edition("rasht2025")

    first, second = _publish(edition), _publish(edition)

    assert first.number == 1
    assert second is None
    assert Publication.objects.count() == 1


def test_publishing_after_a_change_makes_the_next_version_and_keeps_the_first():
    _laid("rasht2025")
    edition = forum.edition("rasht2025")
    first = _publish(edition)
    OutcomeText.objects.filter(edition=edition).update(is_complete=True)

    second = _publish(edition)

    first_again = Publication.objects.get(pk=first.pk)
    assert (first_again.digest, first_again.content) == (first.digest, first.content)
    assert second.number == 2
    assert forum.published_edition("rasht2025").number == 2


def test_content_costs_as_many_queries_for_any_number_of_sessions():
    _laid("rasht2025")
    edition = forum.edition("rasht2025")
    with CaptureQueriesContext(
        connection,
    ) as few:
        content.build(edition)
    row = Session.objects.filter(edition=edition).first()
    for number in range(300):
        row.pk, row.slug = None, f"another-{number}"
        row.save(force_insert=True)

    with CaptureQueriesContext(connection) as many:
        content.build(edition)

    assert len(many) == len(few)


def test_questions_to_publications_cost_one_query_each(django_assert_num_queries):
    for slug in SUMMITS:
        _load(summit(slug))
        _publish(forum.edition(slug))

    first = forum.published_edition("rasht2025")
    with django_assert_num_queries(1):
        found = forum.published_edition("rasht2025")
    with django_assert_num_queries(1):
        current = forum.current_edition()
    with django_assert_num_queries(1):
        every = forum.published_editions()

    assert first == found
    assert found.languages == ("fa", "en", "ru", "az", "tk", "kk")
    assert current.slug == "atlantic2027"
    assert [edition.slug for edition in every] == ["atlantic2027", "rasht2025"]


def test_session_put_in_front_is_one_addition_and_one_new_order():
    sessions = summit("rasht2025").sessions
    _load(summit("rasht2025").model_copy(update={"sessions": sessions[1:]}))

    changes = _load(summit("rasht2025"))

    assert changes.added == [f"session {sessions[0].slug}"]
    assert changes.changed == ["session: order"]
    assert Line.objects.filter(event="programme.session.reordered").count() == 1
    assert verify().is_whole
