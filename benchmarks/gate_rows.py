"""So many people with passes in the database of `DATABASE_URL`; their list, and scans of them as devices deliver these.

Each delivery goes through the middleware, the view and the operation; only the socket is left out.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.machine import REFERENCE_MS  # noqa: E402
from ejlas.accounts import queries as users  # noqa: E402
from ejlas.core import sealing  # noqa: E402
from ejlas.core.text import Text  # noqa: E402
from ejlas.delegations import operations  # noqa: E402
from ejlas.delegations.models import Badge, Capacity, Delegation, Gate, Person, Scan, Zone  # noqa: E402
from ejlas.delegations.operations.gate import devices  # noqa: E402
from ejlas.delegations.operations.passes import opening  # noqa: E402
from ejlas.delegations.queries.gate import lists  # noqa: E402
from ejlas.forum import queries as forum  # noqa: E402
from ejlas.journeys.summit_file.load import load  # noqa: E402
from tests.factories.summits import summit  # noqa: E402

AT = datetime(2027, 1, 1, tzinfo=UTC)
SLUG, ZONE, BATCH, QUEUE, CLIENTS = "atlantic2027", "hall", 50, 5_000, 4
SYLLABLES = ("ba", "gil", "ra", "shi", "man", "do", "kha", "tur", "lan", "vi")
LETTERS = ("ба", "гил", "ра", "ши", "ман", "до", "ха", "тур", "лан", "ви")


def lay(number: int) -> Any:
    """Make the tables and an edition with so many people who hold a pass, and return it."""
    call_command("migrate", verbosity=0)
    by = users.system_account()
    load(summit(SLUG), by=by, at=AT)
    edition = forum.edition(SLUG)
    operations.open_delegations(edition=edition, by=by, at=AT)
    delegations = list(Delegation.objects.filter(edition=edition).order_by("position"))
    capacities = list(Capacity.objects.filter(edition=edition, audience="party").order_by("position"))
    rows = [_person(place, edition, delegations, capacities) for place in range(number)]
    Person.objects.bulk_create(rows, batch_size=2000)
    opening.open_passes(edition=edition, by=by, at=AT)
    Badge.objects.filter(edition=edition).update(state="issued", print_number=1)
    Zone.objects.filter(edition=edition, slug=ZONE).update(capacity=number, passback="ask")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return edition


def _person(place: int, edition: Any, delegations: list[Delegation], capacities: list[Capacity]) -> Person:
    digits = [int(digit) for digit in f"{place * 7919 % 1_000_000:06}"]
    family, given = ("".join(SYLLABLES[digit] for digit in part).capitalize() for part in (digits[:4], digits[3:]))
    spelt = "".join(LETTERS[digit] for digit in digits).capitalize()
    return Person(
        edition=edition,
        slug=f"p{place:011}",
        delegation=delegations[place % len(delegations)],
        capacity=capacities[place % len(capacities)],
        state="approved",
        family_name=family,
        given_name=given,
        name=Text({"ru": spelt}),
        position=place,
    )


class Post:
    """A device with its queue, that delivers as one does."""

    def __init__(self, edition: Any) -> None:
        gate = Gate.objects.select_related("edition", "zone").get(edition=edition, zone__slug=ZONE)
        _device, self.token = devices.enrol_device(gate=gate, name="Bench", by=users.system_account(), at=AT)
        self.run, self.seq, self.gate = str(uuid.uuid4()), count(1), gate.slug
        self.client = Client(headers={"host": "localhost", "authorization": f"Device {self.token}"})
        self.at = datetime.now(UTC) - timedelta(days=1)

    def batch(self, numbers: list[int]) -> dict[str, Any]:
        """Return scans of passes, as the wire has them."""
        return {"run": self.run, "scans": [self._scan(number) for number in numbers]}

    def _scan(self, number: int) -> dict[str, Any]:
        self.at += timedelta(seconds=1)
        said = {"gate": self.gate, "zone": ZONE, "way": "in", "p": 1, "text": "", "verdict": "admit", "reason": "ok"}
        rest = {"answer": "admitted", "by": "camera", "skew_ms": 0, "offline": True, "group": None, "guests": 0}
        own = {"id": str(uuid.uuid4()), "seq": next(self.seq), "n": number, "at": self.at.isoformat(), "note": ""}
        return said | rest | own

    def deliver(self, batch: dict[str, Any]) -> None:
        """Send a batch, and see it taken."""
        path = f"/gate/{SLUG}/scans/"
        answer = self.client.post(path, json.dumps(batch), content_type="application/json")
        assert answer.status_code == 200, answer.content
        assert len(answer.json()["taken"]) == len(batch["scans"])


def _numbers(first: int, n_scans: int, most: int) -> Iterator[list[int]]:
    for start in range(first, first + n_scans, BATCH):
        yield [(start + place) % most + 1 for place in range(min(BATCH, first + n_scans - start))]


def _clocked(work: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds that work takes, and those in which this process was at it."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - used


def the_list(edition: Any, scale: float) -> None:
    """Measure what a device is sent once, and what it is sent after one change."""
    start = time.perf_counter()
    whole = lists.whole(edition, at=AT)
    read = time.perf_counter()
    plain = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    body = sealing.seal(sealing.packed(plain), token=Post(edition).token)
    done = time.perf_counter()
    print(
        f"list of {len(whole['entries']):,}: {len(body):,} bytes sealed, {len(plain):,} of JSON; "
        f"{(read - start) * scale:.2f} s to read, {(done - read) * scale:.2f} s to pack and seal"
    )
    since = lists.revisions(edition)[0]
    span, _used = _clocked(lambda: lists.delta(edition, since, at=AT))
    print(f"nothing changed: {span * scale:.3f} s")


def the_scans(edition: Any, number: int, scale: float) -> None:
    """Measure single scans, batches, and a day's queue of one device."""
    post = Post(edition)
    post.deliver(post.batch([1]))
    singles = [post.batch([number]) for number in range(2, 202)]
    span, used = _clocked(lambda: [post.deliver(each) for each in singles])
    print(
        f"single scans: {len(singles) / span / scale:,.0f} a second, {len(singles) / used / scale:,.0f} in one of CPU"
    )
    queue = [post.batch(numbers) for numbers in _numbers(1000, QUEUE, number)]
    span, used = _clocked(lambda: [post.deliver(each) for each in queue])
    print(
        f"a day's queue of {QUEUE:,} in batches of {BATCH}: {span * scale:.1f} s, {used * scale:.1f} s of CPU; ", end=""
    )
    print(f"{QUEUE / span / scale:,.0f} a second, {QUEUE / used / scale:,.0f} in one of CPU")


def at_once(edition: Any, number: int, scale: float) -> None:
    """Measure several devices that deliver their queues at once, each from a process of its own."""
    n_each = QUEUE // CLIENTS
    posts = [Post(edition) for _client in range(CLIENTS)]
    queues = [
        [post.batch(numbers) for numbers in _numbers(place * n_each, n_each, number)]
        for place, post in enumerate(posts)
    ]
    before = Scan.objects.count()
    connections.close_all()
    if connection.vendor == "postgresql":
        # A child must not speak through the sockets of its parent.
        connection.close_pool()
    fork = multiprocessing.get_context("fork")
    clients = [fork.Process(target=_deliver, args=each) for each in zip(posts, queues, strict=True)]
    start = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    span = time.perf_counter() - start
    taken = Scan.objects.count() - before
    assert taken == n_each * CLIENTS, taken
    print(f"{CLIENTS} devices at once in batches of {BATCH}: {taken / span / scale:,.0f} a second")


def _deliver(post: Post, queue: list[dict[str, Any]]) -> None:
    for batch in queue:
        post.deliver(batch)
    connections.close_all()


def main(number: int, loop: float) -> None:
    """Lay the rows, and measure."""
    scale = REFERENCE_MS / loop
    edition = lay(number)
    the_list(edition, scale)
    the_scans(edition, number, scale)
    at_once(edition, number, scale)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
