"""Devices that deliver in the same moment, and a server that is killed meanwhile: each scan once, and counts right."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from ejlas.accounts import queries as accounts
from ejlas.core.audit.queries import verify
from ejlas.core.text import Text
from ejlas.delegations.models import Badge, Gate, Presence, Scan
from ejlas.delegations.operations.gate import devices, scans
from ejlas.delegations.operations.passes import badges, opening, steps
from ejlas.delegations.queries.gate.counts import inside
from ejlas.delegations.rules.passes import shapes
from ejlas.delegations.rules.passes.badges import BadgeStep
from ejlas.forum.models import Edition, Forum
from tests.factories.passes import AT, category
from tests.factories.processes import made, script, serving
from tests.factories.stored import begun

LATER = AT + timedelta(days=1)


def said(seq: int, number: int) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "seq": seq,
        "gate": "gate-hall",
        "zone": "hall",
        "way": "in",
        "n": number,
        "p": 0,
        "text": "",
        "verdict": "admit",
        "reason": "ok",
        "answer": "admitted",
        "by": "camera",
        "at": (AT + timedelta(seconds=seq)).isoformat(),
        "skew_ms": 0,
        "offline": True,
        "group": None,
        "guests": 0,
        "note": "",
    }


def at_once(*works: Callable[[], Any]) -> list[Exception]:
    faults: list[Exception] = []

    def do(work: Callable[[], Any]) -> None:
        try:
            work()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.django_db(transaction=True)
def test_devices_that_deliver_at_once_while_passes_change_lose_and_double_nothing() -> None:
    begun()
    edition = Edition.objects.create(
        forum=Forum.objects.create(slug="delta"),
        slug="delta2026",
        number=1,
        name=Text.of(en="Delta"),
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 2),
        timezone="UTC",
        country="IR",
        languages=["en"],
        calendars=["gregorian"],
    )
    by = accounts.system_account()
    opening.open_passes(edition=edition, by=by, at=AT)
    spares = badges.add_spares(category=category(edition, "spare"), n_spares=6, by=by, at=AT)
    gate = Gate.objects.get(edition=edition, slug="gate-hall")
    posts = [devices.enrol_device(gate=gate, name="Tablet", by=by, at=AT)[0] for _device in range(2)]
    numbers = [badge.number for badge in spares]
    # Each device sends its batches twice, as one does whose answers were lost; both let in the same passes.
    queues = [
        (
            device,
            {"run": str(uuid.uuid4()), "scans": [said(seq, number) for seq, number in enumerate(numbers, start=1)]},
        )
        for device in posts
    ]

    def deliver(device: Any, batch: dict[str, Any]) -> None:
        for first in (0, 0, 2, 4, 4):
            run, read = shapes.read_batch({**batch, "scans": batch["scans"][first : first + 2]})
            scans.take_scans(device=device, run=run, scans=read, at=LATER)

    def revoke() -> None:
        for badge in spares:
            steps.take_step(badges=[badge], step=BadgeStep.REVOKE, by=by, at=LATER, reason="Told")

    faults = at_once(*(lambda each=each: deliver(*each) for each in queues), revoke)  # type: ignore[misc]

    assert faults == []
    assert Scan.objects.count() == 12
    # Of the two scans of each pass, the one that came second tells that there were two.
    assert Scan.objects.filter(flag="double").count() == 6
    assert Presence.objects.filter(badge__in=spares, is_inside=True).count() == 6
    assert inside(edition)["hall"] == 6
    assert set(Badge.objects.values_list("state", flat=True)) == {"revoked"}
    assert verify().is_whole


ENROL = """
from datetime import UTC, datetime
from ejlas.accounts import queries
from ejlas.delegations.models import Gate
from ejlas.delegations.operations import open_delegations
from ejlas.delegations.operations.gate import devices
from ejlas.delegations.operations.passes import badges, opening
from ejlas.delegations.models import Category
from ejlas.forum.queries import edition as found
by, at, edition = queries.system_account(), datetime.now(UTC), found("rasht2025")
open_delegations(edition=edition, by=by, at=at)
opening.open_passes(edition=edition, by=by, at=at)
spares = Category.objects.get(edition=edition, slug="spare")
made = badges.add_spares(category=spares, n_spares=50, by=by, at=at)
device, token = devices.enrol_device(gate=Gate.objects.get(edition=edition, slug="gate-hall"), name="x", by=by, at=at)
print(token, made[0].number)
"""
COUNT = """
from ejlas.core.audit.queries import verify
from ejlas.delegations.models import Presence, Scan
seqs = list(Scan.objects.order_by("seq").values_list("seq", flat=True))
is_whole = seqs == list(range(1, len(seqs) + 1)) and verify().is_whole
print(len(seqs), is_whole, Presence.objects.filter(is_inside=True).count())
"""


@pytest.mark.services
def test_a_server_killed_while_scans_come_in_takes_each_once_when_it_is_back(tmp_path: Path) -> None:
    made(tmp_path, "rasht2025")
    token, first = script(ENROL, var=tmp_path).split()
    run = str(uuid.uuid4())
    batches = [
        {"run": run, "scans": [said(start + place, int(first) + place) for place in range(50)]}
        for start in range(1, 501, 50)
    ]

    def send(server: Any, batch: dict[str, Any]) -> int:
        return server.ask(
            "/gate/rasht2025/scans/",
            "POST",
            json.dumps(batch),
            Authorization=f"Device {token}",
            Content_Type="application/json",
            Host="localhost",
        ).status

    with serving(tmp_path) as server:
        killer = threading.Timer(0.5, server.process.kill)
        killer.start()
        answered = 0
        try:
            for batch in batches * 40:
                assert send(server, batch) == 200
                answered += 1
        except (OSError, HTTPException):
            # It may be killed between an answer's head and its body, too.
            pass
        killer.join()
    with serving(tmp_path) as server:
        again = [send(server, batch) for batch in batches]

    assert answered < len(batches) * 40
    assert again == [200] * len(batches)
    assert script(COUNT, var=tmp_path).split() == ["500", "True", "50"]
