"""A search on a large problem of tables, spread over the workers: its parts asked for, answered, gathered.

One coordinator asks round after round; any worker answers. A part whose worker dies waits again as every task does; one
that nobody answers in time leaves its meetings where they stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from math import isfinite
from time import monotonic, sleep
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, connection, transaction

from ejlas.core import background
from ejlas.engine.stop import Spent, Stop, limits_left
from ejlas.planning.models import Part, Spread
from ejlas.planning.queries.spreads import ended_parts, is_asking_nothing, n_workers, part_to_solve, problem_of
from ejlas.planning.rules import ALONE_S, HEARD_OF_EVERY, KEPT_SILENT, PartState, patience_s

if TYPE_CHECKING:
    from ejlas.engine.meetings.tables.parts import Part as TablePart
    from ejlas.engine.meetings.tables.plan import TablePlan
    from ejlas.engine.meetings.tables.problem import TableProblem
    from ejlas.engine.result import Progress
    from ejlas.engine.values import Ints

LOST = (OperationalError, InterfaceError)
LOOK_EVERY_S = 0.03
# A worker that has answered stays near for so long: the next round is about to come, and the queue is looked at less.
STAYS_NEAR_S = 2.0


def solve_spread(
    *,
    problem: TableProblem,
    stop: Stop,
    seed: int,
    n_parts: int,
    at: datetime,
    progress: Progress | None = None,
) -> TablePlan:
    """Return the best plan of tables that the workers find until the stop; without workers, a first plan.

    It holds no transaction. It must not be a task itself where there is but one worker.

    Parameters
    ----------
    stop : when to end; a clock, if any, is a `Deadline`
    n_parts : parts of a round, as many as there are workers
    progress : is told objective, value and bound, in the calling thread
    """
    from ejlas.engine.meetings.tables.spread import solve_in_parts
    from ejlas.engine.meetings.tables.transport import problem_bytes

    now = _clock(at)
    spread = Spread.objects.create(problem=problem_bytes(problem), asked_at=at, seen_at=at)
    try:
        ask = _Exchange(spread, stop, now).ask
        return solve_in_parts(problem, ask, stop=stop, seed=seed, n_parts=n_parts, progress=progress)
    finally:
        # Where the database is away now, the duty does it.
        with suppress(*LOST):
            spread.delete()


def solve_part(*, part: int, at: datetime) -> None:
    """Search a part and keep the answer. One that is answered, or no longer asked for, changes nothing."""
    found, now = part_to_solve(part), _clock(at)
    if found is None:
        return
    row = Part.objects.filter(pk=part)
    row.update(state=PartState.BEGUN)
    try:
        answer = _answer(found)
    except Spread.DoesNotExist:
        return
    except Exception:
        row.update(state=PartState.FAILED)
        raise
    row.update(state=PartState.ANSWERED, answer=answer, answered_at=now())
    _stay_near(found.spread)


def forget_spreads(*, at: datetime) -> int:
    """Remove the searches whose coordinator is gone, with their parts; return how many rows."""
    return Spread.objects.filter(seen_at__lt=at - KEPT_SILENT).delete()[0]


def _answer(part: Part) -> bytes:
    from ejlas.engine.meetings.tables import part_search, transport

    problem = problem_of(part.spread)
    return transport.answer_bytes(part_search.solve_part(problem, transport.part_from_bytes(bytes(part.question))))


def _stay_near(spread: Spread) -> None:
    began = monotonic()
    while monotonic() - began < STAYS_NEAR_S and is_asking_nothing(spread):
        sleep(LOOK_EVERY_S)


def _clock(at: datetime) -> Callable[[], datetime]:
    began = monotonic()
    return lambda: at + timedelta(seconds=monotonic() - began)


class _Exchange:
    """The coordinator's side: parts out, answers in."""

    def __init__(self, spread: Spread, stop: Stop, now: Callable[[], datetime]) -> None:
        self.spread, self.stop, self.now = spread, stop, now
        self.has_clock = isfinite(limits_left(stop, Spent()).seconds)
        self.alone_since: datetime | None = None

    def ask(self, parts: Sequence[TablePart]) -> list[Ints | None]:
        """Have the parts searched; None for each whose answer does not come in time, or if the database is away."""
        try:
            self._put(parts)
            self._wait(len(parts))
            return self._take(len(parts))
        except LOST:
            connection.close()
            return [None] * len(parts)

    @transaction.atomic
    def _put(self, parts: Sequence[TablePart]) -> None:
        from ejlas.engine.meetings.tables.transport import part_bytes

        rows = [
            Part(spread=self.spread, number=number, seed=part.seed, question=part_bytes(part), asked_at=self.now())
            for number, part in enumerate(parts)
        ]
        for row in Part.objects.bulk_create(rows):
            background.enqueue("planning.solve_part", part=row.pk)

    def _wait(self, n_parts: int) -> None:
        """Wait until all parts have ended, or what is left of them is not waited for any longer."""
        began, n_ended, answered_after = monotonic(), 0, 0.0
        while n_ended < n_parts and not self._is_over():
            gone = monotonic() - began
            if n_ended and gone > patience_s(answered_after, has_clock=self.has_clock):
                return
            sleep(LOOK_EVERY_S)
            if (n_now := ended_parts(self.spread)) > n_ended:
                n_ended, answered_after = n_now, monotonic() - began

    def _is_over(self) -> bool:
        """Whether the stop says that it is enough, or no worker lives; the search is heard of meanwhile."""
        left = limits_left(self.stop, Spent())
        if left.seconds <= 0 or left.work <= 0 or self.stop(Spent()):
            return True
        at = self.now()
        if at - self.spread.seen_at >= HEARD_OF_EVERY:
            self.spread.seen_at = at
            Spread.objects.filter(pk=self.spread.pk).update(seen_at=at)
            self.alone_since = None if n_workers(at=at) else self.alone_since or at
        return self.alone_since is not None and at - self.alone_since > timedelta(seconds=ALONE_S)

    def _take(self, n_parts: int) -> list[Ints | None]:
        """Return what was answered, and take the parts of this round away: a late answer is no answer."""
        from ejlas.engine.meetings.tables.transport import answer_from_bytes

        answers: list[Ints | None] = [None] * n_parts
        for row in self.spread.parts.filter(state=PartState.ANSWERED):
            if row.answer is not None:
                answers[row.number] = answer_from_bytes(bytes(row.answer))
        self.spread.parts.all().delete()
        return answers
