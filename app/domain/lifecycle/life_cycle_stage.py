"""The stage of a product in its life, computed from dated milestones and today; never typed.

The last unit *placed on the market* ends the series. Where only the last unit *produced* is known,
that date stands in for it. A product of which no such date is known has no stage: unknown, never
"fine".
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle.day_numbers import Days, day_number
from app.domain.lifecycle.product import LifeCycleStage, Milestone, MilestoneKind

STAGES = (
    LifeCycleStage.UNKNOWN,
    LifeCycleStage.ANNOUNCED,
    LifeCycleStage.SERIES,
    LifeCycleStage.PHASE_OUT,
    LifeCycleStage.DISCONTINUED,
    LifeCycleStage.SERVICE_ENDED,
)
UNKNOWN, ANNOUNCED, SERIES, PHASE_OUT, DISCONTINUED, SERVICE_ENDED = range(len(STAGES))


def series_end(last_produced: Days, last_placed: Days) -> Days:
    """Return the day the series ends, (p,): last placed, else last produced, else nan."""
    return np.where(np.isnan(last_placed), last_produced, last_placed)


def assess_stages(
    introduced: Days,
    last_produced: Days,
    last_placed: Days,
    end_of_service: Days,
    *,
    today: float,
) -> NDArray[np.int8]:
    """Compute the stage of every product.

    Args:
        introduced: (p,) first unit; nan: not known, as in all columns.
        last_produced: (p,) last unit made.
        last_placed: (p,) last unit placed on the market.
        end_of_service: (p,) last day the product is served.
        today: the day to judge for; a date that is today has not passed yet.

    Returns:
        (p,) int8, index into `STAGES`.
    """
    ended = series_end(last_produced, last_placed)
    # Later dates say more than earlier ones, so the first condition that holds decides.
    # A comparison with nan is false.
    conditions = [
        end_of_service < today,
        ended < today,
        ended >= today,
        introduced > today,
        introduced <= today,
    ]
    codes = [SERVICE_ENDED, DISCONTINUED, PHASE_OUT, ANNOUNCED, SERIES]
    return np.select(conditions, codes, default=UNKNOWN).astype(np.int8)


def assess_stage(milestones: Iterable[Milestone], today: date) -> LifeCycleStage:
    """Compute the stage of one product from its milestones: a column of length 1."""
    found = dict.fromkeys(MilestoneKind, math.nan)
    for milestone in milestones:
        number = day_number(milestone.on)
        known = found[milestone.kind]
        # Over several markets the product starts with the first and ends with the last.
        choose = min if milestone.kind is MilestoneKind.INTRODUCTION else max
        found[milestone.kind] = number if math.isnan(known) else choose(known, number)
    codes = assess_stages(
        np.array([found[MilestoneKind.INTRODUCTION]]),
        np.array([found[MilestoneKind.LAST_PRODUCED]]),
        np.array([found[MilestoneKind.LAST_PLACED]]),
        np.array([found[MilestoneKind.END_OF_SERVICE]]),
        today=day_number(today),
    )
    return STAGES[int(codes[0])]
