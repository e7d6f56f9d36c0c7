"""Many at one thing in the same moment: one writes, and the others are told."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from ejlas.accounts.rules import Role
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.text import Text
from ejlas.forum import operations as forum
from ejlas.forum.models import Party
from tests.factories.people import AT, person
from tests.factories.stored import begun, stored


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_never_overwrite_each_other():
    begun()
    edition = stored("rasht2025")["rasht2025"]
    user = person(Role.HEAD)
    party = edition.party_set.get(slug="gilan")
    outcomes: list[str] = []

    def write(number: int) -> None:
        try:
            fields = {"seat": Text.of(en=f"Seat {number}")}
            forum.change_thing(
                thing=Party.objects.select_related("edition").get(pk=party.pk),
                fields=fields,
                by=user,
                at=AT,
                revision=party.revision,
            )
            outcomes.append("written")
        except ChangedMeanwhile:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["told"] * 19 + ["written"]
    assert Party.objects.get(pk=party.pk).revision == party.revision + 1
