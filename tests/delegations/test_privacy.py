"""What is personal goes on its day, or on request, and the proof stays; all that is held of a person is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.audit.queries import verify
from ejlas.core.files import queries as files
from ejlas.core.files.rules import FileGone
from ejlas.core.index.models import Entry
from ejlas.delegations import operations, queries
from ejlas.delegations.models import SEALED, Paper, Person, Request, Upload
from ejlas.delegations.operations import privacy, purging
from ejlas.delegations.queries import privacy as held
from ejlas.delegations.rules import house
from ejlas.delegations.rules.privacy import COLUMNS, WITH_THE_SCANS, last_days
from ejlas.delegations.rules.states import PaperKind, PersonState, RequestKind
from ejlas.journeys.publish_edition import publish_edition
from tests.factories.delegations import AT, columns, named, opened

PDF = b"%PDF-1.7 a letter"
JPEG = b"\xff\xd8\xff\xe0" + b"face" * 50
LATER = timedelta(days=4000)
SHEET = json.dumps([["Testova", "Vera"], ["Тест", "Вера"]])


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(request, summits):
    return summits[request.param]


@pytest.fixture
def delegation(edition):
    opened(edition)
    return edition.delegation_set.order_by("position").last()


@pytest.fixture
def by():
    return accounts.system_account()


@pytest.fixture
def whole(delegation, by):
    """A person of whom everything is held, beside another; with a request and a sheet that is not taken over."""
    person = named(delegation, health="Asthma", family_name="Testova", given_name="Vera", note="Comes late")[0]
    person.delegation = delegation
    operations.set_photo(person=person, picture=JPEG, taken_on=None, by=by, at=AT)
    operations.add_paper(
        delegation=delegation, kind=PaperKind.OTHER, data=PDF, name="Testova.pdf", by=by, at=AT, person=person
    )
    operations.ask(
        delegation=delegation,
        kind=RequestKind.CHANGE,
        reason="Testova has a new passport",
        by=by,
        at=AT,
        person=person,
        fields=columns(delegation.edition, document_number="N7654321"),
    )
    Upload.objects.create(
        slug="sheet",
        delegation=delegation,
        rows=json.dumps([["Testova", "Vera"], ["Тест", "Вера"]]),
        n_rows=1,
        added_at=AT,
        added_by="x",
    )
    return Person.objects.select_related("edition", "delegation__edition", "capacity", "photo").get(pk=person.pk)


def _purge(edition, by, *, at, **more):
    return {each.part: each for each in purging.purge(editions=[edition], by=by, at=at, **more)}


def _on(day, edition):
    return datetime(day.year, day.month, day.day, 12, tzinfo=edition.zone)


def _stands(person):
    row = Person.objects.get(pk=person.pk)
    return {name for name in SEALED if getattr(row, name)}


def test_nothing_goes_before_its_day_and_each_part_on_the_day_after(edition, whole, by):
    days = last_days(edition.settings, edition.ends_on)
    before = _purge(edition, by, at=_on(min(days.values()), edition))
    first = _purge(edition, by, at=_on(min(days.values()), edition) + timedelta(days=1))

    assert {each.n_removed for each in before.values()} == {0}
    assert not any(each.is_due for each in before.values())
    assert before["document_number"].n_left > 0
    assert {name for name, each in first.items() if each.is_due} == {"health", "diet", "requests", "uploads"}
    assert all(each.is_proven for each in first.values())
    assert _stands(whole) == set(SEALED) - {"health", "diet"}
    assert not Person.objects.get(pk=whole.pk).has_needs
    assert Upload.objects.filter(delegation__edition=edition).count() == 0
    assert Request.objects.get(person=whole).wanted == ""


def test_purge_empties_all_and_proves_it(edition, whole, by):
    photo, paper = whole.photo, Paper.objects.get(person=whole).file
    done = _purge(edition, by, at=AT + LATER)

    assert set(done) == {*map(str, house.RETENTION), "requests", "uploads", *WITH_THE_SCANS}
    assert all(each.is_due and each.n_left == 0 for each in done.values())
    assert all(each.n_removed > 0 for name, each in done.items() if name not in WITH_THE_SCANS)
    assert _stands(whole) == set()
    row = Person.objects.get(pk=whole.pk)
    assert (row.document_hash, row.birth_hash, row.photo_id, row.family_name) == ("", "", None, "Testova")
    assert row.revision == whole.revision + 6
    for file in (photo, paper):
        file.refresh_from_db()
        with pytest.raises(FileGone):
            files.contents(file)
    assert verify().is_whole


def test_the_trail_of_a_purge_holds_counts_and_the_names_of_files_alone(edition, whole, by):
    key = whole.photo.key
    done = _purge(edition, by, at=AT + LATER)
    lines = {line.subject: line.held.values for line in Line.objects.filter(event=purging.EVENT, scope=edition.slug)}

    assert {name: values["n_removed"] for name, values in lines.items()} == {
        name: each.n_removed for name, each in done.items() if each.n_removed
    }
    assert lines["photo"]["files"] == [key]
    assert whole.document_number not in json.dumps(list(lines.values()))
    assert whole.slug not in json.dumps(list(lines.values()))


def test_dry_run_counts_the_same_and_writes_nothing(edition, whole, by):
    n_lines = Line.objects.count()
    would = _purge(edition, by, at=AT + LATER, dry_run=True)
    stands = _stands(whole)
    n_after = Line.objects.count()
    done = _purge(edition, by, at=AT + LATER)

    assert n_lines == n_after
    assert stands == set(SEALED)
    assert {name: each.n_removed for name, each in would.items()} == {
        name: each.n_removed for name, each in done.items()
    }


def test_a_purge_that_was_killed_goes_on_and_what_it_had_done_stands_written(edition, delegation, by, monkeypatch):
    named(delegation, 5)
    n_all = len(held.people_holding(edition, COLUMNS["diet"]))
    monkeypatch.setattr(purging, "BATCH", 2)
    real, calls = purging.audit.record, []

    def killed(*args, **values):
        calls.append(1)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return real(*args, **values)

    monkeypatch.setattr(purging.audit, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        _purge(edition, by, at=AT + LATER)
    left = sum(len(held.people_holding(edition, names)) for names in COLUMNS.values())
    monkeypatch.setattr(purging.audit, "record", real)
    again = _purge(edition, by, at=AT + LATER)
    written = Line.objects.filter(event=purging.EVENT, scope=edition.slug, subject="document_number")

    assert left > 0
    assert all(each.is_proven for each in again.values())
    assert sum(line.held.values["n_removed"] for line in written) == n_all


def test_what_no_key_opens_any_more_counts_as_there_and_goes_too(edition, delegation, by):
    person = named(delegation)[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE delegations_person SET diet = 'abcdef012345.gone' WHERE id = %s", [person.pk])

    done = _purge(edition, by, at=AT + LATER)["diet"]

    assert (done.n_left, Person.objects.get(pk=person.pk).diet) == (0, "")


def test_that_somebody_has_needs_is_told_as_long_as_any_of_them_is_kept(edition, delegation, by):
    operations.set_rules(edition=edition, rules={"retention": {"health": 1, "diet": 9}}, by=by, at=AT)
    edition.refresh_from_db()
    person = named(delegation, health="Asthma")[0]
    told = []

    for days in (0, 5, 12):
        _purge(edition, by, at=_on(edition.ends_on, edition) + timedelta(days=days))
        row = Person.objects.get(pk=person.pk)
        told.append((row.health, row.diet, row.has_needs))

    assert told == [("Asthma", "No nuts", True), ("", "No nuts", True), ("", "", False)]


def test_purge_leaves_the_other_edition_alone(summits, by):
    people = {slug: named(next(iter(opened(edition).values())))[0] for slug, edition in summits.items()}

    _purge(summits["rasht2025"], by, at=AT + LATER)

    assert _stands(people["rasht2025"]) == set()
    assert "document_number" in _stands(people["atlantic2027"])


# --- Erasing ---


def _everywhere(words):
    """Return the tables in whose rows one of the words stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("delegations_", "audit_", "index_", "files_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                text = str(cursor.fetchall()).casefold()
                found |= {(table, word) for word in words if word.casefold() in text}
    return found


def test_erased_person_stands_nowhere_and_the_chain_is_whole(edition, whole, by):
    photo = whole.photo
    there = _everywhere(["Testova"])
    done = privacy.erase_person(person=whole, by=by, at=AT)
    photo.refresh_from_db()

    assert {table for table, _word in there} >= {"delegations_person", "audit_values", "index_entry"}
    assert _everywhere(["Testova", "Comes late"]) == set()
    assert (done.n_entries, done.n_files, done.n_requests, done.n_uploads) == (1, 2, 1, 1)
    assert done.n_lines >= 3
    assert not photo.is_kept
    assert verify().is_whole
    assert verify().n_purged == done.n_lines
    assert _stands(whole) == set()


def test_the_entry_of_an_erased_person_stays_and_gives_its_place_back(edition, whole, by):
    n_people = Person.objects.filter(edition=edition).count()

    privacy.erase_person(person=whole, by=by, at=AT)

    row = Person.objects.get(pk=whole.pk)
    assert Person.objects.filter(edition=edition).count() == n_people
    assert (row.state, row.has_needs) == (PersonState.WITHDRAWN, False)
    assert row.title.wording("en").text == "Erased"
    assert set(row.name.values) == {"en"} | ({"fa", "ru", "az", "tk", "kk"} & set(edition.languages))
    assert Entry.objects.get(kind="person", slug=whole.slug).title == row.name.to_stored()


def test_after_the_close_the_state_of_an_erased_person_stays_for_the_counts(edition, whole, by):
    Person.objects.filter(pk=whole.pk).update(state=PersonState.APPROVED)

    privacy.erase_person(person=whole, by=by, at=AT + LATER)

    assert Person.objects.get(pk=whole.pk).state == PersonState.APPROVED


def test_entries_found_to_be_one_person_are_erased_together(edition, delegation, by):
    keep, other = named(delegation, 2, family_name="Testova")
    bystander = named(delegation)[0]
    operations.merge(keep=keep, other=other, by=by, at=AT)
    other.refresh_from_db()

    done = privacy.erase_person(person=other, by=by, at=AT)

    assert done.n_entries == 2
    assert _everywhere(["Testova"]) == set()
    assert Person.objects.get(pk=bystander.pk).family_name


def test_erasing_twice_does_no_harm(edition, whole, by):
    privacy.erase_person(person=whole, by=by, at=AT)
    again = privacy.erase_person(person=whole, by=by, at=AT)

    assert (again.n_entries, again.n_files, again.n_requests) == (1, 0, 1)
    assert verify().is_whole


# --- All that is held ---


def test_all_that_is_held_tells_every_field_with_purpose_readers_and_last_day(edition, whole, by):
    told = held.all_held(whole).as_json()
    fields = {each["field"]: each for each in told["fields"]}
    days = last_days(edition.settings, edition.ends_on)

    assert set(fields) >= {*SEALED, "family_name", "given_name", "office", "note"}
    assert fields["health"] == {
        "field": "health",
        "value": "Asthma",
        "purpose": "care",
        "read_by": [role.value for role in Role if role in (Role.HEAD, Role.ACCREDITATION_DESK)],
        "kept_until": days["health"].isoformat(),
    }
    assert fields["email"]["kept_until"] == days["phone"].isoformat()
    assert fields["family_name"]["kept_until"] is None
    assert told["photo"]["media_type"] == "image/jpeg"
    assert [each["name"] for each in told["papers"]] == ["Testova.pdf"]
    assert told["requests"][0]["wanted"]["document_number"] == "N7654321"
    assert told["standing"]["delegation"] == whole.delegation.slug
    assert {line["event"] for line in told["trail"]} >= {"delegations.person.added"}
    json.dumps(told)


def test_all_that_is_held_asks_as_many_queries_for_one_paper_as_for_three(
    edition, whole, by, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        held.all_held(whole)
    for number in range(2):
        operations.add_paper(
            delegation=whole.delegation,
            kind=PaperKind.OTHER,
            data=PDF,
            name=f"{number}.pdf",
            by=by,
            at=AT,
            person=whole,
        )
    with django_assert_max_num_queries(10):
        assert len(held.all_held(whole).papers) == 3


def test_versions_of_the_public_site_that_name_the_person_are_told(edition, delegation, by):
    operations.set_rules(edition=edition, rules={"public_list": "delegates"}, by=by, at=AT)
    person = named(delegation, state=PersonState.APPROVED, family_name="Testova")[0]
    publish_edition(edition=edition, note="", by=by, at=AT)
    first = edition.publications.first().number
    privacy.erase_person(person=named(delegation)[0], by=by, at=AT)

    whole = Person.objects.select_related("edition", "delegation__edition", "capacity", "photo").get(pk=person.pk)
    other = Person.objects.exclude(pk=person.pk).filter(edition=edition).first()

    assert held.all_held(whole).published == (first,)
    assert held.all_held(other).published == ()


def test_who_was_erased_after_the_close_is_not_published_again(edition, delegation, by):
    operations.set_rules(edition=edition, rules={"public_list": "delegates"}, by=by, at=AT)
    person = named(delegation, state=PersonState.APPROVED, family_name="Testova")[0]

    before = json.dumps(queries.delegations_content(edition))
    privacy.erase_person(person=person, by=by, at=AT + LATER)
    after = json.dumps(queries.delegations_content(edition))

    assert "Testova" in before
    assert "Testova" not in after
    assert "Erased" not in after


def test_who_reads_all_that_is_held_is_written_down(edition, whole, by):
    privacy.note_all_read(person=whole, way="page", by=by, at=datetime(2025, 10, 2, tzinfo=UTC))

    line = Line.objects.get(event=privacy.ALL_READ, subject=whole.slug)
    assert (line.actor, line.held.values) == (by.name, {"way": "page"})
