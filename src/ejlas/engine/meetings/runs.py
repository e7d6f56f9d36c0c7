"""Free slots in a row."""

import numpy as np

from ejlas.engine.values import Bools, Ints


def free_runs(free: Bools, day_of_slot: Ints) -> Ints:
    """Count the free slots in a row of one day, from each slot on.

    Parameters
    ----------
    free : (n, n_slots)
    day_of_slot : (n_slots,)

    Returns
    -------
    (n, n_slots) slots, 0 where the slot itself is not free
    """
    runs = free.astype(np.int64)
    for slot in range(free.shape[1] - 2, -1, -1):
        if day_of_slot[slot] == day_of_slot[slot + 1]:
            runs[:, slot] *= 1 + runs[:, slot + 1]
    return runs
