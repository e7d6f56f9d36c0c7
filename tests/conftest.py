"""Marks what touches the database, so that it runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test.utils import setup_databases, teardown_databases

PAGES = Path(__file__).parent / "web"
OTHER_SUMMIT = "atlantic2027"

# The same examples in each run, so that what fails for one fails for all; `--hypothesis-profile default` seeks others.
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = {"db", "transactional_db", "summits"}
        touches = item.get_closest_marker("django_db") or fixtures & set(getattr(item, "fixturenames", ()))
        if touches and not _is_the_same_on_any_database(item) and not _is_asked_with_the_other_summit(item):
            item.add_marker("database")


def _is_asked_with_the_other_summit(item: pytest.Item) -> bool:
    """Tell whether a test is the second of two that differ in the summit alone: one is enough for a second database."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    return OTHER_SUMMIT in params.values()


def _is_the_same_on_any_database(item: pytest.Item) -> bool:
    """Tell whether a test of pages says, with a reason, that PostgreSQL could not change its result."""
    mark = item.get_closest_marker("same_on_any_database")
    if mark is None:
        return False
    if not (mark.args and mark.args[0]) or PAGES not in item.path.parents:
        raise pytest.UsageError(f"{item.nodeid}: only a test of pages is the same on any database, and says why.")
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep SQLite's test database in a file: in memory, two threads would share one connection's locks."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        path = str(settings.VAR / "test.sqlite3")
        connections["default"].settings_dict["TEST"]["NAME"] = path


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Make the test database; the library makes it only where a test bears its mark, which `summits` needs not.

    On SQLite it is a copy of the empty database that all processes share: the migrations run once, not in each of them.
    """
    from tests.factories.processes import empty_database

    is_file = connection.vendor == "sqlite"
    if is_file:
        shutil.copy(empty_database(), connection.settings_dict["TEST"]["NAME"])
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, keepdb=is_file, aliases={"default"}, serialized_aliases=set()
        )
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def summits_laid(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Lay both summits into the tables once for the tests of a module, and take them out again in the end."""
    from tests.factories.stored import begun, stored

    with django_db_blocker.unblock(), transaction.atomic():
        begun()
        stored()
        # The server learns of new rows by itself only after a while, and not of those of a transaction.
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def summits(summits_laid: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """Both summits, by slug; what the test changes is undone. A module that asks for this uses no other database."""
    from ejlas.forum import queries
    from tests.factories.summits import SUMMITS

    with django_db_blocker.unblock(), transaction.atomic():
        yield {slug: queries.edition(slug) for slug in SUMMITS}
        transaction.set_rollback(True)
