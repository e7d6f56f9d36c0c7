"""Letters cleared in the same moment: consecutive numbers, none twice, none left out."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from ejlas.accounts import queries as accounts
from ejlas.core.text import Text
from ejlas.delegations.models import Letter
from ejlas.delegations.operations import letters as operations
from ejlas.forum.models import Edition, Forum
from tests.factories.letters import AT
from tests.factories.stored import begun


@pytest.mark.django_db(transaction=True)
def test_letters_cleared_at_once_get_consecutive_numbers():
    begun()
    edition = Edition.objects.create(
        forum=Forum.objects.create(slug="delta"),
        slug="delta2026",
        number=1,
        name=Text.of(en="Delta"),
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 2),
        timezone="UTC",
        country="IR",
        languages=["en"],
        calendars=["gregorian"],
    )
    by = accounts.system_account()
    fields = {"kind": "other", "language": "en", "subject": "Greetings", "correspondent": "The mayor"}
    letters = [operations.add_letter(edition=edition, fields=fields, by=by, at=AT) for _ in range(6)]

    def clear(letter: Letter) -> None:
        try:
            operations.clear(letters=[letter], by=by, at=AT)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=clear, args=(letter,)) for letter in letters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = sorted(Letter.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert Letter.objects.values("register").distinct().count() == 6
