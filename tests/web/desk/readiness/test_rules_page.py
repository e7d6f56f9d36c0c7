"""The house's rules for readiness: days in the reader's calendar, and a line that is no day is named."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")

PAGE = "/desk/rasht2025/edition/readiness/change/"
RULES = {
    "weekend": ["3", "4"],
    "ready_days": "2",
    "distribution": "pert",
    "body_spread": "20",
    "n_runs": "10000",
    "remind_before": "7",
    "remind_again": "2",
    "tell_head_of_body_after": "1",
    "tell_secretariat_after": "4",
    "link_days": "30",
}


def sent(client: Client, edition, **more: str):
    edition.refresh_from_db()
    return client.post(PAGE, {**RULES, "revision": edition.revision, **more})


def test_days_are_read_in_both_calendars_and_shown_in_that_of_the_reader(desk, summits):
    edition, client = summits["rasht2025"], desk(language="fa")

    done = sent(client, edition, holidays="۱۴۰۵/۰۱/۰۱\n2025-11-13", remind_from="۱۴۰۴/۰۸/۰۱")

    edition.refresh_from_db()
    own = edition.settings["readiness"]
    assert done.status_code == 302
    assert (own["holidays"], own["remind_from"]) == (["2025-11-13", "2026-03-21"], "2025-10-23")
    page = client.get(PAGE).content.decode()
    assert "۱۴۰۴/۰۸/۲۲\n۱۴۰۵/۰۱/۰۱" in page
    assert 'value="۱۴۰۴/۰۸/۰۱"' in page
    assert sent(client, edition, holidays="۱۴۰۴/۰۸/۲۲").status_code == 302
    edition.refresh_from_db()
    assert (edition.settings["readiness"]["holidays"], edition.settings["readiness"]["remind_from"]) == (
        ["2025-11-13"],
        "",
    )


@pytest.mark.parametrize("line", ["soon", "2025-13-01", "1404/12/31", "۱۴۰۴/۰۸"])
def test_a_line_that_is_no_day_is_named_and_nothing_is_written(line, desk, summits):
    edition = summits["rasht2025"]
    before = dict(edition.settings)

    answer = sent(desk(), edition, holidays=f"2025-11-13\n{line}")

    edition.refresh_from_db()
    assert (answer.status_code, edition.settings) == (422, before)
    assert "Line 2 is not a day, such as" in answer.content.decode()
