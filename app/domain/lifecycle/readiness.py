"""How near a printed part is: from the qualification, else from file and machines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle.day_numbers import Flags, Numbers
from app.domain.lifecycle.flag import Readiness
from app.domain.lifecycle.last_safe_start import READINESS


def assess_readiness(
    qualified: Flags, under_way: Flags, healthy: Flags, size_mm: Numbers, build_mm: Numbers
) -> NDArray[np.int8]:
    """Judge how near every part is to being printed.

    A part is printable if its file is closed and without danger and its box, laid along the axes in
    any of the six ways, fits a machine. It is not printable if it fits no machine whose build space
    is known. Everything else is unknown: a broken file, a missing one, no machine.

    Args:
        qualified: (n,) a qualification holds.
        under_way: (n,) a qualification is drafted, tested or reviewed.
        healthy: (n,) the geometry is measured, closed and without danger that nobody signed for.
        size_mm: (n, 3) of the geometry's box; nan: not measured.
        build_mm: (m, 3) build spaces of the machines; m may be 0.

    Returns:
        (n,) int8, index into `READINESS`.
    """
    size = np.sort(size_mm, axis=1)
    fits = np.zeros(qualified.size, dtype=np.bool_)
    for build in np.sort(build_mm, axis=1):
        fits |= (size <= build).all(axis=1)
    too_large = ~fits & ~np.isnan(size).any(axis=1) & (len(build_mm) > 0)
    kinds = [
        Readiness.QUALIFIED,
        Readiness.UNDER_WAY,
        Readiness.NOT_PRINTABLE,
        Readiness.PRINTABLE,
    ]
    return np.select(
        [qualified, under_way, too_large, healthy & fits],
        [READINESS.index(kind) for kind in kinds],
        default=READINESS.index(Readiness.UNKNOWN),
    ).astype(np.int8)
