"""Marks what touches the database, so that it runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connections


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep SQLite's test database in a file: in memory, two threads would share one connection's locks."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        path = str(settings.VAR / "test.sqlite3")
        connections["default"].settings_dict["TEST"]["NAME"] = path
