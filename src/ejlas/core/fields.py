"""Database fields for values of core."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from ejlas.core import secrets
from ejlas.core.text import Text

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Base = models.JSONField[Any, Text]
    _TextBase = models.TextField[str | None, str | None]
else:
    _Base = models.JSONField
    _TextBase = models.TextField


class TranslatedField(_Base):
    """A text in several languages, kept as one JSON object by language code."""

    description = "A text in several languages"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Text:
        """Return the text of a stored object."""
        stored = super().from_db_value(value, expression, connection)
        return Text.from_stored(stored)

    def to_python(self, value: Any) -> Text:
        """Return the text of a text, of a stored object or of its JSON."""
        if isinstance(value, Text):
            return value
        return Text.from_stored(json.loads(value) if isinstance(value, str) else value)

    def get_prep_value(self, value: Any) -> Any:
        """Return the plain mapping that is stored."""
        return super().get_prep_value(value.to_stored() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Return what the database driver takes."""
        plain = value.to_stored() if isinstance(value, Text) else value
        return super().get_db_prep_value(plain, connection, prepared)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Hold the plain mapping against the rules of the column."""
        super().validate(value.to_stored() if isinstance(value, Text) else value, model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        """Return the plain mapping for serialisation."""
        value = self.value_from_object(obj)
        return value.to_stored() if isinstance(value, Text) else value


class EncryptedTextField(_TextBase):
    """A text that stands encrypted in the database; "" and NULL stay apart, and nothing can be looked up by it."""

    description = "An encrypted text"

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        """Return the text in the clear. Raises KeyMissing, SecretDamaged."""
        return None if value is None else secrets.decrypt(value)

    def get_prep_value(self, value: Any) -> Any:
        """Return the text as it is stored."""
        plain = super().get_prep_value(value)
        return None if plain is None else secrets.encrypt(plain)

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse to compare: the same text is stored in another way each time."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: nothing can be looked up by it ({lookup_name})")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        """Refuse to compare a part of the text."""
        raise FieldError(f"{self.name} is encrypted: nothing can be looked up by it ({lookup_name})")
