"""So many obligations with a forecast in the database of `DATABASE_URL`, what their pages take, and their chart."""

from __future__ import annotations

import os
import random
import sys
import time
from datetime import date, datetime, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.desk_reader import measure_pages, signed_in  # noqa: E402
from benchmarks.frames import frames  # noqa: E402
from ejlas.accounts import queries as users  # noqa: E402
from ejlas.core.text import Text  # noqa: E402
from ejlas.forum import queries as forum  # noqa: E402
from ejlas.forum.models import Edition  # noqa: E402
from ejlas.journeys.summit_file.load import load  # noqa: E402
from ejlas.planning.models import Forecast  # noqa: E402
from ejlas.planning.operations import ready  # noqa: E402
from ejlas.planning.queries import ready as forecasts  # noqa: E402
from ejlas.readiness.models import Body, Link, Obligation, Resource, ResourceUse, Workstream  # noqa: E402
from tests.factories.summits import summit  # noqa: E402

SLUG, SEED = "atlantic2027", 7
N_BODIES, N_STREAMS, N_FORECASTS = 40, 12, 60
# The opening, so many days from now, is neither sure to be met nor sure to be missed.
DAYS_AHEAD = {100: 100, 2_000: 850}
PAGES = {
    "are we ready": "readiness/",
    "the rest of the summit": "readiness/others/?part=1",
    "chart, a page of the table": "readiness/plan/",
    "chart, its data": "readiness/plan/data/",
}


def fill(number: int) -> None:
    """Make the tables, an edition that opens later, so many obligations in an order, and forecasts of them."""
    call_command("migrate", verbosity=0)
    by, at = users.system_account(), timezone.now()
    load(summit(SLUG), by=by, at=at)
    opening = at.date() + timedelta(days=DAYS_AHEAD.get(number, number // 2))
    Edition.objects.filter(slug=SLUG).update(starts_on=opening, ends_on=opening + timedelta(days=2))
    edition = forum.edition(SLUG)
    assert edition is not None
    _owed(edition, number, at.date())
    for days in range(N_FORECASTS, 0, -1):
        _figures(edition, at - timedelta(days=days))
    asked = ready.ask_for_forecast(edition=edition, by=by, at=at)
    start = time.process_time()
    made = ready.make_forecast(forecast=forecasts.forecast_by_key(asked.pk), at=at)
    print(f"{number:,} obligations: ready in time {made.p_ready:.2f}; made in {time.process_time() - start:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _owed(edition: Any, number: int, today: date) -> None:
    chance = random.Random(SEED)
    names = [f"{each} {place}" for place in range(number) for each in ("Lay the cables of the hall",)]
    bodies = _laid(Body(edition=edition, name=Text.of(en=f"Body {n}"), **_of("body", n)) for n in range(N_BODIES))
    streams = _laid(
        Workstream(edition=edition, name=Text.of(en=f"Stream {n}"), **_of("stream", n)) for n in range(N_STREAMS)
    )
    crew = _laid([Resource(edition=edition, name=Text.of(en="Crews"), capacity=12, **_of("crews", 0))])[0]
    rows = []
    for place, name in enumerate(names):
        least = chance.randint(1, 4)
        likely = least + chance.randint(0, 4)
        rows.append(
            Obligation(
                edition=edition,
                name=Text.of(en=name, fa=f"تعهد شماره {place}"),
                body=bodies[place % N_BODIES],
                workstream=streams[place * N_STREAMS // number],
                due_on=today + timedelta(days=30 + place * ((edition.starts_on - today).days - 40) // number),
                least_days=least,
                likely_days=likely,
                most_days=likely + chance.randint(0, 8),
                **_of("owed", place),
            )
        )
    rows = _laid(rows)
    pairs = {(place - chance.randint(1, min(place, 60)), place) for place in range(1, number) for _ in range(2)}
    _laid(Link(before=rows[before], after=rows[after]) for before, after in sorted(pairs)[: number * 3 // 2])
    _laid(ResourceUse(obligation=row, resource=crew) for row in rows[::7])


def _of(kind: str, place: int) -> dict[str, Any]:
    return {"slug": f"{kind}-{place}", "position": place}


def _laid(rows: Any) -> list[Any]:
    laid = list(rows)
    return type(laid[0])._default_manager.bulk_create(laid, batch_size=500)


def _figures(edition: Any, at: datetime) -> None:
    day = at.date() + timedelta(days=500)
    Forecast.objects.create(
        edition=edition,
        state="done",
        asked_by="Bench",
        asked_at=at,
        ended_at=at,
        made_on=at.date(),
        p_ready=0.6,
        ends_50=day,
        ends_80=day,
        ends_95=day,
        target_on=day,
    )


def measure(number: int) -> None:
    """Print what every page takes, and how smoothly the chart scrolls."""
    client = signed_in(SLUG, language="fa", at=timezone.now())
    paths = {name: f"/desk/{SLUG}/{path}" for name, path in PAGES.items()}
    measure_pages(f"{number:,} obligations", client, paths)
    if connection.vendor == "sqlite":
        frames(client, f"/desk/{SLUG}/readiness/plan/")


if __name__ == "__main__":
    count = int(sys.argv[1])
    fill(count)
    measure(count)
