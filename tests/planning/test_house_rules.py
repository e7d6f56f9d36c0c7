"""The rules of the house beyond hours and rooms: ways between venues, rest of interpreters, relay, rank."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import combinations

import pytest
from django.utils.translation import gettext

from ejlas.engine.meetings.check import check
from ejlas.planning import operations
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.queries.places import weigh_place
from ejlas.planning.queries.problem import problem_of
from ejlas.planning.queries.standing import standing_of
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import ConflictKind, Place
from ejlas.programme.models import Bilateral, Interpreter, Room, Session, Venue
from tests.factories.summits import SUMMITS
from tests.planning.conftest import AT, asked, loaded, placed

pytestmark = pytest.mark.django_db


def _ruled(edition, **rules):
    """The edition with rules of bilaterals of its own."""
    edition.settings["bilaterals"] |= rules
    edition.save()
    return edition


def _in_two_venues(edition):
    """The edition with all meeting rooms but the first in a venue of their own."""
    first, *others = facts_of(edition).rooms
    name = {"name": first.venue.name, "city": first.venue.city}
    venue = Venue.objects.create(edition=edition, slug="far-away", **name)
    Room.objects.filter(pk__in=[each.pk for each in others]).update(venue=venue)
    return edition


def _solved(edition, by):
    run = operations.solve_run(run=asked(edition), at=AT)
    operations.accept_run(run=run, by=by, at=AT)
    return run


def _only(edition, *wishes):
    """The edition with these wishes and no sessions: parties, and fields that are not the usual ones."""
    Bilateral.objects.filter(edition=edition).delete()
    Session.objects.filter(edition=edition).delete()
    for number, (parties, values) in enumerate(wishes):
        Bilateral.objects.create(edition=edition, slug=f"wish-{number}", parties=parties, **values)
    return edition


def _sentences(edition, weighed, language="en"):
    words = Words(facts_of(edition), language, gettext)
    return [words.conflict(each) for each in weighed.conflicts]


@pytest.mark.parametrize("slug", SUMMITS)
def test_nobody_is_planned_in_two_venues_without_time_for_the_way(slug, by):
    edition = _in_two_venues(_ruled(loaded(slug, 12), travel_min=90, daily_cap=4))

    _solved(edition, by)

    built = problem_of(edition)
    assert "travel" not in {each.constraint for each in check(built.problem, standing_of(built))}
    meetings = placed(edition)
    assert len({each.room.venue_id for each in meetings}) == 2
    for one, other in combinations(meetings, 2):
        days = {each.starts_at.astimezone(edition.zone).date() for each in (one, other)}
        if set(one.parties) & set(other.parties) and one.room.venue_id != other.room.venue_id and len(days) == 1:
            between = other.starts_at - one.starts_at - timedelta(minutes=one.length_min)
            assert between >= timedelta(minutes=90)


def test_way_between_venues_is_told_by_hand_and_can_be_set_aside(by):
    edition = _in_two_venues(_ruled(loaded("rasht2025", 12), travel_min=90, daily_cap=4, consecutive=True))
    one, other = ({"gilan", "golestan"}, {"gilan", "mangystau"})
    _only(edition, *((sorted(each), {"languages": ["en"]}) for each in (one, other)))
    rooms = {room.venue_id: room for room in facts_of(edition).rooms}
    near, far = rooms.values()
    _solved(edition, by)
    first, second = placed(edition)
    here, there = (near, far) if first.room.venue_id == near.venue_id else (far, near)
    facts = facts_of(edition)
    moving = facts.bilateral(second.slug)
    around = [first.starts_at + timedelta(minutes=minutes) for minutes in (*range(45, 120, 15), *range(-45, -120, -15))]
    tried = {moment: weigh_place(facts, moving, moment, there.slug) for moment in around}
    soon, weighed = next(
        (moment, found)
        for moment, found in tried.items()
        if {each.kind for each in found.conflicts} == {ConflictKind.ON_THE_WAY}
    )
    same_venue = weigh_place(facts, moving, soon, here.slug)
    place = Place(soon, there.slug, is_pinned=True, despite=("on_the_way",), reason="A car with an escort waits.")
    operations.move_bilateral(bilateral=second, place=place, by=by, at=AT)

    assert same_venue.conflicts == ()
    (told,) = _sentences(edition, weighed)
    assert told.startswith("Gilan Province could not come in time from one venue to the other:")
    assert Bilateral.objects.get(pk=second.pk).despite == ["on_the_way"]


def test_interpreter_rests_after_so_many_minutes_in_a_row(by):
    rules = {"row_min": 60, "pause_min": 60, "daily_cap": 8, "consecutive": True, "buffer_min": 0, "turnaround_min": 0}
    edition = _ruled(loaded("rasht2025", 12), **rules)
    pairs = [["gilan", "astrakhan"], ["golestan", "astrakhan"], ["mazandaran", "astrakhan"]]
    day = edition.starts_on + timedelta(days=1)
    hours = {"earliest": time(8), "latest": time(15)}
    early = {name: datetime.combine(day, each, edition.zone) for name, each in hours.items()}
    _only(edition, *((pair, {"languages": ["fa", "ru"], "length_min": 30, **early}) for pair in pairs))
    keeper = Interpreter.objects.filter(edition=edition, languages__in=[["fa", "ru"], ["ru", "fa"]]).first()
    Interpreter.objects.filter(edition=edition).exclude(pk=keeper.pk).delete()

    _solved(edition, by)
    first, second, third = placed(edition)
    ends = [each.starts_at + timedelta(minutes=30) for each in (first, second)]
    in_a_row = [second.starts_at - ends[0] < timedelta(hours=1), third.starts_at - ends[1] < timedelta(hours=1)]
    operations.move_bilateral(bilateral=second, place=Place(ends[0], first.room.slug), by=by, at=AT)
    facts, served = facts_of(edition), [keeper.slug]
    at_once = weigh_place(facts, facts.bilateral(third.slug), ends[0] + timedelta(minutes=30), third.room.slug, served)
    rested = weigh_place(facts, facts.bilateral(third.slug), ends[0] + timedelta(minutes=90), third.room.slug, served)

    assert in_a_row != [True, True]
    told = {each.kind: words for each, words in zip(at_once.conflicts, _sentences(edition, at_once), strict=True)}
    assert "would work more than 60 minutes without a rest" in told[ConflictKind.INTERPRETER_REST]
    assert ConflictKind.INTERPRETER_REST not in {each.kind for each in rested.conflicts}


@pytest.mark.parametrize("relay", [True, False])
def test_third_language_stands_between_two_only_where_the_house_allows_relay(relay, by):
    edition = _ruled(loaded("rasht2025", 12), relay=relay)
    _only(edition, (["gilan", "mangystau"], {"languages": ["fa", "kk"]}))
    people = Interpreter.objects.filter(edition=edition)
    first, second = people[:2]
    people.exclude(pk__in=[first.pk, second.pk]).delete()
    for person, languages in ((first, ["fa", "ru"]), (second, ["kk", "ru"])):
        Interpreter.objects.filter(pk=person.pk).update(languages=languages, available=[])

    run = _solved(edition, by)

    served = {each.slug for meeting in placed(edition) for each in meeting.interpreters.all()}
    assert served == ({first.slug, second.slug} if relay else set())
    things = [thing for reasons in run.refusals.values() for reason in reasons for thing in reason["scarce"]]
    assert bool(things) is not relay
    if relay:
        bilateral = placed(edition)[0]
        facts = facts_of(edition)
        assert (
            weigh_place(facts, facts.bilateral(bilateral.slug), bilateral.starts_at, bilateral.room.slug).conflicts
            == ()
        )


@pytest.mark.parametrize("by_rank", [True, False])
def test_wishes_that_clash_go_by_rank_only_where_the_house_says_so(by_rank, by):
    edition = _ruled(loaded("rasht2025", 12), by_rank=by_rank, daily_cap=1)
    day = edition.starts_on.isoformat()
    _ruled(edition, starts_on=day, ends_on=day)
    parties = {party.slug: party for party in edition.party_set.all()}
    for slug, rank in (("gilan", 5), ("golestan", 1), ("mazandaran", 6)):
        parties[slug].rank_class = rank
        parties[slug].save()
    _only(
        edition,
        (["gilan", "golestan"], {"languages": ["fa"], "weight": 2}),
        (["gilan", "mazandaran"], {"languages": ["fa"], "weight": 9}),
    )

    _solved(edition, by)

    assert [each.slug for each in placed(edition)] == ["wish-0" if by_rank else "wish-1"]
