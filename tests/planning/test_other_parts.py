"""The rest of the summit as readiness: what is counted, how late it is, and who is told of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from ejlas.accounts.rules import Role
from ejlas.core.text import Text
from ejlas.delegations.models import Delegation, Gate, Person
from ejlas.planning.queries.ready.others import other_parts
from ejlas.planning.rules.ready.others import Level, OtherKind, OtherPart
from ejlas.programme.rules import BilateralState
from tests.factories.gates import device
from tests.factories.people import person


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    return summits[request.param]


@pytest.fixture
def head(edition: Any) -> Any:
    return person(Role.HEAD, edition=edition.slug, password=None)


def days_before(edition: Any, days: int) -> datetime:
    return datetime.combine(edition.starts_on - timedelta(days=days), time(9), UTC)


def parts(edition: Any, user: Any, days: int = 90) -> dict[OtherKind, OtherPart]:
    return {part.kind: part for part in other_parts(edition, user, at=days_before(edition, days))}


def numbers(edition: Any, user: Any) -> dict[OtherKind, int]:
    return {kind: part.number for kind, part in parts(edition, user).items()}


def test_what_is_not_ready_is_open_until_its_day_then_late_and_late_things_come_first(edition: Any, head: Any) -> None:
    early, later = parts(edition, head), parts(edition, head, 20)

    assert {part.level for part in early.values()} == {Level.OPEN, Level.FINE}
    gates, halls = later[OtherKind.GATES_WITHOUT_DEVICE], later[OtherKind.HALLS_UNSAID]
    assert (gates.level, gates.due_on) == (Level.OPEN, edition.starts_on - timedelta(days=2))
    assert (halls.level, halls.number, halls.of) == (Level.LATE, halls.of, halls.of)
    assert later[OtherKind.ROOMS_WITHOUT_SEATS].is_ready
    levels = [part.level for part in later.values()]
    assert levels == sorted(levels, key=list(Level).index)


def test_a_window_of_the_house_moves_the_day_of_its_lists(edition: Any, head: Any) -> None:
    edition.settings |= {"delegations": {"nominate_days": 40, "confirm_days": 33}}

    found = parts(edition, head)

    assert found[OtherKind.LISTS_MISSING].due_on == edition.starts_on - timedelta(days=40)
    assert found[OtherKind.LISTS_UNCONFIRMED].due_on == edition.starts_on - timedelta(days=33)


def test_each_change_that_brings_the_summit_nearer_lowers_a_number(edition: Any, head: Any) -> None:
    before = numbers(edition, head)
    hall = edition.room_set.filter(kind="hall").first()
    hall.capacities = [Person.objects.filter(edition=edition).first().capacity.slug]
    hall.save()
    device(Gate.objects.filter(edition=edition).first())
    edition.room_set.filter(kind="meeting").update(seats=0)
    Delegation.objects.filter(edition=edition, people__isnull=False).update(list_state="confirmed")
    edition.party_set.update(head_attendance="announced")

    after = numbers(edition, head)

    assert after[OtherKind.HALLS_UNSAID] == before[OtherKind.HALLS_UNSAID] - 1
    assert after[OtherKind.HALLS_FULL] == 0
    assert after[OtherKind.GATES_WITHOUT_DEVICE] == before[OtherKind.GATES_WITHOUT_DEVICE] - 1
    assert after[OtherKind.ROOMS_WITHOUT_SEATS] == edition.room_set.filter(kind="meeting").count()
    assert (before[OtherKind.LISTS_UNCONFIRMED], after[OtherKind.LISTS_UNCONFIRMED]) == (1, 0)
    assert before[OtherKind.HEADS_UNKNOWN] == before[OtherKind.INVITATIONS_UNSENT] > 0
    assert after[OtherKind.HEADS_UNKNOWN] == after[OtherKind.INVITATIONS_UNSENT] == 0


def test_a_hall_is_too_small_once_more_are_named_than_it_has_seats(edition: Any, head: Any) -> None:
    named = Person.objects.filter(edition=edition).first()
    hall = edition.room_set.filter(kind="hall").first()
    hall.capacities, hall.seats = [named.capacity.slug], 1
    hall.save()
    assert numbers(edition, head)[OtherKind.HALLS_FULL] == 0

    named.pk, named.slug, named.document_hash = None, "second", ""
    named.save()

    assert numbers(edition, head)[OtherKind.HALLS_FULL] == 1


def test_languages_that_nobody_interprets_are_named_of_sessions_and_of_bilaterals(edition: Any, head: Any) -> None:
    session = edition.session_set.filter(kind__in=["panel", "ceremony"]).first()
    session.languages = [edition.languages[0], "ja"]
    session.save()
    bilateral = edition.bilateral_set.first()
    bilateral.room, bilateral.starts_at = edition.room_set.filter(kind="meeting").first(), days_before(edition, -1)
    bilateral.languages, bilateral.state = list(edition.interpreter_set.first().languages), BilateralState.PLACED
    bilateral.save()

    assert numbers(edition, head)[OtherKind.SESSIONS_UNSPOKEN] == 1
    assert numbers(edition, head)[OtherKind.BILATERALS_UNSPOKEN] == 1

    bilateral.interpreters.add(edition.interpreter_set.first())
    assert numbers(edition, head)[OtherKind.BILATERALS_UNSPOKEN] == 0


def test_each_is_told_of_what_its_own_app_lets_it_see(edition: Any) -> None:
    media = parts(edition, person(Role.MEDIA_DESK, edition=edition.slug, password=None))
    vetting = parts(edition, person(Role.VETTING, edition=edition.slug, password=None))

    assert OtherKind.LISTS_MISSING in media
    assert not media.keys() & {
        OtherKind.BILATERALS_UNPLACED,
        OtherKind.BILATERALS_WITHOUT_PLAN,
        OtherKind.BILATERALS_UNSPOKEN,
        OtherKind.SESSIONS_UNSPOKEN,
        OtherKind.GATES_WITHOUT_DEVICE,
        OtherKind.PUBLICATION,
    }
    assert vetting == {}


def test_of_what_is_not_there_nothing_is_said_and_after_the_end_what_was_never_ready(edition: Any, head: Any) -> None:
    edition.bilateral_set.all().delete()

    assert OtherKind.BILATERALS_UNPLACED not in parts(edition, head)
    assert OtherKind.BILATERALS_WITHOUT_PLAN not in parts(edition, head)
    after = parts(edition, head, -30)
    assert {part.level for part in after.values()} == {Level.LATE, Level.FINE}


def test_the_rest_costs_as_many_questions_for_few_as_for_many(
    edition: Any, head: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        venue = edition.venue_set.first()
        edition.room_set.create(
            slug=f"more-{number}", venue=venue, name=Text.of(en="More"), kind="hall", seats=9, capacities=["delegate"]
        )
    with django_assert_max_num_queries(11):
        found = other_parts(edition, head, at=days_before(edition, 30))

    assert found
