"""The audit trail: appended in order, never forked, proven whole, and purged without a break."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction

from ejlas.core.audit import operations, rules
from ejlas.core.audit.models import Head, Line, Values
from ejlas.core.audit.queries import Verdict, verify

AT = datetime(2025, 11, 18, 9, 0, tzinfo=UTC)


def _entry(number: int) -> operations.Entry:
    return operations.Entry("forum.party.changed", "party", f"party-{number}", {"after": {"phone": str(number)}})


def _record(*numbers: int) -> None:
    operations.record([_entry(number) for number in numbers], scope="rasht2025", by="system", at=AT)


def _forge_line(number: int, **fields: object) -> None:
    """Change a line as someone with the database's own rights would: past its guard."""
    names = ", ".join(f"{name} = %s" for name in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_line DISABLE TRIGGER audit_line_is_kept")
        else:
            cursor.execute("DROP TRIGGER audit_line_is_kept")
        cursor.execute(f"UPDATE audit_line SET {names} WHERE number = %s", [*fields.values(), number])
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_line ENABLE TRIGGER audit_line_is_kept")


@pytest.mark.django_db
def test_record_appends_lines_that_hang_together():
    _record(1, 2)
    _record(3)

    lines = list(Line.objects.all())

    assert [line.number for line in lines] == [1, 2, 3]
    assert lines[0].hash == rules.hash_of(rules.GENESIS, lines[0].facts)
    assert lines[2].hash == rules.hash_of(lines[1].hash, lines[2].facts)
    assert verify() == Verdict(3)


@pytest.mark.django_db
def test_empty_trail_is_whole():
    assert verify() == Verdict(0)


@pytest.mark.django_db
def test_line_cannot_be_changed():
    _record(1)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Line.objects.filter(number=1).update(actor="somebody else")


@pytest.mark.django_db
def test_verify_names_the_first_changed_line():
    _record(1, 2, 3)

    _forge_line(2, actor="somebody else")

    assert verify() == Verdict(1, 2, "the line was changed, or the one before it")


@pytest.mark.django_db
def test_verify_sees_changed_values():
    _record(1, 2)

    Values.objects.filter(line=1).update(values={"after": {"phone": "2"}})

    assert verify() == Verdict(0, 1, "the values of the line were changed")


@pytest.mark.django_db
def test_verify_sees_values_emptied_without_a_purge():
    _record(1)

    Values.objects.filter(line=1).update(values=None)

    assert verify() == Verdict(0, 1, "the values of the line were emptied without a purge")


@pytest.mark.django_db
def test_verify_sees_lines_missing_at_the_end():
    _record(1, 2)
    first = Line.objects.get(number=1)

    Head.objects.update(number=3, hash=first.hash)

    assert verify() == Verdict(2, 3, "lines are missing at the end")


@pytest.mark.django_db
def test_purge_empties_values_and_leaves_the_proof():
    _record(1, 2, 3)

    done = operations.purge_values(numbers=[2], by="system", at=AT)

    held = Values.objects.get(line=2)
    assert done == 1
    assert (held.values, held.salt, held.purged_at) == (None, "", AT)
    assert verify() == Verdict(4, n_purged=1)


@pytest.mark.django_db
def test_rolled_back_change_leaves_no_line():
    with transaction.atomic():
        _record(1)
        transaction.set_rollback(True)

    _record(2)

    assert list(Line.objects.values_list("number", "subject")) == [(1, "party-2")]
    assert verify() == Verdict(1)


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_at_once_do_not_fork_the_chain():
    Head.objects.get_or_create(pk=1)
    faults: list[Exception] = []

    def write(writer: int) -> None:
        try:
            for turn in range(5):
                _record(writer * 100 + turn)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    writers = [Thread(target=write, args=[number]) for number in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert faults == []
    assert verify() == Verdict(100)
