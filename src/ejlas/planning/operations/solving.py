"""The work on one run: the search in a thread of its own, and beside it what is heard of it and who may end it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError, connection, transaction

from ejlas.engine.stop import Switch
from ejlas.planning.models import Run
from ejlas.planning.operations.runs import StoppedBeforeAPlan, WorkerLost, end_without_a_plan, locked
from ejlas.planning.operations.trail import record
from ejlas.planning.queries.facts import Basis, basis_of, facts_of
from ejlas.planning.rules import HEARD_OF_EVERY, MOST_ATTEMPTS, RunState

if TYPE_CHECKING:
    from ejlas.planning.queries.plan import Planned

Progress = Callable[[str, int, int], None]

BEAT_SECONDS = 0.5


def solve_run(*, run: Run, at: datetime, progress: Progress | None = None, task: str = "") -> Run:
    """Find the plan of a run and keep it with its certificate and the reasons of every refusal.

    The search holds no transaction: it may take minutes. Called again for a run that another works on, or that has
    ended, it changes nothing. Raises OffTheGrid, NoRoomForBilaterals; the run then stands as failed.

    Parameters
    ----------
    progress : is told each better value, in the calling thread
    task : the name of the background task; a task that is begun again takes its run up again
    """
    began = monotonic()

    def now() -> datetime:
        return at + timedelta(seconds=monotonic() - began)

    if not _take_up(run, task=task, at=at):
        run.refresh_from_db()
        return run
    try:
        planned, basis = _Watch(run, progress, now).search()
    except BaseException as fault:
        # A worker that is told to end leaves its run to the next one; nobody else would go on with a command's.
        if isinstance(fault, Exception) or not run.in_background:
            _fail(run, fault, at=now())
        raise
    return _keep(run, planned, basis, at=now())


@transaction.atomic
def _take_up(run: Run, *, task: str, at: datetime) -> bool:
    """Make the run this caller's own; False where it is another's, or at its end."""
    held = locked(run)
    is_own = bool(task) and held.task == task and held.state in {RunState.RUNNING, RunState.STOPPING}
    if held.state != RunState.QUEUED and not is_own:
        return False
    run.refresh_from_db()
    if run.state == RunState.STOPPING:
        end_without_a_plan(run, RunState.STOPPED, StoppedBeforeAPlan(by=run.stopped_by), at=at)
    elif run.attempts >= MOST_ATTEMPTS:
        end_without_a_plan(run, RunState.FAILED, WorkerLost(), at=at)
    else:
        run.state, run.task, run.attempts = RunState.RUNNING, task, run.attempts + 1
        run.began_at, run.seen_at, run.progress = at, at, {}
    run.save()
    return run.state == RunState.RUNNING


class _Watch:
    """What stands beside a search: it tells how far it is, and ends it when a person says so."""

    def __init__(self, run: Run, progress: Progress | None, now: Callable[[], datetime]) -> None:
        self.run, self.tell, self.now = run, progress, now
        self.switch = Switch()
        self.news: SimpleQueue[tuple[str, int, int]] = SimpleQueue()
        self.progress: dict[str, Any] = {}
        self.written_at = now()

    def search(self) -> tuple[Planned, Basis]:
        """Find the plan, and say what it rests on."""
        # numpy and the engine come with it: a web process that only shows runs needs neither.
        from ejlas.planning.queries.plan import asked_of, plan_of

        facts = facts_of(self.run.edition)
        asked = asked_of(facts, self.run)
        with ThreadPoolExecutor(max_workers=1) as pool:
            search: Future[Planned] = pool.submit(
                plan_of, asked, self.run, switch=self.switch, progress=lambda *news: self.news.put(news)
            )
            try:
                while not wait([search], timeout=BEAT_SECONDS).done:
                    self.beat()
                self.listen()
            except BaseException:
                self.switch.throw()
                raise
        return search.result(), basis_of(facts)

    def beat(self) -> None:
        """Write what is new, and ask whether to go on; a database that is gone for a moment is asked again."""
        heard = self.listen()
        try:
            if heard or self.now() - self.written_at >= HEARD_OF_EVERY:
                self.written_at = self.now()
                self._mine().update(seen_at=self.written_at, progress=self.progress)
            goes_on = self._mine().filter(state=RunState.RUNNING).exists()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            return
        if not goes_on:
            self.switch.throw()

    def listen(self) -> bool:
        """Take in what the search has told meanwhile; whether that was anything."""
        heard = False
        while not self.news.empty():
            objective, value, bound = self.news.get()
            self.progress |= {"objective": objective, objective: {"value": value, "bound": bound}}
            heard = True
            if self.tell is not None:
                self.tell(objective, value, bound)
        return heard

    def _mine(self) -> Any:
        # Whoever takes the run up after us counts one attempt more; then it is no longer ours.
        return Run.objects.filter(pk=self.run.pk, attempts=self.run.attempts)


def _held(run: Run) -> Run | None:
    """Return the run under a lock, if it is still the caller's."""
    held = locked(run)
    at_work = held.state in {RunState.RUNNING, RunState.STOPPING}
    return held if at_work and held.attempts == run.attempts else None


@transaction.atomic
def _keep(run: Run, planned: Planned, basis: Basis, *, at: datetime) -> Run:
    held = _held(run)
    if held is None:
        return locked(run)
    for name, value in planned.fields().items():
        setattr(held, name, value)
    was_stopped = held.state == RunState.STOPPING
    if was_stopped and not planned.has_plan:
        end_without_a_plan(held, RunState.STOPPED, StoppedBeforeAPlan(by=held.stopped_by), at=at)
    elif planned.has_plan:
        held.state = RunState.STOPPED if was_stopped else RunState.DONE
    else:
        held.state = RunState.FAILED
    held.ended_at = held.seen_at = at
    held.basis = basis
    held.save()
    values = {"value": held.value, "bound": held.bound, "placed": len(held.placements)}
    record("planning.run.ended", held, values, by=held.asked_by, at=at)
    return held


@transaction.atomic
def _fail(run: Run, fault: BaseException, *, at: datetime) -> None:
    held = _held(run)
    if held is None:
        return
    end_without_a_plan(held, RunState.FAILED, fault, at=at)
    held.save()
    run.refresh_from_db()
    record("planning.run.failed", held, {"fault": type(fault).__name__}, by=held.asked_by, at=at)
