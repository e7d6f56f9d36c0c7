"""What the pages of a round of inspection show: its checklist, who saw what, and what would come of a close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, CheckAnswer, CheckLine, Inspection, Obligation, Workstream
from ejlas.readiness.rules.inspections import Ending, Outcome, Seen, ending_of, mark_of_round
from ejlas.readiness.rules.meetings import Result
from ejlas.readiness.rules.states import WORKED, EvidenceKind, ObligationState

# So many photos of what was found wanting are shown.
MOST_FINDINGS = 6
_INSPECTED = WORKED - {ObligationState.DELIVERED}


@dataclass(frozen=True, slots=True)
class Judged:
    """An obligation of a round with its lines, and what a close makes of it."""

    obligation: Obligation
    lines: list[CheckLine]
    ending: Ending


def lines_of(inspection: Inspection) -> list[CheckLine]:
    """Return the checklist in order, with what each line is about. One SQL query."""
    return list(inspection.lines.select_related("obligation__body", "photo"))


def line_of(inspection: Inspection, slug: str) -> CheckLine | None:
    """Return a line of a round, with its photo, or None. One SQL query."""
    return inspection.lines.select_related("inspection__edition", "photo").filter(slug=slug).first()


def answers_of(inspection: Inspection) -> list[CheckAnswer]:
    """Return all that was answered on a round, in the order of what was seen. One SQL query."""
    return list(CheckAnswer.objects.filter(line__inspection=inspection).select_related("photo"))


def answer_of(inspection: Inspection, answer: UUID) -> CheckAnswer | None:
    """Return one answer of a round, with its photo, or None. One SQL query."""
    answers = CheckAnswer.objects.filter(line__inspection=inspection, answer_id=answer)
    return answers.select_related("photo").first()


def judged(lines: Iterable[CheckLine], outcomes: dict[UUID, str]) -> list[Judged]:
    """Return what a close would make of each obligation, in the order of the checklist."""
    by_obligation: dict[Obligation, list[CheckLine]] = {}
    for line in lines:
        if line.obligation is not None:
            by_obligation.setdefault(line.obligation, []).append(line)
    return [
        Judged(
            obligation,
            its,
            ending_of([_seen(line, outcomes) for line in its], ObligationState(obligation.state)),
        )
        for obligation, its in by_obligation.items()
    ]


def _seen(line: CheckLine, outcomes: dict[UUID, str]) -> Seen:
    return Seen(Result(line.result), outcomes.get(line.answer_id, "") if line.answer_id else "")


def outcomes_of(answers: Iterable[CheckAnswer]) -> dict[UUID, str]:
    """Return what already came of each answer."""
    return {each.answer_id: each.outcome for each in answers}


def mark_of(lines: Iterable[CheckLine]) -> str:
    """Return what tells whether a round still stands as somebody saw it."""
    return mark_of_round(
        (line.slug, line.result, str(line.answer_id), line.obligation.state if line.obligation else "")
        for line in lines
    )


def to_inspect(edition: Edition, *, workstream: Workstream | None = None, body: Body | None = None) -> list[Obligation]:
    """Return what wants an inspection: of a workstream or a body all that is to be inspected, else what is delivered.

    What is of neither, and what was inspected already, is left out. One SQL query.
    """
    rows = Obligation.objects.filter(edition=edition).exclude(state__in=sorted(_INSPECTED))
    if workstream is None and body is None:
        rows = rows.filter(state=ObligationState.DELIVERED)
    if workstream is not None:
        rows = rows.filter(workstream=workstream)
    if body is not None:
        rows = rows.filter(body=body)
    found = rows.select_related("body", "workstream").order_by("workstream__position", "position", "pk")
    return [each for each in found if each.state == ObligationState.DELIVERED or _asks_inspection(each)]


def _asks_inspection(obligation: Obligation) -> bool:
    return obligation.state != ObligationState.REFUSED and EvidenceKind.INSPECTION in obligation.evidence


def bodies_to_choose(edition: Edition) -> QuerySet[Body]:
    """Return the bodies of which a round can be filled."""
    return Body.objects.filter(edition=edition).order_by("position", "pk")


def workstreams_to_choose(edition: Edition) -> QuerySet[Workstream]:
    """Return the workstreams of which a round can be filled."""
    return Workstream.objects.filter(edition=edition).order_by("position", "pk")


def findings_of(obligation: Obligation) -> list[CheckAnswer]:
    """Return what rounds found wanting and sent back with a photo, what was seen last first. One SQL query."""
    return list(_findings(obligation).order_by("-seen_at", "-pk")[:MOST_FINDINGS])


def finding_of(obligation: Obligation, answer_id: UUID) -> CheckAnswer | None:
    """Return one of them, with its photo. One SQL query."""
    return _findings(obligation).filter(answer_id=answer_id).first()


def _findings(obligation: Obligation) -> QuerySet[CheckAnswer]:
    # What nobody acted on yet may still be taken back: it is not told to the body.
    told = CheckAnswer.objects.filter(line__obligation=obligation, outcome=Outcome.SENT_BACK, result=Result.WANTING)
    return told.exclude(photo=None).select_related("photo", "line__obligation")
