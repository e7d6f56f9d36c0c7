"""Finding a circle among predecessors, and naming the way round."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def circle(followers: Mapping[K, Iterable[K]]) -> list[K]:
    """Return a way round that leads back to its first, which stands at both ends; nothing where there is none.

    Walks each edge once.
    """
    done: set[K] = set()
    for start in followers:
        if start in done:
            continue
        found = _from(start, followers, done)
        if found:
            return found
    return []


def _from(start: K, followers: Mapping[K, Iterable[K]], done: set[K]) -> list[K]:
    way, on_way = [start], {start}
    iterators = [iter(followers.get(start, ()))]
    while iterators:
        following = next(iterators[-1], None)
        if following is None:
            iterators.pop()
            left = way.pop()
            on_way.discard(left)
            done.add(left)
        elif following in on_way:
            return [*way[way.index(following) :], following]
        elif following not in done:
            way.append(following)
            on_way.add(following)
            iterators.append(iter(followers.get(following, ())))
    return []
