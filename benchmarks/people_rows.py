"""So many people in the database of `DATABASE_URL`, then 5,000 more from a workbook, and what their pages take."""

from __future__ import annotations

import gc
import io
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.desk_reader import signed_in  # noqa: E402
from benchmarks.machine import REFERENCE_MS  # noqa: E402
from ejlas.accounts import queries as users  # noqa: E402
from ejlas.core.formats import sheets, xlsx  # noqa: E402
from ejlas.core.text import Text  # noqa: E402
from ejlas.delegations import operations  # noqa: E402
from ejlas.delegations.models import Capacity, Delegation, Person  # noqa: E402
from ejlas.delegations.operations import importing, privacy, purging  # noqa: E402
from ejlas.forum import queries as forum  # noqa: E402
from ejlas.journeys.summit_file.load import load  # noqa: E402
from tests.factories.sheets_of_people import HEADINGS, row  # noqa: E402
from tests.factories.summits import summit  # noqa: E402

AT = datetime(2027, 1, 1, tzinfo=UTC)
SLUG, N_PEOPLE, ROUNDS = "atlantic2027", 5_000, 7


def lay(number: int) -> Delegation:
    """Make the tables and an edition with so many people, and return the delegation that is to be filled."""
    call_command("migrate", verbosity=0)
    by = users.system_account()
    load(summit(SLUG), by=by, at=AT)
    edition = forum.edition(SLUG)
    assert edition is not None
    operations.open_delegations(edition=edition, by=by, at=AT)
    Capacity.objects.filter(edition=edition).update(per_delegation=None)
    Delegation.objects.filter(edition=edition).update(most_people=N_PEOPLE)
    first, *others = Delegation.objects.filter(edition=edition).order_by("position")
    capacity = Capacity.objects.get(edition=edition, slug="delegate")
    for begin in range(0, number, N_PEOPLE):
        of = others[begin // N_PEOPLE % len(others)]
        _lay([_columns(place, capacity) for place in range(begin, min(begin + N_PEOPLE, number))], of)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return first


def _columns(place: int, capacity: Capacity) -> dict[str, Any]:
    syllables = ("ba", "gil", "ra", "shi", "man", "do", "kha", "tur", "lan", "vi")
    family = "".join(syllables[int(digit)] for digit in f"{place:06}").capitalize()
    born_on = f"19{60 + place % 40}-{place % 12 + 1:02}-{place % 28 + 1:02}"
    held = {"family_name": family, "given_name": "Vera", "born_on": born_on, "document_number": f"L{place:08}"}
    return {**held, "capacity": capacity, "document_state": "AZ", "office": Text.of(en="Adviser"), "diet": "No nuts"}


def _lay(rows: list[dict[str, Any]], delegation: Delegation) -> None:
    # More than a delegation may name at once: the rules of places are not what is measured here.
    Delegation.objects.filter(pk=delegation.pk).update(most_people=1_000_000)
    operations.add_people(delegation=delegation, rows=rows, by=users.system_account(), at=AT, by_host=True)


def workbook() -> bytes:
    """Return the workbook of 5,000 invented people."""
    columns = [xlsx.Column(heading, 18.0, is_text=True) for heading in HEADINGS]
    sheet = xlsx.Sheet("People", columns, [row(number) for number in range(N_PEOPLE)])
    return xlsx.pack([sheet], title="People", created=AT, is_right_to_left=False)


class Counted:
    """Counts queries; to keep them all, as one does to look at a few, would cost as much as some of them."""

    number = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Count one, and ask it."""
        self.number += 1
        return execute(*arguments)


class Clock:
    """Prints what each act took, scaled to the reference machine."""

    def __init__(self, loop: float) -> None:
        self.scale = REFERENCE_MS / loop
        print(f"{'act':44}{'s':>8}{'CPU s':>8}{'queries':>9}")

    def once(self, name: str, act: Callable[[], Any]) -> Any:
        """Do it once."""
        gc.collect()
        counted = Counted()
        with connection.execute_wrapper(counted):
            cpu, start = time.process_time(), time.perf_counter()
            done = act()
            seconds, used = time.perf_counter() - start, time.process_time() - cpu
        print(f"{name:44}{seconds * self.scale:8.2f}{used * self.scale:8.2f}{counted.number:9d}", flush=True)
        return done

    def page(self, name: str, client: Client, path: str) -> None:
        """Open a page seven times and give the median."""
        spans, cpus = [], []
        _opened(client, path)
        for _round in range(ROUNDS):
            cpu, start = time.process_time(), time.perf_counter()
            _opened(client, path)
            spans.append(time.perf_counter() - start)
            cpus.append(time.process_time() - cpu)
        counted = Counted()
        with connection.execute_wrapper(counted):
            _opened(client, path)
        shown = f"{median(spans) * self.scale:8.3f}{median(cpus) * self.scale:8.3f}{counted.number:9d}"
        print(f"{name:44}{shown}", flush=True)


def _opened(client: Client, path: str) -> None:
    response: Any = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    if response.streaming:
        b"".join(response)


def _peer(delegation: Delegation) -> bytes:
    """Write the same columns as one writes them who thinks of one row at a time: a query for each, and one more."""
    import xlsxwriter

    opened = io.BytesIO()
    book = xlsxwriter.Workbook(opened)
    sheet = book.add_worksheet("People")
    for place, key in enumerate(Person.objects.filter(delegation=delegation).values_list("pk", flat=True)):
        person = Person.objects.get(pk=key)
        office, capacity = person.office.wording("en").text, person.capacity.kind
        cells = (person.passport_name, delegation.slug, capacity, office, person.nationality, person.state)
        for column, cell in enumerate((*cells, ", ".join(person.lacks))):
            sheet.write(place, column, cell)
    book.close()
    return opened.getvalue()


def measure(delegation: Delegation, loop: float) -> None:
    """Print seconds, CPU and queries of the import and of what is asked for most."""
    clock, by = Clock(loop), users.system_account()
    data = workbook()
    table = clock.once("read the workbook", lambda: sheets.read_cells(data))
    bring = lambda: importing.import_people(delegation=delegation, table=table, by=by, at=AT)  # noqa: E731
    done = clock.once("check 5,000 rows and bring them in", bring)
    assert len(done.people) == N_PEOPLE, done.refused[:3]
    again = clock.once("the same once more: all known", bring)
    assert not again.people
    client, people = signed_in(SLUG, language="en", at=AT), f"/desk/{SLUG}/persons/"
    of = f"delegation={delegation.slug}"
    clock.page("desk list", client, people)
    clock.page("desk list of the delegation", client, f"{people}?{of}")
    clock.page("desk list, by name", client, f"{people}?sort=name")
    clock.page("XLSX of the 5,000", client, f"{people}?{of}&format=xlsx")
    clock.once("the same by a peer that asks row by row", lambda: _peer(delegation))
    person = Person.objects.filter(delegation=delegation).select_related("edition", "delegation__edition")[0]
    clock.once("erase one person", lambda: privacy.erase_person(person=person, by=by, at=AT))
    late = AT.replace(year=AT.year + 20)
    clock.once("purge the edition", lambda: list(purging.purge(editions=[delegation.edition], by=by, at=late)))


if __name__ == "__main__":
    measure(lay(int(sys.argv[1])), float(sys.argv[2]))
