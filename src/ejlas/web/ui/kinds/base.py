"""What a kind of thing is to the pages and the API: who may, which list, which form, which operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ejlas.core.index import queries as index
from ejlas.core.text import Text
from ejlas.forum import operations as forum
from ejlas.forum import queries as forum_queries
from ejlas.forum.forms.finding import RowFinder, few
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

if TYPE_CHECKING:
    from ejlas.forum.forms import ThingForm
    from ejlas.forum.models import Edition

Things = QuerySet[Any]
Words = Mapping[str, Mapping[Any, Any]]


@dataclass(slots=True)
class Sheet:
    """What the cells of one page share: the edition, its reader, and names that are asked for once."""

    edition: Any
    reader: Reader
    party_names: Mapping[str, Text] = field(default_factory=dict)

    def party(self, slug: str) -> SafeString:
        """Return the name of a party for the page."""
        name = self.party_names.get(slug)
        return self.reader.name(name.to_stored()) if name else format_html("<bdi>{}</bdi>", slug)

    def parties(self, slugs: Iterable[str]) -> SafeString:
        """Return the names of parties, with dashes between."""
        return format_html_join(" – ", "{}", ((self.party(slug),) for slug in slugs))

    def text(self, value: Text | None) -> SafeString:
        """Return a text for the page."""
        return self.reader.name(value.to_stored()) if value else SafeString("")

    def moment(self, value: Any) -> SafeString:
        """Return a day and a time at the place."""
        if value is None:
            return SafeString("")
        local = value.astimezone(self.edition.zone)
        day = self.reader.dates(local.date(), "short")[0]
        return format_html('<time datetime="{}">{} {}</time>', local.isoformat(), day, self.reader.time(local))

    def day(self, value: Any) -> SafeString:
        """Return a day."""
        if value is None:
            return SafeString("")
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), self.reader.dates(value, "short")[0])

    def number(self, value: float | None) -> str:
        """Return a number in the reader's digits."""
        return "" if value is None else self.reader.number(value)


Cell = Callable[[Any, Sheet], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its heading, what it shows of a thing, and by which column of the table it sorts."""

    name: str
    label: Any
    cell: Cell
    sorts_by: tuple[str, ...] = ()
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to keep some things of a list: what can be chosen, and how the choice acts.

    `rows` are those of another table, by their slugs; `choices` gives one more than MANY of them at most.
    """

    name: str
    label: Any
    choices: Callable[[Any, Reader], Sequence[tuple[str, Any]]]
    apply: Callable[[Things, str, Any], Things]
    rows: Callable[[Any], Things] | None = None
    title: str = "name"

    def finder(self, edition: Edition, language: str) -> RowFinder | None:
        """Return what finds a row by what was typed, where rows are chosen from."""
        return RowFinder(self.rows(edition).all(), edition, language, self.title) if self.rows else None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing.

    Parameters
    ----------
    name, address : "party", and "parties" as it stands in addresses
    one, many, purpose : its words: a thing, the list, what the list is for
    view, change : the permissions to see the list and to change it
    things : of a user and an edition: what the user may see, with what the cells need
    form : its form; `words` names its stored choices by field
    title : the text by which a thing is called; `called` instead makes its name from what the page knows
    add, change_one, change_many, remove : its operations
    parties_of : the slugs of parties that a row speaks of, to ask for their names once
    is_alone : there is one of it at an edition, without a list: the edition itself
    labels : words for what the trail names and no field of the form does
    given : columns that steps give; a line about one of them is not put back
    hidden : columns that serve the system alone, of which the API tells nothing
    """

    name: str
    address: str
    one: Any
    many: Any
    purpose: Any
    view: str
    change: str
    things: Callable[[Any, Any], Things]
    form: type[ThingForm]
    columns: tuple[Column, ...]
    title: Callable[[Any], Text]
    words: Words = field(default_factory=dict)
    filters: tuple[Filter, ...] = ()
    order: tuple[Any, ...] = ("position", "pk")
    parties_of: Callable[[Any], Iterable[str]] = lambda _thing: ()
    called: Callable[[Any, Sheet], SafeString] | None = None
    add: Callable[..., Any] | None = None
    change_one: Callable[..., Any] = forum.change_thing
    change_many: Callable[..., Any] = forum.change_many
    remove: Callable[..., int] = forum.remove_thing
    is_alone: bool = False
    labels: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    @property
    def model(self) -> Any:
        """The table of its things."""
        return self.form._meta.model

    @property
    def event(self) -> str:
        """The first parts of its events in the trail."""
        return forum.event_of(self.model)

    def name_of(self, thing: Any, sheet: Sheet) -> SafeString:
        """Return the name of a thing for a page."""
        named = self.called(thing, sheet) if self.called else sheet.text(self.title(thing))
        return named or format_html("<bdi>{}</bdi>", thing.slug)

    def find(self, user: Any, edition: Edition, slug: str) -> Any:
        """Return the thing of a slug that this user may see, or None."""
        return self.things(user, edition).filter(slug=slug).first()

    def create(self, *, edition: Edition, fields: Mapping[str, Any], by: Any, at: Any) -> Any:
        """Add a thing."""
        if self.add is not None:
            return self.add(edition=edition, fields=fields, by=by, at=at)
        return forum.add_thing(self.model, edition=edition, fields=fields, by=by, at=at)

    def remove_many(self, *, things: Iterable[Any], by: Any, at: Any) -> list[int]:
        """Remove many things: all of them or none; return the lines by which they can be put back."""
        return forum.remove_many(things=things, remove=self.remove, by=by, at=at)

    def undo(self, *, edition: Edition, line: Any, by: Any, at: Any) -> Any:
        """Put back what a line of the trail tells. Raises NothingToPutBack."""
        return forum.put_back(
            self.model,
            edition=edition,
            line=line,
            thing=self.find(by, edition, line.subject),
            add=self.create,
            change=self.change_one,
            by=by,
            at=at,
        )

    def sheet(self, edition: Edition, reader: Reader, rows: Iterable[Any]) -> Sheet:
        """Return what the cells of these rows share. One SQL query at most."""
        slugs = {slug for row in rows for slug in self.parties_of(row)}
        return Sheet(edition, reader, forum_queries.party_names(edition, slugs))


# --- Columns and filters that many kinds have ---


def text_column(name: str, label: Any) -> Column:
    """Return a column of a text."""
    return Column(name, label, lambda thing, sheet: sheet.text(getattr(thing, name)))


def word_column(name: str, label: Any, words: Mapping[Any, Any]) -> Column:
    """Return a column of a stored choice, as a chip with its word."""

    def cell(thing: Any, _sheet: Sheet) -> SafeString:
        value = getattr(thing, name)
        return format_html('<span class="tag is-{}">{}</span>', value, word(words, value)) if value else SafeString("")

    return Column(name, label, cell, (name,))


def number_column(name: str, label: Any) -> Column:
    """Return a column of a number."""
    return Column(name, label, lambda thing, sheet: sheet.number(getattr(thing, name)), (name,), is_number=True)


def moment_column(name: str, label: Any) -> Column:
    """Return a column of a moment."""
    return Column(name, label, lambda thing, sheet: sheet.moment(getattr(thing, name)), (name,))


def day_column(name: str, label: Any) -> Column:
    """Return a column of a day."""
    return Column(name, label, lambda thing, sheet: sheet.day(getattr(thing, name)), (name,))


def word_filter(name: str, label: Any, words: Mapping[Any, Any]) -> Filter:
    """Return a filter by a stored choice."""
    pairs = [(str(value), label_of) for value, label_of in words.items()]
    return Filter(
        name, label, lambda _edition, _reader: pairs, lambda things, value, _at: things.filter(**{name: value})
    )


def yes_filter(name: str, label: Any, yes: Any, no: Any) -> Filter:
    """Return a filter by yes or no."""
    pairs = [("1", yes), ("0", no)]
    return Filter(
        name, label, lambda _edition, _reader: pairs, lambda things, value, _at: things.filter(**{name: value == "1"})
    )


def row_filter(name: str, label: Any, rows: Callable[[Any], Things], title: str = "name") -> Filter:
    """Return a filter by a row of another table, by its slug."""

    def choices(edition: Any, reader: Reader) -> list[tuple[str, Any]]:
        pairs = few(rows(edition).all()).values_list("slug", title)
        return [(slug, reader.plain(text.to_stored())) for slug, text in pairs]

    def apply(things: Things, value: str, _at: Any) -> Things:
        return things.filter(**{f"{name}__slug": value})

    return Filter(name, label, choices, apply, rows, title)


def naming_filter(name: str, label: Any, rows: Callable[[Any], Things]) -> Filter:
    """Return a filter by a slug that stands in a list of the thing."""
    by_row = row_filter(name, label, rows)

    def apply(things: Things, value: str, edition: Any) -> Things:
        return things.filter(slug__in=index.naming(edition.slug, things.model.kind_in_index(), name, value))

    return replace(by_row, apply=apply)
