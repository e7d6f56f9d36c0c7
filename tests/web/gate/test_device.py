"""What a device sends and gets at the gate: enrolled, its list, its pulse, its scans; and who gets nothing."""

from __future__ import annotations

import json
import uuid
from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from ejlas.accounts.models import Grant, User
from ejlas.accounts.queries import system_account
from ejlas.accounts.rules import Role
from ejlas.core import sealing, signing
from ejlas.core.audit.models import Line
from ejlas.delegations.models import Delegation, Device, GateRequest, Scan
from ejlas.delegations.operations import set_photo
from ejlas.delegations.operations.gate import devices
from tests.factories.passes import AT, gate, issued
from tests.factories.people import person, visitor

HERE = "/gate/rasht2025/"


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


def signed(*roles: Role, **more: Any) -> Client:
    client = Client(headers={"host": "localhost"})
    who = person(*roles, password=None, **more)
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def enrolled(client: Client, edition: str = "rasht2025") -> dict[str, Any]:
    said = {"name": "Tablet 1", "gate": "gate-hall"}
    answer = client.post(f"/gate/{edition}/devices/", said, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return answer.json()


@pytest.fixture
def device(summits: Any) -> dict[str, Any]:
    return enrolled(signed(Role.GATE))


def ask(token: str, path: str, body: Any = None, **more: Any) -> Any:
    """Ask as a device does: without a cookie, by the token alone."""
    client = visitor(**more)
    client.handler.enforce_csrf_checks = True
    headers = {"Authorization": f"Device {token}"}
    if body is None:
        return client.get(HERE + path, headers=headers)
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(HERE + path, text, content_type="application/json", headers=headers)


def scan(seq: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "seq": seq,
        "gate": "gate-hall",
        "zone": "hall",
        "way": "in",
        "n": None,
        "p": None,
        "text": "",
        "verdict": "admit",
        "reason": "ok",
        "answer": "admitted",
        "by": "camera",
        "at": "2025-11-18T08:00:00.000Z",
        "skew_ms": 0,
        "offline": False,
        "group": None,
        "guests": 0,
        "note": "",
    } | more


def batch(*scans: dict[str, Any], run: str = "") -> dict[str, Any]:
    return {"run": run or str(uuid.uuid4()), "scans": list(scans)}


def opened(answer: Any, device: dict[str, Any]) -> Any:
    """Open a body as the device does: the signature first."""
    body = answer.content
    given = answer.headers["X-Ejlas-Signature"]
    signature = signing.urlsafe_b64decode(given + "=" * (-len(given) % 4))
    assert signing.verify(device["key"], b"ejlas list\n" + body, signature)
    return json.loads(sealing.opened(body, token=device["token"]))


def test_an_officer_makes_a_browser_a_device_whose_token_is_kept_nowhere(device: dict[str, Any]) -> None:
    row = Device.objects.get(slug=device["device"])

    assert len(signing.raw(device["token"])) == 32
    assert device["token"] not in str(vars(row))
    assert (row.name, row.gate.slug, row.enrolled_by) == ("Tablet 1", "gate-hall", "Nilufar Rad")
    assert Line.objects.filter(event="delegations.device.enrolled", subject=row.slug).count() == 1


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ("{", ""),
        ("[" * 100_000, ""),
        ("[]", ""),
        ({}, "name"),
        ({"name": " ", "gate": "gate-hall"}, "name"),
        ({"name": "x" * 101, "gate": "gate-hall"}, "name"),
        ({"name": "Tablet", "gate": "gate-moon"}, "gate"),
        ({"name": "Tablet", "gate": 7}, "gate"),
    ],
)
def test_a_device_without_a_name_or_a_gate_is_not_enrolled(summits: Any, body: Any, at: str) -> None:
    text = body if isinstance(body, str) else json.dumps(body)

    answer = signed(Role.GATE).post(HERE + "devices/", text, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"fault": "shape", "at": at})
    assert not Device.objects.exists()


def test_nobody_else_enrols_a_device_and_no_page_elsewhere_makes_an_officer_do_it(summits: Any) -> None:
    said = {"name": "Tablet", "gate": "gate-hall"}
    careless = signed(Role.GATE)
    careless.handler.enforce_csrf_checks = True

    answers = [
        signed(Role.FOCAL_POINT).post(HERE + "devices/", said, content_type="application/json").status_code,
        signed(Role.GATE, edition="atlantic2027")
        .post(HERE + "devices/", said, content_type="application/json")
        .status_code,
        visitor().post(HERE + "devices/", said, content_type="application/json").status_code,
        careless.post(HERE + "devices/", said, content_type="application/json").status_code,
    ]

    assert answers == [403, 403, 302, 403]
    assert not Device.objects.exists()


def test_the_list_is_sealed_for_the_device_signed_by_the_edition_and_followed_by_what_changed(
    summits: Any, device: dict[str, Any]
) -> None:
    whole = opened(ask(device["token"], "list/"), device)
    (badge,) = issued(Delegation.objects.filter(edition=summits["rasht2025"]).order_by("position")[0])
    since = whole["rules"]["revision"]

    changes = opened(ask(device["token"], f"list/?since={since}"), device)

    assert whole["rules"]["key"] == device["key"]
    assert [entry["n"] for entry in changes["entries"]] == [badge.number]
    assert ask(device["token"], f"list/?since={changes['revision']}").status_code == 304
    assert "rules" in opened(ask(device["token"], "list/?since=999999"), device)
    assert ask(device["token"], "list/?since=x").json() == {"fault": "shape", "at": "since"}


def test_another_device_cannot_open_the_list_of_this_one(summits: Any, device: dict[str, Any]) -> None:
    other = enrolled(signed(Role.GATE))

    body = ask(device["token"], "list/").content

    with pytest.raises(sealing.SealBroken):
        sealing.opened(body, token=other["token"])
    with pytest.raises(sealing.SealBroken):
        sealing.opened(body[:-1] + bytes([body[-1] ^ 1]), token=device["token"])
    with pytest.raises(sealing.SealBroken):
        sealing.opened(b"EJL2" + body[4:], token=device["token"])


PATHS = {"list/": None, "pulse/?since=1&queued=0": None, "photos/?keys=a": None, "scans/": {}, "requests/": {}}


@pytest.mark.parametrize("path", PATHS)
def test_only_a_device_of_this_edition_is_answered(summits: Any, path: str) -> None:
    elsewhere = enrolled(signed(Role.GATE, edition="atlantic2027"), "atlantic2027")
    officer = signed(Role.GATE)

    told = [ask(token, path, PATHS[path]) for token in (elsewhere["token"], "A" * 43, "x", "", "é")]
    by_cookie = officer.get(HERE + path)

    assert {(each.status_code, each.json()["fault"]) for each in told} == {(401, "unknown")}
    assert by_cookie.status_code == 401
    assert "no-store" in told[0].headers["Cache-Control"]


def test_whoever_guesses_tokens_is_slowed_and_the_devices_are_not(summits: Any, device: dict[str, Any]) -> None:
    answers = [ask("A" * 43, "list/").status_code for _ in range(61)]

    assert answers == [401] * 60 + [429]
    assert ask("A" * 43, "list/").headers["Retry-After"] == "60"
    assert ask(device["token"], "pulse/?since=1&queued=0").status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_a_device_that_was_shut_out_is_told_to_erase_itself(summits: Any, device: dict[str, Any], path: str) -> None:
    row = Device.objects.get(slug=device["device"])
    devices.shut_out_device(device=row, by=person(Role.HEAD, password=None), at=AT, reason="Lost")

    answer = ask(device["token"], path, PATHS[path])

    assert (answer.status_code, answer.json()) == (410, {"fault": "shut-out"})


@pytest.mark.parametrize("ending", ["role", "account"])
def test_a_device_goes_with_the_officer_who_enrolled_it(summits: Any, ending: str) -> None:
    officer = signed(Role.GATE)
    device = enrolled(officer)
    row = Device.objects.get(slug=device["device"])
    assert ask(device["token"], "pulse/?since=1&queued=0").status_code == 200
    if ending == "role":
        Grant.objects.filter(user=row.enrolled_by_user).delete()
    else:
        User.objects.filter(pk=row.enrolled_by_user).update(is_active=False)

    answers = [ask(device["token"], "pulse/?since=1&queued=0").status_code for _ in range(2)]

    row.refresh_from_db()
    assert answers == [410, 410]
    assert row.shut_out_at is not None
    assert Line.objects.filter(event="delegations.device.shut_out", subject=row.slug).count() == 1


def test_the_pulse_tells_counts_and_answers_and_hears_that_the_device_lives(
    summits: Any, device: dict[str, Any]
) -> None:
    (badge,) = issued(Delegation.objects.filter(edition=summits["rasht2025"]).order_by("position")[0])
    ask(device["token"], "scans/", batch(scan(n=badge.number, p=1, guests=2)))
    asked = {"id": str(uuid.uuid4()), "name": "Farid Quliyev", "office": "Protocol", "reason": "Brings the gifts"}
    answer = ask(device["token"], "requests/", asked)
    assert ask(device["token"], "requests/", asked).status_code == 201

    told = ask(device["token"], "pulse/?since=1&queued=3&list_at=2025-11-18T08:00:00.000Z").json()

    row = Device.objects.get(slug=device["device"])
    assert answer.status_code == 201
    assert (told["inside"]["hall"], told["inside"]["site"], told["gate"], told["is_newer"]) == (3, 0, "gate-hall", True)
    assert told["requests"] == []
    assert (row.n_queued, row.list_at.isoformat()) == (3, "2025-11-18T08:00:00+00:00")
    assert GateRequest.objects.get().name == "Farid Quliyev"


@pytest.mark.parametrize(
    "query", ["", "since=-1&queued=0", "since=1&queued=x", "since=1&queued=0&list_at=now", "since=٣&queued=0"]
)
def test_a_pulse_that_says_nothing_sensible_is_refused(summits: Any, device: dict[str, Any], query: str) -> None:
    assert ask(device["token"], f"pulse/?{query}").json()["fault"] == "shape"


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"id": "1", "name": "x", "office": "", "reason": ""}, "id"),
        ({"id": str(uuid.uuid4()), "name": "  ", "office": "", "reason": ""}, "name"),
        ({"id": str(uuid.uuid4()), "name": "x", "office": "x" * 201, "reason": ""}, "office"),
        ([], ""),
    ],
)
def test_a_request_that_names_nobody_is_refused(summits: Any, device: dict[str, Any], body: Any, at: str) -> None:
    answer = ask(device["token"], "requests/", body)

    assert (answer.status_code, answer.json()) == (400, {"fault": "shape", "at": at})
    assert not GateRequest.objects.exists()


def test_scans_are_taken_each_once_and_a_lost_answer_is_told_again(summits: Any, device: dict[str, Any]) -> None:
    sent = batch(scan(1), scan(2, n=999_999, p=1), scan(3, text="https://example.org/\x00"))

    first, again = (ask(device["token"], "scans/", sent).json() for _ in range(2))

    ids = [each["id"] for each in sent["scans"]]
    assert (first["taken"], first["next"]) == (ids, 4)
    assert (again["taken"], again["next"]) == (ids, 4)
    assert [(each["id"], each["flag"]) for each in first["flags"]] == [(ids[1], "unknown")]
    assert [(each["id"], each["flag"]) for each in again["flags"]] == [(ids[1], "unknown")]
    assert Scan.objects.count() == 3
    assert Scan.objects.get(scan_id=ids[2]).text == "https://example.org/\ufffd"
    assert Line.objects.filter(event="delegations.scans.taken").count() == 1


def test_a_gap_is_named_and_nothing_behind_it_is_taken(summits: Any, device: dict[str, Any]) -> None:
    run = str(uuid.uuid4())
    first = batch(scan(1), scan(2), run=run)
    ask(device["token"], "scans/", first)

    gap = ask(device["token"], "scans/", batch(scan(4), run=run))
    inside = ask(device["token"], "scans/", batch(scan(3), scan(5), run=run))
    overlapping = ask(device["token"], "scans/", batch(*first["scans"], scan(3), run=run))

    assert (gap.status_code, gap.json()) == (409, {"fault": "order", "next": 3})
    assert (inside.status_code, inside.json()) == (409, {"fault": "order", "next": 3})
    assert overlapping.json()["next"] == 4
    assert Scan.objects.count() == 3


LONG = "x" * 201
FAULTS = [
    ({"id": "no"}, "id"),
    ({"seq": 0}, "seq"),
    ({"seq": True}, "seq"),
    ({"gate": "gate-moon"}, "gate"),
    ({"zone": "moon"}, "zone"),
    ({"zone": None}, "zone"),
    ({"way": "through"}, "way"),
    ({"way": []}, "way"),
    ({"n": -1}, "n"),
    ({"n": "1"}, "n"),
    ({"p": 128}, "p"),
    ({"text": LONG}, "text"),
    ({"verdict": "maybe"}, "verdict"),
    ({"reason": "because"}, "reason"),
    ({"answer": ""}, "answer"),
    ({"by": "nose"}, "by"),
    ({"at": "yesterday"}, "at"),
    ({"at": "2025-11-18T08:00:00"}, "at"),
    ({"at": 5}, "at"),
    ({"at": "0001-01-01T00:00:00Z"}, "at"),
    ({"skew_ms": 1.5}, "skew_ms"),
    ({"offline": 1}, "offline"),
    ({"group": "all"}, "group"),
    ({"guests": 1001}, "guests"),
    ({"note": "x" * 301}, "note"),
]


def test_a_wrong_field_is_named_and_nothing_of_its_batch_is_written(summits: Any, device: dict[str, Any]) -> None:
    told = []
    for wrong, _field in FAULTS:
        answer = ask(device["token"], "scans/", batch(scan(1), scan(2) | wrong))
        told.append((answer.status_code, answer.json()))
    missing = scan(1)
    del missing["by"]
    twice = scan(1)

    assert told == [(400, {"fault": "shape", "at": f"scans[1].{field}"}) for _wrong, field in FAULTS]
    assert ask(device["token"], "scans/", batch(missing)).json()["at"] == "scans[0].by"
    assert ask(device["token"], "scans/", batch(twice, twice | {"seq": 2})).json()["at"] == "scans[1].id"
    assert ask(device["token"], "scans/", batch(scan(1), "x")).json()["at"] == "scans[1]"
    assert ask(device["token"], "scans/", batch()).json()["at"] == "scans"
    assert ask(device["token"], "scans/", batch(*(scan(seq) for seq in range(1, 52)))).json()["at"] == "scans"
    assert ask(device["token"], "scans/", batch(scan(1), run="mine")).json()["at"] == "run"
    assert ask(device["token"], "scans/", '"\\ud800"').json()["at"] == ""
    assert not Scan.objects.exists()


def test_a_queue_of_another_device_is_not_gone_on_with(summits: Any, device: dict[str, Any]) -> None:
    other, run = enrolled(signed(Role.GATE)), str(uuid.uuid4())
    ask(other["token"], "scans/", batch(scan(1), run=run))

    answer = ask(device["token"], "scans/", batch(scan(2), run=run))

    assert (answer.status_code, answer.json()) == (400, {"fault": "shape", "at": "run"})
    assert Scan.objects.count() == 1


def test_half_a_sign_cut_out_of_a_code_is_kept_as_a_sign_that_says_so(summits: Any, device: dict[str, Any]) -> None:
    body = json.dumps(batch(scan(1))).replace('"text": ""', '"text": "\\ud83d"')

    assert ask(device["token"], "scans/", body).json()["next"] == 2
    assert Scan.objects.get().text == "?"


def test_a_device_that_was_moved_hears_of_it(summits: Any, device: dict[str, Any]) -> None:
    row = Device.objects.get(slug=device["device"])

    devices.move_device(device=row, gate=gate(row.edition, "gate-site"), by=person(Role.HEAD, password=None), at=AT)

    assert ask(device["token"], "pulse/?since=1&queued=0").json()["gate"] == "gate-site"


def test_the_page_of_all_that_is_held_of_a_person_tells_the_gates(summits: Any, device: dict[str, Any]) -> None:
    (badge,) = issued(Delegation.objects.filter(edition=summits["rasht2025"]).order_by("position")[0])
    ask(device["token"], "scans/", batch(scan(n=badge.number, p=1, note="Wore a hat")))

    page = signed(Role.HEAD).post(f"/desk/rasht2025/persons/of/{badge.person.slug}/held/", {"way": "page"})

    assert "At the gates" in page.content.decode()
    assert "Wore a hat" in page.content.decode()


def test_photos_come_small_and_sealed_and_those_that_are_nobodys_are_left_out(
    summits: Any, device: dict[str, Any]
) -> None:
    (badge,) = issued(Delegation.objects.filter(edition=summits["rasht2025"]).order_by("position")[0])
    made = BytesIO()
    Image.new("RGB", (600, 800), "teal").save(made, "JPEG")
    set_photo(person=badge.person, picture=made.getvalue(), taken_on=None, by=system_account(), at=AT)
    key = badge.person.photo.key

    told = [opened(ask(device["token"], f"photos/?keys={key},{'x' * 32}"), device) for _again in range(2)]
    wrong = [ask(device["token"], f"photos/?keys={keys}") for keys in ("", ",".join(["a"] * 51), "x" * 41)]

    assert told[0] == told[1]
    assert list(told[0]) == [key]
    assert Image.open(BytesIO(b64decode(told[0][key]))).format == "WEBP"
    assert {answer.json()["at"] for answer in wrong} == {"keys"}
