"""Delegations with invented people at the desk, in every state."""

from __future__ import annotations

import pytest

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
