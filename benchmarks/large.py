"""A large edition in the database, published: 300 sessions, 10 rooms, 300 speakers."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from ejlas.accounts import queries as accounts  # noqa: E402
from ejlas.exports import documents  # noqa: E402
from ejlas.forum import operations as forum  # noqa: E402
from ejlas.forum import queries  # noqa: E402
from tests.factories.content import content  # noqa: E402

SLUG = "large2027"
NUMBERS = {"n_sessions": 300, "n_rooms": 10, "n_speakers": 300}


def prepare() -> None:
    """Make the tables and the edition's row."""
    call_command("migrate", verbosity=0)
    who = {"by": accounts.system_account(), "at": timezone.now()}
    owner, _changes = forum.set_forum(fields={"slug": "large-forum"}, **who)
    made = content(**NUMBERS)["edition"]
    fields = {
        "slug": SLUG,
        "number": 1,
        "starts_on": made["starts_on"],
        "ends_on": made["ends_on"],
        "timezone": made["timezone"],
        "country": made["country"],
    }
    forum.set_edition(forum=owner, fields=fields, **who)
    publish()


def publish() -> None:
    """Publish once more; a word differs each time, as it would."""
    made = content(**NUMBERS)
    edition = queries.edition(SLUG)
    newest = queries.published_edition(SLUG)
    made["edition"]["slug"] = SLUG
    made["edition"]["summary"] = {"en": f"Version {newest.number + 1 if newest else 1}"}
    at = timezone.now()
    forum.publish(
        edition=edition,
        content=made,
        note="",
        by=accounts.system_account(),
        at=at,
        texts=lambda number: documents.ready_texts(made, number=number, published_at=at),
    )


def queries_of_pages() -> None:
    """Say how many SQL queries the first request for each address takes."""
    client = Client(headers={"host": "localhost"})
    for path in (
        f"/fa/{SLUG}/programme/",
        f"/{SLUG}/programme.ics",
        f"/{SLUG}/programme.json",
        f"/{SLUG}/schedule.xml",
    ):
        publish()
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        print(f"SQL queries of the first request for {path}: {len(captured)}")


if __name__ == "__main__":
    {"prepare": prepare, "publish": publish, "queries": queries_of_pages}[sys.argv[1]]()
