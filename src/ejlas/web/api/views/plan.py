"""The planner's runs, accepting what one found, and moving a bilateral by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field

from ejlas.accounts.rules import Scope
from ejlas.planning import operations, queries
from ejlas.planning.queries.reasons import reason_lines
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import MOST_CHANGES, Conflict, Place, RunKind, RunState
from ejlas.programme import queries as programme
from ejlas.web.api import answers, problems
from ejlas.web.api.answers import answer
from ejlas.web.api.auth import edition_for, person_of
from ejlas.web.api.described import gives
from ejlas.web.api.shapes import Moment
from ejlas.web.api.views.things import spoken

router = Router(tags=["Plan"])

Key = Annotated[int, Field(ge=1, le=2**31 - 1)]


class RunOut(BaseModel):
    """A run of the planner: how far it is, its value, and the bound that no plan can pass."""

    run: int
    kind: RunKind
    state: RunState
    asked_by: str
    asked_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    accepted_at: datetime | None
    seconds: int
    enough_percent: float | None
    value: int | None
    bound: float | None
    proven: bool
    progress: dict[str, Any]


class RunsOut(BaseModel):
    """The newest runs, without what they found."""

    items: list[RunOut]


class RefusalOut(BaseModel):
    """Why a bilateral has no place: in words, and as the planner found it."""

    words: list[str]
    reasons: list[Any]


class RunWholeOut(RunOut):
    """A run with what it found."""

    placements: dict[str, Any]
    refusals: dict[str, RefusalOut]
    parts: list[list[str]]
    fault: str


class RunWanted(BaseModel):
    """How long the planner may search, on how many cores, from which seed."""

    model_config = ConfigDict(extra="forbid")

    seconds: Annotated[int, Field(ge=1, le=3600)] = 60
    workers: Annotated[int, Field(ge=1, le=16)] = 2
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1


class PlanWanted(RunWanted):
    """The same, and the share of weight in per cent that may be missing for the search to end by itself."""

    enough_percent: Annotated[float, Field(ge=0, le=50)] | None = None


class QuestionWanted(RunWanted):
    """What would be otherwise: each change as `kind/thing/from/until`, `room_closed/salon/2025-11-18T09:00Z/` say."""

    changes: Annotated[list[Annotated[str, Field(max_length=200)]], Field(min_length=1, max_length=MOST_CHANGES)]


class QuestionOut(RunOut):
    """A question "what if": its changes, the numbers before and after, and what would differ from the plan in force."""

    changes: list[str]
    before: dict[str, Any]
    start: dict[str, Any]
    placements: dict[str, Any]
    refusals: dict[str, RefusalOut]
    fault: str


class QuestionsOut(BaseModel):
    """The questions that are kept, without what was found."""

    items: list[RunOut]


class UnfitOut(BaseModel):
    """A placed bilateral that cannot stand any more, and what is in its way."""

    bilateral: str
    place: dict[str, Any]
    conflicts: list[dict[str, Any]]


class StandingOut(BaseModel):
    """All that cannot stand any more, in the order of its times."""

    items: list[UnfitOut]


class Acceptance(BaseModel):
    """Whether what has changed since is known, and which bilaterals alone are to be changed; without them, all."""

    model_config = ConfigDict(extra="forbid")

    despite_changes: bool = False
    only: list[Annotated[str, Field(max_length=60)]] | None = None


class Accepted(BaseModel):
    """The bilaterals that were placed, moved, or lost their place."""

    changed: list[str]


class PlaceWanted(BaseModel):
    """Where and when a bilateral is to be; without interpreters, those who are free are found."""

    model_config = ConfigDict(extra="forbid")

    starts_at: Moment
    room: Annotated[str, Field(max_length=60)]
    interpreters: list[str] | None = None
    is_pinned: bool = False
    despite: list[str] = Field(default_factory=list)
    reason: Annotated[str, Field(max_length=300)] = ""
    revision: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class PlaceOut(BaseModel):
    """The place of a bilateral before and after."""

    before: dict[str, Any]
    after: dict[str, Any]


def _run(run: Any) -> dict[str, Any]:
    moments = ("asked_at", "began_at", "ended_at", "accepted_at")
    return {
        "run": run.pk,
        **{
            name: getattr(run, name)
            for name in (
                "kind",
                "state",
                "asked_by",
                "seconds",
                "enough_percent",
                "value",
                "bound",
                "proven",
                "progress",
            )
        },
        **{name: (moment := getattr(run, name)) and moment.isoformat() for name in moments},
    }


def _whole(run: Any) -> dict[str, Any]:
    words = Words(queries.facts_of(run.edition), spoken(), _)
    refusals = {
        slug: {"words": reason_lines(reasons, _, words), "reasons": reasons} for slug, reasons in run.refusals.items()
    }
    found = {"placements": run.placements, "refusals": refusals, "fault": words.fault(run.fault)}
    if run.kind == RunKind.WHAT_IF:
        return {**_run(run), **found, "changes": run.changes, "before": run.before, "start": run.start}
    return {**_run(run), **found, "parts": run.parts}


def _told(conflicts: Sequence[Conflict], words: Words) -> list[dict[str, Any]]:
    return [
        {"kind": each.kind.value, "may_be_set_aside": each.may_be_set_aside, "words": words.conflict(each)}
        for each in conflicts
    ]


def _found(edition: Any, key: int) -> Any:
    run = queries.run_of(edition, key) if key < 2**63 else None
    if run is None or run.kind == RunKind.WHAT_IF:
        raise problems.not_there()
    return run


@router.get("/editions/{edition}/runs", operation_id="list_runs", summary="List the newest runs of the planner")
@gives(RunsOut)
def list_runs(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer the newest runs."""
    found = edition_for(request, edition, "planning.view_plan")
    answers.known_only(request, ())
    return answer(request, {"items": [_run(run) for run in queries.runs_of(found)]})


@router.post("/editions/{edition}/runs", operation_id="ask_for_run", summary="Ask for a plan, made in the background")
@gives(RunOut, status=202)
def ask_for_run(request: HttpRequest, edition: str, payload: Body[PlanWanted]) -> HttpResponse:
    """Put a run into the queue."""
    found = edition_for(request, edition, "planning.run_planner", Scope.PLAN)
    run = operations.ask_for_run(
        edition=found, **payload.model_dump(), by=person_of(request), at=timezone.now(), in_background=True
    )
    return answer(request, _run(run), status=202, Location=request.build_absolute_uri(f"{request.path}/{run.pk}"))


@router.get("/editions/{edition}/runs/{int:run}", operation_id="get_run", summary="Show a run, and what it found")
@gives(RunWholeOut)
def show_run(request: HttpRequest, edition: str, run: int) -> HttpResponse:
    """Answer one run, each refusal with its reasons in words."""
    return answer(request, _whole(_found(edition_for(request, edition, "planning.view_plan"), run)))


@router.post(
    "/editions/{edition}/runs/{int:run}/stop", operation_id="stop_run", summary="Let a run end with what it has"
)
@gives(RunOut)
def stop_run(request: HttpRequest, edition: str, run: int) -> HttpResponse:
    """Stop a run."""
    found = edition_for(request, edition, "planning.run_planner", Scope.PLAN)
    return answer(request, _run(operations.stop_run(run=_found(found, run), by=person_of(request), at=timezone.now())))


@router.post("/editions/{edition}/runs/{int:run}/accept", operation_id="accept_run", summary="Accept the plan of a run")
@gives(Accepted)
def accept_run(request: HttpRequest, edition: str, run: int, payload: Body[Acceptance]) -> HttpResponse:
    """Give every bilateral the place that the run found."""
    found = edition_for(request, edition, "planning.accept_run", Scope.PLAN)
    changes = operations.accept_run(
        run=_found(found, run), by=person_of(request), at=timezone.now(), **payload.model_dump()
    )
    return answer(request, {"changed": changes.changed})


@router.post("/editions/{edition}/runs/{int:run}/undo", operation_id="undo_run", summary="Undo the last acceptance")
@gives(Accepted)
def undo_run(request: HttpRequest, edition: str, run: int) -> HttpResponse:
    """Put back the places that stood before the last acceptance of this run."""
    found = edition_for(request, edition, "planning.accept_run", Scope.PLAN)
    changes = operations.undo_acceptance(run=_found(found, run), by=person_of(request), at=timezone.now())
    return answer(request, {"changed": changes.changed})


@router.get("/editions/{edition}/standing", operation_id="list_unfit", summary="List what cannot stand any more")
@gives(StandingOut)
def list_unfit(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer the placed bilaterals that cannot stand any more, with what is in the way of each."""
    found = edition_for(request, edition, "planning.view_plan")
    answers.known_only(request, ())
    facts = queries.facts_of(found)
    words = Words(facts, spoken(), _)
    items = [
        {
            "bilateral": each.bilateral.slug,
            "place": queries.place_of(each.bilateral).to_plain(),
            "conflicts": _told(each.conflicts, words),
        }
        for each in queries.unfit_of(facts)
    ]
    return answer(request, {"items": items})


@router.post("/editions/{edition}/repairs", operation_id="ask_for_repair", summary="Ask for the plan to be repaired")
@gives(RunOut, status=202)
def ask_for_repair(request: HttpRequest, edition: str, payload: Body[RunWanted]) -> HttpResponse:
    """Put a repair into the queue; it is a run, and accepted as one."""
    found = edition_for(request, edition, "planning.run_planner", Scope.PLAN)
    run = operations.ask_for_repair(edition=found, effort=_effort(payload), by=person_of(request), at=timezone.now())
    where = request.build_absolute_uri(request.path.removesuffix("repairs") + f"runs/{run.pk}")
    return answer(request, _run(run), status=202, Location=where)


@router.get("/editions/{edition}/what-ifs", operation_id="list_what_ifs", summary="List the questions that are kept")
@gives(QuestionsOut)
def list_what_ifs(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer the questions that are kept."""
    found = edition_for(request, edition, "planning.view_plan")
    answers.known_only(request, ())
    return answer(request, {"items": [_run(run) for run in queries.what_ifs_of(found)]})


@router.post("/editions/{edition}/what-ifs", operation_id="ask_what_if", summary="Ask what the plan would become")
@gives(RunOut, status=202)
def ask_what_if(request: HttpRequest, edition: str, payload: Body[QuestionWanted]) -> HttpResponse:
    """Put a question into the queue; nothing of the plan is changed by it."""
    found = edition_for(request, edition, "planning.run_planner", Scope.PLAN)
    changes = [operations.change_written(each) for each in payload.changes]
    run = operations.ask_what_if(
        edition=found, changes=changes, effort=_effort(payload), by=person_of(request), at=timezone.now()
    )
    return answer(request, _run(run), status=202, Location=request.build_absolute_uri(f"{request.path}/{run.pk}"))


@router.get("/editions/{edition}/what-ifs/{int:run}", operation_id="get_what_if", summary="Show a question's answer")
@gives(QuestionOut)
def show_what_if(request: HttpRequest, edition: str, run: int) -> HttpResponse:
    """Answer one question, with the plan it started from and the one it found."""
    return answer(request, _whole(_question(edition_for(request, edition, "planning.view_plan"), run)))


@router.delete("/editions/{edition}/what-ifs/{int:run}", operation_id="discard_what_if", summary="Put a question away")
@gives(RunOut)
def discard_what_if(request: HttpRequest, edition: str, run: int) -> HttpResponse:
    """Put a question away; one that is still searched for ends."""
    found = edition_for(request, edition, "planning.run_planner", Scope.PLAN)
    gone = operations.discard_what_if(run=_question(found, run), by=person_of(request), at=timezone.now())
    return answer(request, _run(gone))


def _question(edition: Any, key: int) -> Any:
    run = queries.what_if_of(edition, key) if key < 2**63 else None
    if run is None:
        raise problems.not_there()
    return run


def _effort(payload: RunWanted) -> operations.Effort:
    return operations.Effort(seconds=payload.seconds, workers=payload.workers, seed=payload.seed, in_background=True)


@router.put("/editions/{edition}/bilaterals/{slug}/place", operation_id="place_bilateral", summary="Move by hand")
@gives(PlaceOut)
def place_bilateral(request: HttpRequest, edition: str, slug: str, payload: Body[PlaceWanted]) -> HttpResponse:
    """Give a bilateral a place; what is in the way is told, and what may be set aside is, with a reason."""
    found = edition_for(request, edition, "planning.move_bilateral", Scope.PLAN)
    place = Place(
        payload.starts_at,
        payload.room,
        tuple(payload.interpreters or ()),
        payload.is_pinned,
        tuple(payload.despite),
        payload.reason,
    )
    try:
        moved = operations.move_bilateral(
            bilateral=_bilateral(request, found, slug),
            place=place,
            by=person_of(request),
            at=timezone.now(),
            choose_interpreters=payload.interpreters is None,
            revision=answers.revision_asked(request, payload.revision),
        )
    except operations.InTheWay as clash:
        words = Words(queries.facts_of(found), spoken(), _)
        raise problems.rule_broken(clash, status=409, conflicts=_told(clash.conflicts, words)) from clash
    return answer(request, {"before": moved.before.to_plain(), "after": moved.after.to_plain()})


@router.delete(
    "/editions/{edition}/bilaterals/{slug}/place", operation_id="unplace_bilateral", summary="Take its place"
)
@gives(PlaceOut)
def unplace_bilateral(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Take a bilateral out of the plan; the request stays."""
    found = edition_for(request, edition, "planning.move_bilateral", Scope.PLAN)
    moved = operations.unplace_bilateral(
        bilateral=_bilateral(request, found, slug),
        by=person_of(request),
        at=timezone.now(),
        revision=answers.revision_asked(request),
    )
    return answer(request, {"before": moved.before.to_plain(), "after": moved.after.to_plain()})


def _bilateral(request: HttpRequest, edition: Any, slug: str) -> Any:
    bilateral = programme.bilaterals_for(person_of(request), edition).filter(slug=slug).first()
    if bilateral is None:
        raise problems.not_there()
    return bilateral
