"""How the time to come within 0.998 of the bound grows with the requests: `python -m benchmarks.growth REQUESTS SEED`.

Start-up is left out: a smaller forum is searched before, so that everything is loaded and compiled.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass

from benchmarks.forums import growing, text
from ejlas.engine.meetings.formats.forum_json import read_forum
from ejlas.engine.meetings.tables.objectives import WEIGHT
from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.meetings.tables.solve import solve
from ejlas.engine.stop import Spent

SHARE = 0.998
REQUESTS = (1_000, 2_000, 5_000, 10_000, 20_000, 40_000)
LONGEST = 240.0
"""Seconds after which a search that has not come so far is given up."""
WARM_UP = 800


@dataclass
class Race:
    """A search that ends where its weight comes near enough to the bound, and the time it took."""

    began: float
    cpu_began: float
    seconds: float | None = None
    cpu_seconds: float | None = None

    def progress(self, objective: str, value: int, bound: int) -> None:
        """Note the moment at which the share is reached."""
        if self.seconds is None and objective == WEIGHT and value >= SHARE * bound:
            self.seconds = time.monotonic() - self.began
            self.cpu_seconds = time.process_time() - self.cpu_began

    def is_over(self, _spent: Spent) -> bool:
        """Whether the share was reached, or never will be."""
        return self.seconds is not None or time.monotonic() - self.began > LONGEST


def race(problem: TableProblem, seed: int, workers: int) -> Race:
    """Search until the share is reached."""
    found = Race(time.monotonic(), time.process_time())
    solve(problem, stop=found.is_over, seed=seed, workers=workers, progress=found.progress)
    return found


def main() -> None:
    """Print how long the forum of this size took."""
    requests, seed = int(sys.argv[1]), int(sys.argv[2])
    race(read_forum(text(growing(WARM_UP), 1)), 1, 2)
    problem = read_forum(text(growing(requests), seed))
    found = race(problem, seed, 2)
    print(
        json.dumps(
            {
                "participants": problem.n_participants,
                "seconds": found.seconds and round(found.seconds, 3),
                "cpu_seconds": found.cpu_seconds and round(found.cpu_seconds, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
