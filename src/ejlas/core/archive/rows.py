"""One row as JSON that any database can give and take, and a digest of a table that does not hang on its order."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Value

from ejlas.core.archive.tables import Table

Row = list[Any]
CHUNK = 500
WHOLE = 2**256


@dataclass(slots=True)
class Proof:
    """How many rows there are, and the sum of their digests: the same for the same rows in any order."""

    n_rows: int = 0
    total: int = 0

    def add(self, row: Row) -> None:
        """Count one row in."""
        self.n_rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(_canonical(row)).digest(), "big")) % WHOLE

    @property
    def digest(self) -> str:
        """The sum in 64 hex digits."""
        return f"{self.total:064x}"

    def as_pair(self) -> tuple[int, str]:
        """Return what is compared."""
        return self.n_rows, self.digest


def _canonical(row: Row) -> bytes:
    # The order of keys in a JSON column is not kept by every database, nor whether a whole number was a fraction.
    return json.dumps(_whole(row), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole(each) for each in value]
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    return value


def read(table: Table, *, using: str, proof: Proof) -> Iterator[Row]:
    """Read the rows of a table in the order of their keys, a few at a time, and count them into the proof."""
    codes = [_code(field) for field in table.plain._meta.concrete_fields]
    names = [field.attname for field in table.plain._meta.concrete_fields]
    manager = table.plain._default_manager.using(using)
    for values in manager.order_by("pk").values_list(*names).iterator(chunk_size=CHUNK):
        row = [None if value is None else give(value) for (give, _take), value in zip(codes, values, strict=True)]
        proof.add(row)
        yield row


def decoded(table: Table, row: Row) -> models.Model:
    """Return an unsaved thing of the plain model with the values of a row."""
    fields = table.plain._meta.concrete_fields
    values = {
        field.attname: _absent(field) if value is None else _code(field)[1](value)
        for field, value in zip(fields, row, strict=True)
    }
    return table.plain(**values)


def _absent(field: Any) -> Any:
    # In a column of JSON that may not be NULL, nothing is written as JSON's own null.
    return Value(None, models.JSONField()) if isinstance(field, models.JSONField) and not field.null else None


Code = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def _same(value: Any) -> Any:
    return value


CODES: dict[type[models.Field[Any, Any]], Code] = {
    models.DateTimeField: (
        lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
        datetime.fromisoformat,
    ),
    models.DateField: (date.isoformat, date.fromisoformat),
    models.TimeField: (lambda value: value.isoformat(timespec="microseconds"), time.fromisoformat),
    models.DurationField: (
        lambda value: value // timedelta(microseconds=1),
        lambda value: timedelta(microseconds=value),
    ),
    models.DecimalField: (str, Decimal),
    models.UUIDField: (str, UUID),
    models.BinaryField: (lambda value: base64.b64encode(bytes(value)).decode(), base64.b64decode),
}


def _code(field: Any) -> Code:
    return CODES.get(type(field), (_same, _same))
