"""Rounds of inspection: their checklists, what phones bring in, and what a close does with the obligations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.changes import Changes
from ejlas.core.files import operations as files
from ejlas.core.files import rules as kinds
from ejlas.core.files.models import StoredFile
from ejlas.core.formats import snapshots
from ejlas.forum import operations as forum
from ejlas.readiness.models import CheckAnswer, CheckLine, Evidence, Inspection, Obligation
from ejlas.readiness.operations import errors
from ejlas.readiness.operations.obligations import EVENT as OBLIGATION_EVENT
from ejlas.readiness.operations.obligations import MOST_BYTES, new_slug, take_step
from ejlas.readiness.queries import inspections as queries
from ejlas.readiness.queries.inspections import Judged
from ejlas.readiness.rules.inspections import SAID, Outcome, counts_more
from ejlas.readiness.rules.meetings import Result
from ejlas.readiness.rules.states import EvidenceKind, Step

EVENT = "readiness.inspection"
MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an answer: the line as it stands now, whether it came for the first time, whether it counts."""

    line: CheckLine
    is_new: bool
    counts: bool


def _held(inspection: Inspection) -> Inspection:
    """Hold the row of a round, so that nobody closes it meanwhile. Raises RoundClosed."""
    held = Inspection.objects.select_for_update(of=("self",)).select_related("edition").get(pk=inspection.pk)
    if held.closed_at is not None:
        raise errors.RoundClosed
    return held


def _record(inspection: Inspection, act: str, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    entry = Entry(f"{EVENT}.{act}", "inspection", inspection.slug, values)
    audit.record([entry], scope=inspection.edition.slug, by=by.name, at=at)


@transaction.atomic
def change_round(
    *, thing: Inspection, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Change when a round is, by whom, and what it is called. Raises RoundClosed, ChangedMeanwhile."""
    _held(thing)
    return forum.change_thing(thing=thing, fields=fields, by=by, at=at, revision=revision)


@transaction.atomic
def remove_round(*, thing: Inspection, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a round that nobody walked. Raises RoundClosed, RoundWalked, ChangedMeanwhile."""
    held = _held(thing)
    if CheckAnswer.objects.filter(line__inspection=held).exists():
        raise errors.RoundWalked
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


@transaction.atomic
def fill_from(
    *, inspection: Inspection, obligations: Iterable[Obligation], language: str, by: User, at: datetime
) -> int:
    """Put a line on the checklist for each of these that has none; return how many came. Raises RoundClosed."""
    held = _held(inspection)
    there = set(held.lines.exclude(obligation=None).values_list("obligation_id", flat=True))
    place = _last_place(held)
    made = [
        CheckLine(
            slug=new_slug(),
            inspection=held,
            position=place + number,
            words=_words(obligation, language, held.edition.fallback_languages),
            obligation=obligation,
        )
        for number, obligation in enumerate((each for each in obligations if each.pk not in there), start=1)
    ]
    CheckLine.objects.bulk_create(made, batch_size=500)
    if made:
        _record(held, "filled", {"after": {"words": [line.words for line in made]}}, by=by, at=at)
    return len(made)


def _words(obligation: Obligation, language: str, fallbacks: Iterable[str]) -> str:
    return obligation.name.wording(language, tuple(fallbacks)).text or obligation.slug


def _last_place(inspection: Inspection) -> int:
    return inspection.lines.aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def add_line(
    *, inspection: Inspection, words: str, by: User, at: datetime, obligation: Obligation | None = None
) -> CheckLine:
    """Put a line of one's own at the end of the checklist. Raises WordsMissing, RoundClosed."""
    if not words.strip():
        raise errors.WordsMissing
    held = _held(inspection)
    made = CheckLine.objects.create(
        slug=new_slug(),
        inspection=held,
        position=_last_place(held) + 1,
        words=words.strip(),
        obligation=obligation,
    )
    _record(held, "checklist", {"after": {"words": made.words}}, by=by, at=at)
    return made


@transaction.atomic
def change_line(*, line: CheckLine, words: str, by: User, at: datetime) -> CheckLine:
    """Word a line that nobody answered yet. Raises WordsMissing, RoundClosed, LineGone, LineAnswered."""
    if not words.strip():
        raise errors.WordsMissing
    held = _held(line.inspection)
    row = _unanswered(line)
    if row.words != words.strip():
        sides = {"before": {"words": row.words}, "after": {"words": words.strip()}}
        row.words = words.strip()
        row.save(update_fields=["words"])
        _record(held, "checklist", sides, by=by, at=at)
    return row


@transaction.atomic
def remove_line(*, line: CheckLine, by: User, at: datetime) -> None:
    """Take a line that nobody answered off the checklist. Raises RoundClosed, LineGone, LineAnswered."""
    held = _held(line.inspection)
    row = _unanswered(line)
    row.delete()
    _record(held, "checklist", {"before": {"words": row.words}}, by=by, at=at)


def _row(line: CheckLine) -> CheckLine:
    row = CheckLine.objects.select_related("photo").filter(pk=line.pk).first()
    if row is None:
        raise errors.LineGone
    return row


def _unanswered(line: CheckLine) -> CheckLine:
    row = _row(line)
    if row.answer_id is not None:
        raise errors.LineAnswered
    return row


@transaction.atomic
def raise_line(*, line: CheckLine, by: User, at: datetime) -> None:
    """Put a line before the one that stands above it. Raises RoundClosed."""
    held = _held(line.inspection)
    order = list(held.lines.all())
    place = next((place for place, row in enumerate(order) if row.pk == line.pk), 0)
    if not place:
        return
    order[place - 1], order[place] = order[place], order[place - 1]
    for number, row in enumerate(order, start=1):
        row.position = number
    CheckLine.objects.bulk_update(order, ["position"])
    moved, other = order[place - 1].words, order[place].words
    sides = {"before": {"order": [other, moved]}, "after": {"order": [moved, other]}}
    _record(held, "checklist", sides, by=by, at=at)


@transaction.atomic
def answer_line(
    *,
    line: CheckLine,
    result: Result,
    found: str,
    answer_id: UUID,
    seen_at: datetime,
    by: User,
    at: datetime,
    photo: bytes | None = None,
) -> Taken:
    """Note what somebody found at a line; the same answer a second time changes nothing.

    What was seen earlier never takes the place of what was seen later, whenever it comes; both stay to be read.
    Raises AnswerUnclear, FoundMissing, RoundClosed, LineGone, FileEmpty, FileTooLarge, FileTypeRefused, NoPicture,
    PictureTooLarge, PictureMoves.
    """
    _require(result, found)
    if known := _known(line, answer_id):
        return known
    # Made before the round is held: no other phone waits for a picture.
    reduced = _reduced(photo)
    held = _held(line.inspection)
    # A phone that gave up too early may send the same answer while the first is still on its way.
    if known := _known(line, answer_id):
        return known
    row = _row(line)
    # A clock that goes fast must not put its answers before those that come later.
    moment = min(seen_at, at)
    made = CheckAnswer(
        answer_id=answer_id, line=row, result=result, found=found.strip(), seen_at=moment, seen_by=by.name, taken_at=at
    )
    made.photo = _kept(reduced, held, by=by, at=at) if reduced else _photo_that_stays(row, made)
    made.save(force_insert=True)
    counts = counts_more(moment, answer_id, row.seen_at, row.answer_id)
    if counts:
        _stand(row, made)
    told = {"words": row.words, "result": made.result, "found": made.found, "seen_at": moment.isoformat()}
    _record(held, "answered" if counts else "answered-late", {"after": told}, by=by, at=at)
    return Taken(row, is_new=True, counts=counts)


def _known(line: CheckLine, answer_id: UUID) -> Taken | None:
    """Return what became of an answer that was taken already. Raises AnswerUnclear for that of another line."""
    known = CheckAnswer.objects.select_related("line__photo").filter(answer_id=answer_id).first()
    if known is None:
        return None
    if known.line_id != line.pk:
        raise errors.AnswerUnclear
    return Taken(known.line, is_new=False, counts=known.line.answer_id == answer_id)


def _require(result: Result, found: str) -> None:
    if result not in SAID:
        raise errors.AnswerUnclear
    if result is Result.WANTING and not found.strip():
        raise errors.FoundMissing


def _stand(row: CheckLine, answer: CheckAnswer) -> None:
    """Let a line hold an answer as the one that counts."""
    names = ["result", "found", "photo", "seen_at", "seen_by", "answer_id"]
    for name in names:
        setattr(row, name, getattr(answer, name))
    row.save(update_fields=names)


def _reduced(photo: bytes | None) -> bytes | None:
    if photo is None:
        return None
    kinds.examine(photo, allowed=kinds.PICTURES, most_bytes=MOST_BYTES)
    return snapshots.snapshot(photo)


def _kept(photo: bytes, inspection: Inspection, *, by: User, at: datetime) -> StoredFile:
    return files.keep(
        photo,
        scope=inspection.edition.slug,
        purpose="inspection",
        name=f"{inspection.slug}.jpg",
        allowed=kinds.PICTURES,
        most_bytes=MOST_BYTES,
        by=by.name,
        at=at,
    )


def _photo_that_stays(row: CheckLine, made: CheckAnswer) -> StoredFile | None:
    # Whoever writes their words anew means the same photo; that of another finding shows another thing.
    is_same = row.result == made.result and row.seen_by == made.seen_by
    return row.photo if is_same else None


@transaction.atomic
def close_round(*, inspection: Inspection, by: User, at: datetime, seen: str | None = None) -> list[Judged]:
    """Close a round: what passed is inspected, what is wanting goes back to its body, all else stays and is named.

    `seen` is the mark of the round as it stood when its closer looked at what would come of it.
    Raises RoundClosed, RoundChanged.
    """
    held = _held(inspection)
    asked = Obligation.objects.filter(checks__inspection=held).values("pk")
    # Held in one order by everybody, so that two rounds about the same obligations wait and do not stop one another.
    list(Obligation.objects.select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk"))
    lines, answers = queries.lines_of(held), queries.answers_of(held)
    if seen is not None and seen != queries.mark_of(lines):
        raise errors.RoundChanged
    found = queries.judged(lines, queries.outcomes_of(answers))
    for each in found:
        _act(each, held, by=by, at=at)
    fields = {"closed_at": at, "closed_by": by.name}
    forum.change_thing(thing=held, fields=fields, by=by, at=at)
    told = {outcome.value: [j.obligation.slug for j in found if j.ending.outcome is outcome] for outcome in Outcome}
    _record(held, "closed", {"after": {name: slugs for name, slugs in told.items() if slugs}}, by=by, at=at)
    inspection.refresh_from_db()
    return found


def _act(judged: Judged, inspection: Inspection, *, by: User, at: datetime) -> None:
    if judged.ending.step is Step.INSPECT:
        for line in judged.lines:
            _prove(judged.obligation, line, at=at, inspection=inspection, by=by)
    if judged.ending.step is not None:
        take_step(
            obligation=judged.obligation,
            step=judged.ending.step,
            reason=_reason(judged.lines) if judged.ending.step is Step.SEND_BACK else "",
            by=by,
            at=at,
        )
    answers = [line.answer_id for line in judged.lines if line.answer_id is not None]
    CheckAnswer.objects.filter(answer_id__in=answers).update(outcome=judged.ending.outcome)


def _reason(lines: Iterable[CheckLine]) -> str:
    wanting = [line for line in lines if line.result == Result.WANTING]
    if len(wanting) == 1:
        return wanting[0].found
    return "\n".join(f"{line.words}: {line.found}" for line in wanting)


def _prove(obligation: Obligation, line: CheckLine, *, inspection: Inspection, by: User, at: datetime) -> None:
    """Let an answer stand as evidence once, with the photo that was taken."""
    if line.answer_id is None:
        return
    words = "\n".join(part for part in (line.words, line.found) if part)
    proof, is_new = Evidence.objects.get_or_create(
        slug=f"i{line.answer_id.hex}",
        defaults={
            "obligation": obligation,
            "kind": EvidenceKind.INSPECTION,
            "file": line.photo,
            "words": words,
            "added_at": at,
            "added_by": line.seen_by,
        },
    )
    if is_new:
        values = {"after": {"kind": proof.kind, "words": words, "inspection": inspection.slug}}
        entry = Entry(f"{OBLIGATION_EVENT}.proven", "obligation", obligation.slug, values)
        audit.record([entry], scope=inspection.edition.slug, by=by.name, at=at)


@transaction.atomic
def reopen_round(*, inspection: Inspection, by: User, at: datetime) -> Changes:
    """Open a closed round again for answers; what it did to obligations stays done. An open one stays open."""
    held = Inspection.objects.select_for_update(of=("self",)).select_related("edition").get(pk=inspection.pk)
    done = forum.change_thing(thing=held, fields={"closed_at": None, "closed_by": ""}, by=by, at=at)
    if done:
        _record(held, "reopened", {}, by=by, at=at)
    inspection.refresh_from_db()
    return done
