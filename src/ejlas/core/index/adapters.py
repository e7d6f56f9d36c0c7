"""What Django calls after `migrate`: the index is made again where it is missing or of an older make."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from ejlas.core.index import operations, queries


def after_migrate(*, using: str, **_sent: Any) -> None:
    """Fill the index of a database that had none, as after an upgrade; one of this make is left as it is."""
    executor = MigrationExecutor(connections[using])
    # In the middle of the way the tables are not those that the rows are read from.
    if using == "default" and not executor.migration_plan(executor.loader.graph.leaf_nodes()) and not queries.stands():
        operations.rebuild(at=timezone.now())
