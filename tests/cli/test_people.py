"""People on the command line: brought in from a sheet, purged on their day, and read under a new key."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from ejlas.accounts import queries as accounts
from ejlas.cli import session
from ejlas.cli.commands import imports, keys, purge
from ejlas.cli.main import parser
from ejlas.core import secrets
from ejlas.core.audit.models import Line
from ejlas.core.files import queries as files
from ejlas.delegations import operations
from ejlas.delegations.models import Delegation, Person
from tests.factories.delegations import AT, named, opened
from tests.factories.processes import ROOT, environment
from tests.factories.sheets_of_people import row, separated

JPEG = b"\xff\xd8\xff\xe0" + b"face" * 50


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def delegation(request, summits):
    edition = summits[request.param]
    opened(edition)
    # Not the one in which the sample person stands.
    return edition.delegation_set.order_by("position").last()


@pytest.fixture
def brought(delegation, tmp_path, capsys):
    """Import rows, or bytes, into the delegation; return the exit code and the report."""

    def bring(data, *more, party=delegation.slug, edition=delegation.edition.slug):
        file = tmp_path / "list.csv"
        file.write_bytes(data if isinstance(data, bytes) else separated(data))
        head = ["import", "people", str(file), "--edition", edition, "--party", party, "--json", *more]
        code = imports.run(parser().parse_args(head))
        return code, json.loads(capsys.readouterr().out)

    return bring


def _families(delegation):
    return list(delegation.people.order_by("position").values_list("family_name", flat=True))


def test_good_rows_come_in_and_the_report_tells_of_every_other(delegation, brought):
    rows = [
        row(1),
        row(2, Capacity="Делегат"),
        row(3, **{"E-mail": "no address"}),
        row(4, Capacity="captain", **{"Date of birth": "31.02.1970"}),
        row(5, **{"Passport number": "K0000001"}),
    ]

    code, told = brought(rows)

    people = list(delegation.people.order_by("position"))
    assert code == session.BAD_INPUT
    assert told["accepted"] == 2
    assert told["people"] == [{"row": 2, "person": people[0].slug}, {"row": 3, "person": people[1].slug}]
    assert [(each["row"], each["field"]) for each in told["refused"]] == [
        (4, "email"),
        (5, "capacity"),
        (5, "born_on"),
        (6, "document_number"),
    ]
    assert all(each["code"] and each["reason"] for each in told["refused"])
    assert [person.email for person in people] == ["sheet1@example.org", "sheet2@example.org"]
    assert {person.capacity.slug for person in people} == {"delegate"}


def test_report_names_the_columns_and_those_left_over(brought):
    headings = ["Family name", "Given name", "Capacity", "Shoe size"]

    code, told = brought(separated([["Testova", "Vera", "adviser", "38"]], headings=headings))

    assert code == session.OK
    assert told["columns"] == {"A": "family_name", "B": "given_name", "C": "capacity"}
    assert told["left_over"] == [{"column": "D", "heading": "Shoe size"}]


def test_the_same_file_twice_doubles_nobody(delegation, brought):
    without = {"Passport number": "", "Issued by": "", "Valid until": ""}
    rows = [row(1), row(2), row(3, **without)]
    first = brought(rows)
    second = brought([*rows, row(4)])

    assert (first[0], first[1]["accepted"]) == (session.OK, 3)
    assert second[1]["accepted"] == 1
    assert [(each["row"], each["field"], each["code"]) for each in second[1]["refused"]] == [
        (2, "document_number", "known"),
        (3, "document_number", "known"),
        (4, "family_name", "known"),
    ]
    assert delegation.people.count() == 4


def test_dry_run_says_the_same_and_writes_nothing(delegation, brought):
    n_lines = Line.objects.count()
    code, told = brought([row(1), row(2, **{"E-mail": "?"})], "--dry-run")

    assert (code, told["accepted"], told["people"]) == (session.BAD_INPUT, 1, [])
    assert [each["row"] for each in told["refused"]] == [3]
    assert (delegation.people.count(), Line.objects.count()) == (0, n_lines)


def test_rows_without_a_place_are_refused_with_the_rule(delegation, brought):
    Delegation.objects.filter(pk=delegation.pk).update(most_people=2)

    _code, told = brought([row(1, Capacity="head"), row(2, Capacity="head"), row(3), row(4)])

    assert [(each["row"], each["field"], each["code"]) for each in told["refused"]] == [
        (3, "capacity", "capacity.full"),
        (5, "capacity", "delegation.full"),
    ]
    assert told["accepted"] == 2


def test_party_without_a_delegation_gets_one(summits, tmp_path, capsys):
    edition = summits["atlantic2027"]
    edition.badge_set.all().delete()
    Person.objects.filter(edition=edition).delete()
    edition.letter_set.all().delete()
    edition.delegation_set.all().delete()
    party = edition.party_set.first().slug
    file = tmp_path / "list.csv"
    file.write_bytes(separated([row(1)]))

    code = imports.run(
        parser().parse_args(["import", "people", str(file), "--edition", edition.slug, "--party", party])
    )

    out = capsys.readouterr()
    assert code == session.OK
    assert "People brought in: 1; rows refused: 0." in out.out
    assert "opened" in out.err
    assert Delegation.objects.get(edition=edition, slug=party).people.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"some,words\nwithout,headings\n", "No headings"),
        (b"PK\x03\x04" + b"\0" * 50, "cannot be read"),
    ],
)
def test_file_that_is_no_list_is_refused_in_words(data, words, delegation, brought, capsys):
    with pytest.raises(session.Refused) as refused:
        brought(data)

    assert refused.value.code == session.BAD_INPUT
    assert words in capsys.readouterr().err
    assert delegation.people.count() == 0


def test_unknown_edition_and_party_are_refused(delegation, brought, capsys):
    with pytest.raises(session.Refused):
        brought([row(1)], party="nowhere")
    with pytest.raises(session.Refused):
        brought([row(1)], edition="nowhere1999")

    said = capsys.readouterr().err
    assert "nowhere" in said
    assert "rasht2025" in said


KILLED = """
import os, signal
from datetime import UTC, datetime
from django.core.management import call_command
call_command("migrate", verbosity=0)
from ejlas.accounts import queries as accounts
from ejlas.core.index import operations as index
from ejlas.cli.main import parser
from ejlas.delegations.models import Person
from ejlas.forum import queries as forum
from ejlas.journeys.summit_file.load import load
from tests.factories.delegations import opened
from tests.factories.summits import summit
load(summit("atlantic2027"), by=accounts.system_account(), at=datetime(2027, 1, 1, tzinfo=UTC))
opened(forum.edition("atlantic2027"))

def noted(rows, **more):
    # All people stand in the table now, and nothing is committed.
    assert Person.objects.count() == 8
    os.kill(os.getpid(), signal.SIGKILL)

index.note_rows = noted
from ejlas.cli.commands import imports
imports.run(parser().parse_args(["import", "people", FILE, "--edition", "atlantic2027", "--party", PARTY]))
"""


def test_import_killed_in_the_middle_leaves_nobody(tmp_path, summits):
    party = summits["atlantic2027"].party_set.first().slug
    file = tmp_path / "list.csv"
    file.write_bytes(separated(row(number) for number in range(1, 9)))
    code = f"import django\ndjango.setup()\nFILE, PARTY = {str(file)!r}, {party!r}\n{KILLED}"
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="ejlas.config.settings")

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    (database,) = tmp_path.glob("*.sqlite3")
    with closing(sqlite3.connect(database)) as held:
        counts = [
            held.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("delegations_delegation", "delegations_person")
        ]
        lines = held.execute("SELECT count(*) FROM audit_line WHERE event LIKE 'delegations.person.%'").fetchone()[0]
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert counts[0] > 0
    assert (counts[1], lines) == (0, 0)


# --- Purging ---


def _purge(*more):
    return purge.run(parser().parse_args(["purge", "--json", *more]))


@pytest.fixture
def long_after(delegation, monkeypatch):
    moment = datetime.combine(delegation.edition.ends_on, datetime.min.time(), UTC) + timedelta(days=4000)
    monkeypatch.setattr(purge.timezone, "now", lambda: moment)


def test_purge_reports_per_edition_and_field_what_went_and_that_nothing_is_left(delegation, long_after, capsys):
    named(delegation, 3)
    slug = delegation.edition.slug

    codes = [_purge("--edition", slug, "--dry-run"), _purge("--edition", slug), _purge("--edition", slug)]
    would, done, again = (json.loads(line) for line in capsys.readouterr().out.splitlines())

    fields = {each["field"]: each for each in done["parts"]}
    assert codes == [session.OK] * 3
    assert fields["phone"] == {
        "edition": slug,
        "field": "phone",
        "kept_until": (delegation.edition.ends_on + timedelta(days=90)).isoformat(),
        "is_due": True,
        "n_removed": delegation.edition.person_set.count(),
        "n_left": 0,
        "n_kept": 0,
    }
    assert [each["n_removed"] for each in would["parts"]] == [each["n_removed"] for each in done["parts"]]
    assert {each["n_removed"] for each in again["parts"]} == {0}
    assert done["proven"]
    assert {each["edition"] for each in done["parts"]} == {slug}


def test_purge_of_all_editions_says_in_words_what_is_kept_until_when(delegation, monkeypatch, capsys):
    named(delegation)
    monkeypatch.setattr(purge.timezone, "now", lambda: AT)

    code = purge.run(parser().parse_args(["purge"]))

    said = capsys.readouterr().out
    day = (delegation.edition.ends_on + timedelta(days=90)).isoformat()
    assert code == session.OK
    assert f"{delegation.edition.slug}, phone: kept until {day}" in said
    assert said.endswith("Nothing is due: no last day has passed.\n")
    assert {"rasht2025, photo", "atlantic2027, photo"} <= {line.partition(":")[0] for line in said.splitlines()}


def test_purge_that_leaves_something_ends_as_a_fault(delegation, long_after, monkeypatch, capsys):
    named(delegation)
    monkeypatch.setattr("ejlas.delegations.operations.purging._Columns.empty", lambda *_args, **_values: [])

    code = _purge("--edition", delegation.edition.slug)

    assert code == session.FAULT
    assert not json.loads(capsys.readouterr().out)["proven"]


def test_purge_of_an_unknown_edition_is_refused(summits, capsys):
    with pytest.raises(session.Refused):
        _purge("--edition", "nowhere1999")

    assert "rasht2025" in capsys.readouterr().err


# --- Keys ---


def test_people_and_files_are_read_after_the_old_key_is_dropped(delegation, settings, capsys):
    by, old = accounts.system_account(), settings.FIELD_KEYS
    person = named(delegation)[0]
    person.delegation = delegation
    operations.set_photo(person=person, picture=JPEG, taken_on=None, by=by, at=AT)
    new = secrets.new_key()
    settings.FIELD_KEYS = [new, *old]

    code = keys.run(parser().parse_args(["keys", "rotate", "--json"]))
    told = json.loads(capsys.readouterr().out)
    settings.FIELD_KEYS = [new]

    row = Person.objects.select_related("photo").get(pk=person.pk)
    assert code == session.OK
    assert told["may_be_dropped"] == [secrets.key_id(key) for key in old]
    assert (row.document_number, row.phone, row.diet) == (person.document_number, "+994501234567", "No nuts")
    assert files.contents(row.photo) == JPEG


def test_the_old_name_of_the_keys_still_works_and_is_listed_nowhere():
    assert parser().parse_args(["secrets", "rotate"]).command == "keys"
    assert "secrets  " not in parser().format_help()
