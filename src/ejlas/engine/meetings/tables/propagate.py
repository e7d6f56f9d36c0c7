"""Where meetings can still stand once all required ones are placed, seen without a search."""

import numpy as np

from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.values import Bools, Ints


def narrow(problem: TableProblem, required: Bools) -> Bools | None:
    """Return where each meeting may stand in a plan that places all required ones; None if it is seen that none does.

    Orders, full slots, and for each participant the assignment of its required meetings to different slots: where so
    many meetings share as many slots, no other may take one of these.

    Parameters
    ----------
    required : (n_meetings,) whether the meeting has to be placed

    Returns
    -------
    (n_meetings, n_slots) a part of `problem.open`, or None
    """
    open_ = problem.open.copy()
    seen: dict[int, bytes] = {}
    while True:
        n_before = int(open_.sum())
        _keep_orders(problem, open_, required)
        _keep_apart(problem, open_, required)
        for person, meetings in enumerate(problem.meetings_of):
            mine = meetings[required[meetings]]
            # Nothing new follows from what was seen before.
            if (now := open_[mine].tobytes()) != seen.get(person):
                _assign(open_, mine)
                seen[person] = now
        if not open_[required].any(axis=1).all():
            return None
        if int(open_.sum()) == n_before:
            return open_


def _keep_orders(problem: TableProblem, open_: Bools, required: Bools) -> None:
    """Close the slots too early or too late for an order with a required meeting."""
    slots = np.arange(problem.n_slots)
    for first, second in problem.before.tolist():
        if required[first] and open_[first].any():
            open_[second] &= slots > int(open_[first].argmax())
        if required[second] and open_[second].any():
            open_[first] &= slots < problem.n_slots - 1 - int(open_[second][::-1].argmax())


def _keep_apart(problem: TableProblem, open_: Bools, required: Bools) -> None:
    """Close the slots that are filled by required meetings which can stand nowhere else."""
    settled = np.flatnonzero(required & (open_.sum(axis=1) == 1))
    at = open_[settled].argmax(axis=1)
    for meeting, slot in zip(settled.tolist(), at.tolist(), strict=True):
        for person in problem.pair[meeting].tolist():
            others = problem.meetings_of[person]
            open_[others[others != meeting], slot] = False
    for slot in range(problem.n_slots):
        held = settled[at == slot]
        _fill(open_, slot, held, np.ones(problem.n_meetings, dtype=np.bool_), int(problem.tables[slot]))
        for pool in range(problem.n_pools):
            same = problem.pool == pool
            _fill(open_, slot, held[same[held]], same, int(problem.interpreters[pool, slot]))


def _fill(open_: Bools, slot: int, held: Ints, alike: Bools, most: int) -> None:
    """Close a slot to further meetings of a kind, if as many as can be are held there; and to any held beyond."""
    if len(held) >= most:
        kept = held[:most]
        others = alike.copy()
        others[kept] = False
        open_[others, slot] = False


def _assign(open_: Bools, mine: Ints) -> None:
    """Close the slots that no assignment of these meetings to different slots uses; all of one, if there is none."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components, maximum_bipartite_matching

    rows = open_[mine]
    if not len(mine) or int(rows.sum(axis=1).min()) > len(mine):
        return
    slot_of = np.asarray(maximum_bipartite_matching(csr_array(rows), perm_type="column"))
    if (slot_of < 0).any():
        open_[mine[slot_of < 0]] = False
        return
    n, n_slots = rows.shape
    is_taken = np.zeros(n_slots, dtype=np.bool_)
    is_taken[slot_of] = True
    meeting, slot = np.nonzero(rows)
    other = slot_of[meeting] != slot
    taken, free, rest = np.flatnonzero(is_taken), np.flatnonzero(~is_taken), n + n_slots
    # From a meeting to its slot, from a slot to the meetings that could have it, and the free slots are anybody's:
    # a meeting can change to the slots with which it lies on a ring.
    tail = np.concatenate([np.arange(n), n + slot[other], np.full(len(free), rest), n + taken])
    head = np.concatenate([n + slot_of, meeting[other], n + free, np.full(len(taken), rest)])
    graph = csr_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(rest + 1, rest + 1))
    _, ring = connected_components(graph, connection="strong")
    stays = ring[meeting] == ring[n + slot]
    closed = other & ~stays
    open_[mine[meeting[closed]], slot[closed]] = False
