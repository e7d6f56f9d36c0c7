"""Runs of the planner asked for: a plan from nothing, a repair of the plan in force, a "what if"; and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import background
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.models import Edition
from ejlas.planning.models import Run
from ejlas.planning.operations.runs import StoppedBeforeAPlan, end_without_a_plan, locked, revived
from ejlas.planning.operations.trail import record
from ejlas.planning.queries.facts import Facts, facts_of
from ejlas.planning.rules import ACTIVE, MOST_CHANGES, Change, ChangeKind, NotAChange, RunKind, RunState

# So many stand side by side; more than that nobody compares.
MOST_WHAT_IFS = 8


class RunInProgress(RuleBroken):
    """An edition has one run at a time: of two, the one accepted second would undo the first."""

    message = marked("A plan is being made already; %(by)s asked for it. Wait for it, or stop it.")


class NothingChosen(RuleBroken):
    """A "what if" is about something."""

    message = marked("Choose at least one change.")


class TooManyChanges(RuleBroken):
    """More than anybody could tell apart in what comes out."""

    message = marked("A question may have at most %(most)s changes.")


class ChangeOfNothing(RuleBroken):
    """What a change is about is not there, or not there any more."""

    message = marked("“%(thing)s” is not there, or not any more; choose again.")


class NoSuchChange(RuleBroken):
    """What is written is none of the changes that can be thought of."""

    message = marked("“%(written)s” is no change that can be thought of.")


class TooManyWhatIfs(RuleBroken):
    """Those that are not needed any more are put away first."""

    message = marked("At most %(most)s questions are kept; put one of them away first.")


class NotAWhatIf(RuleBroken):
    """A run whose plan may be accepted is kept."""

    message = marked("Only a question “What if” can be put away.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long a run may search, on how many cores, from which seed; whether a worker does it."""

    seconds: int
    workers: int
    seed: int = 1
    in_background: bool = False


@transaction.atomic
def ask_for_run(
    *,
    edition: Edition,
    seconds: int,
    workers: int,
    seed: int,
    by: User,
    at: datetime,
    in_background: bool = False,
    enough_percent: float | None = None,
) -> Run:
    """Note that a plan is wanted; in the background, a worker begins it after the commit. Raises RunInProgress.

    `enough_percent` lets it end by itself once no more than so many per cent of weight could be missing.
    """
    _hold_the_place(edition, at=at)
    effort = Effort(seconds=seconds, workers=workers, seed=seed, in_background=in_background)
    return _asked(Run(edition=edition, kind=RunKind.PLAN, enough_percent=enough_percent), effort, by=by, at=at)


@transaction.atomic
def ask_for_repair(*, edition: Edition, effort: Effort, by: User, at: datetime) -> Run:
    """Note that the plan in force is to be made right again, with the fewest moves. Raises RunInProgress."""
    _hold_the_place(edition, at=at)
    return _asked(Run(edition=edition, kind=RunKind.REPAIR), effort, by=by, at=at)


@transaction.atomic
def ask_what_if(*, edition: Edition, changes: Sequence[Change], effort: Effort, by: User, at: datetime) -> Run:
    """Note the question what the plan in force would become; nothing of it is ever written to the programme.

    Raises NothingChosen, TooManyChanges, ChangeOfNothing, TooManyWhatIfs.
    """
    Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    wanted = list(dict.fromkeys(changes))
    if not wanted:
        raise NothingChosen()
    if len(wanted) > MOST_CHANGES:
        raise TooManyChanges(most=MOST_CHANGES)
    facts = facts_of(edition)
    for change in wanted:
        if not is_there(change, facts):
            raise ChangeOfNothing(thing=change.thing)
    if edition.runs.filter(kind=RunKind.WHAT_IF, discarded_at=None).count() >= MOST_WHAT_IFS:
        raise TooManyWhatIfs(most=MOST_WHAT_IFS)
    written = [change.written() for change in wanted]
    return _asked(Run(edition=edition, kind=RunKind.WHAT_IF, changes=written), effort, by=by, at=at)


def change_written(written: str) -> Change:
    """Return the change that is written. Raises NoSuchChange."""
    try:
        return Change.read(written)
    except NotAChange as fault:
        raise NoSuchChange(written=written) from fault


def is_there(change: Change, facts: Facts) -> bool:
    """Whether what a change is about is a thing of the edition."""
    things = {
        ChangeKind.ROOM_CLOSED: facts.rooms,
        ChangeKind.INTERPRETER_AWAY: facts.interpreters,
        ChangeKind.PARTY_AWAY: facts.parties,
        ChangeKind.PARTY_FREE: facts.parties,
        ChangeKind.NO_CAP: facts.parties,
        ChangeKind.ANY_TIME: facts.bilaterals,
        ChangeKind.WITHDRAWN: facts.bilaterals,
    }
    return change.kind not in things or any(each.slug == change.thing for each in things[change.kind])


@transaction.atomic
def discard_what_if(*, run: Run, by: User, at: datetime) -> Run:
    """Put a question away, whether it is answered or not. Raises NotAWhatIf."""
    run = locked(run)
    if run.kind != RunKind.WHAT_IF:
        raise NotAWhatIf()
    if run.discarded_at is None:
        if run.state in ACTIVE:
            # Its worker sees that the run is no longer its own, and ends.
            end_without_a_plan(run, RunState.STOPPED, StoppedBeforeAPlan(by=by.name), at=at)
            run.stopped_by = by.name
        run.discarded_at = at
        run.save()
        record("planning.run.discarded", run, {}, by=by.name, at=at)
    return run


def _hold_the_place(edition: Edition, *, at: datetime) -> None:
    """Hold the place of the one run that an edition may have at a time. Raises RunInProgress."""
    Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    at_work = edition.runs.filter(state__in=ACTIVE).exclude(kind=RunKind.WHAT_IF)
    revived(at_work, at=at)
    active = at_work.first()
    if active is not None:
        raise RunInProgress(by=active.asked_by)


def _asked(run: Run, effort: Effort, *, by: User, at: datetime) -> Run:
    run.seconds, run.workers, run.seed = effort.seconds, effort.workers, effort.seed
    run.in_background, run.asked_by, run.asked_at = effort.in_background, by.name, at
    run.save()
    values = {"kind": run.kind, "seconds": run.seconds, "workers": run.workers, "seed": run.seed}
    values |= {"enough_percent": run.enough_percent} if run.enough_percent is not None else {}
    values |= {"changes": run.changes} if run.changes else {}
    record("planning.run.asked", run, values, by=by.name, at=at)
    if run.in_background:
        background.enqueue("planning.solve_run", run=run.pk)
    return run
