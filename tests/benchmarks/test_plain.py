import time
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.plain import solve
from tests.engine.meetings.tables.instances import fair


@pytest.mark.parametrize("seed", range(3))
def test_the_plain_model_grants_everything_where_everything_fits(seed):
    problem = fair(people=6, slots=5, seed=seed)
    problem = replace(problem, pool=np.full(problem.n_meetings, -1))

    found = solve(problem, ends=time.monotonic() + 60, workers=1)

    assert found["proven"]
    assert found["feasible"]
    assert found["granted_weight"] == found["bound"] == int(problem.weight.sum())
