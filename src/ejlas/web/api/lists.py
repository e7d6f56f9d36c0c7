"""What may be asked of the list of a kind: the same search, filters and order as on its page."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, create_model

from ejlas.web.api import answers, problems
from ejlas.web.api.things import with_all
from ejlas.web.ui.kinds import Kind, listing

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
    orders = [order for name in sorted(listing.orders_of(kind)) for order in (name, f"-{name}")]
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
    if asked.sort and asked.sort.removeprefix("-") not in listing.orders_of(kind):
        raise problems.wrong_input({"sort": [_(problems.NOT_TAKEN)]})
    given = {each.name: getattr(asked, each.name) for each in kind.filters}
    chosen = {name: value for name, value in given.items() if value is not None}
    query = " ".join(asked.q.split())
    things = listing.kept(kind, edition, person, chosen=chosen, query=query)
    found = listing.cut(
        kind,
        edition,
        things,
        order=asked.sort,
        language=language,
        first=asked.offset,
        last=asked.offset + asked.limit,
        is_filtered=bool(query or chosen),
        joined=lambda rows: with_all(kind, rows),
    )
    return found, things.count()
