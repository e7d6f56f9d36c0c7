"""What was published of an edition, and publishing what stands now."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field

from ejlas.accounts.rules import Scope
from ejlas.forum import queries
from ejlas.journeys.publish_edition import publish_edition
from ejlas.web.api import answers
from ejlas.web.api.answers import answer
from ejlas.web.api.auth import edition_for, person_of
from ejlas.web.api.described import gives
from ejlas.web.api.lists import Paged
from ejlas.web.api.problems import checked
from ejlas.web.api.shapes import page_of

router = Router(tags=["Publications"])


class PublicationOut(BaseModel):
    """One version of what the public sees; it is never changed afterwards."""

    number: int
    published_at: datetime
    published_by: str
    note: str
    digest: str
    languages: list[str]


class Note(BaseModel):
    """What changed, for the list of versions."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=1000)] = ""


def _publication(row: Any) -> dict[str, Any]:
    plain = ("number", "published_by", "note", "digest", "languages")
    return {**{name: getattr(row, name) for name in plain}, "published_at": row.published_at.isoformat()}


@router.get("/editions/{edition}/publications", operation_id="list_publications", summary="List the versions")
@gives(page_of(PublicationOut), asks=Paged)
def list_publications(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer the versions, the newest first."""
    found = edition_for(request, edition, "forum.view_edition")
    answers.known_only(request, Paged.model_fields)
    asked: Any = checked(Paged, request.GET.dict())
    rows = queries.publications_of(found)
    items = [_publication(row) for row in rows[asked.offset : asked.offset + asked.limit]]
    return answers.page(request, items, total=rows.count(), limit=asked.limit, offset=asked.offset)


@router.post("/editions/{edition}/publications", operation_id="publish", summary="Publish what stands now")
@gives(PublicationOut, status=201, or_else=200)
def publish(request: HttpRequest, edition: str, payload: Body[Note]) -> HttpResponse:
    """Publish; where nothing differs from the last version, that one is answered with 200."""
    found = edition_for(request, edition, "forum.publish_edition", Scope.PUBLISH)
    made = publish_edition(edition=found, note=payload.note, by=person_of(request), at=timezone.now())
    row = made or queries.publications_of(found)[0]
    return answer(request, _publication(row), status=201 if made else 200)
