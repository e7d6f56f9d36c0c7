"""The `.rcp` files of PSPLIB, in the format that Patterson gave them: whole numbers, in lines of any length."""

from collections.abc import Iterator

import numpy as np

from ejlas.engine.workplan.problem import LARGEST, WorkProblem

MOST_ACTIVITIES, MOST_RESOURCES = 100_000, 1_000
"""What a file may ask for, before arrays of that size are made."""


def read_rcp(text: str) -> WorkProblem:
    """Return the problem of a file: activities and kinds of hands; what there is of each kind; then of each activity
    its duration, its hands of each kind, the number of its successors, and these, counted from 1.

    Raises
    ------
    ValueError : names the line, and what was expected
    """
    numbers = _Numbers(text)
    n = numbers.take("the number of activities", 1, MOST_ACTIVITIES)
    n_kinds = numbers.take("the number of kinds of hands", 0, MOST_RESOURCES)
    capacity = [numbers.take(f"what there is of kind {kind + 1}", 0) for kind in range(n_kinds)]
    duration, need, link = [], [], []
    for activity in range(n):
        of = f"of activity {activity + 1}"
        duration.append(numbers.take(f"the duration {of}", 0))
        need.append([numbers.take(f"the hands of kind {kind + 1} {of}", 0) for kind in range(n_kinds)])
        for _ in range(numbers.take(f"the number of successors {of}", 0, n)):
            link.append((activity, numbers.take(f"a successor {of}", 1, n) - 1, 0))
    numbers.demand_end()
    return WorkProblem(
        duration=np.array(duration, dtype=np.int64),
        link=np.array(link, dtype=np.int64).reshape(len(link), 3),
        capacity=np.array(capacity, dtype=np.int64),
        need=np.array(need, dtype=np.int64).reshape(n, n_kinds),
        name=tuple(str(each + 1) for each in range(n)),
    )


class _Numbers:
    """The numbers of a text one after the other, with the line of each."""

    def __init__(self, text: str) -> None:
        self.line = 1
        self._words = self._all(text)

    def _all(self, text: str) -> Iterator[str]:
        for line, words in enumerate(text.splitlines(), start=1):
            for word in words.split():
                self.line = line
                yield word

    def take(self, what: str, low: int, high: int = LARGEST) -> int:
        """Return the next number, in a range."""
        word = next(self._words, None)
        if word is None:
            raise ValueError(f"line {self.line}: the file ends here, expected {what}")
        # What int() takes besides, as 1_000 or digits of other scripts, is no number of such a file.
        number = int(word) if word.isascii() and word.isdigit() and len(word) <= len(str(LARGEST)) else -1
        if not low <= number <= high:
            raise ValueError(f"line {self.line}: it is {word[:20]!r}, expected {what}: a whole number, {low} to {high}")
        return number

    def demand_end(self) -> None:
        """Refuse what stands after the last number."""
        word = next(self._words, None)
        if word is not None:
            raise ValueError(f"line {self.line}: it is {word[:20]!r}, expected the end of the file")
