"""The supervisor's pages: who is inside, which gates are there, alerts, refusals, and the list of scans."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from ejlas.accounts.rules import Role
from ejlas.delegations.models import Badge, Delegation, Gate, Scan, Zone
from ejlas.delegations.queries.gate import watching
from ejlas.delegations.rules.passes.watching import day_of
from ejlas.web.desk import today
from ejlas.web.desk.frame import reader_of
from tests.factories import passes
from tests.factories.gates import asked, device, scanned
from tests.factories.summits import SUMMITS
from tests.marks import FORMS, PERMISSIONS

# A noon of the summit, at which neither day nor clock turns.
NOON = datetime(2025, 11, 18, 8, 30, tzinfo=UTC)


def _address(rest: str, slug: str = "rasht2025") -> str:
    return f"/desk/{slug}/{rest}"


def _badges(edition, n: int = 3) -> list[Badge]:
    return passes.issued(Delegation.objects.filter(edition=edition).order_by("position")[0], n)


def _minutes(number: float) -> datetime:
    return NOON - timedelta(minutes=number)


def _zone(edition, at=NOON, slug="hall"):
    return next(each for each in watching.zones_now(edition, at) if each.zone.slug == slug)


@pytest.mark.parametrize("slug", SUMMITS)
def test_heads_and_flows_follow_who_comes_and_goes(slug, summits):
    edition = summits[slug]
    on, (one, other, third) = device(passes.gate(edition)), _badges(edition)
    scanned(on, one, "in", at=_minutes(20))
    scanned(on, other, "in", at=_minutes(10), n_guests=2)
    scanned(on, third, "in", at=_minutes(4))
    scanned(on, one, "out", at=_minutes(3))
    scanned(on, third, "in", at=_minutes(2), verdict="refuse", reason="revoked", answer="refused")

    now = _zone(edition)

    assert (now.n_inside, now.n_in, now.n_out) == (4, (1, 4), (1, 1))
    assert _zone(edition, slug="press").n_inside == 0


def test_a_scan_that_comes_late_neither_brings_back_who_left_nor_swells_the_flow_of_now(summits):
    edition = summits["rasht2025"]
    on, (one, other, _third) = device(passes.gate(edition)), _badges(edition)
    scanned(on, one, "out", at=_minutes(30))

    scanned(on, one, "in", at=_minutes(90), taken_at=_minutes(1), is_offline=True)
    scanned(on, other, "in", at=_minutes(80), taken_at=_minutes(1), is_offline=True)

    now = _zone(edition)
    assert (now.n_inside, now.n_in, now.n_out) == (1, (0, 0), (0, 0))


def test_the_day_of_refusals_has_an_hour_more_where_the_clock_goes_back(desk, summits):
    edition = summits["atlantic2027"]
    user, on = desk(edition="atlantic2027").user, device(passes.gate(edition))
    night = datetime(2027, 10, 31, 0, 30, tzinfo=edition.zone)
    for hours in (-1, 0, 24, 25):
        at = night.astimezone(UTC) + timedelta(hours=hours)
        scanned(on, at=at, verdict="refuse", reason="forged", answer="refused" if hours else "admitted")
    since, until = day_of(night, edition.zone)

    found = watching.refusals(user, edition, since=since, until=until)

    assert found == [("refuse", "forged", 2, 1)]


@pytest.mark.parametrize("slug", SUMMITS)
def test_the_page_shows_zones_gates_alerts_refusals_and_who_waits(slug, desk, summits):
    edition = summits[slug]
    Zone.objects.filter(edition=edition, slug="hall").update(capacity=1)
    Gate.objects.filter(edition=edition).exclude(slug="gate-hall").update(place_x=None, place_y=None)
    on, (one, other, _third) = device(passes.gate(edition)), _badges(edition)
    lost = device(passes.gate(edition, "gate-press"), at=timezone.now() - timedelta(hours=2), n_queued=7)
    scanned(on, one)
    scanned(on, other, flag="full")
    scanned(on, None, verdict="refuse", reason="forged", answer="refused", text="abc")
    asked(lost)

    context = desk(Role.PROTOCOL, edition=slug).get(_address("gates/now/", slug)).context

    hall = next(each for each in context["zones"] if each["slug"] == "hall")
    gates = {each["slug"]: each for each in context["gates"]}
    assert (hall["inside"], hall["state"], hall["over"]) == ("2", "over", "1")
    assert {name: each["reach"] for name, each in gates.items()} == {
        "gate-site": "none",
        "gate-hall": "online",
        "gate-leaders": "none",
        "gate-ceremony": "none",
        "gate-press": "cut-off",
        "gate-work": "none",
    }
    assert (gates["gate-press"]["queued"], [each["slug"] for each in context["on_map"]]) == ("7", ["gate-hall"])
    assert [(each["flag"], each["key"]) for each in context["alerts"]] == [("full", Scan.objects.get(flag="full").pk)]
    assert [(each["verdict"], each["number"]) for each in context["refusals"]] == [("refuse", "1")]
    assert [each["number"] for each in context["counts"]] == ["1", "1", "1"]


def test_the_part_that_refreshes_costs_an_empty_answer_while_nothing_is_new(desk, summits):
    edition, client = summits["rasht2025"], desk()
    on, (one, *_others) = device(passes.gate(edition)), _badges(edition)
    first = client.get(_address("gates/now/live/"))

    again = client.get(_address("gates/now/live/"), headers={"if-none-match": first.headers["ETag"]})
    scanned(on, one)
    later = client.get(_address("gates/now/live/"), headers={"if-none-match": first.headers["ETag"]})

    # The minute may turn between two requests, and is told on the page.
    assert again.status_code == 304 or again.context["at"] != first.context["at"]
    assert (later.status_code, b"<html" in later.content) == (200, False)
    assert "no-cache" in later.headers["Cache-Control"]


def test_the_wall_names_nobody(desk, summits):
    edition = summits["rasht2025"]
    on, (one, *_others) = device(passes.gate(edition)), _badges(edition)
    scanned(on, one, flag="double")
    name, client = one.person.family_name, desk()

    wall, own = (client.get(_address(f"gates/now/{query}")).content.decode() for query in ("?wall=1", ""))
    live = client.get(_address("gates/now/live/?wall=1")).content.decode()

    assert name in own
    assert name not in wall + live


def test_the_pages_cost_a_fixed_number_of_queries(desk, summits):
    edition, client = summits["rasht2025"], desk()
    on, made = device(passes.gate(edition)), _badges(edition)
    paths = ["gates/now/", "scans/", "devices/", "gate-requests/"]
    scanned(on, made[0], flag="double")
    asked(on)
    client.get(_address(""))

    few = [_cost(client, path) for path in paths]
    for badge in made:
        other = device(passes.gate(edition, "gate-press"))
        scanned(other, badge, flag="void")
        scanned(other, badge, verdict="refuse", reason="lost", answer="refused")
        asked(other)

    assert [_cost(client, path) for path in paths] == few
    assert few[0] <= 12


def _cost(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(_address(path)).status_code == 200
    return len(captured)


def test_scans_are_narrowed_by_what_the_address_asks(desk, summits):
    edition, client = summits["rasht2025"], desk()
    on, press, (one, other, _third) = (
        device(passes.gate(edition)),
        device(passes.gate(edition, "gate-press")),
        _badges(edition),
    )
    scanned(on, one, "in", at=_minutes(60))
    scanned(on, one, "out", at=_minutes(50), is_offline=True)
    scanned(press, other, "in", at=_minutes(40), verdict="refuse", reason="no-zone", answer="refused")
    scanned(press, None, at=_minutes(30), number=9999, flag="unknown")

    def found(query: str) -> list[str]:
        return [row["number"] for row in client.get(_address(f"scans/?{query}")).context["rows"]]

    numbers = [str(one.number), str(other.number), "9,999"]
    assert found("") == [numbers[2], numbers[1], numbers[0], numbers[0]]
    assert found(f"q={one.number}") == [numbers[0]] * 2
    assert found("q=۹۹۹۹&gate=gate-press") == [numbers[2]]
    assert (
        found("way=out") == found("offline=1") == found("from=2025-11-18T11:05&until=2025-11-18T11:15") == numbers[:1]
    )
    assert found("verdict=refuse&reason=no-zone") == found(f"person={other.person.slug}") == numbers[1:2]
    assert found("flag=any") == found("flag=unknown") == numbers[2:]
    assert found(f"badge={one.slug}&verdict=refuse") == []


@FORMS
@pytest.mark.parametrize(
    "query",
    ["q=abc", "q=99999999999999", "way=sideways", "verdict=%00", "from=yesterday", "until=2025-02-30T10:00",
     "before=x", "before=99999999999999999-1", "after=-", "page=9", "gate=nowhere%00", "flag='"],
)  # fmt: skip
def test_what_an_address_asks_wrongly_breaks_nothing(query, desk, summits):
    assert desk().get(_address(f"scans/?{query}")).status_code == 200


def test_pages_of_scans_go_by_place_both_ways(desk, summits, monkeypatch):
    monkeypatch.setattr("ejlas.web.desk.gates.scans.PER_PAGE", 2)
    edition, client = summits["rasht2025"], desk()
    on = device(passes.gate(edition))
    for number in range(1, 6):
        # Two of the same moment stand beside each other, and neither is lost between pages.
        scanned(on, None, number=number, at=_minutes(number // 2))

    pages = [client.get(_address("scans/")).context]
    while pages[-1]["older"]:
        pages.append(client.get(_address(f"scans/?{pages[-1]['older']}")).context)
    back = client.get(_address(f"scans/?{pages[-1]['newer']}")).context

    assert [[row["number"] for row in page["rows"]] for page in pages] == [["1", "3"], ["2", "5"], ["4"]]
    assert [row["number"] for row in back["rows"]] == ["2", "5"]
    assert (pages[0]["newer"], bool(back["newer"]), bool(back["older"])) == ("", True, True)


def test_scans_leave_as_a_workbook_with_what_was_asked_for(desk, summits):
    edition, client = summits["rasht2025"], desk()
    on, (one, *_others) = device(passes.gate(edition)), _badges(edition)
    scanned(on, one, at=NOON)
    scanned(on, None, number=5, text="=1+1", note="=1+1", at=NOON, verdict="refuse", reason="lost", answer="refused")

    made = client.get(_address("scans/?verdict=refuse&format=xlsx"))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(made.content)).get_sheet_by_index(0).to_python()
    assert [row[0:2] + row[3:4] + row[-1:] for row in rows[1:]] == [
        ["2025-11-18 12:00:00", "5", "Plenary hall: entrance", "=1+1"]
    ]
    assert made.headers["Cache-Control"] == "private, no-store"


@PERMISSIONS
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MEDIA_DESK, Role.VETTING, Role.GATE])
def test_who_does_not_watch_gates_sees_nobody_who_passed(role, desk):
    client = desk(role)

    statuses = {client.get(_address(path)).status_code for path in ("gates/now/", "gates/now/live/", "scans/")}

    assert statuses == {403}


def test_the_first_page_tells_what_waits_at_the_gates_in_the_days_of_the_edition(desk, summits):
    edition = summits["rasht2025"]
    user, on = desk().user, device(passes.gate(edition), at=NOON - timedelta(hours=1))
    (made, *_others) = passes.approved(Delegation.objects.filter(edition=edition).order_by("position")[0])
    scanned(on, None, number=3, flag="unknown", at=NOON)
    asked(on, at=NOON)
    Badge.objects.exclude(pk=made.pk).update(state="issued")

    def told(who, at):
        found = today.numbers(who, edition, at, reader_of(edition))
        return {name: found[name] for name in found if name.startswith("gate") or name in {"without_pass", "to_print"}}

    expected = {"gate_requests": 1, "gate_alerts": 1, "gates_cut_off": 1, "without_pass": 0, "to_print": 1}
    assert told(user, NOON) == expected
    assert told(user, NOON + timedelta(days=30))["gates_cut_off"] == 0
    assert told(desk(Role.AUDITOR).user, NOON) == {}
    words = [line.words for line in today.waiting(user, edition, reader_of(edition), expected)]
    assert words[-4:] == [
        "person waits at a gate for an answer",
        "alert of the gates today",
        "gate is cut off",
        "pass is still to be printed",
    ]
