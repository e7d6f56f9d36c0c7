"""The tables of a database as its own migrations made them, whatever this version has; and plain models of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models
from django.db.migrations.loader import MigrationLoader

Node = tuple[str, str]
PLAIN = {"AutoField": "IntegerField", "BigAutoField": "BigIntegerField", "SmallAutoField": "SmallIntegerField"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its label, the model as the migrations know it, and its plain model."""

    label: str
    model: type[models.Model]
    plain: type[models.Model]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the plain model's fields."""
        return tuple(str(field.column) for field in self.plain._meta.concrete_fields)


def applied_nodes(using: str = "default") -> list[Node]:
    """Return the migrations that this database has had and this version knows."""
    loader = MigrationLoader(connections[using])
    known = set(loader.disk_migrations or {}) & set(loader.graph.nodes)
    return sorted(known & set(loader.applied_migrations))


def unknown_nodes(nodes: Iterable[Node]) -> list[Node]:
    """Return those migrations that this version does not know."""
    known = MigrationLoader(None).disk_migrations or {}
    return sorted(set(nodes) - set(known))


def last_nodes(nodes: Iterable[Node]) -> list[Node]:
    """Return, of some migrations, those that no other of them rests on."""
    graph, wanted = MigrationLoader(None).graph, set(nodes)
    return sorted(node for node in wanted if not any(child.key in wanted for child in graph.node_map[node].children))


def tables_of(nodes: Iterable[Node]) -> list[Table]:
    """Return the tables that these migrations make, by label; not those that a trigger keeps beside them."""
    loader = MigrationLoader(None)
    state = loader.project_state(last_nodes(nodes))
    registry = Apps()
    kept = [model for model in state.apps.get_models(include_auto_created=True) if _is_kept(model)]
    found = [Table(model._meta.label_lower, model, _plain(model, registry)) for model in kept]
    return sorted(found, key=lambda table: table.label)


def _is_kept(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _plain(model: type[models.Model], registry: Apps) -> type[models.Model]:
    """Return a model of the same columns that reads and writes what is stored: no encryption, no clock, no keys."""
    fields: dict[str, Any] = {
        f"c_{number}": _plain_field(field)
        for number, field in enumerate(model._meta.concrete_fields)
        if not getattr(field, "generated", False)
    }
    options = {"app_label": "archive", "apps": registry, "db_table": model._meta.db_table, "managed": False}
    name = model._meta.label.replace(".", "_")
    return type(name, (models.Model,), {"__module__": __name__, "Meta": type("Meta", (), options), **fields})


def _plain_field(field: Any) -> models.Field[Any, Any]:
    stored = field
    while stored.is_relation:
        stored = stored.target_field
    kind = stored.get_internal_type()
    options: dict[str, Any] = {"db_column": field.column, "null": field.null, "primary_key": field.primary_key}
    if kind == "DecimalField":
        options |= {"max_digits": stored.max_digits, "decimal_places": stored.decimal_places}
    elif kind in {"CharField", "SlugField", "FileField"}:
        kind = "CharField"
        options["max_length"] = stored.max_length
    made: models.Field[Any, Any] = getattr(models, PLAIN.get(kind, kind))(**options)
    return made
