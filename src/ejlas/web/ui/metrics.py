"""Figures of all web processes together, in the format of Prometheus; each process adds to files that all can read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from django.db import Error
from django.utils import timezone

from ejlas.core.workers import queries

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram
    from prometheus_client.core import Metric

# prometheus_client reads this when it is imported; `ejlas serve` sets it, and empties the folder before it begins.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


_making = Lock()


def _request_figures() -> tuple[Counter, Histogram]:
    # The first requests of a process come together: a figure may be made by one of them only.
    with _making:
        return _made_figures()


@lru_cache(maxsize=1)
def _made_figures() -> tuple[Counter, Histogram]:
    from prometheus_client import Counter, Histogram

    requests = Counter("ejlas_requests", "Requests answered", ["view", "status"])
    durations = Histogram("ejlas_request_seconds", "Seconds until an answer was ready", ["view"], buckets=BUCKETS)
    return requests, durations


def count(*, view: str, status: int, seconds: float) -> None:
    """Count one answered request by its view and the class of its status: 2xx, 3xx, 4xx, 5xx."""
    requests, durations = _request_figures()
    requests.labels(view=view, status=f"{status // 100}xx").inc()
    durations.labels(view=view).observe(seconds)


def exposition() -> bytes:
    """Return the figures of every web process, and those of the database and the queue as they are now."""
    from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        registry.register(_Now())
        return generate_latest(registry)
    # One process alone, as in a test: its own figures are all there are.
    registry.register(_Now())
    return generate_latest(REGISTRY) + generate_latest(registry)


class _Now:
    """What is asked of the database when the figures are read."""

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        try:
            queue = queries.queue(at=timezone.now())
        except Error:
            yield GaugeMetricFamily("ejlas_database_up", "Whether the database answers", value=0)
            return
        yield GaugeMetricFamily("ejlas_database_up", "Whether the database answers", value=1)
        yield GaugeMetricFamily("ejlas_tasks_waiting", "Tasks that wait for a worker", value=queue.waiting)
        yield GaugeMetricFamily("ejlas_tasks_running", "Tasks that a worker is at", value=queue.running)
        yield GaugeMetricFamily("ejlas_task_oldest_seconds", "Age of the oldest task that waits", value=queue.oldest_s)
        yield GaugeMetricFamily("ejlas_workers", "Workers that gave a sign of life", value=queue.workers)
        if queue.beat_age_s is not None:
            words = "Seconds since the last sign of life of any worker"
            yield GaugeMetricFamily("ejlas_worker_beat_age_seconds", words, value=queue.beat_age_s)
