"""A list as its address asks for it: search, filters, order and page; the address holds the whole state."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict

from ejlas.forum.forms.finding import LONGEST, MANY
from ejlas.web.ui.kinds import Filter, Kind, Sheet, listing
from ejlas.web.ui.reading import Reader

PER_PAGE = 50
MOST_IN_ONE_FILE = 50_000


@dataclass(frozen=True)
class Asked:
    """What an address asks of a list."""

    query: str
    chosen: dict[str, str]
    order: str
    page: int

    @classmethod
    def read(cls, kind: Kind, data: QueryDict) -> Asked:
        """Read an address; what it names wrongly is left out."""
        chosen = {each.name: str(data[each.name])[:LONGEST] for each in kind.filters if data.get(each.name)}
        order = data.get("sort", "")
        page = data.get("page", "1")
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
        query = " ".join(data.get("q", "")[:200].replace("\x00", "").split())
        return cls(query, chosen, order if order.removeprefix("-") in listing.orders_of(kind) else "", max(number, 1))

    def address(self, **changed: Any) -> str:
        """Return the query of this state with some parts changed; without a page it starts at the first."""
        state = {"q": self.query, **self.chosen, "sort": self.order, **changed}
        return urlencode({name: value for name, value in state.items() if value})


class Sortable(Protocol):
    """What an address asks of a list that can be sorted."""

    @property
    def order(self) -> str:
        """The column by which the list is sorted, “-” before it where it falls."""

    def address(self, **changed: Any) -> str:
        """Return the query of this state with some parts changed."""


def sorting(name: str, asked: Sortable) -> dict[str, str]:
    """Return how a click on the heading of a column would sort, and how the list is sorted by it now."""
    now, falls = asked.order.removeprefix("-") == name, asked.order == f"-{name}"
    following = "" if falls else f"-{name}" if now else name
    return {"query": asked.address(sort=following), "state": ("descending" if falls else "ascending") if now else ""}


@dataclass(frozen=True, slots=True)
class Sieve:
    """A filter as it is set: what it keeps by, in words, and what can be chosen; `kind` is what one types in it."""

    value: str
    words: str
    options: Sequence[tuple[str, Any]] = ()
    typed: str = ""
    kind: str = ""


@dataclass
class Listing:
    """One page of a list, for one reader."""

    kind: Kind
    edition: Any
    user: Any
    reader: Reader
    asked: Asked

    @cached_property
    def things(self) -> Any:
        """All things that the address asks for, in no order yet."""
        chosen = {name: self.sieves[name].value for name in self.asked.chosen}
        return listing.kept(self.kind, self.edition, self.user, chosen=chosen, query=self.asked.query)

    @cached_property
    def sieves(self) -> dict[str, Sieve]:
        """The filters as they are set. One SQL query each where rows are chosen from."""
        return {each.name: self._sieve(each) for each in self.kind.filters}

    def _sieve(self, each: Filter) -> Sieve:
        value, options = self.asked.chosen.get(each.name, ""), each.choices(self.edition, self.reader)
        finder = each.finder(self.edition, self.reader.language) if len(options) > MANY else None
        if finder is None:
            return Sieve(value, str(dict(options).get(value, value)), options)
        # Words that name no row, or several, find nothing, and stand as they were typed.
        with suppress(ValidationError):
            value = finder.resolve(value) if value else ""
        return Sieve(value, finder.label(value), typed=finder.shown(value) if value else "", kind=finder.kind)

    @cached_property
    def n_things(self) -> int:
        """How many there are. One SQL query."""
        return int(self.things.count())

    @property
    def n_pages(self) -> int:
        """How many pages that makes."""
        return max(1, -(-self.n_things // PER_PAGE))

    @property
    def page(self) -> int:
        """The page that is shown; the last one where the address asks for one behind it."""
        return min(self.asked.page, self.n_pages)

    @property
    def is_filtered(self) -> bool:
        """Whether the address leaves anything out."""
        return bool(self.asked.query or self.asked.chosen)

    @cached_property
    def rows(self) -> list[Any]:
        """The things of the page. One SQL query, two in the order of names."""
        first = (self.page - 1) * PER_PAGE
        return self.cut(first, first + PER_PAGE)

    def cut(self, first: int, last: int) -> list[Any]:
        """Return the things from one place to another, in the order asked for."""
        return listing.cut(
            self.kind,
            self.edition,
            self.things,
            order=self.asked.order,
            language=self.reader.language,
            first=first,
            last=last,
            is_filtered=self.is_filtered,
        )

    def picked(self, slugs: list[str]) -> list[Any]:
        """Return the things of these slugs that the user may see, in the list's own order."""
        things = self.kind.things(self.user, self.edition).filter(slug__in=slugs[:1000])
        return list(things.order_by(*self.kind.order))

    def sheet(self, rows: list[Any]) -> Sheet:
        """Return what the cells of these rows share."""
        return self.kind.sheet(self.edition, self.reader, rows)
