"""Delegations with invented people at the desk, in every state."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.core import mail
from django.test import TestCase
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import queries as accounts
from ejlas.core.text import Text
from ejlas.delegations import operations
from ejlas.delegations.models import Person
from ejlas.delegations.rules.states import PersonState
from tests.factories.delegations import AT, named, opened


@pytest.fixture
def delegations(summits):
    """Open the delegations of an edition, and return those on whose lists nobody stands yet."""

    def open_all(slug: str = "rasht2025"):
        found = opened(summits[slug])
        return [each for each in found.values() if not each.people.exists()]

    return open_all


@pytest.fixture
def people_in():
    """Name people in a delegation as if all were there, and let them stand in a state."""

    def make(delegation, state=PersonState.COMPLETE, n=1, **more):
        keys = [person.pk for person in named(delegation, n, **more)]
        Person.objects.filter(pk__in=keys).update(state=state, lacks=[], is_lacking=False, submitted_at=AT)
        return list(Person.objects.filter(pk__in=keys).select_related("capacity", "delegation__edition").order_by("pk"))

    return make


@pytest.fixture
def medium(summits):
    """Open the list of a medium."""

    def make(slug: str = "rasht2025"):
        opened(summits[slug])
        fields = {"slug": "caspian-wire", "name": Text.of(en="Caspian Wire"), "language": "ru"}
        return operations.add_medium(edition=summits[slug], fields=fields, by=accounts.system_account(), at=AT)

    return make


@pytest.fixture
def posted():
    """Give the mails of what is done meanwhile: committed, queued, and delivered."""

    @contextmanager
    def carry():
        mails = []
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield mails
        before = len(mail.outbox)
        for row in DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver"):
            import_string(row.task_path).func(**row.args_kwargs["kwargs"])
            row.delete()
        mails += mail.outbox[before:]

    return carry
