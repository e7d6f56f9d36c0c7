"""The preparation of the demo: played until a moment, with a forecast at each meeting, and once only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ejlas.journeys import demo_readiness
from ejlas.planning.queries import ready
from ejlas.readiness.models import CoordinationMeeting, Obligation, Reminder
from ejlas.readiness.rules.template.standard import standard


@pytest.fixture
def edition(summits: dict[str, Any]) -> Any:
    Obligation.objects.all().delete()
    CoordinationMeeting.objects.all().delete()
    return summits["rasht2025"]


def test_the_preparation_is_played_until_now_and_no_further(edition: Any) -> None:
    now = datetime(2025, 10, 20, 8, 0, tzinfo=UTC)

    demo_readiness.prepare(edition, at=now)
    demo_readiness.prepare(edition, at=now)

    owed = Obligation.objects.filter(edition=edition)
    assert owed.exclude(origin="").count() == len(standard().lines)
    states = set(owed.values_list("state", flat=True))
    assert {"planned", "in-work", "done"} <= states
    assert not owed.filter(delivered_on__gt=now.date()).exists()
    assert list(edition.coordinationmeeting_set.values_list("number", flat=True)) == [2, 3]
    first, second = ready.trend_of(edition)
    assert (first.made_on.day, second.made_on.day) == (6, 18)
    assert 0 < second.p_ready < first.p_ready < 1
    assert not Reminder.objects.filter(obligation__edition=edition).exists()


def test_before_its_first_day_there_is_no_preparation(edition: Any) -> None:
    demo_readiness.prepare(edition, at=datetime(2025, 1, 1, tzinfo=UTC))

    assert not Obligation.objects.filter(edition=edition).exists()
