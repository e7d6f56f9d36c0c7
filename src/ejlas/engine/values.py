"""The kinds of array that go in and out of the engine."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
"""Counts, indices, slots and minutes; -1 stands for none."""

Bools: TypeAlias = NDArray[np.bool_]
"""Yes or no."""

Floats: TypeAlias = NDArray[np.float64]
"""Times and shares that need not be whole."""

Singles: TypeAlias = NDArray[np.float32]
"""The same of many runs at once, to seven digits: half the memory, and half the time to go through it."""
