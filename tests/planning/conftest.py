"""Summits to plan on, and the short way to a run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ejlas.accounts import queries as accounts
from ejlas.forum import queries as forum
from ejlas.journeys.summit_file.load import load
from ejlas.planning import operations
from ejlas.programme.models import Bilateral
from tests.factories.stored import once
from tests.factories.summits import summit

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)


def loaded(slug, n=None, **changes):
    """The summit, or the summit with its first wishes alone: enough for a plan, little enough for a test."""
    first = {} if n is None else {"bilaterals": summit(slug).bilaterals[:n]}

    def load_it():
        load(summit(slug).model_copy(update={**changes, **first}), by=accounts.system_account(), at=AT)

    if changes:
        load_it()
    else:
        once((slug, n), load_it)
    return forum.edition(slug)


def asked(edition, at=AT, **values):
    values = {"seconds": 20, "workers": 1, "seed": 1, **values}
    return operations.ask_for_run(edition=edition, by=accounts.system_account(), at=at, **values)


def planned(slug, n=12):
    """The summit with a plan that was found and accepted."""

    def plan_it():
        run = operations.solve_run(run=asked(loaded(slug, n)), at=AT)
        operations.accept_run(run=run, by=accounts.system_account(), at=AT)

    once(("planned", slug, n), plan_it)
    return forum.edition(slug)


def placed(edition):
    return list(Bilateral.objects.placed().filter(edition=edition).order_by("starts_at", "pk"))


@pytest.fixture
def by(db):
    return accounts.system_account()
