"""The repair and the questions "what if" at the desk: what is told, what is ticked, undone, put away, and who may."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.planning import operations, queries
from ejlas.planning.models import Run
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.rules import ACTIVE, Change, ChangeKind, RunKind, RunState
from ejlas.programme.models import Bilateral, Interpreter
from tests.factories.summits import SUMMITS
from tests.marks import FORMS

PAGES = ("repair/", "what-if/")


def _address(edition, *parts) -> str:
    return "/".join(["/desk", edition.slug, "plan", *map(str, parts), ""])


@pytest.fixture
def planned(summits):
    """The summit of this slug with a few wishes and a plan in force."""

    def plan(slug: str = "rasht2025", n: int = 12):
        edition = summits[slug]
        keep = list(edition.bilateral_set.values_list("pk", flat=True)[:n])
        edition.bilateral_set.exclude(pk__in=keep).delete()
        by, at = accounts.system_account(), timezone.now()
        run = operations.ask_for_run(edition=edition, seconds=20, workers=1, seed=1, by=by, at=at)
        operations.accept_run(run=operations.solve_run(run=run, at=at), by=by, at=at)
        return edition

    return plan


def _placed(edition):
    return list(Bilateral.objects.placed().filter(edition=edition).order_by("starts_at", "pk"))


def _late(edition):
    first = _placed(edition)[0]
    party = edition.party_set.get(slug=first.parties[0])
    party.arrives_at = first.starts_at + timedelta(hours=2)
    party.save()
    return first, party


def _solved(edition):
    """Do what the worker would."""
    run = edition.runs.get(state=RunState.QUEUED)
    return operations.solve_run(run=run, at=timezone.now())


def _asked(edition, client, *changes):
    data = {"seconds": "20", "change": [change.written() for change in changes]}
    return client.post(_address(edition, "what-if", "ask"), data)


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_those_who_may_and_not_for_others(slug, page, desk, planned):
    edition = planned(slug, 6)
    address = _address(edition) + page

    seen = [desk(role, edition=slug).get(address).status_code for role in (Role.HEAD, Role.AUDITOR, Role.PROTOCOL)]
    refused = [desk(role, edition=slug).get(address).status_code for role in (Role.MEDIA_DESK, Role.BODY)]

    assert (seen, refused) == ([200] * 3, [403] * 2)


def test_auditor_sees_and_can_do_nothing(desk, planned):
    edition = planned()
    _late(edition)
    client = desk(Role.AUDITOR)
    run = queries.latest_plan(edition)
    by = accounts.system_account()
    effort = operations.Effort(seconds=5, workers=1)
    question = operations.ask_what_if(
        edition=edition, changes=[Change(ChangeKind.ROOMS_OPEN)], effort=effort, by=by, at=timezone.now()
    )

    pages = [
        client.get(_address(edition, *parts)).content.decode()
        for parts in (("repair",), ("what-if",), ("what-if", question.pk), ("run", run.pk))
    ]
    acts = [
        client.post(_address(edition, *parts), {"seconds": "5", "change": "rooms_open"}).status_code
        for parts in (
            ("repair", "start"),
            ("what-if", "ask"),
            ("what-if", question.pk, "discard"),
            ("run", run.pk, "accept"),
            ("run", run.pk, "undo"),
        )
    ]

    assert acts == [403] * 5
    assert not any(re.search(r'<form[^>]*method="post"[^>]*/plan/', page) for page in pages)
    assert edition.runs.count() == 2


@pytest.mark.parametrize("slug", SUMMITS)
def test_late_flight_is_told_repaired_accepted_and_put_back(slug, desk, planned):
    edition = planned(slug)
    first, _party = _late(edition)
    client = desk(edition=slug, language="en")
    before = queries.places_now(facts_of(edition))

    told = client.get(_address(edition, "repair")).content.decode()
    started = client.post(_address(edition, "repair", "start"), {"seconds": "20"})
    run = _solved(edition)
    shown = client.get(_address(edition, "run", run.pk)).content.decode()
    done = client.post(_address(edition, "run", run.pk, "accept"), follow=True).content.decode()
    during = queries.places_now(facts_of(edition))
    after = client.get(_address(edition, "repair")).content.decode()
    undo = re.search(r'action="([^"]*/undo/)"', done)[1]
    back = client.post(undo, follow=True).content.decode()

    assert " arrives on " in told
    assert f"/plan/of/{first.slug}/" in told
    assert started.status_code == 302
    assert "Who has to be told" in shown
    assert shown.count('name="part"') == len(run.parts)
    assert "The plan is in force" in done
    assert during != before
    assert "Every placed bilateral can stand where it is." in after
    assert "The plan is as it was" in back
    assert queries.places_now(facts_of(edition)) == before


def test_board_asks_what_cannot_stand_and_is_told_in_the_readers_digits(desk, planned):
    edition = planned()
    client = desk(language="en")

    nothing = client.get(_address(edition, "repair", "unfit"))
    _late(edition)
    told = client.get(_address(edition, "repair", "unfit"))
    board = client.get(_address(edition)).content.decode()

    assert (nothing.status_code, nothing.content) == (204, b"")
    assert "cannot stand any more" in told.content.decode()
    assert f'data-unfit="{_address(edition, "repair", "unfit")}"' in board


def test_part_that_is_ticked_is_accepted_and_the_rest_stays(desk, planned):
    edition = planned(n=24)
    _late(edition)
    last = _placed(edition)[-1]
    party = edition.party_set.get(slug=last.parties[0])
    party.departs_at = last.starts_at
    party.save()
    client = desk()
    client.post(_address(edition, "repair", "start"), {"seconds": "20"})
    run = _solved(edition)
    before = queries.places_now(facts_of(edition))
    address = _address(edition, "run", run.pk, "accept")

    nothing = client.post(address, {"in_part": "1"}, follow=True).content.decode()
    wrong = client.post(address, {"in_part": "1", "part": ["x", "999", "-1"]}, follow=True).content.decode()
    client.post(address, {"in_part": "1", "part": "0"})
    after = queries.places_now(facts_of(edition))
    rest = client.get(_address(edition, "run", run.pk)).content.decode()

    assert len(run.parts) > 1
    assert "Tick at least one move." in nothing
    assert "Tick at least one move." in wrong
    assert {slug for slug in after if after[slug] != before[slug]} == set(run.parts[0])
    assert rest.count('name="part"') == len(run.parts) - 1


def test_what_belongs_together_is_named_and_ticked_for_the_person(desk, planned):
    edition = planned()
    one, other = _placed(edition)[:2]
    swapped = {
        one.slug: {"starts_at": other.starts_at.isoformat(), "room": other.room.slug, "interpreters": []},
        other.slug: {"starts_at": one.starts_at.isoformat(), "room": one.room.slug, "interpreters": []},
    }
    run = Run.objects.create(
        edition=edition,
        kind=RunKind.REPAIR,
        state=RunState.DONE,
        asked_by="x",
        asked_at=timezone.now(),
        statistics={"status": "feasible"},
        parts=[[one.slug], [other.slug]],
        placements=swapped,
    )
    name = edition.party_set.get(slug=other.parties[0]).name.values["en"]

    answer = desk().post(_address(edition, "run", run.pk, "accept"), {"in_part": "1", "part": "0"}, follow=True)

    page = answer.content.decode()
    assert "needs these moves as well" in page
    assert name in html.unescape(re.search(r"needs these moves as well: ([^<]*)", page)[1])
    assert answer.redirect_chain[0][0].endswith("?part=0&part=1#would")
    assert page.count("checked") == 2


def test_two_people_undo_at_once_and_the_second_is_told(desk, planned):
    edition = planned()
    run = queries.latest_plan(edition)
    first = desk().post(_address(edition, "run", run.pk, "undo"), follow=True).content.decode()

    second = desk().post(_address(edition, "run", run.pk, "undo"), follow=True).content.decode()

    assert "The plan is as it was" in first
    assert "There is nothing of this plan to undo." in second


def test_repair_is_followed_and_its_page_offers_no_plan_from_nothing(desk, planned):
    edition = planned(n=4)
    client = desk()
    client.post(_address(edition, "repair", "start"), {"seconds": "30"})
    run = queries.active_run(edition)
    Run.objects.filter(pk=run.pk).update(
        state=RunState.RUNNING,
        began_at=timezone.now(),
        seen_at=timezone.now(),
        progress={"moved": {"value": 3, "bound": 1}},
    )

    part = client.get(_address(edition, "progress") + "?of=repair").content.decode()
    again = client.post(_address(edition, "repair", "start"), {"seconds": "30"}, follow=True).content.decode()

    assert "Bilaterals moved: 3; fewer than 1 is impossible." in part
    assert "/plan/start/" not in part
    assert "A plan is being made already" in again


def test_run_tells_how_near_it_is_and_when_it_will_end_by_itself(desk, planned):
    edition = planned(n=4)
    client = desk()
    client.post(_address(edition, "start"), {"seconds": "30", "enough": "5"})
    Run.objects.filter(pk=queries.active_run(edition).pk).update(
        state=RunState.RUNNING,
        began_at=timezone.now(),
        seen_at=timezone.now(),
        progress={"weight": {"value": 90, "bound": 100}},
    )

    page = client.get(_address(edition, "progress")).content.decode()

    assert "Weight granted: 90 of at most 100." in page
    assert "At most 10.0% of the weight could be missing." in page
    assert "It ends by itself once no more than 5.0% of the weight could be missing." in page


def test_edition_without_rooms_says_what_is_missing(desk, summits):
    edition = summits["rasht2025"]
    edition.bilateral_set.update(fixed_room=None)
    edition.room_set.filter(kind="meeting").update(kind="hall")

    answer = desk().get(_address(edition, "repair"))

    assert answer.status_code == 200
    assert "no room of kind" in answer.content.decode()


def _add(kind, **fields):
    return {"kind": kind.value, **{f"{kind.value}-{name}": value for name, value in fields.items()}}


def test_question_is_put_together_in_the_address_asked_and_answered(desk, planned):
    edition = planned()
    first = _placed(edition)[0]
    client = desk()
    page = _address(edition, "what-if")

    one = client.get(page, _add(ChangeKind.PARTY_AWAY, thing=first.parties[0], ends_at="2025-11-18T12:00"))
    both = client.get(one.url, None)
    two = client.get(
        page,
        {
            "change": one.url.split("change=")[1].split("#")[0].replace("%2B", "+"),
            **_add(ChangeKind.ROOM_ADDED, thing="12"),
        },
    )
    form = client.get(two.url).content.decode()
    written = [html.unescape(each) for each in re.findall(r'name="change" value="([^"]*)"', form)][:2]
    asked = client.post(_address(edition, "what-if", "ask"), {"seconds": "20", "change": written})
    run = _solved(edition)
    listed = client.get(page).content.decode()
    answer = client.get(_address(edition, "what-if", run.pk)).content.decode()

    assert (one.status_code, both.status_code, asked.status_code) == (302, 200, 302)
    assert written == run.changes == [f"party_away/{first.parties[0]}//2025-11-18T12:00+03:30", "room_added/12"]
    assert "is not there: until" in html.unescape(listed)
    assert "Bilaterals with a place" in listed
    assert "What would differ from the plan" in answer
    assert f"/parties/of/{first.parties[0]}/change/" in answer
    assert "/rooms/add/" in answer


@FORMS
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (_add(ChangeKind.PARTY_AWAY, thing="gilan"), "Say from when"),
        (_add(ChangeKind.PARTY_AWAY, thing="gilan", starts_at="x"), "Write a day and a time"),
        (_add(ChangeKind.PARTY_AWAY, thing="nobody", starts_at="2025-11-18T12:00"), "Select a valid choice"),
        (
            _add(ChangeKind.PARTY_AWAY, thing="gilan", starts_at="2025-11-18T12:00", ends_at="2025-11-18T11:00"),
            "The end does not come after the start.",
        ),
        (_add(ChangeKind.INTERPRETER_ADDED, thing="fa", second="fa"), "two different languages"),
        (_add(ChangeKind.ROOM_ADDED, thing="1"), "greater than or equal to 2"),
        (_add(ChangeKind.WITHDRAWN, thing="\x00"), "Select a valid choice"),
    ],
)
def test_wrong_change_is_told_beside_the_field_and_nothing_is_asked(sent, said, desk, planned):
    edition = planned(n=4)

    answer = desk().get(_address(edition, "what-if"), {"change": "rooms_open", **sent})

    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said in page
    assert "All rooms are open" in page
    assert not edition.runs.filter(kind=RunKind.WHAT_IF).exists()


@pytest.mark.parametrize(
    "query", ["change=x", "change=%00", "change=room_closed/a/b/c", "kind=x", "kind=no_cap", "kind=%00"]
)
def test_wrong_addresses_are_answered_with_the_page(query, desk, planned):
    edition = planned(n=4)

    assert desk().get(f"{_address(edition, 'what-if')}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [([], "Choose at least one change."), (["no_cap/nobody"], "“nobody” is not there"), (["x"], "Choose at least one")],
)
def test_question_about_nothing_is_refused_on_the_page(changes, said, desk, planned):
    edition = planned(n=4)

    answer = desk().post(_address(edition, "what-if", "ask"), {"seconds": "20", "change": changes})

    assert answer.status_code == 422
    assert said in html.unescape(answer.content.decode())


def test_questions_stand_side_by_side_are_followed_and_put_away(desk, planned):
    edition = planned(n=6)
    client = desk()
    for change in (Change(ChangeKind.ROOMS_OPEN), Change(ChangeKind.ROOMS_LARGE)):
        _asked(edition, client, change)
    first, second = queries.what_ifs_of(edition)
    part = client.get(_address(edition, "what-if", first.pk, "progress"))
    same = client.get(_address(edition, "what-if", first.pk, "progress"), headers={"if-none-match": part["ETag"]})
    client.post(_address(edition, "what-if", first.pk, "discard"))
    gone = [client.get(_address(edition, "what-if", first.pk, *rest)).status_code for rest in ((), ("progress",))]
    page = client.get(_address(edition, "what-if")).content.decode()

    assert "data-active" in part.content.decode()
    assert same.status_code == 304
    assert gone == [404, 404]
    assert page.count('<article class="whatif"') == 1
    assert edition.runs.get(pk=second.pk).state in ACTIVE


def test_answer_says_when_the_plan_has_changed_since(desk, planned):
    edition = planned(n=6)
    client = desk()
    _asked(edition, client, Change(ChangeKind.ROOMS_OPEN))
    run = _solved(edition)
    before = client.get(_address(edition, "what-if", run.pk)).content.decode()
    operations.unplace_bilateral(bilateral=_placed(edition)[0], by=client.user, at=timezone.now())

    after = client.get(_address(edition, "what-if", run.pk)).content.decode()

    assert "The plan has changed since this was asked" not in before
    assert "The plan has changed since this was asked" in after


def test_reasons_lead_to_the_question_and_to_the_form(desk, planned):
    edition = planned(n=24)
    edition.settings["bilaterals"]["daily_cap"] = 1
    edition.save()
    client = desk()
    client.post(_address(edition, "start"), {"seconds": "4"})
    run = _solved(edition)

    page = client.get(_address(edition, "run", run.pk)).content.decode()
    links = {html.unescape(each) for each in re.findall(r'href="([^"]*/what-if/\?[^"]*)"', page)}
    asked = client.get(next(each for each in links if "no_cap" in each)).content.decode()

    assert "What would grant most of the refused requests" in page
    assert "/edition/bilaterals/change/" in page
    assert "may have any number of bilaterals in a day" in html.unescape(asked)
    counts = [int(each) for each in re.findall(r'<td class="number" data-label="Requests it would grant">(\d+)', page)]
    assert counts == sorted(counts, reverse=True)


def test_interpreter_more_is_asked_for_in_the_half_of_a_day_in_which_one_would_do(desk, planned):
    edition = planned(n=24)
    Interpreter.objects.filter(edition=edition).delete()
    edition.bilateral_set.update(mandatory=False, fixed_at=None, pinned=False)
    client = desk()
    client.post(_address(edition, "start"), {"seconds": "4"})
    run = _solved(edition)
    wanting = [thing for told in run.refusals.values() for reason in told for thing in reason["scarce"]]
    halves = {(thing["from"], thing["to"]) for thing in wanting if thing["kind"] == "interpreter" and "from" in thing}

    page = html.unescape(client.get(_address(edition, "run", run.pk)).content.decode())
    links = {each for each in re.findall(r'href="([^"]*/what-if/\?[^"]*)"', page) if "interpreter_added" in each}
    asked = html.unescape(client.get(sorted(links)[0]).content.decode())

    assert halves
    for since, until in halves:
        assert datetime.fromisoformat(since).date() == datetime.fromisoformat(until).date()
        assert (since[11:16] < "12:00") == (until[11:16] <= "12:00")
    assert re.search("one more interpreter for [A-Z][a-z]+–[A-Z][a-z]+ is needed on ", page)
    assert all("2025-11" in unquote(each) for each in links)
    assert re.search("One interpreter more, [A-Z][a-z]+–[A-Z][a-z]+: ", asked)


def test_run_and_question_of_another_edition_are_not_there(desk, planned):
    edition, other = planned("rasht2025", 4), planned("atlantic2027", 4)
    client = desk()
    _asked(other, desk(edition="atlantic2027"), Change(ChangeKind.ROOMS_OPEN))
    question, run = queries.what_ifs_of(other)[0], queries.latest_plan(other)

    answers = [
        client.get(_address(edition, "what-if", question.pk)),
        client.get(_address(edition, "what-if", run.pk)),
        client.post(_address(edition, "what-if", question.pk, "discard")),
        client.post(_address(edition, "run", run.pk, "undo")),
        client.get(_address(edition, "what-if", 10**30)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


@pytest.mark.parametrize("slug", SUMMITS)
def test_pages_cost_a_fixed_number_of_queries(slug, desk, planned):
    edition = planned(slug, 20)
    _late(edition)
    client = desk(Role.PROGRAMME_DESK, edition=slug)
    client.post(_address(edition, "repair", "start"), {"seconds": "10"})
    run = _solved(edition)
    _asked(edition, client, Change(ChangeKind.ROOMS_OPEN))
    question = _solved(edition)
    pages = [("repair",), ("what-if",), ("what-if", question.pk), ("run", run.pk), ("what-if", question.pk, "progress")]
    client.get(_address(edition, "repair"))
    counts = []
    for _few in (False, True):
        for parts in pages:
            with CaptureQueriesContext(connection) as captured:
                client.get(_address(edition, *parts))
            counts.append(len(captured))
        edition.bilateral_set.exclude(pk=_placed(edition)[0].pk).delete()

    many, few = counts[: len(pages)], counts[len(pages) :]
    assert max(many) <= 12, many
    assert all(f <= m for f, m in zip(few, many, strict=True))
