"""The modules of a code of 110 characters: version 7, level M, mask 2, nine times as fast as for any text.

A code is linear: two of the same size differ where their codewords differ. So the code of one text is made by the
library once, and those of all others from it, by turning the modules of the bits that differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

N_TEXT, MASK = 110, 2
SIDE = 45
_N_BLOCKS, _N_DATA, _N_CHECK = 4, 31, 18
_CHECK_BITS = 8 * _N_CHECK
_ALIGNED = (6, 22, 38)
# Byte mode and the length of the text, as 4 and 8 bits; behind the text the end and the two bytes that fill.
_HEAD = 0b0100 << 8 | N_TEXT
_FILL = b"\xec\x11"


def rows_of(text: str) -> list[str]:
    """Return the modules of a text row by row, 1 for a dark one."""
    if len(text) != N_TEXT or not text.isascii():
        return _by_library(text)
    base, turned = _base(), _bits(text.encode())
    places = _places()
    whole = base[0]
    differing = base[1] ^ turned
    while differing:
        lowest = differing & -differing
        whole ^= places[lowest.bit_length() - 1]
        differing ^= lowest
    flat = f"{whole:0{SIDE * SIDE}b}"
    return [flat[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]


def _by_library(text: str) -> list[str]:
    import segno

    made = segno.make_qr(text, error="m", mask=MASK, boost_error=False)
    return ["".join(map(str, row)) for row in made.matrix]


@lru_cache(maxsize=1)
def _base() -> tuple[int, int]:
    """Return the modules and the bits of one text, each as a number."""
    # Small letters: the library packs capitals and figures more closely, into a smaller code.
    text = "a" * N_TEXT
    return int("".join(_by_library(text)), 2), _bits(text.encode())


def _bits(text: bytes) -> int:
    """Return the bits of all codewords of a text, in the order in which they are laid; the first is the highest."""
    data = ((_HEAD << 8 * N_TEXT | int.from_bytes(text, "big")) << 4).to_bytes(N_TEXT + 2, "big")
    n_left = _N_BLOCKS * _N_DATA - len(data)
    data += (_FILL * n_left)[:n_left]
    blocks = [data[start : start + _N_DATA] for start in range(0, len(data), _N_DATA)]
    checks = [_check(block) for block in blocks]
    laid = [byte for column in zip(*blocks, strict=True) for byte in column]
    laid += [byte for column in zip(*checks, strict=True) for byte in column]
    return int.from_bytes(laid, "big")


def _check(block: bytes) -> bytes:
    """Return the check codewords of a block: the remainder of Reed and Solomon."""
    table, rest, most = _remainders(), 0, (1 << _CHECK_BITS) - 1
    for byte in block:
        rest = (rest << 8) & most ^ table[rest >> _CHECK_BITS - 8 ^ byte]
    return rest.to_bytes(_N_CHECK, "big")


@lru_cache(maxsize=1)
def _remainders() -> tuple[int, ...]:
    """Return for each byte its multiple of the generator, without the highest term."""
    powers = [1]
    while len(powers) < 255:
        powers.append(_doubled(powers[-1]))
    logs = {power: place for place, power in enumerate(powers)}

    def product(one: int, other: int) -> int:
        return powers[(logs[one] + logs[other]) % 255] if one and other else 0

    terms = [1]
    for place in range(_N_CHECK):
        shifted = [*terms, 0]
        raised = [0, *(product(term, powers[place]) for term in terms)]
        terms = [one ^ other for one, other in zip(shifted, raised, strict=True)]
    return tuple(int.from_bytes(bytes(product(byte, term) for term in terms[1:]), "big") for byte in range(256))


def _doubled(value: int) -> int:
    return value << 1 ^ (0x11D if value & 0x80 else 0)


@lru_cache(maxsize=1)
def _places() -> tuple[int, ...]:
    """Return the module of each bit as a number like that of all modules, the last bit first."""
    order = [1 << (SIDE * SIDE - 1 - row * SIDE - column) for row, column in _zigzag()]
    n_bits = 8 * _N_BLOCKS * (_N_DATA + _N_CHECK)
    return tuple(reversed(order[:n_bits]))


def _zigzag() -> Iterator[tuple[int, int]]:
    """Yield the modules that carry bits: in pairs of columns from the right, upwards and downwards in turn."""
    is_upwards = True
    for right in (*range(SIDE - 1, 6, -2), 5, 3, 1):
        for step in range(SIDE):
            row = SIDE - 1 - step if is_upwards else step
            yield from ((row, column) for column in (right, right - 1) if not _is_fixed(row, column))
        is_upwards = not is_upwards


def _is_fixed(row: int, column: int) -> bool:
    """Tell whether a module belongs to the patterns that every code of this size has."""
    far = SIDE - 8
    if row == 6 or column == 6 or (row < 9 and (column < 9 or column >= far)) or (row >= far and column < 9):
        return True
    if (row < 6 and column >= far - 3) or (column < 6 and row >= far - 3):
        return True
    corners = {(6, 6), (6, _ALIGNED[-1]), (_ALIGNED[-1], 6)}
    return any(abs(row - y) <= 2 and abs(column - x) <= 2 for y in _ALIGNED for x in _ALIGNED if (y, x) not in corners)
