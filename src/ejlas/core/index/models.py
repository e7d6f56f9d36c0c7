"""Tables of the index, and what a row says to be in it. They name things by scope, kind and slug, without keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.core.index import rules
from ejlas.core.index.rules import Item, WordingState
from ejlas.core.text import Text


class Scope(models.Model):
    """An edition as the index knows it: its languages, and those that stand in for a missing wording."""

    slug = models.CharField(max_length=60, primary_key=True)
    languages = models.JSONField(default=list)
    fallback_languages = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.slug


class Entry(models.Model):
    """One thing that can be found: its title, and the terms under which a search finds it.

    SQLite keeps a full-text table beside it by triggers, PostgreSQL an index over `terms`: a migration that makes this
    table anew has to make those again.
    """

    scope = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=30)
    slug = models.CharField(max_length=80)
    title = models.JSONField(default=dict)
    terms = models.TextField()
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "kind", "slug"], name="index_entry_is_unique")]

    def __str__(self) -> str:
        return f"{self.scope} {self.kind} {self.slug}"


class Key(models.Model):
    """The place of a thing among those of its kind, in the order of one language; compared byte by byte."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="keys")
    scope = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=20)
    key = models.BinaryField(max_length=rules.KEY_BYTES)
    slug = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="index_key_is_unique")]
        # All that a page of slugs asks for stands in the index itself.
        indexes = [models.Index(fields=["scope", "kind", "language", "key", "slug"], name="index_key_order")]

    def __str__(self) -> str:
        return f"{self.slug} {self.language}"


class Wording(models.Model):
    """The state of one wording: a field of a thing in one of the languages it should have."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="wordings")
    scope = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=30)
    field = models.CharField(max_length=60)
    language = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=[(state.value, state.name) for state in WordingState])
    wants_work = models.BooleanField()
    digest = models.CharField(max_length=16, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "field", "language"], name="index_wording_is_unique")]
        indexes = [
            models.Index(
                fields=["scope", "wants_work", "language", "kind", "entry", "field", "state"], name="index_wording_work"
            ),
            models.Index(fields=["scope", "language", "kind", "state"], name="index_wording_tally"),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.language} {self.state}"


class Make(models.Model):
    """The make of the index, one row: a newer version of the software that looks things up otherwise makes it again."""

    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.number)


class Indexed(models.Model):
    """A row that can be found, listed by its title and translated; it says to the index what it is."""

    event_kind: ClassVar[str] = ""  # the kind by which the trail names it; without one, the model's name
    index_title: ClassVar[str] = "name"
    index_words: ClassVar[tuple[str, ...]] = ()  # other fields by which people look for it
    index_lists: ClassVar[tuple[str, ...]] = ()  # fields that hold lists of slugs, by which things are looked up
    index_scope: ClassVar[str] = ""  # the way to the slug of its edition; without one, it stands above the editions
    index_after: ClassVar[tuple[str, ...]] = ()  # kinds whose titles stand in its own

    class Meta:
        abstract = True

    @classmethod
    def kind_in_index(cls) -> str:
        """Return the kind under which the index holds rows of this table."""
        return cls.event_kind or str(cls._meta.model_name)

    @classmethod
    def rows_to_index(cls, scope: str | None = None) -> models.QuerySet[Self]:
        """Return the rows of one scope, or all, with what their items need."""
        rows = cls._default_manager.order_by("pk")
        way, _slash, _slug = cls.index_scope.rpartition("__")
        rows = rows.select_related(way) if way else rows
        if scope is None:
            return rows
        if not cls.index_scope:
            return rows.none() if scope else rows
        return rows.filter(**{cls.index_scope: scope})

    @classmethod
    def index_texts(cls) -> tuple[str, ...]:
        """Return the names of the fields that are translated."""
        return tuple(field.name for field in cls._meta.get_fields() if isinstance(field, TranslatedField))

    @classmethod
    def index_items(cls, rows: Iterable[Self]) -> Iterable[Item]:
        """Return what the index holds of these rows; a table that needs other rows for it asks for them here, once."""
        return (row.index_item() for row in rows)

    def index_item(self) -> Item:
        """Return what the index holds of this row."""
        return Item(
            scope=self.scope_in_index(),
            kind=self.kind_in_index(),
            slug=str(getattr(self, "slug")),  # noqa: B009
            title=self.title_in_index(),
            fields={name: getattr(self, name) for name in self.index_texts()},
            words=tuple(str(getattr(self, name)) for name in self.index_words),
            lists=self.lists_in_index(),
        )

    def lists_in_index(self) -> tuple[tuple[str, str], ...]:
        """Return what stands in the lists of the row, each slug behind the name of its list."""
        return tuple((name, slug) for name in self.index_lists for slug in getattr(self, name))

    def title_in_index(self) -> Text:
        """Return the title under which the row is listed."""
        title: Text = getattr(self, self.index_title)
        return title

    def scope_in_index(self) -> str:
        """Return the slug of the edition to which the row belongs; none for what stands above the editions."""
        value: Any = self
        for name in self.index_scope.split("__") if self.index_scope else ():
            value = getattr(value, name)
        return "" if value is self else str(value)

    def index_languages(self) -> Mapping[str, list[str]] | None:
        """Return languages and fallbacks of the scope, if this row is what gives them; None for all others."""
        return None
