"""Counting the rows of many questions in one query."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.core.counting import counts
from ejlas.forum.models import Party
from ejlas.programme.models import Session

pytestmark = pytest.mark.database


def test_each_question_is_counted_as_it_would_be_alone(summits):
    asked = {
        "parties": Party.objects.filter(edition=summits["rasht2025"]),
        "of a name": Party.objects.filter(slug="gi%lan' or 1=1"),
        "sessions": Session.objects.filter(kind__in=["panel", "plenary"]).exclude(binding=True),
        "nothing": Party.objects.none(),
        "joined": Session.objects.filter(edition__slug="atlantic2027").select_related("room").order_by("-title"),
    }
    with CaptureQueriesContext(connection) as captured:
        found = counts(asked)

    assert found == {name: rows.count() for name, rows in asked.items()}
    assert found["parties"] > 0 < found["joined"]
    assert len(captured) == 1


def test_no_question_asks_nothing(django_assert_num_queries, summits):
    with django_assert_num_queries(0):
        assert counts({"none": Party.objects.none()}) == {"none": 0}
