"""So many scans of 20 gates in the database of `DATABASE_URL`, and what the pages of who watches them take."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.desk_reader import measure_pages, signed_in  # noqa: E402
from ejlas.accounts import queries as users  # noqa: E402
from ejlas.core.text import Text  # noqa: E402
from ejlas.delegations import operations  # noqa: E402
from ejlas.delegations.models import Badge, Category, Delegation, Device, Gate, Presence, Run, Scan, Zone  # noqa: E402
from ejlas.delegations.operations.passes import opening  # noqa: E402
from ejlas.delegations.rules.passes.verdicts import Reason  # noqa: E402
from ejlas.forum import queries as forum  # noqa: E402
from ejlas.journeys.summit_file.load import load  # noqa: E402
from tests.factories.summits import summit  # noqa: E402

SLUG, N_GATES, N_INSIDE = "atlantic2027", 20, 20_000
PAGES = {
    "gates now": "gates/now/",
    "gates now, its part alone": "gates/now/live/",
    "gates now, on a wall": "gates/now/?wall=1",
    "scans": "scans/",
    "scans, far back": "scans/?before={far}",
    "scans refused at a gate": "scans/?gate=gate-7&verdict=refuse",
    "scans of a number": "scans/?q=4711",
    "scans with an alert": "scans/?flag=any",
    "devices": "devices/",
    "requests": "gate-requests/",
    "first page of the desk": "",
}


def fill(number: int) -> datetime:
    """Make the tables and an edition with passes, gates and so many scans; return the moment of the last."""
    call_command("migrate", verbosity=0)
    by, at = users.system_account(), timezone.now()
    load(summit(SLUG), by=by, at=at)
    edition = forum.edition(SLUG)
    assert edition is not None
    operations.open_delegations(edition=edition, by=by, at=at)
    opening.open_passes(edition=edition, by=by, at=at)
    zones = list(Zone.objects.filter(edition=edition))
    Zone.objects.filter(edition=edition).update(capacity=5_000)
    badges = _badges(edition)
    gates = _lay(
        Gate(
            edition=edition,
            slug=f"gate-{place}",
            position=100 + place,
            name=Text.of(en=f"Gate {place}"),
            zone=zones[place % len(zones)],
            place_x=place * 5,
            place_y=place * 37 % 100,
        )
        for place in range(N_GATES)
    )
    devices = _lay(
        Device(
            edition=edition,
            slug=f"device-{place}",
            gate=gate,
            name=f"Tablet {place}",
            token_hash=f"{place:064}",
            enrolled_at=at,
            enrolled_by="Bench",
            seen_at=at,
            list_at=at,
        )
        for place, gate in enumerate(gates)
    )
    runs = _lay(Run(device=device, run=UUID(int=place)) for place, device in enumerate(devices))
    _lay(
        Presence(zone=zones[place % len(zones)], badge=badge, is_inside=True, at=at, noted_at=at)
        for place, badge in enumerate(badges)
    )
    _lay(_scan(edition, place, number, gates, runs, badges, at) for place in range(number))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return at


def _badges(edition: Any) -> list[Badge]:
    category = Category.objects.get(edition=edition, slug="overpass")
    delegations = list(Delegation.objects.filter(edition=edition))
    first = 1 + (Badge.objects.filter(edition=edition).aggregate(most=models.Max("number"))["most"] or 0)
    rows = [
        Badge(
            edition=edition,
            slug=f"badge-{place}",
            position=place,
            kind="overpass",
            number=first + place,
            print_number=1,
            state="issued",
            category=category,
            delegation=delegations[place % len(delegations)],
        )
        for place in range(N_INSIDE)
    ]
    return _lay(rows)


def _scan(
    edition: Any, place: int, number: int, gates: list[Any], runs: list[Any], badges: list[Any], at: datetime
) -> Scan:
    # A day of scans: 15 minutes of it hold about a thousand.
    gate, badge = gates[place % N_GATES], badges[place * 7 % N_INSIDE]
    is_refused, moment = place % 50 == 0, at - timedelta(days=1) * (number - place) / number
    reasons = [reason for reason in Reason if reason is not Reason.OK]
    return Scan(
        scan_id=UUID(int=place),
        edition=edition,
        run=runs[place % N_GATES],
        seq=1 + place // N_GATES,
        gate=gate,
        zone_id=gate.zone_id,
        badge=badge,
        number=badge.number,
        way="in" if place % 3 else "out",
        verdict="refuse" if is_refused else "admit",
        reason=reasons[place // 50 % len(reasons)] if is_refused else Reason.OK,
        answer="refused" if is_refused else "admitted",
        by="camera",
        at=moment,
        taken_at=moment,
        flag="double" if place % 1000 == 7 else "",
    )


def _lay(rows: Iterable[Any]) -> list[Any]:
    laid = list(rows)
    for first in range(0, len(laid), 5_000):
        part = laid[first : first + 5_000]
        type(part[0])._default_manager.bulk_create(part)
    return laid


def measure(at: datetime, number: int) -> None:
    """Print what every page takes."""
    far = int((at - timedelta(hours=20)).timestamp() * 1_000_000)
    paths = {name: f"/desk/{SLUG}/{pattern.format(far=f'{far}-1')}" for name, pattern in PAGES.items()}
    measure_pages(f"{number:,} scans", signed_in(SLUG, language="en", at=timezone.now()), paths)


if __name__ == "__main__":
    count = int(sys.argv[1])
    measure(fill(count), count)
