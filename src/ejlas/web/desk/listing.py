"""A list as its address asks for it: search, filters, order and page; the address holds the whole state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from ejlas.core.index import queries as index
from ejlas.web.ui.kinds import Kind, Sheet
from ejlas.web.ui.reading import Reader

PER_PAGE = 50
MOST_IN_ONE_FILE = 50_000
NAME = "name"


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
        chosen = {each.name: str(data[each.name])[:100] for each in kind.filters if data.get(each.name)}
        order = data.get("sort", "")
        known = {column.name for column in kind.columns if column.sorts_by} | {NAME}
        page = data.get("page", "1")
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
        query = " ".join(data.get("q", "")[:200].replace("\x00", "").split())
        return cls(query, chosen, order if order.removeprefix("-") in known else "", max(number, 1))

    def address(self, **changed: Any) -> str:
        """Return the query of this state with some parts changed; without a page it starts at the first."""
        state = {"q": self.query, **self.chosen, "sort": self.order, **changed}
        return urlencode({name: value for name, value in state.items() if value})


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
        things = self.kind.things(self.user, self.edition)
        for each in self.kind.filters:
            if each.name in self.asked.chosen:
                things = each.apply(things, self.asked.chosen[each.name], self.edition)
        if self.asked.query:
            things = things.filter(slug__in=index.matching(self.edition.slug, self.kind.name, self.asked.query))
        return things

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
        if self.asked.order.removeprefix("-") == NAME:
            return self._by_name(first, last)
        return list(self.things.order_by(*self._columns())[first:last])

    def _columns(self) -> tuple[str, ...]:
        order = self.asked.order
        sorts = {column.name: column.sorts_by for column in self.kind.columns}
        columns = sorts.get(order.removeprefix("-"), ())
        if not columns:
            return self.kind.order
        sign = "-" if order.startswith("-") else ""
        return (*(f"{sign}{column}" for column in columns), *self.kind.order)

    def _by_name(self, first: int, last: int) -> list[Any]:
        kept = self.things.order_by().values("slug") if self.is_filtered else None
        ordered = index.in_order(
            self.edition.slug,
            self.kind.name,
            self.reader.language,
            slugs=kept,
            descending=self.asked.order.startswith("-"),
        )
        slugs = list(ordered[first:last])
        found = {thing.slug: thing for thing in self.kind.things(self.user, self.edition).filter(slug__in=slugs)}
        return [found[slug] for slug in slugs if slug in found]

    def picked(self, slugs: list[str]) -> list[Any]:
        """Return the things of these slugs that the user may see, in the list's own order."""
        things = self.kind.things(self.user, self.edition).filter(slug__in=slugs[:1000])
        return list(things.order_by(*self.kind.order))

    def sheet(self, rows: list[Any]) -> Sheet:
        """Return what the cells of these rows share."""
        return self.kind.sheet(self.edition, self.reader, rows)
