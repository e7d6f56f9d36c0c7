"""Every kind of thing alike: its list, one thing, adding, changing, removing, its history, putting back."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from ninja import Body, Router
from pydantic import BaseModel, Field

from ejlas.accounts.rules import Scope
from ejlas.core.audit import queries as trail
from ejlas.core.changes import ChangedMeanwhile, plain
from ejlas.web.api import answers, problems
from ejlas.web.api.answers import answer
from ejlas.web.api.auth import edition_for, person_of
from ejlas.web.api.lists import Paged, asked_of, page_of
from ejlas.web.api.problems import checked
from ejlas.web.api.shapes import shapes_of
from ejlas.web.api.things import blank, filled, merged, told, with_all
from ejlas.web.ui.kinds import BY_ADDRESS, Kind

# The description of these is made for each kind, in describing.py.
router = Router()

LIST, THING = "/editions/{edition}/{kinds}", "/editions/{edition}/{kinds}/{slug}"


class LineOut(BaseModel):
    """A line of the trail: who did what when, and what stood before and after."""

    number: int
    at: str
    actor: str
    event: str
    before: dict[str, Any]
    after: dict[str, Any]


class PutBack(BaseModel):
    """Which line of the history is to be undone."""

    line: Annotated[int, Field(ge=1, le=2**31 - 1)]


class Removed(BaseModel):
    """The number of the line by which what was removed can be put back."""

    line: int


def line_out(line: Any) -> dict[str, Any]:
    """Return a line of the trail as JSON; what was purged is empty."""
    values = line.held.values or {}
    return {
        "number": line.number,
        "at": line.at.isoformat(),
        "actor": line.actor,
        "event": line.event,
        "before": values.get("before", {}),
        "after": values.get("after", {}),
    }


def kind_of(address: str) -> Kind:
    """Return the kind of an address. Raises Problem."""
    if address not in BY_ADDRESS:
        raise problems.not_there()
    return BY_ADDRESS[address]


@router.get(LIST, include_in_schema=False)
def list_things(request: HttpRequest, edition: str, kinds: str) -> HttpResponse:
    """Answer one page of the list of a kind."""
    kind = kind_of(kinds)
    found = edition_for(request, edition, kind.view)
    model = asked_of(kind)
    answers.known_only(request, model.model_fields)
    asked: Any = checked(model, request.GET.dict())
    things, total = page_of(kind, found, person_of(request), asked, language=spoken())
    items = [told(kind, thing, found.zone) for thing in things]
    return answers.page(request, items, total=total, limit=asked.limit, offset=asked.offset)


@router.post(LIST, include_in_schema=False)
def add_thing(request: HttpRequest, edition: str, kinds: str, payload: Body[dict[str, Any]]) -> HttpResponse:
    """Add a thing behind the others of its kind."""
    kind = kind_of(kinds)
    found = edition_for(request, edition, kind.change, Scope.WRITE)
    given = checked(shapes_of(kind).whole, payload).model_dump(exclude_unset=True, exclude={"revision"})
    form = filled(kind, found, {**blank(kind), **given}, language=spoken())
    made = kind.create(edition=found, fields=form.values(), by=person_of(request), at=timezone.now())
    address = request.build_absolute_uri(f"{request.path}/{made.slug}")
    return _shown(kind, request, found, made.slug, status=201, Location=address)


@router.get(THING, include_in_schema=False)
def show_thing(request: HttpRequest, edition: str, kinds: str, slug: str) -> HttpResponse:
    """Answer one thing."""
    kind = kind_of(kinds)
    return _shown(kind, request, edition_for(request, edition, kind.view), slug)


@router.put(THING, include_in_schema=False)
def replace_thing(
    request: HttpRequest, edition: str, kinds: str, slug: str, payload: Body[dict[str, Any]]
) -> HttpResponse:
    """Bring a thing to what was sent; a field that was not sent gets its default."""
    kind = kind_of(kinds)
    found = edition_for(request, edition, kind.change, Scope.WRITE)
    given = checked(shapes_of(kind).whole, payload).model_dump(exclude_unset=True)
    return _changed(kind, request, found, slug, given, is_part=False)


@router.patch(THING, include_in_schema=False)
def change_thing(
    request: HttpRequest, edition: str, kinds: str, slug: str, payload: Body[dict[str, Any]]
) -> HttpResponse:
    """Change the fields of a thing that were sent."""
    kind = kind_of(kinds)
    found = edition_for(request, edition, kind.change, Scope.WRITE)
    given = checked(shapes_of(kind).part, payload).model_dump(exclude_unset=True)
    return _changed(kind, request, found, slug, given, is_part=True)


@router.delete(THING, include_in_schema=False)
def remove_thing(request: HttpRequest, edition: str, kinds: str, slug: str) -> HttpResponse:
    """Remove a thing that nothing else stands on."""
    kind = kind_of(kinds)
    found = edition_for(request, edition, kind.change, Scope.WRITE)
    thing, revision = _found(kind, request, found, slug), answers.revision_asked(request)
    try:
        line = kind.remove(thing=thing, by=person_of(request), at=timezone.now(), revision=revision)
    except ChangedMeanwhile as clash:
        theirs = told(kind, _found(kind, request, found, slug), found.zone)
        raise problems.rule_broken(clash, status=409, theirs=theirs) from clash
    return answer(request, {"line": line})


@router.get(f"{THING}/history", include_in_schema=False)
def show_history(request: HttpRequest, edition: str, kinds: str, slug: str) -> HttpResponse:
    """Answer who changed a thing, newest first; also of one that was removed."""
    kind = kind_of(kinds)
    found = edition_for(request, edition, kind.view)
    answers.known_only(request, Paged.model_fields)
    asked: Any = checked(Paged, request.GET.dict())
    lines = trail.history_of(scope=found.slug, kind=_name_in_trail(kind), subject=slug)
    total = lines.count()
    if not total and kind.find(person_of(request), found, slug) is None:
        raise problems.not_there()
    items = [line_out(line) for line in lines[asked.offset : asked.offset + asked.limit]]
    return answers.page(request, items, total=total, limit=asked.limit, offset=asked.offset)


@router.post(f"{THING}/put-back", include_in_schema=False)
def put_back(request: HttpRequest, edition: str, kinds: str, slug: str, payload: Body[PutBack]) -> HttpResponse:
    """Undo what a line of the history tells; null where that took away what had been added."""
    kind = kind_of(kinds)
    found = edition_for(request, edition, kind.change, Scope.WRITE)
    line = trail.line_by_number(payload.line)
    place = (line.scope, line.subject_kind, line.subject) if line else ()
    if line is None or place != (found.slug, _name_in_trail(kind), slug):
        raise problems.not_there()
    thing = kind.undo(edition=found, line=line, by=person_of(request), at=timezone.now())
    return answer(request, None) if thing is None else _shown(kind, request, found, thing.slug)


def spoken() -> str:
    """Return the language in which this request is answered."""
    return translation.get_language() or "en"


def _name_in_trail(kind: Kind) -> str:
    return kind.event.rpartition(".")[2]


def _found(kind: Kind, request: HttpRequest, edition: Any, slug: str) -> Any:
    thing = with_all(kind, kind.things(person_of(request), edition)).filter(slug=slug).first()
    if thing is None:
        raise problems.not_there()
    return thing


def _shown(
    kind: Kind, request: HttpRequest, edition: Any, slug: str, *, status: int = 200, **headers: str
) -> HttpResponse:
    thing = _found(kind, request, edition, slug)
    return answer(request, told(kind, thing, edition.zone), status=status, revision=thing.revision, **headers)


def _changed(
    kind: Kind, request: HttpRequest, edition: Any, slug: str, given: dict[str, Any], *, is_part: bool
) -> HttpResponse:
    thing = _found(kind, request, edition, slug)
    revision = answers.revision_asked(request, given.pop("revision", None))
    whole = merged(kind, thing, edition.zone, given) if is_part else {**blank(kind), **given}
    form = filled(kind, edition, whole, thing=thing, language=spoken())
    try:
        kind.change_one(thing=thing, fields=form.values(), by=person_of(request), at=timezone.now(), revision=revision)
    except ChangedMeanwhile as clash:
        theirs = told(kind, _found(kind, request, edition, slug), edition.zone)
        yours = {name: plain(value) for name, value in given.items()}
        raise problems.rule_broken(clash, status=409, yours=yours, theirs=theirs) from clash
    return _shown(kind, request, edition, slug)
