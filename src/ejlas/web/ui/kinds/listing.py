"""What the lists of the desk and of the API have in common: which things are kept, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ejlas.core.index import queries as index
from ejlas.web.ui.kinds.base import Kind, Things

# The order of the names in the reader's language, beside those of the columns.
NAME = "name"
# Beyond so many, as in a file, rows that are shared are not read beside each of them.
MANY = 500


def orders_of(kind: Kind) -> set[str]:
    """Return the names by which a list can be sorted; “-” before one turns it round."""
    return {column.name for column in kind.columns if column.sorts_by} | {NAME}


def kept(kind: Kind, edition: Any, user: Any, *, chosen: Mapping[str, str], query: str) -> Things:
    """Return the things that the user may see, and that the filters and the words keep; in no order yet."""
    things = kind.things(user, edition)
    for each in kind.filters:
        if each.name in chosen:
            things = each.apply(things, chosen[each.name], edition)
    if query:
        things = things.filter(slug__in=index.matching(edition.slug, kind.name, query))
    return things


def cut(
    kind: Kind,
    edition: Any,
    things: Things,
    *,
    order: str,
    language: str,
    first: int,
    last: int,
    is_filtered: bool,
    joined: Callable[[Things], Things] = lambda things: things,
) -> list[Any]:
    """Return the things from one place to another, in the order asked for. Two SQL queries.

    Of many, as in a file, the rows that they share cost one query for each table.

    Parameters
    ----------
    things : what `kept` returned; `is_filtered` says whether that left anything out
    joined : adds the rows that the caller will need of each thing
    """
    is_file = last - first > MANY
    things = _sharing(things) if is_file else things
    if order.removeprefix("-") != NAME:
        ordered = things.order_by(*_columns(kind, order))
        if is_file:
            return list(joined(ordered)[first:last])
        # Where the page is cut before anything is joined, the index gives its order: a join may lead elsewhere first.
        keys = list(ordered.select_related(None).values_list("pk", flat=True)[first:last])
        rows = joined(things).in_bulk(keys)
        return [rows[key] for key in keys if key in rows]
    slugs = index.in_order(
        edition.slug,
        kind.name,
        language,
        slugs=things.order_by().values_list("slug", flat=True) if is_filtered else None,
        descending=order.startswith("-"),
    )
    wanted = list(slugs[first:last])
    found = {thing.slug: thing for thing in joined(things).filter(slug__in=wanted)}
    return [found[slug] for slug in wanted if slug in found]


def _sharing(things: Things) -> Things:
    """Return things whose joined rows are read once for all of them: of thousands, nearly all join the same few."""
    joined = things.query.select_related
    if not isinstance(joined, dict):
        return things
    return things.select_related(None).prefetch_related(*_ways(joined))


def _ways(joined: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, below in joined.items():
        yield f"{before}{name}"
        yield from _ways(below, f"{before}{name}__")


def _columns(kind: Kind, order: str) -> tuple[Any, ...]:
    sorts = {column.name: column.sorts_by for column in kind.columns}
    columns = sorts.get(order.removeprefix("-"), ())
    sign = "-" if order.startswith("-") else ""
    return (*(f"{sign}{column}" for column in columns), *kind.order)
