"""The worker's process: the library's loop, made to outlive the database, with signs of life and duties beside it."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from ejlas.core import background
from ejlas.core.workers import operations, rules

logger = logging.getLogger("ejlas.worker")

LOST = (OperationalError, InterfaceError)
PAUSE_S = 2.0


def place() -> str:
    """Name the machine, its start and the room of its process numbers: the same number elsewhere is another process."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return socket.gethostname()


def gone_here(at_place: str, process: int) -> bool:
    """Tell whether a process of this machine is gone for certain."""
    return at_place == place() and not Path("/proc", str(process)).exists() and Path("/proc/self").exists()


class SteadyWorker(Worker):
    """Takes one task after the other until told to stop; a task that was begun is ended first."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self.over = threading.Event()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End after the current task; a second Ctrl-C ends at once, and another worker takes the task later."""
        if not self.running and signum == signal.SIGINT:
            os._exit(1)
        self.running = False
        if not self.running_task:
            raise SystemExit(0)

    def work(self) -> None:
        """Work until told to stop, also through an absence of the database."""
        self.configure_signals()
        beside = [
            threading.Thread(target=self._again_and_again, args=(self._live, rules.BEAT_EVERY_S), daemon=True),
            threading.Thread(target=self._again_and_again, args=(self._do_duties, PAUSE_S), daemon=True),
        ]
        try:
            while not self._ready():
                self.over.wait(PAUSE_S)
            for thread in beside:
                thread.start()
            logger.info("the worker has begun")
            while self.running:
                self._run_until_lost()
        finally:
            self.over.set()
            self._leave()

    def _ready(self) -> bool:
        return self._steadily(self._live) and self._steadily(lambda: operations.know_duties(background.duties()))

    def _run_until_lost(self) -> None:
        try:
            self.run()
        except LOST:
            logger.warning("the database does not answer; the worker waits")
            connections.close_all()
            self.over.wait(PAUSE_S)
            # Its own task of before, whose end could not be written, is one that nobody does.
            self._steadily(lambda: operations.requeue_lost(at=timezone.now(), gone_here=gone_here, idle=self.worker_id))

    def _live(self) -> None:
        now = timezone.now()
        operations.beat(name=self.worker_id, place=place(), process=os.getpid(), at=now)
        n_tasks = operations.requeue_lost(at=now, gone_here=gone_here)
        if n_tasks:
            logger.warning("tasks of a dead worker wait again", extra={"fields": {"tasks": n_tasks}})

    def _do_duties(self) -> None:
        every = background.duties()
        while name := operations.take_duty(every, by=self.worker_id, at=timezone.now(), gone_here=gone_here):
            try:
                background.task_of(name).call()
            except LOST:
                raise
            except Exception:
                logger.exception("a duty failed", extra={"fields": {"duty": name}})
            finally:
                operations.end_duty(name, by=self.worker_id, at=timezone.now())
            if self.over.is_set():
                return

    def _again_and_again(self, act: Callable[[], object], pause: float) -> None:
        while not self.over.wait(pause):
            self._steadily(act)

    def _steadily(self, act: Callable[[], object]) -> bool:
        """Do it, unless the database is away; its absence is told by the loop of tasks."""
        try:
            act()
        except LOST:
            return False
        finally:
            connections.close_all()
        return True

    def _leave(self) -> None:
        if self._steadily(lambda: operations.leave(name=self.worker_id)):
            logger.info("the worker has ended")
