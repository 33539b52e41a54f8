"""Join corners that lie at the same place.

A hash table filled by array assignment: each corner writes its number into the slot of its hash,
reads back who won the slot, and is joined to the winner if, and only if, the places are equal.
Losers of a slot try again with another hash; no two different places are ever joined.

Places are compared on a grid of 2^-25 of the size of the part. That is as fine as the single
precision of STL and 3MF, yet joins what programs write for one and the same zero: 0, -0 and 1e-17.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Coordinates = NDArray[np.float32] | NDArray[np.float64]

_GRID_BITS = 25
_GRID_END = 2.0**30
_SAMPLES = 10_000
_NEARLY_ALL = 95  # per cent
_MIXERS = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_ROUNDS = 8


def weld(corners: Coordinates) -> tuple[Coordinates, NDArray[np.int32]]:
    """Return the distinct places and, for each corner, which one it is.

    Args:
        corners: (n, 3) float32 or float64; NaN and infinity are places like any other.

    Returns:
        (k, 3) places in order of first appearance, same type; (n,) int32 index into them.
    """
    if len(corners) == 0:
        return corners, np.empty(0, np.int32)
    winner = find_first_equal(_snap(corners).view(np.uint32))
    is_first = winner == np.arange(len(winner), dtype=np.int32)
    label = np.cumsum(is_first, dtype=np.int32) - np.int32(1)
    return corners[is_first], label[winner]


def _snap(corners: Coordinates) -> NDArray[np.int32]:
    """Return (n, 3) int32 steps of the grid; numbers far outside it stand for themselves."""
    # A power of two, so that scaling changes no digit.
    exponent = _GRID_BITS - int(np.frexp(_typical_size(corners))[1])
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        scaled = np.ldexp(corners, np.int32(exponent))
        outside = ~(np.abs(scaled) < _GRID_END)
        steps = np.rint(scaled).astype(np.int32)
        if outside.any():
            far = scaled[outside].astype(np.float32)
            # Bit patterns of such large floats begin where the grid ends.
            bits = np.abs(far).view(np.int32)
            steps[outside] = np.where(far < 0, -bits, bits)
    return np.ascontiguousarray(steps)


def _typical_size(corners: Coordinates) -> float:
    """Return a size that nearly all coordinates keep below; a few wild ones do not change it."""
    flat = corners.reshape(-1)
    stride = 3 * (len(flat) // (3 * _SAMPLES)) + 1  # never a multiple of 3: all axes are sampled
    for sample in (flat[::stride], flat):
        sizes = np.abs(sample[np.isfinite(sample)])
        if len(sizes) and (size := float(np.percentile(sizes, _NEARLY_ALL))) > 0:
            return size
    return float(sizes.max(initial=0.0)) or 1.0


def find_first_equal(bits: NDArray[np.unsignedinteger]) -> NDArray[np.int32]:
    """Return (n,) int32, for each row of `bits` the number of the first row equal to it.

    Args:
        bits: (n, 1 to 3) uint32 or uint64.
    """
    hashes = _hash_rows(bits)
    columns = [np.ascontiguousarray(column) for column in bits.T]
    winner = np.arange(len(bits), dtype=np.int32)
    rest = winner.copy()
    for attempt in range(_ROUNDS):
        if len(rest) == 0:
            return winner
        found = _fill_table(hashes[rest] if attempt else hashes, rest, attempt)
        equal = np.ones(len(rest), bool)
        for column in columns:
            equal &= column[found] == (column[rest] if attempt else column)
        winner[rest[equal]] = found[equal]
        rest = rest[~equal]
    # Only hashes made to collide come here: sort what is left.
    __, first, inverse = np.unique(bits[rest], axis=0, return_index=True, return_inverse=True)
    winner[rest] = rest[first[inverse.reshape(-1)]]
    return winner


def _fill_table(
    hashes: NDArray[np.uint64], rows: NDArray[np.int32], attempt: int
) -> NDArray[np.int32]:
    """Let each row write its number into the slot of its hash; return who won each row's slot."""
    slot_bits = max(4, len(rows).bit_length())
    slot = ((hashes * np.uint64(_MIXERS[0] + 2 * attempt)) >> np.uint64(64 - slot_bits)).astype(
        np.int32
    )
    table = np.zeros(1 << slot_bits, np.int32)
    table[slot[::-1]] = rows[::-1]  # the last write stays: the lowest row number wins
    return table[slot]


def _hash_rows(bits: NDArray[np.unsignedinteger]) -> NDArray[np.uint64]:
    mixed = np.zeros(len(bits), np.uint64)
    for column, mixer in enumerate(_MIXERS):
        mixed += bits[:, column]
        mixed *= np.uint64(mixer)
        mixed ^= mixed >> np.uint64(31)
    return mixed
