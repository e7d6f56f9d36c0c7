"""What gates keep of people goes with its photo, on its day, or with the person; and is told to who asks for it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from ejlas.accounts import queries as accounts
from ejlas.core.files import queries as files
from ejlas.core.files.models import StoredFile
from ejlas.delegations import operations
from ejlas.delegations.models import Badge, Delegation, GateRequest, Presence, Scan
from ejlas.delegations.operations import privacy, purging
from ejlas.delegations.operations.gate import devices, photos, requests, scans
from ejlas.delegations.queries import privacy as held
from ejlas.delegations.queries.gate import lists
from ejlas.delegations.queries.gate import photos as shown
from ejlas.delegations.rules.passes import shapes
from ejlas.delegations.rules.privacy import last_days
from tests.factories.passes import AT, gate, issued

OVER = datetime(2035, 1, 1, 12, tzinfo=UTC)


def picture(colour: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (600, 800), colour).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def edition(summits: dict[str, Any]) -> Any:
    return summits["rasht2025"]


@pytest.fixture
def by() -> Any:
    return accounts.system_account()


@pytest.fixture
def badge(edition: Any, by: Any) -> Badge:
    """A pass that was handed out, with the photo of its person and the small one of the gate."""
    delegation = Delegation.objects.filter(edition=edition).select_related("edition", "party").order_by("position")[0]
    (made,) = issued(delegation)
    person = made.person
    person.delegation = delegation
    operations.set_photo(person=person, picture=picture("teal"), taken_on=None, by=by, at=AT)
    photos.keep_photo(badge=made, at=AT)
    return row(made)


def row(badge: Badge) -> Badge:
    found = Badge.objects.select_related("edition", "person__photo", "person__delegation__edition", "gate_photo")
    return found.get(pk=badge.pk)


def is_kept(file: StoredFile) -> bool:
    return StoredFile.objects.get(pk=file.pk).is_kept


def entry(badge: Badge) -> dict[str, Any]:
    return next(each for each in lists.whole(badge.edition, at=AT)["entries"] if each["n"] == badge.number)


def test_the_small_picture_is_made_once_and_small_enough_for_a_gate(badge: Badge) -> None:
    small = badge.gate_photo

    assert photos.keep_photo(badge=badge, at=AT) == small
    assert (small.media_type, small.n_bytes <= 6000) == ("image/webp", True)
    assert Image.open(BytesIO(files.contents(small))).size == (240, 320)
    assert badge.gate_photo_of == badge.person.photo.key == entry(badge)["pic"]
    assert [shown.picture_of(each) for each in shown.shown(badge.edition, [entry(badge)["pic"], "x"]).values()] == [
        small
    ]


def test_another_photo_takes_the_small_one_with_it_and_the_gates_learn_of_it(badge: Badge, by: Any) -> None:
    before, old, old_key = lists.revisions(badge.edition)[0], badge.gate_photo, badge.person.photo.key

    operations.set_photo(person=badge.person, picture=picture("navy"), taken_on=None, by=by, at=AT)

    assert not is_kept(old)
    assert (row(badge).gate_photo, row(badge).gate_photo_of) == (None, "")
    (changed,) = lists.delta(badge.edition, before, at=AT)["entries"]
    assert changed["pic"] == row(badge).person.photo.key != old_key


def test_a_photo_that_is_removed_takes_the_small_one_with_it(badge: Badge, by: Any) -> None:
    operations.remove_photo(person=badge.person, by=by, at=AT)

    assert not is_kept(badge.gate_photo)
    assert "pic" not in entry(badge)
    assert photos.keep_photo(badge=badge, at=AT) is None


def test_a_purge_of_photos_takes_the_small_ones_with_them_and_the_gates_learn_of_it(badge: Badge, by: Any) -> None:
    before = lists.revisions(badge.edition)[0]

    done = {each.part: each for each in purging.purge(editions=[badge.edition], by=by, at=OVER)}

    assert (done["photo"].n_removed, done["photo"].n_left) == (2, 0)
    assert not is_kept(badge.gate_photo)
    assert row(badge).gate_photo is None
    changed = {each["n"]: each for each in lists.delta(badge.edition, before, at=AT)["entries"]}
    assert "pic" not in changed[badge.number]
    assert photos.keep_photo(badge=badge, at=OVER) is None


def test_an_erased_person_leaves_neither_picture_nor_name_at_the_gates(badge: Badge, by: Any) -> None:
    before, name = lists.revisions(badge.edition)[0], badge.person.passport_name

    privacy.erase_person(person=badge.person, by=by, at=OVER)

    assert not is_kept(badge.gate_photo)
    (changed,) = lists.delta(badge.edition, before, at=AT)["entries"]
    assert name not in str(changed)
    assert "pic" not in changed


def through(badge: Badge, edition: Any, by: Any) -> None:
    """Let somebody through a gate, and somebody without a pass ask there."""
    device, _token = devices.enrol_device(gate=gate(edition), name="Tablet", by=by, at=AT)
    said = {
        "id": str(uuid.uuid4()),
        "seq": 1,
        "gate": "gate-hall",
        "zone": "hall",
        "way": "in",
        "n": badge.number,
        "p": 1,
        "text": "",
        "verdict": "admit",
        "reason": "ok",
        "answer": "admitted",
        "by": "camera",
        "at": AT.isoformat(),
        "skew_ms": 0,
        "offline": False,
        "group": None,
        "guests": 0,
        "note": "Wore a hat",
    }
    run, batch = shapes.read_batch({"run": str(uuid.uuid4()), "scans": [said]})
    scans.take_scans(device=device, run=run, scans=batch, at=AT)
    asked = shapes.Asked(uuid.uuid4(), "Farid Quliyev", "Protocol", "Brings the gifts")
    requests.ask_to_enter(device=device, asked=asked, at=AT)


def test_scans_and_names_at_gates_go_after_their_days_and_not_before(badge: Badge, edition: Any, by: Any) -> None:
    through(badge, edition, by)
    Badge.objects.filter(pk=badge.pk).update(issued_to="Somebody else")
    last = last_days(edition.settings, edition.ends_on)["scans"]
    noon = datetime(last.year, last.month, last.day, 12, tzinfo=edition.zone)

    kept = {each.part: each for each in purging.purge(editions=[edition], by=by, at=noon)}
    there = (Scan.objects.count(), Presence.objects.count())
    gone = {each.part: each for each in purging.purge(editions=[edition], by=by, at=noon + timedelta(days=1))}

    assert (last - edition.ends_on).days == 90
    assert there == (1, 1)
    assert [kept[name].n_left for name in ("scans", "walk_ins", "holders")] == [1, 1, 1]
    assert [gone[name].n_removed for name in ("scans", "walk_ins", "holders")] == [1, 1, 1]
    assert all(each.is_proven for each in gone.values())
    assert (Scan.objects.count(), Presence.objects.count()) == (0, 0)
    assert (GateRequest.objects.get().name, row(badge).issued_to) == ("", "")


def test_what_gates_know_of_a_person_is_told_and_goes_with_the_person(badge: Badge, edition: Any, by: Any) -> None:
    through(badge, edition, by)
    person = held.entries_of(badge.person)[0]

    told = held.all_held(person).as_json()
    privacy.erase_person(person=person, by=by, at=OVER)

    assert told["passes"][0]["number"] == badge.number
    assert told["scans"] == [
        {
            "number": badge.number,
            "at": AT.isoformat(),
            "way": "in",
            "verdict": "admit",
            "reason": "ok",
            "answer": "admitted",
            "note": "Wore a hat",
            "at_gate": "gate-hall",
            "kept_until": last_days(edition.settings, edition.ends_on)["scans"].isoformat(),
        }
    ]
    assert Scan.objects.get().note == ""
