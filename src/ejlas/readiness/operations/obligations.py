"""Obligations: writing them down, linking them, and taking them from the plan to their end."""

from __future__ import annotations

import secrets as chance
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ejlas.accounts.models import User
from ejlas.core import changes
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.changes import ChangedMeanwhile, Changes
from ejlas.core.files import operations as files
from ejlas.core.files import rules as kinds
from ejlas.core.said import Way
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition
from ejlas.forum.operations.said import called
from ejlas.readiness.models import Body, Comment, Evidence, Link, Obligation, Resource, ResourceUse
from ejlas.readiness.operations import errors
from ejlas.readiness.rules.circles import circle
from ejlas.readiness.rules.states import STEPS, WITH_REASON, WORKED, EvidenceKind, ObligationState, Step

EVENT = "readiness.obligation"
MOST_BYTES = 15_000_000
_LETTERS = 12


def new_slug() -> str:
    """Return a name for addresses, drawn by lot."""
    return "r" + chance.token_hex(_LETTERS)


@transaction.atomic
def add_obligation(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Obligation:
    """Write down what a body owes. Raises EstimateOutOfOrder, DueBeforeStart, BodyDissolved."""
    _require(fields, None)
    return forum.add_thing(Obligation, edition=edition, fields=fields, by=by, at=at)


@transaction.atomic
def change_obligation(
    *, thing: Obligation, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring an obligation to these fields.

    Raises ChangedMeanwhile, EstimateOutOfOrder, DueBeforeStart, BodyDissolved.
    """
    _require(fields, thing)
    return forum.change_thing(thing=thing, fields=fields, by=by, at=at, revision=revision)


def _require(fields: Mapping[str, Any], held: Obligation | None) -> None:
    def value(name: str) -> Any:
        return fields[name] if name in fields else getattr(held, name, None)

    estimate = [value(name) for name in ("least_days", "likely_days", "most_days")]
    if all(days is not None for days in estimate) and estimate != sorted(estimate):
        raise errors.EstimateOutOfOrder
    start, due = value("start_after"), value("due_on")
    if start and due and due < start:
        raise errors.DueBeforeStart
    body: Body | None = fields.get("body")
    if body is not None and body.dissolved_on is not None and (held is None or held.body_id != body.pk):
        raise errors.BodyDissolved.of(body)


@transaction.atomic
def set_predecessors(
    *, obligation: Obligation, lags: Mapping[Obligation, int], by: User, at: datetime, revision: int | None = None
) -> tuple[int, int]:
    """Let an obligation begin after others, each with its lag in working days; return how many came and went.

    Raises InCircle, with the way round; ChangedMeanwhile.
    """
    # Two who link at once could close a circle between them: the row of the edition makes the second wait.
    Edition.objects.select_for_update().get(pk=obligation.edition_id)
    _held(obligation, revision)
    there = dict(Link.objects.filter(after=obligation).values_list("before_id", "lag_days"))
    wanted = {before.pk: lag for before, lag in lags.items()}
    _require_no_circle(obligation, wanted)
    gone = there.keys() - wanted.keys()
    Link.objects.filter(after=obligation, before__in=gone).delete()
    for before, lag in wanted.items():
        if there.get(before) != lag:
            Link.objects.update_or_create(before_id=before, after=obligation, defaults={"lag_days": lag})
    n_new = len(wanted.keys() - there.keys())
    if there != wanted:
        _turned(obligation)
        slugs = dict(Obligation.objects.filter(pk__in={*there, *wanted}).values_list("pk", "slug"))
        sides = {
            "before": {"predecessors": {slugs[key]: lag for key, lag in there.items()}},
            "after": {"predecessors": {slugs[key]: lag for key, lag in wanted.items()}},
        }
        entry = Entry(f"{EVENT}.linked", "obligation", obligation.slug, sides)
        audit.record([entry], scope=obligation.edition.slug, by=by.name, at=at)
    return n_new, len(gone)


def _held(obligation: Obligation, revision: int | None = None) -> Obligation:
    """Hold the row of an obligation, so that a second one waits. Raises ChangedMeanwhile."""
    row = Obligation.objects.select_for_update(of=("self",)).select_related("edition").get(pk=obligation.pk)
    if revision is not None and row.revision != revision:
        raise ChangedMeanwhile
    return row


def _turned(obligation: Obligation) -> None:
    """Let whoever still sees the state before be told of it."""
    Obligation.objects.filter(pk=obligation.pk).update(revision=F("revision") + 1)
    obligation.refresh_from_db(fields=["revision"])


def _require_no_circle(obligation: Obligation, wanted: Mapping[int, int]) -> None:
    followers: dict[int, list[int]] = {}
    links = Link.objects.filter(before__edition=obligation.edition_id).exclude(after=obligation)
    for before, after in links.values_list("before_id", "after_id"):
        followers.setdefault(before, []).append(after)
    for before in wanted:
        followers.setdefault(before, []).append(obligation.pk)
    way = circle(followers)
    if way:
        rows = {row.pk: row for row in Obligation.objects.filter(pk__in=way).select_related("edition")}
        raise errors.InCircle(way=Way.of(called(rows[key]) for key in way))


@transaction.atomic
def set_uses(
    *, obligation: Obligation, amounts: Mapping[Resource, int], by: User, at: datetime, revision: int | None = None
) -> None:
    """Say how much of limited hands or equipment an obligation holds while it is worked on. Raises ChangedMeanwhile."""
    _held(obligation, revision)
    there = {use.resource.slug: use.amount for use in obligation.uses.select_related("resource")}
    wanted = {resource.slug: amount for resource, amount in amounts.items() if amount}
    if there == wanted:
        return
    _turned(obligation)
    obligation.uses.all().delete()
    ResourceUse.objects.bulk_create(
        ResourceUse(obligation=obligation, resource=resource, amount=amount)
        for resource, amount in amounts.items()
        if amount
    )
    sides = {"before": {"uses": there}, "after": {"uses": wanted}}
    entry = Entry(f"{EVENT}.equipped", "obligation", obligation.slug, sides)
    audit.record([entry], scope=obligation.edition.slug, by=by.name, at=at)


@transaction.atomic
def take_step(
    *, obligation: Obligation, step: Step, by: User, at: datetime, reason: str = "", revision: int | None = None
) -> Changes:
    """Take an obligation one step on. Raises StepTaken, StepGone, ReasonMissing, EvidenceMissing, ChangedMeanwhile."""
    row, (sources, target) = _held(obligation), STEPS[step]
    if row.state == target:
        raise errors.StepTaken(name=called(row))
    if revision is not None and row.revision != revision:
        raise ChangedMeanwhile
    if row.state not in sources:
        raise errors.StepGone(name=called(row))
    if step in WITH_REASON and not reason.strip():
        raise errors.ReasonMissing
    if step is Step.CLOSE or (step is Step.DELIVER and not _needs_inspection(row)):
        _require_evidence(row, before_inspection=step is Step.DELIVER)
    done = changes.change(row, _fields(row, step, target, reason, at), event=EVENT, at=at)
    audit.record(done.entries, scope=row.edition.slug, by=by.name, at=at)
    if step in (Step.REOPEN, Step.SEND_BACK):
        # It is with its body again, which is told so: the ladder of reminders begins anew.
        row.reminders.counting().update(is_over=True)
    obligation.refresh_from_db()
    return done


def _needs_inspection(row: Obligation) -> bool:
    return EvidenceKind.INSPECTION in row.evidence


def _require_evidence(row: Obligation, *, before_inspection: bool) -> None:
    held = set(row.proofs.values_list("kind", flat=True))
    if row.inspected_at is not None:
        held.add(EvidenceKind.INSPECTION)
    missing = [kind for kind in row.evidence if kind not in held]
    if before_inspection:
        missing = [kind for kind in missing if kind != EvidenceKind.INSPECTION]
    if missing:
        raise errors.EvidenceMissing(name=called(row), kinds=", ".join(missing))


def _fields(row: Obligation, step: Step, target: ObligationState, reason: str, at: datetime) -> dict[str, Any]:
    day = at.astimezone(row.edition.zone).date()
    fields: dict[str, Any] = {"state": target, "reason": reason.strip()}
    if step is Step.ACCEPT:
        fields["accepted_at"] = at
    if target is ObligationState.IN_WORK:
        fields |= {"started_on": row.started_on or day, "delivered_on": None, "inspected_at": None}
    if step is Step.DELIVER:
        fields |= {"started_on": row.started_on or day, "delivered_on": day, "progress": 100}
    if step is Step.INSPECT:
        fields["inspected_at"] = at
    if step is Step.CLOSE:
        fields["done_at"] = at
    if step is Step.REOPEN:
        fields |= {"done_at": None, "delivered_on": None, "inspected_at": None, "accepted_at": None, "progress": 0}
    return fields


@transaction.atomic
def note_progress(*, obligation: Obligation, progress: int, by: User, at: datetime) -> Changes:
    """Note how far the work has come, in hundredths; the first note of work begins it. Raises StepGone."""
    if obligation.state in WORKED:
        raise errors.StepGone(name=called(obligation))
    if obligation.state != ObligationState.IN_WORK:
        take_step(obligation=obligation, step=Step.START, by=by, at=at)
    return forum.change_thing(thing=obligation, fields={"progress": progress}, by=by, at=at)


@transaction.atomic
def add_evidence(
    *,
    obligation: Obligation,
    kind: EvidenceKind,
    by: User,
    at: datetime,
    data: bytes | None = None,
    name: str = "",
    words: str = "",
    slug: str = "",
) -> Evidence:
    """Add what shows that an obligation was met; with the same slug a second time, it is the same one.

    Raises FileEmpty, FileTooLarge, FileTypeRefused.
    """
    known = Evidence.objects.filter(slug=slug).first() if slug else None
    if known is not None:
        return known
    kept = None
    if data is not None:
        kept = files.keep(
            data,
            scope=obligation.edition.slug,
            purpose="evidence",
            name=name,
            allowed=kinds.PICTURES if kind is EvidenceKind.PHOTO else kinds.LETTERS,
            most_bytes=MOST_BYTES,
            by=by.name,
            at=at,
        )
    made = Evidence.objects.create(
        slug=slug or new_slug(),
        obligation=obligation,
        kind=kind,
        file=kept,
        words=words.strip(),
        added_at=at,
        added_by=by.name,
    )
    values = {"after": {"kind": kind.value, "words": made.words}}
    entry = Entry(f"{EVENT}.proven", "obligation", obligation.slug, values)
    audit.record([entry], scope=obligation.edition.slug, by=by.name, at=at)
    return made


@transaction.atomic
def add_comment(
    *, obligation: Obligation, words: str, by: User, at: datetime, is_of_body: bool = False, slug: str = ""
) -> Comment | None:
    """Say something about an obligation; nothing said is nothing written."""
    if not words.strip():
        return None
    made, is_new = Comment.objects.get_or_create(
        slug=slug or new_slug(),
        defaults={
            "obligation": obligation,
            "words": words.strip(),
            "is_of_body": is_of_body,
            "said_at": at,
            "said_by": by.name,
        },
    )
    if is_new:
        entry = Entry(f"{EVENT}.discussed", "obligation", obligation.slug, {"after": {"words": made.words}})
        audit.record([entry], scope=obligation.edition.slug, by=by.name, at=at)
    return made
