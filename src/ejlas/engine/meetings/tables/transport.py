"""Problems, parts and answers as bytes, small enough to be sent about: arrays in numpy's own format, compressed.

Reading them runs nothing: no pickled object is read.
"""

import io
from typing import Any, TypeAlias
from zipfile import BadZipFile

import numpy as np

from ejlas.engine.meetings.tables.parts import Part, Phase
from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.values import Ints

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Arrays: TypeAlias = dict[str, Any]

_BITS = ("available", "idle", "mandatory", "allowed")
_INTS = ("day_of_slot", "pair", "weight", "pool", "before", "tables", "interpreters")


def problem_bytes(problem: TableProblem) -> bytes:
    """Return a problem as bytes."""
    bits = {name: np.packbits(getattr(problem, name)) for name in _BITS}
    ints = {name: _narrow(getattr(problem, name)) for name in _INTS}
    shape = [problem.n_participants, problem.n_meetings, problem.n_slots]
    return _packed({**bits, **ints, "shape": np.array(shape), "most_difference": np.array(problem.most_difference)})


def problem_from_bytes(data: bytes) -> TableProblem:
    """Return the problem of these bytes. Raises ValueError where they are none."""
    arrays = _unpacked(data, "a problem", (*_BITS, *_INTS, "shape", "most_difference"))
    people, meetings, slots = map(int, arrays["shape"])
    shapes = {
        "available": (people, slots),
        "idle": (people, slots),
        "mandatory": (meetings,),
        "allowed": (meetings, slots),
    }
    bits: Arrays = {name: _bits(name, arrays[name], shape) for name, shape in shapes.items()}
    ints: Arrays = {name: arrays[name].astype(np.int64) for name in _INTS}
    return TableProblem(**bits, **ints, most_difference=int(arrays["most_difference"]))


def part_bytes(part: Part) -> bytes:
    """Return a part as bytes."""
    # Rising numbers take least as steps from one to the next.
    steps = {"slots": _narrow(part.slots), "meetings": _narrow(np.diff(part.meetings, prepend=0))}
    numbers = {"moves": np.array(part.moves), "seed": np.array(part.seed), "heats": np.array(part.heats)}
    return _packed({**steps, "slot": _narrow(part.slot), **numbers, "phase": np.array(part.phase.value)})


def part_from_bytes(data: bytes) -> Part:
    """Return the part of these bytes. Raises ValueError where they are none."""
    arrays = _unpacked(data, "a part", ("slots", "meetings", "slot", "moves", "seed", "heats", "phase"))
    first, last = map(float, arrays["heats"])
    return Part(
        phase=Phase(str(arrays["phase"])),
        slots=arrays["slots"].astype(np.int64),
        meetings=np.cumsum(arrays["meetings"], dtype=np.int64),
        slot=arrays["slot"].astype(np.int64),
        moves=int(arrays["moves"]),
        heats=(first, last),
        seed=int(arrays["seed"]),
    )


def answer_bytes(answer: Ints) -> bytes:
    """Return where the meetings of a part stand as bytes."""
    return _packed({"slot": _narrow(answer)})


def answer_from_bytes(data: bytes) -> Ints:
    """(k,) where the meetings of a part stand. Raises ValueError where the bytes are no answer."""
    return np.asarray(_unpacked(data, "an answer", ("slot",))["slot"], dtype=np.int64)


def _narrow(numbers: Ints) -> Array:
    """Return the same numbers in the narrowest kind of integer that holds them."""
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    kinds = (np.int8, np.int16, np.int32, np.int64)
    kind = next(each for each in kinds if np.iinfo(each).min <= low and high <= np.iinfo(each).max)
    return numbers.astype(kind)


def _bits(name: str, packed: Array, shape: tuple[int, ...]) -> Array:
    count = int(np.prod(shape))
    if packed.dtype != np.uint8 or len(packed) * 8 < count:
        raise ValueError(f"{name}: {len(packed)} bytes of bits, expected {count} bits")
    return np.unpackbits(packed, count=count).astype(np.bool_).reshape(shape)


def _packed(arrays: Arrays) -> bytes:
    body = io.BytesIO()
    np.savez_compressed(body, **arrays)
    return body.getvalue()


def _unpacked(data: bytes, what: str, names: tuple[str, ...]) -> Arrays:
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as found:
            return {name: found[name] for name in names}
    except (BadZipFile, KeyError, EOFError, ValueError) as fault:
        raise ValueError(f"these {len(data)} bytes are not {what}: {fault}") from fault
