"""The editions that a person enters, a search over everything, and the state of the wordings."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from ejlas.accounts.permissions import may
from ejlas.core.audit import queries as trail
from ejlas.core.index import queries as index
from ejlas.core.index.rules import WordingState
from ejlas.forum import queries as forum
from ejlas.web.api import answers
from ejlas.web.api.answers import answer
from ejlas.web.api.auth import edition_for, person_of
from ejlas.web.api.described import gives
from ejlas.web.api.lists import Paged
from ejlas.web.api.problems import checked
from ejlas.web.api.shapes import Wordings, page_of
from ejlas.web.api.views.things import LineOut, line_out
from ejlas.web.ui.kinds import BY_NAME, KINDS

router = Router(tags=["Editions"])


class EditionOut(BaseModel):
    """A summit: when and where it is, in which languages; `kinds` are the addresses of what you may see there."""

    slug: str
    forum: str
    number: int
    name: Wordings
    starts_on: date
    ends_on: date
    timezone: str
    city: Wordings
    country: str
    languages: list[str]
    fallback_languages: list[str]
    revision: int
    kinds: list[str]


class FoundOut(BaseModel):
    """A thing that was found."""

    edition: str
    kind: str
    slug: str
    title: Wordings
    address: str


class FoundsOut(BaseModel):
    """What was found, the nearest first."""

    items: list[FoundOut]


class Sought(BaseModel):
    """What is looked for: words in any script, at one edition or at all."""

    q: Annotated[str, Field(max_length=200, description="Words, in any script")]
    edition: Annotated[str, Field(max_length=60)] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class WordingOut(BaseModel):
    """The state of one field's wording in one language."""

    kind: str
    slug: str
    field: str
    language: str
    state: WordingState
    title: Wordings


class TrailOut(LineOut):
    """A line of the trail, with what it is about."""

    subject_kind: str
    subject: str


class WordingsAsked(Paged):
    """Which wordings are wanted."""

    language: Annotated[str, Field(max_length=20)] | None = None
    kind: Annotated[str, Field(max_length=40)] | None = None
    state: WordingState | None = None


def _edition(edition: Any, person: Any) -> dict[str, Any]:
    plain = ("slug", "number", "timezone", "country", "languages", "fallback_languages", "revision")
    return {
        **{name: getattr(edition, name) for name in plain},
        "forum": edition.forum.slug,
        "name": edition.name.to_stored(),
        "city": edition.city.to_stored(),
        "starts_on": edition.starts_on.isoformat(),
        "ends_on": edition.ends_on.isoformat(),
        "kinds": [kind.address for kind in KINDS if may(person, kind.view, edition)],
    }


@router.get("/editions", operation_id="list_editions", summary="List the editions at whose desk you have a role")
@gives(page_of(EditionOut), asks=Paged)
def list_editions(request: HttpRequest) -> HttpResponse:
    """Answer the editions, the latest first."""
    answers.known_only(request, Paged.model_fields)
    asked: Any = checked(Paged, request.GET.dict())
    person = person_of(request)
    entered = forum.editions_entered_by(person)
    items = [_edition(each, person) for each in entered[asked.offset : asked.offset + asked.limit]]
    return answers.page(request, items, total=entered.count(), limit=asked.limit, offset=asked.offset)


@router.get("/editions/{edition}", operation_id="get_edition", summary="Show an edition")
@gives(EditionOut)
def show_edition(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer one edition."""
    found = edition_for(request, edition, "forum.view_edition")
    return answer(request, _edition(found, person_of(request)), revision=found.revision)


@router.get("/search", operation_id="search", summary="Search over everything you may see")
@gives(FoundsOut, asks=Sought)
def search(request: HttpRequest) -> HttpResponse:
    """Answer what the words find at the editions of the person, in any script."""
    answers.known_only(request, Sought.model_fields)
    asked: Any = checked(Sought, request.GET.dict())
    person = person_of(request)
    entered = {each.slug: each for each in forum.editions_entered_by(person)}
    scopes = [asked.edition] if asked.edition else list(entered)
    seen = {(slug, kind.name) for slug in scopes if slug in entered for kind in KINDS if may(person, kind.view, slug)}
    found = index.search(
        asked.q,
        scopes=sorted({slug for slug, _kind in seen}),
        kinds=sorted({kind for _slug, kind in seen}),
        limit=asked.limit,
    )
    items = [_found(request, each) for each in found if (each.scope, each.kind) in seen]
    return answer(request, {"items": items})


def _found(request: HttpRequest, found: Any) -> dict[str, Any]:
    place = f"/api/v1/editions/{found.scope}/{BY_NAME[found.kind].address}/{found.slug}"
    return {
        "edition": found.scope,
        "kind": found.kind,
        "slug": found.slug,
        "title": found.title.to_stored(),
        "address": request.build_absolute_uri(place),
    }


@router.get(
    "/editions/{edition}/wordings", operation_id="list_wordings", summary="List what is worded, missing, behind"
)
@gives(page_of(WordingOut), asks=WordingsAsked)
def list_wordings(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer the states of the wordings of what the person may see."""
    found = edition_for(request, edition, "forum.view_edition")
    answers.known_only(request, WordingsAsked.model_fields)
    asked: Any = checked(WordingsAsked, request.GET.dict())
    person = person_of(request)
    seen = [kind.name for kind in KINDS if may(person, kind.view, found) and asked.kind in (None, kind.name)]
    rows = index.wordings(found.slug, language=asked.language, states=[asked.state] if asked.state else None)
    rows = rows.filter(kind__in=seen)
    items = [_wording(row) for row in rows[asked.offset : asked.offset + asked.limit]]
    return answers.page(request, items, total=rows.count(), limit=asked.limit, offset=asked.offset)


def _wording(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "slug": row.entry.slug,
        "field": row.field,
        "language": row.language,
        "state": row.state,
        "title": row.entry.title,
    }


@router.get("/editions/{edition}/trail", operation_id="list_trail", summary="List every change, the newest first")
@gives(page_of(TrailOut), asks=Paged)
def list_trail(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer the trail of an edition."""
    found = edition_for(request, edition, "forum.view_trail")
    answers.known_only(request, Paged.model_fields)
    asked: Any = checked(Paged, request.GET.dict())
    lines = trail.lines_in(found.slug)
    items = [
        {**line_out(line), "subject_kind": line.subject_kind, "subject": line.subject}
        for line in lines[asked.offset : asked.offset + asked.limit]
    ]
    return answers.page(request, items, total=lines.count(), limit=asked.limit, offset=asked.offset)
