"""What may be asked of the list of a kind: the same search, filters and order as on its page."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, create_model

from ejlas.core.index import queries as index
from ejlas.web.api import answers, problems
from ejlas.web.api.things import with_all
from ejlas.web.ui.kinds import Kind

NAME = "name"

Limit = Annotated[int, Field(ge=1, le=answers.MOST)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]


class Paged(BaseModel):
    """Which part of a list is wanted."""

    limit: Limit = 50
    offset: Offset = 0


_made: dict[str, type[Paged]] = {}


def asked_of(kind: Kind) -> type[Paged]:
    """Return the model of what may be asked of the list of a kind, made once."""
    if kind.name not in _made:
        with translation.override("en"):
            _made[kind.name] = _asked(kind)
    return _made[kind.name]


def _asked(kind: Kind) -> type[Paged]:
    names = [each.name for each in kind.columns if each.sorts_by] + [NAME]
    orders = [order for name in names for order in (name, f"-{name}")]
    words = Annotated[str, Field(max_length=200)]
    fields: dict[str, Any] = {
        each.name: (words | None, Field(None, description=str(each.label))) for each in kind.filters
    }
    fields["q"] = (words, Field("", description="Words, in any script"))
    fields["sort"] = (
        str,
        Field("", description="A column; with “-” before it, downwards", json_schema_extra={"enum": ["", *orders]}),
    )
    return create_model(f"{kind.name.title()}Asked", __base__=Paged, **fields)


def page_of(kind: Kind, edition: Any, person: Any, asked: Any, *, language: str) -> tuple[list[Any], int]:
    """Return the things of a page, and how many there are in all. Raises Problem. Four SQL queries at most."""
    things = kind.things(person, edition)
    chosen = [(each, getattr(asked, each.name)) for each in kind.filters if getattr(asked, each.name) is not None]
    for each, value in chosen:
        things = each.apply(things, value, edition)
    query = " ".join(asked.q.split())
    if query:
        things = things.filter(slug__in=index.matching(edition.slug, kind.name, query))
    total = things.count()
    first, last = asked.offset, asked.offset + asked.limit
    if asked.sort.removeprefix("-") == NAME:
        is_cut = bool(query or chosen)
        return _by_name(kind, edition, things, asked, language, is_cut=is_cut), total
    return list(with_all(kind, things).order_by(*_columns(kind, asked.sort))[first:last]), total


def _columns(kind: Kind, order: str) -> tuple[str, ...]:
    if not order:
        return kind.order
    sorts = {column.name: column.sorts_by for column in kind.columns}
    columns = sorts.get(order.removeprefix("-"), ())
    if not columns:
        raise problems.wrong_input({"sort": [_(problems.NOT_TAKEN)]})
    sign = "-" if order.startswith("-") else ""
    return (*(f"{sign}{column}" for column in columns), *kind.order)


def _by_name(kind: Kind, edition: Any, things: Any, asked: Any, language: str, *, is_cut: bool) -> list[Any]:
    ordered = index.in_order(
        edition.slug,
        kind.name,
        language,
        slugs=things.order_by().values("slug") if is_cut else None,
        descending=asked.sort.startswith("-"),
    )
    slugs = list(ordered[asked.offset : asked.offset + asked.limit])
    found = {thing.slug: thing for thing in with_all(kind, things).filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]
