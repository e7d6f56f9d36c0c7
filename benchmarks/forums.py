"""Trade forums made by chance, the same for the same numbers: `python -m benchmarks.forums L > forum.json`.

The draws come from Python's own generator, in one fixed order, so that anybody makes the same instances:

- participants belong to delegations, about one for eight participants; nobody asks for a meeting inside his own;
- popularity is lognormal: a few are asked for far more often than they have hours;
- six languages; each participant has a native one, seven in ten speak the first besides, some one more. A request whose
  two sides share no language needs an interpreter of the two native ones;
- everybody misses one or two blocks of one to three slots, one in five half a day at the start or the end, and one in
  twenty has but three slots in ten: a head of delegation;
- a weight is 1 to 5, and 5 more for one request in four;
- a language pair has nine tenths of the interpreters that would serve all its requests; one in ten is away in a slot.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any, TypeAlias

SHARES = (0.45, 0.2, 0.12, 0.1, 0.08, 0.05)
"""How many have each language as their native one."""
WEIGHTS = (1, 1, 2, 2, 3, 3, 4, 5)

Languages: TypeAlias = tuple[int, int]
Request: TypeAlias = tuple[int, int, int, Languages | None]


@dataclass(frozen=True)
class Size:
    """How large a forum is."""

    participants: int
    requests: int
    days: int
    slots_a_day: int
    tables: int
    demand: float = 0.8
    """Spread of the popularity, as the deviation of its logarithm."""

    @property
    def slots(self) -> int:
        """Return the slots of all days."""
        return self.days * self.slots_a_day


SIZES = {
    "S": Size(60, 250, 1, 10, 24),
    "M": Size(500, 2_000, 3, 10, 60),
    "Mw": Size(500, 2_000, 3, 10, 80),
    "L": Size(5_000, 40_000, 4, 10, 1_000),
}


def growing(requests: int) -> Size:
    """Return a forum of the shape of L with so many requests."""
    participants = requests // 8
    return Size(participants, requests, 4, 10, participants // 5)


def forum(size: Size, seed: int) -> dict[str, Any]:
    """Return a forum as the object of its file, which docs/engine/files.md tells of."""
    chance = Random(seed * 1_000_003 + size.participants * 31 + size.requests)
    n_delegations = max(4, size.participants // 8)
    people = range(size.participants)
    delegation = [chance.randrange(n_delegations) for _ in people]
    popularity = [chance.lognormvariate(0, size.demand) for _ in people]
    native = chance.choices(range(len(SHARES)), SHARES, k=size.participants)
    spoken = [_languages(chance, own) for own in native]
    missed = [_missed(chance, size) for _ in people]
    requests = _requests(chance, size.requests, delegation, popularity, native, spoken)
    pairs = sorted({pair for *_rest, pair in requests if pair is not None})
    number = {pair: place for place, pair in enumerate(pairs)}
    asked = [sum(request[3] == pair for request in requests) for pair in pairs]
    return {
        "P": size.participants,
        "T": size.slots,
        "days": size.days,
        "tables": size.tables,
        "unavailable": [sorted(slots) for slots in missed],
        "requests": [[u, v, weight, -1 if pair is None else number[pair]] for u, v, weight, pair in requests],
        "pools": [_interpreters(chance, needed, size.slots) for needed in asked],
        "pairs": [list(pair) for pair in pairs],
        "seed": seed,
    }


def _languages(chance: Random, native: int) -> set[int]:
    """Return the languages of a participant."""
    found = {native}
    if chance.random() < 0.7:
        found.add(0)
    if chance.random() < 0.15:
        found.add(chance.choices(range(len(SHARES)), SHARES)[0])
    return found


def _missed(chance: Random, size: Size) -> set[int]:
    """Return the slots in which a participant is elsewhere."""
    every = set(range(size.slots))
    if chance.random() < 0.05:
        return every - set(chance.sample(range(size.slots), max(2, round(0.3 * size.slots))))
    found: set[int] = set()
    for _ in range(chance.choice((1, 2))):
        day, first, length = chance.randrange(size.days), chance.randrange(size.slots_a_day), chance.choice((1, 2, 3))
        opening = day * size.slots_a_day
        found.update(range(opening + first, opening + min(size.slots_a_day, first + length)))
    if chance.random() < 0.2:
        half = size.slots_a_day // 2
        found.update(range(half) if chance.random() < 0.5 else range(size.slots - half, size.slots))
    return found


def _requests(
    chance: Random,
    number: int,
    delegation: list[int],
    popularity: list[float],
    native: list[int],
    spoken: list[set[int]],
) -> list[Request]:
    """Return different pairs from different delegations, each with its weight and the languages to interpret."""
    people = range(len(popularity))
    reach = list(accumulate(popularity))
    found: dict[tuple[int, int], Request] = {}
    while len(found) < number:
        one, other = chance.choices(people, cum_weights=reach, k=2)
        pair = (min(one, other), max(one, other))
        if delegation[one] == delegation[other] or pair in found:
            continue
        weight = chance.choice(WEIGHTS) + (5 if chance.random() < 0.25 else 0)
        languages = (min(native[one], native[other]), max(native[one], native[other]))
        found[pair] = (*pair, weight, None if spoken[one] & spoken[other] else languages)
    return list(found.values())


def _interpreters(chance: Random, needed: int, n_slots: int) -> list[int]:
    """Return the interpreters of a language pair in each slot."""
    number = max(1, round(0.9 * needed / n_slots))
    return [sum(chance.random() > 0.1 for _ in range(number)) for _ in range(n_slots)]


def text(size: Size, seed: int) -> str:
    """Return a forum as the text of its file."""
    return json.dumps(forum(size, seed))


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in SIZES:
        sys.exit(f"usage: python -m benchmarks.forums {'|'.join(SIZES)} [SEED] > FILE")
    print(text(SIZES[name], int(sys.argv[2]) if len(sys.argv) > 2 else 1))
