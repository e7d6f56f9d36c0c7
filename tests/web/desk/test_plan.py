"""The plan at the desk: board, table, runs, moves by hand; what is in the way is said in the reader's language."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.planning import operations, queries
from ejlas.planning.models import Run
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.rules import ACTIVE, Place, RunState
from ejlas.programme.models import Bilateral
from ejlas.web.desk.plan_board import iso
from tests.factories.pages import form_data
from tests.factories.summits import SUMMITS
from tests.marks import FORMS

LANGUAGE = {"rasht2025": "fa", "atlantic2027": "en"}
# What the second summit's names fall back to for a reader of English.
WORDED = {"rasht2025": "fa", "atlantic2027": "pt"}
PAGES = ("", "table/", "compare/")


@pytest.fixture
def planned(summits):
    """The summit of this slug with a few wishes and a plan in force."""

    def plan(slug: str = "rasht2025", n: int = 12):
        edition = summits[slug]
        keep = list(edition.bilateral_set.values_list("pk", flat=True)[:n])
        edition.bilateral_set.exclude(pk__in=keep).delete()
        by, at = accounts.system_account(), timezone.now()
        run = operations.ask_for_run(edition=edition, seconds=20, workers=1, seed=1, by=by, at=at)
        run = operations.solve_run(run=run, at=at)
        operations.accept_run(run=run, by=by, at=at)
        return edition

    return plan


def _address(edition, *parts) -> str:
    return "/".join(["/desk", edition.slug, "plan", *map(str, parts), ""])


def _movable(edition):
    return next(b for b in Bilateral.objects.placed().filter(edition=edition, fixed_at=None, fixed_room=None))


def _free(edition, bilateral):
    facts = facts_of(edition)
    return [
        each
        for each in queries.free_places(facts, facts.bilateral(bilateral.slug))
        if each.starts_at != bilateral.starts_at
    ]


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("page", PAGES)
def test_pages_of_the_plan_open_for_those_who_may_and_not_for_others(slug, page, desk, planned):
    edition = planned(slug)
    address = _address(edition, *filter(None, page.split("/")))

    seen = {
        role: desk(role, edition=slug).get(address).status_code
        for role in (Role.HEAD, Role.PROGRAMME_DESK, Role.AUDITOR)
    }
    refused = [desk(role, edition=slug).get(address).status_code for role in (Role.MEDIA_DESK, Role.BODY)]
    elsewhere = desk(edition=next(other for other in SUMMITS if other != slug)).get(address).status_code

    assert set(seen.values()) == {200}
    assert refused == [403, 403]
    assert elsewhere == 403


def test_auditor_sees_the_board_and_can_change_nothing(desk, planned):
    edition = planned()
    client, bilateral = desk(Role.AUDITOR), _movable(edition)

    page = client.get(_address(edition)).content.decode()
    acts = [
        client.post(_address(edition, "start"), {"seconds": "5"}),
        client.post(_address(edition, "of", bilateral.slug, "unplace")),
        client.post(_address(edition, "of", bilateral.slug), {}),
        client.get(_address(edition, "of", bilateral.slug, "places")),
    ]

    assert "data-card" not in page
    assert "data-drop" not in page
    assert [answer.status_code for answer in acts] == [403] * 4


@pytest.mark.parametrize("slug", SUMMITS)
def test_board_shows_the_day_in_the_readers_language(slug, desk, planned):
    edition = planned(slug)
    bilateral = _movable(edition)
    day = bilateral.starts_at.astimezone(edition.zone).date()
    party = edition.party_set.get(slug=bilateral.parties[0])

    page = desk(edition=slug, language=LANGUAGE[slug]).get(f"{_address(edition)}?day={day}").content.decode()

    assert f'id="card-{bilateral.slug}"' in page
    assert party.name.values[WORDED[slug]] in page
    assert bilateral.room.name.values[WORDED[slug]] in page
    if LANGUAGE[slug] == "fa":
        assert "<time>۰۸:۰۰</time>" in page


@pytest.mark.parametrize("slug", SUMMITS)
def test_pages_cost_as_many_queries_for_few_bilaterals_as_for_many(slug, desk, summits, planned):
    edition = summits[slug]
    client = desk(Role.PROGRAMME_DESK, edition=slug)
    many, few = [], []
    client.get(_address(edition))  # The first visit of a person is noted with the sign-in.
    for counts in (many, few):
        for page in PAGES[:2]:
            with CaptureQueriesContext(connection) as captured:
                client.get(_address(edition, *filter(None, page.split("/"))))
            counts.append(len(captured))
        edition.bilateral_set.exclude(pk=edition.bilateral_set.first().pk).delete()

    assert max(many) <= 12
    assert few == many or all(f <= m for f, m in zip(few, many, strict=True))


@pytest.mark.parametrize("slug", SUMMITS)
def test_bilateral_is_moved_by_the_form_and_the_move_undone(slug, desk, planned):
    edition = planned(slug)
    client, bilateral = desk(edition=slug), _movable(edition)
    free = _free(edition, bilateral)[0]
    query = {"starts_at": iso(free.starts_at, edition.zone), "room": free.rooms[0]}
    address = _address(edition, "of", bilateral.slug)

    asked = client.get(address, query).content.decode()
    moved = client.post(address, {**query, "pin": "1", "revision": bilateral.revision}, follow=True)
    after = Bilateral.objects.get(pk=bilateral.pk)
    undo = moved.content.decode()
    form = form_data(undo, "data-undo")
    back = client.post(_address(edition, "of", bilateral.slug, "undo"), form)

    assert "Nothing is in the way." in asked
    assert (after.starts_at, after.room.slug, after.pinned) == (free.starts_at, free.rooms[0], True)
    restored = Bilateral.objects.get(pk=bilateral.pk)
    assert back.status_code == 302
    assert (restored.starts_at, restored.room_id, restored.pinned) == (bilateral.starts_at, bilateral.room_id, False)


def test_place_of_another_is_refused_in_words(desk, planned):
    edition = planned()
    client = desk(language="en")
    one, other = list(Bilateral.objects.placed().filter(edition=edition))[:2]
    query = {"starts_at": iso(other.starts_at, edition.zone), "room": other.room.slug}
    name = edition.party_set.get(slug=other.parties[0]).name.values["en"]

    said = client.get(_address(edition, "of", one.slug, "weigh"), query).json()
    refused = client.post(_address(edition, "of", one.slug), {**query, "revision": one.revision})

    assert any(name in sentence for sentence in said["conflicts"])
    assert not said["may_be_set_aside"]
    assert refused.status_code == 409
    assert "It was not moved." in refused.content.decode()
    assert Bilateral.objects.get(pk=one.pk).starts_at == one.starts_at


def test_house_rule_is_set_aside_on_the_form_with_a_reason(desk, planned):
    edition = planned()
    client, bilateral = desk(), _movable(edition)
    Bilateral.objects.filter(pk=bilateral.pk).update(seats=99)
    query = {"starts_at": iso(bilateral.starts_at, edition.zone), "room": bilateral.room.slug}
    address = _address(edition, "of", bilateral.slug)

    form = client.get(address, query).content.decode()
    without = client.post(address, {**query, "despite": ["room_small"]})
    done = client.post(address, {**query, "despite": ["room_small"], "reason": "Only\x00 two come "})

    assert 'name="reason"' in form
    assert (without.status_code, done.status_code) == (409, 302)
    assert Bilateral.objects.get(pk=bilateral.pk).despite_reason == "Only two come"


def test_second_officer_is_told_and_nothing_is_lost(desk, planned):
    edition = planned()
    bilateral = _movable(edition)
    stale = bilateral.revision
    desk().post(_address(edition, "of", bilateral.slug, "pin"), {"revision": stale})

    late = desk().post(_address(edition, "of", bilateral.slug, "unplace"), {"revision": stale}, follow=True)

    assert "Somebody changed this" in late.content.decode()
    assert Bilateral.objects.get(pk=bilateral.pk).pinned


def test_planner_is_started_followed_stopped_and_one_at_a_time(desk, planned, django_capture_on_commit_callbacks):
    edition = planned()
    client = desk()
    started = client.post(_address(edition, "start"), {"seconds": "30"})
    run = queries.active_run(edition)
    again = client.post(_address(edition, "start"), {"seconds": "30"}, follow=True)
    first = client.get(_address(edition, "progress"))
    same = client.get(_address(edition, "progress"), headers={"if-none-match": first["ETag"]})
    Run.objects.filter(pk=run.pk).update(
        state=RunState.RUNNING,
        began_at=timezone.now(),
        seen_at=timezone.now(),
        progress={"objective": "weight", "weight": {"value": 40, "bound": 55}},
    )
    later = client.get(_address(edition, "progress"), headers={"if-none-match": first["ETag"]})
    client.post(_address(edition, "run", run.pk, "stop"))

    assert started.status_code == 302
    assert "A plan is being made already" in again.content.decode()
    assert "data-active" in first.content.decode()
    assert (same.status_code, same.content) == (304, b"")
    assert "Weight granted: 40 of at most 55." in later.content.decode()
    assert Run.objects.get(pk=run.pk).state == RunState.STOPPING


@FORMS
@pytest.mark.parametrize("seconds", ["", "0", "x", "-5", "3601", "9" * 40, "\x00"])
@pytest.mark.parametrize("page", ["start", "repair/start", "what-if/ask"])
def test_wrong_number_of_seconds_starts_nothing(seconds, page, desk, planned):
    edition = planned(n=2)
    sent = {"seconds": seconds, "change": "rooms_open"}

    answer = desk().post(_address(edition, *page.split("/")), sent)

    assert answer.status_code == 422
    assert "between 1 and 3600" in answer.content.decode()
    assert not edition.runs.filter(state__in=ACTIVE).exists()


@FORMS
@pytest.mark.parametrize("enough", ["x", "-1", "51", "nan", "inf", "1e400", "٫"])
def test_wrong_share_starts_nothing_and_stands_in_the_form(enough, desk, planned):
    edition = planned(n=2)

    answer = desk().post(_address(edition, "start"), {"seconds": "9", "enough": enough})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "from 0 to 50 per cent" in page
    assert 'name="seconds" value="9"' in page
    assert queries.active_run(edition) is None


def test_seconds_and_share_are_read_in_the_readers_digits(desk, planned):
    edition = planned(n=2)

    answer = desk(language="fa").post(_address(edition, "start"), {"seconds": "۳۰", "enough": "۲٫۵"})

    run = queries.active_run(edition)
    assert answer.status_code == 302
    assert (run.seconds, run.enough_percent) == (30, 2.5)


def test_lost_worker_is_told(desk, planned):
    edition = planned(n=2)
    client = desk()
    client.post(_address(edition, "start"), {"seconds": "30"})
    long_ago = timezone.now() - timedelta(minutes=2)
    edition.runs.filter(state=RunState.QUEUED).update(state=RunState.RUNNING, began_at=long_ago, seen_at=long_ago)

    page = client.get(_address(edition)).content.decode()

    assert "has not been heard of" in page


@pytest.mark.parametrize("slug", SUMMITS)
def test_run_tells_what_it_would_change_and_is_accepted(slug, desk, planned):
    edition = planned(slug)
    client = desk(edition=slug)
    run = queries.latest_plan(edition)
    bilateral = _movable(edition)
    operations.unplace_bilateral(bilateral=bilateral, by=client.user, at=timezone.now())

    page = client.get(_address(edition, "run", run.pk)).content.decode()
    answer = client.post(_address(edition, "run", run.pk, "accept"), follow=True)

    assert "Accept this plan" in page
    assert 'class="tag shift-new"' in page
    assert "places that changed: 1" in answer.content.decode()
    assert Bilateral.objects.get(pk=bilateral.pk).starts_at == bilateral.starts_at


def test_plan_whose_ground_has_changed_asks_first(desk, planned):
    edition = planned()
    client, run = desk(), queries.latest_plan(edition)
    wish = _movable(edition)
    operations.unplace_bilateral(bilateral=wish, by=client.user, at=timezone.now())
    Bilateral.objects.filter(pk=wish.pk).update(weight=wish.weight + 3)

    page = client.get(_address(edition, "run", run.pk)).content.decode()
    refused = client.post(_address(edition, "run", run.pk, "accept"), follow=True).content.decode()
    done = client.post(_address(edition, "run", run.pk, "accept"), {"despite_changes": "1"}, follow=True)

    assert 'name="despite_changes"' not in page
    assert 'name="despite_changes"' in refused
    assert "Since this plan was made" in refused
    assert "The plan is in force" in done.content.decode()


def test_run_and_bilateral_of_another_edition_are_not_there(desk, planned):
    edition, other = planned("rasht2025", 4), planned("atlantic2027", 4)
    client = desk()
    run = queries.latest_plan(other)
    slug = other.bilateral_set.first().slug

    answers = [
        client.get(_address(edition, "run", run.pk)),
        client.post(_address(edition, "run", run.pk, "accept")),
        client.get(_address(edition, "of", slug)),
        client.post(_address(edition, "of", slug, "unplace")),
        client.get(_address(edition, "run", 10**30)) if False else client.get(_address(edition, "run", 999999)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_compare_tells_what_the_public_does_not_see(desk, planned):
    from ejlas.journeys.publish_edition import publish_edition

    edition = planned()
    client = desk()
    before = client.get(_address(edition, "compare")).content.decode()
    publish_edition(edition=edition, note="", by=client.user, at=timezone.now())
    same = client.get(_address(edition, "compare")).content.decode()
    bilateral = _movable(edition)
    free = _free(edition, bilateral)[0]
    place = Place(free.starts_at, free.rooms[0])
    operations.move_bilateral(bilateral=bilateral, place=place, by=client.user, at=timezone.now())

    after = client.get(_address(edition, "compare")).content.decode()

    assert "Nothing is published yet" in before
    assert "Nothing differs." in same
    assert after.count('class="tag shift-moved"') == 1


@pytest.mark.parametrize("place", ["", "{", "[]", '{"starts_at": 5}', json.dumps({"starts_at": "x", "room": "y"})])
def test_undo_that_was_tampered_with_changes_nothing(place, desk, planned):
    edition = planned(n=4)
    bilateral = Bilateral.objects.placed().filter(edition=edition).first()

    answer = desk().post(_address(edition, "of", bilateral.slug, "undo"), {"place": place}, follow=True)

    assert "move it by hand" in answer.content.decode()
    assert Bilateral.objects.get(pk=bilateral.pk).starts_at == bilateral.starts_at


@pytest.mark.parametrize(
    "query",
    [
        "starts_at=x",
        "starts_at=2025-11-18T09:00",
        "starts_at=2025-11-18T09:00Z&room=" + "x" * 500,
        "day=x",
        "hand=%00",
        "party=%00",
        "page=" + "9" * 30,
        "state=%00",
    ],
)
def test_wrong_addresses_are_answered_with_a_page(query, desk, planned):
    edition = planned(n=4)
    client = desk()
    bilateral = edition.bilateral_set.first()

    answers = [client.get(f"{_address(edition, *parts)}?{query}") for parts in ((), ("of", bilateral.slug), ("table",))]

    assert [answer.status_code for answer in answers] == [200] * 3
