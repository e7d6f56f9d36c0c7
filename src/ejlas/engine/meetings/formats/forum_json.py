"""The forum file: participants, requests and interpreters of a trade forum as JSON, as docs/engine/files.md tells."""

import numpy as np

from ejlas.engine.meetings.formats.own import MOST_SLOTS
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.reading import (
    LARGEST,
    demand_keys,
    is_whole,
    parse_object,
    refuse,
    rows,
    whole,
)
from ejlas.engine.values import Bools, Ints

KEYS = ("P", "T", "days", "tables", "unavailable", "requests", "pools")


def read_forum(text: str) -> TableProblem:
    """Return the problem of a forum file: all meetings are wishes, the days are equally long.

    A slot makes a break where its participant is available: `idle` is `available`.

    Raises
    ------
    ValueError : names the key, the place in it, and what was expected
    """
    return forum_of(parse_object(text))


def forum_of(found: dict[str, object]) -> TableProblem:
    """Return the problem of an object already read; as `read_forum`."""
    demand_keys(found, KEYS)
    n_participants = whole(found["P"], "P", low=0)
    n_slots = whole(found["T"], "T", low=1, high=MOST_SLOTS)
    n_days = whole(found["days"], "days", low=1, high=n_slots)
    if n_slots % n_days:
        raise ValueError(f"days: it is {n_days}, expected a divisor of the {n_slots} slots: all days are equally long")
    available = _available(found["unavailable"], n_participants, n_slots)
    interpreters = _interpreters(found["pools"], n_slots)
    requests = _requests(found["requests"], n_participants, len(interpreters))
    return TableProblem(
        day_of_slot=np.repeat(np.arange(n_days), n_slots // n_days),
        available=available,
        idle=available,
        pair=requests[:, :2],
        weight=requests[:, 2],
        mandatory=np.zeros(len(requests), dtype=np.bool_),
        allowed=np.ones((len(requests), n_slots), dtype=np.bool_),
        pool=requests[:, 3],
        tables=np.full(n_slots, whole(found["tables"], "tables", low=0)),
        interpreters=interpreters,
    )


def _available(value: object, n_participants: int, n_slots: int) -> Bools:
    """(n_participants, n_slots) all hours but those that each participant's list names."""
    lists = rows(value, "unavailable", count=n_participants, of="lists of slots")
    available = np.ones((n_participants, n_slots), dtype=np.bool_)
    for person, slots in enumerate(lists):
        place = f"unavailable[{person}]"
        named = [whole(slot, place, low=0, high=n_slots - 1) for slot in rows(slots, place, of="slots")]
        available[person, named] = False
    return available


def _interpreters(value: object, n_slots: int) -> Ints:
    """(n_pools, n_slots) interpreters of each language pair in each slot."""
    pools = rows(value, "pools", of="lists of numbers")
    found = np.zeros((len(pools), n_slots), dtype=np.int64)
    for pool, numbers in enumerate(pools):
        place = f"pools[{pool}]"
        counts = rows(numbers, place, count=n_slots, of="numbers")
        found[pool] = [whole(each, f"{place}[{slot}]", low=0) for slot, each in enumerate(counts)]
    return found


def _requests(value: object, n_participants: int, n_pools: int) -> Ints:
    """(n_requests, 4) two participants, weight, and language pair or -1, each in its range."""
    requests = rows(value, "requests", of="requests")
    for place, request in enumerate(requests):
        if not isinstance(request, list) or len(request) != 4 or not all(map(is_whole, request)):
            refuse(f"requests[{place}]", request, "four whole numbers: participant, participant, weight, pool or -1")
        if max(map(abs, request)) > LARGEST:
            refuse(f"requests[{place}]", request, f"numbers of at most {LARGEST}")
    found = np.array(requests, dtype=np.int64).reshape(len(requests), 4)
    faults = {
        f"participants from 0 to {n_participants - 1}": ((found[:, :2] < 0) | (found[:, :2] >= n_participants)).any(1),
        "two different participants": found[:, 0] == found[:, 1],
        "a weight of 0 or more": found[:, 2] < 0,
        f"a pool from 0 to {n_pools - 1}, or -1 for none": (found[:, 3] < NONE) | (found[:, 3] >= n_pools),
    }
    for expected, wrong in faults.items():
        if wrong.any():
            place = int(wrong.argmax())
            refuse(f"requests[{place}]", requests[place], expected)
    return found
