"""Which parts outlive their supply: the eternal-spare rule, on columns.

Need ends later than supply, and supply ends within the horizon: yes. The answer is unknown as long
as a missing input could change it, and always while the end of need is unknown and a yes is not
certain yet: "no end announced" is no announcement, so it proves nothing against a need that nobody
has dated. The discontinuation of a product is no condition; it only shows in the dates.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle.day_numbers import Days
from app.domain.lifecycle.flag import Answer

ANSWERS = (Answer.NO, Answer.YES, Answer.UNKNOWN)
NO, YES, UNKNOWN = range(len(ANSWERS))


def assess_spare_need(
    need_until: Days,
    supply_until: Days,
    *,
    today: float,
    horizon_end: float,
    need_at_least: Days | None = None,
    supply_at_least: Days | None = None,
) -> NDArray[np.int8]:
    """Judge parts by comparing the end of need with the end of supply.

    Args:
        need_until: (n,) latest need over all products; inf: no end; nan: not known.
        supply_until: (n,) last day covered; inf: no end announced; nan: not known.
        today: a need that ended before today is over, whatever the supply.
        horizon_end: a supply that lasts longer than this is no reason to act yet.
        need_at_least: (n,) a day up to which need is certain, for parts whose end is not known.
        supply_at_least: (n,) the same for supply.

    Returns:
        (n,) int8, index into `ANSWERS`. Later need never turns yes into no, later supply never
        turns no into yes; both ends open is no.
    """
    need_known = ~np.isnan(need_until)
    nothing = np.full_like(need_until, -np.inf)
    need = np.where(need_known, need_until, nothing if need_at_least is None else need_at_least)
    lasting = np.where(
        np.isnan(supply_until),
        nothing if supply_at_least is None else supply_at_least,
        supply_until,
    )
    over = need_until < today
    # A comparison with an unknown supply is false, so a yes needs the date.
    gap = ~over & (need > supply_until) & (supply_until <= horizon_end)
    covered = need_known & (over | (need <= lasting) | (lasting > horizon_end))
    return np.select([gap, covered], [YES, NO], default=UNKNOWN).astype(np.int8)
