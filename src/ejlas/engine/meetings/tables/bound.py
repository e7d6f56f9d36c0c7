"""How much weight any plan of tables can grant: a linear program that counts slots without telling them apart."""

from math import floor

import numpy as np

from ejlas.engine.meetings.tables.problem import NONE, TableProblem


def weight_bound(problem: TableProblem) -> int:
    """Return a bound on the granted weight that no plan can pass.

    No participant has more meetings than available slots, no language pair more than interpreters in all slots, and no
    plan more than tables in all slots: a b-matching, relaxed. Slots that nobody can use are left out.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    possible = np.flatnonzero(problem.open.any(axis=1))
    if not possible.size:
        return 0
    weight = problem.weight[possible]
    pool = problem.pool[possible]
    row = np.concatenate([problem.pair[possible].reshape(-1), problem.n_participants + pool[pool != NONE]])
    column = np.concatenate([np.repeat(np.arange(len(possible)), 2), np.flatnonzero(pool != NONE)])
    n_rows = problem.n_participants + problem.n_pools + 1
    row = np.concatenate([row, np.full(len(possible), n_rows - 1)])
    column = np.concatenate([column, np.arange(len(possible))])
    matrix = csr_array((np.ones(len(row)), (row, column)), shape=(n_rows, len(possible)))
    limits = np.concatenate(
        [problem.available.sum(axis=1), problem.interpreters.sum(axis=1), [int(problem.tables.sum())]]
    )
    found = linprog(-weight.astype(float), A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs")
    if found.status != 0:
        return int(weight.sum())
    # Rounded down; the margin keeps an optimum that is whole from falling below itself.
    value = float(-found.fun)
    return floor(value + 1e-6 * max(1.0, value))
