"""An edition with N sessions, speakers and bilaterals behind its desk, and what each page of the desk takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402

from benchmarks.desk_reader import measure_pages, signed_in  # noqa: E402
from benchmarks.things import items  # noqa: E402
from ejlas.accounts import queries as users  # noqa: E402
from ejlas.core.index import operations as index  # noqa: E402
from ejlas.core.text import Text  # noqa: E402
from ejlas.forum import queries as forum  # noqa: E402
from ejlas.journeys.summit_file.load import load  # noqa: E402
from ejlas.programme.models import Bilateral, Session, Speaker  # noqa: E402
from tests.factories.summits import summit  # noqa: E402

AT = datetime(2027, 1, 1, tzinfo=UTC)
SLUG = "atlantic2027"
PAGES = {
    "home": "",
    "sessions": "sessions/",
    "sessions, in the middle": "sessions/?page=50",
    "sessions, by name": "sessions/?sort=name",
    "sessions, a word": "sessions/?q=region",
    "sessions, a word, by name": "sessions/?q=region&sort=name",
    "sessions of a kind": "sessions/?kind=panel",
    "sessions of a party": "sessions/?parties=lisboa",
    "bilaterals": "bilaterals/",
    "speakers": "speakers/",
    "a session": "sessions/of/session-7/",
    "a session, to be changed": "sessions/of/session-7/change/",
    "a party's history": "parties/of/lisboa/history/",
    "search over everything": "search/?q=gilman",
    "trail": "trail/",
    "translations": "translations/",
    "languages": "languages/",
    "people": "people/",
    "parties": "parties/",
}


def fill(number: int) -> None:
    """Make the tables, load the invented summit, and lay so many sessions, speakers and bilaterals beside it."""
    call_command("migrate", verbosity=0)
    load(summit(SLUG), by=users.system_account(), at=AT)
    edition = forum.edition(SLUG)
    assert edition is not None
    rooms, parties = list(edition.room_set.all()), list(edition.party_set.values_list("slug", flat=True))
    titles = _titles(number)
    start = datetime.combine(edition.starts_on, datetime.min.time(), edition.zone)
    _lay(
        Session(
            edition=edition,
            slug=f"session-{place}",
            position=place,
            kind="panel" if place % 3 else "plenary",
            title=title,
            starts_at=start + timedelta(minutes=place % 2880),
            ends_at=start + timedelta(minutes=place % 2880 + 30),
            timing="assumed",
            room=rooms[place % len(rooms)],
            venue_id=rooms[place % len(rooms)].venue_id,
            parties=[parties[place % len(parties)]],
        )
        for place, title in enumerate(titles)
    )
    _lay(
        Speaker(edition=edition, slug=f"speaker-{place}", position=place, name=title)
        for place, title in enumerate(titles)
    )
    _lay(
        Bilateral(
            edition=edition,
            slug=f"bilateral-{place}",
            position=place,
            parties=[parties[place % len(parties)], parties[(place + 1) % len(parties)]],
        )
        for place in range(number)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _titles(number: int) -> list[Text]:
    made = [item.title for item, _place in zip(items(), range(number), strict=False)]
    return [made[place % len(made)] for place in range(number)]


def _lay(rows: Iterable[models.Model]) -> None:
    laid = list(rows)
    for first in range(0, len(laid), 5000):
        part = laid[first : first + 5000]
        type(part[0])._default_manager.bulk_create(part)  # type: ignore[arg-type]
        index.note_rows(part, at=AT)


def measure(number: int) -> None:
    """Print what every page takes."""
    paths = {name: f"/desk/{SLUG}/{path}" for name, path in PAGES.items()}
    measure_pages(f"{number:,} rows", signed_in(SLUG, language="en", at=AT), paths)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
    measure(int(sys.argv[1]))
