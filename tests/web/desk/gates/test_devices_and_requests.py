"""Devices that are moved and shut out, and the answer to who asks at a gate to come in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.delegations.models import Badge, Device, GateRequest
from ejlas.delegations.operations.passes import badges, matrix, steps
from ejlas.delegations.rules.passes.scans import RequestState
from ejlas.delegations.rules.passes.watching import OFFICES
from tests.factories import passes
from tests.factories.gates import asked, device
from tests.marks import FORMS, PERMISSIONS

DEVICES, REQUESTS = "/desk/rasht2025/devices/", "/desk/rasht2025/gate-requests/"


@pytest.fixture
def edition(summits):
    return summits["rasht2025"]


@pytest.fixture
def waiting(edition):
    """Return somebody who waits at a gate, where an office is named and two spares are printed."""
    by, at = accounts.system_account(), timezone.now()
    made = badges.add_spares(category=passes.category(edition, "spare"), n_spares=2, by=by, at=at)
    steps.note_printed(badges=made, by=by, at=at)
    matrix.set_rules(edition=edition, rules={OFFICES: {"support": "Office of works"}}, by=by, at=at)
    return asked(device(passes.gate(edition)))


def _spares(edition) -> list[Badge]:
    return list(Badge.objects.filter(edition=edition, kind="spare").order_by("number"))


def _one(request: GateRequest) -> str:
    return f"{REQUESTS}of/{request.request_id}/"


def _granted(edition, **more) -> dict[str, str]:
    ends_at = timezone.now().astimezone(edition.zone) + timedelta(hours=3)
    sent = {"act": "grant", "category": "support", "spare": _spares(edition)[0].slug, "answer": "Gate 2, with escort."}
    return {**sent, "ends_at": f"{ends_at:%Y-%m-%dT%H:%M}", **more}


def test_a_device_shows_what_is_wrong_with_it_and_moves_to_another_gate(desk, edition):
    at = timezone.now()
    on = device(passes.gate(edition), at=at - timedelta(hours=30), seen_at=at, skew_ms=-180_000, n_queued=4)
    client = desk(Role.ACCREDITATION_DESK)

    row = client.get(DEVICES).context["rows"][0]
    client.post(f"{DEVICES}of/{on.slug}/", {"gate": "gate-press"})
    wrong = client.post(f"{DEVICES}of/{on.slug}/", {"gate": "gate-of-heaven"})

    shown = {name: row[name] for name in ("reach", "list_age", "is_old", "queued", "skew")}
    assert shown == {"reach": "online", "list_age": "30 hours", "is_old": True, "queued": "4", "skew": "3 minutes slow"}
    assert Device.objects.get(pk=on.pk).gate.slug == "gate-press"
    assert wrong.status_code == 422


def test_a_device_is_shut_out_after_it_was_said_what_happens(desk, edition):
    on, client = device(passes.gate(edition), n_queued=4), desk()
    address = f"{DEVICES}of/{on.slug}/shut-out/"

    said = client.get(address).content.decode()
    before = Device.objects.get(pk=on.pk).shut_out_at
    client.post(address)

    assert "as it last told: 4." in said
    assert "24 hours after the last contact" in said
    assert before is None
    assert Device.objects.get(pk=on.pk).shut_out_by == client.user.name
    assert client.get(DEVICES).context["rows"] == []
    assert [row["is_out"] for row in client.get(f"{DEVICES}?state=out").context["rows"]] == [True]
    assert Line.objects.filter(event="delegations.device.shut_out", subject=on.slug).count() == 1
    assert client.get("/desk/rasht2025/trail/").status_code == 200


@PERMISSIONS
def test_a_device_is_nobodys_of_another_edition_and_not_of_protocol(desk, edition):
    on = device(passes.gate(edition))
    stranger, protocol = desk(edition="atlantic2027"), desk(Role.PROTOCOL)

    statuses = [
        stranger.post(f"/desk/atlantic2027/devices/of/{on.slug}/shut-out/").status_code,
        protocol.post(f"{DEVICES}of/{on.slug}/shut-out/").status_code,
        protocol.get(DEVICES).status_code,
    ]

    assert statuses == [404, 403, 403]
    assert Device.objects.get(pk=on.pk).shut_out_at is None


def test_who_waits_gets_a_spare_on_the_word_of_the_office_of_the_category(desk, edition, waiting):
    client = desk(Role.PROTOCOL)
    page = client.get(_one(waiting)).context

    client.post(_one(waiting), _granted(edition))

    row, badge = GateRequest.objects.select_related("badge__category").get(pk=waiting.pk), _spares(edition)[0]
    assert page["grant"].fields["category"].choices == [("support", "Support staff — Office of works")]
    assert (row.state, row.approver, row.answer) == (RequestState.GRANTED, "Office of works", "Gate 2, with escort.")
    assert (row.badge, badge.state, badge.category.slug) == (badge, "issued", "support")
    assert client.get(_one(waiting)).context["row"]["badge"] == str(badge.number)
    assert client.get(REQUESTS).context["rows"] == []
    assert [each["state"] for each in client.get(f"{REQUESTS}?state=answered").context["rows"]] == ["granted"]


def test_a_spare_is_offered_until_the_end_of_the_day_at_the_place(desk, edition, waiting):
    initial = desk().get(_one(waiting)).context["grant"].initial["ends_at"]

    local = initial.astimezone(edition.zone)
    tomorrow = timezone.now().astimezone(edition.zone).date() + timedelta(days=1)
    assert local == datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=edition.zone)


@FORMS
@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "heads"},
        {"category": ""},
        {"spare": "badge-of-nobody"},
        {"ends_at": "2020-01-01T10:00"},
        {"ends_at": "soon"},
        {"answer": "x" * 501},
        {"act": "refuse", "answer": " "},
    ],
)
def test_an_answer_that_lacks_something_changes_nothing(wrong, desk, edition, waiting):
    lines = Line.objects.count()

    answer = desk().post(_one(waiting), _granted(edition, **wrong))

    assert answer.status_code == 422
    assert GateRequest.objects.get(pk=waiting.pk).state == RequestState.ASKED
    assert {badge.state for badge in _spares(edition)} == {"printed"}
    assert Line.objects.count() == lines + 2


def test_the_second_of_two_officers_is_told_that_it_was_answered(desk, edition, waiting):
    first, second = desk(name="First Officer"), desk(Role.PROTOCOL)

    first.post(_one(waiting), {"act": "refuse", "answer": "Nobody knows this person."})
    answer = second.post(_one(waiting), _granted(edition))

    assert "answered already by First Officer" in answer.content.decode()
    assert GateRequest.objects.get(pk=waiting.pk).state == RequestState.REFUSED
    assert {badge.state for badge in _spares(edition)} == {"printed"}


def test_without_an_office_or_a_spare_nobody_can_be_let_in_and_the_page_says_why(desk, edition):
    there, client = asked(device(passes.gate(edition))), desk()

    without_office = client.get(_one(there)).content.decode()
    client.post(f"{REQUESTS}offices/", {"press-category": " Press office ", "support": ""})
    without_spare = client.get(_one(there)).content.decode()

    edition.refresh_from_db()
    assert "No office is named that approves walk-ins" in without_office
    assert "No printed spare card is free" in without_spare
    assert edition.settings["passes"][OFFICES] == {"press-category": "Press office"}
    assert client.get("/desk/rasht2025/edition/passes/history/").status_code == 200


@PERMISSIONS
def test_offices_are_named_by_who_changes_gates_and_requests_stay_in_their_edition(desk, edition, waiting):
    stranger, protocol = desk(edition="atlantic2027"), desk(Role.PROTOCOL)

    statuses = [
        stranger.get(f"/desk/atlantic2027/gate-requests/of/{waiting.request_id}/").status_code,
        stranger.get("/desk/atlantic2027/gate-requests/of/nothing/").status_code,
        protocol.get(f"{REQUESTS}offices/").status_code,
    ]

    assert statuses == [404, 404, 403]
    assert protocol.get(REQUESTS).context["offices_address"] == ""
