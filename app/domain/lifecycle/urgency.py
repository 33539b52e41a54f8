"""What to do first and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from app.domain.catalog.part import ConsequenceClass
from app.domain.lifecycle.day_numbers import DAYS_PER_MONTH, Days, Flags, Numbers
from app.domain.lifecycle.flag import Readiness
from app.domain.lifecycle.last_safe_start import CONSEQUENCES, READINESS, Deadlines
from app.domain.lifecycle.score import BREACH
from app.domain.lifecycle.spare_columns import StepColumns
from app.domain.lifecycle.spare_need import NO, UNKNOWN, YES

# Urgency doubles with every half year that the due day comes nearer, and goes on growing for a year
# after it has passed.
DOUBLING_MONTHS = 6.0
OVERDUE_MONTHS = 12.0
# Exposure counts orders of magnitude: ten times the demand weighs one more.


class NextStep(IntEnum):
    """The first step that is not done, in the order in which people really work."""

    NONE = 0
    ADD_INPUTS = 1
    SETTLE_RIGHT = 2
    ASSESS_EXPORT = 3
    SET_CONSEQUENCE_CLASS = 4
    GET_FILE = 5
    REDESIGN = 6
    RELEASE_DEFINITION = 7
    QUALIFY = 8
    FINISH_QUALIFICATION = 9
    EXPORT_PACKAGE = 10
    ORDER = 11


@dataclass(frozen=True, slots=True)
class Rank:
    """Order of the worklist and its terms, (n,) each; all 0 where the answer is not yes.

    Attributes:
        urgency: 1 on the due day, 4 a year or more after it, halving with every six months before
            it.
        exposure: 1 + orders of magnitude of the yearly demand and of the units in use.
        breach: service is promised and supply has ended: the promise is being broken.
        rank: urgency × exposure, breaches before everything else.
    """

    urgency: Numbers
    exposure: Numbers
    breach: Flags
    rank: Numbers


def assess_rank(
    answer: NDArray[np.int8],
    due: Days,
    yearly_demand: Numbers,
    installed_base: Numbers,
    breach: Flags,
    *,
    today: float,
) -> Rank:
    """Rank parts by urgency × exposure. Feasibility is no factor: it never sinks a part.

    Args:
        answer: (n,) index into `ANSWERS`.
        due: (n,) the next day that can still be met, `next_due`; nan: not known, counted as today.
        yearly_demand: (n,) pieces a year; nan: not known, adds no exposure.
        installed_base: (n,) units in use of all products with the part; nan as above.
        breach: (n,) a promise is being broken.
        today: the day to judge for.
    """
    yes = answer == YES
    months = np.nan_to_num((due - today) / DAYS_PER_MONTH, nan=0.0)
    urgency = np.exp2(-np.maximum(months, -OVERDUE_MONTHS) / DOUBLING_MONTHS)
    exposure = (
        1.0
        + np.log10(1.0 + np.nan_to_num(yearly_demand))
        + np.log10(1.0 + np.nan_to_num(installed_base))
    )
    broken = yes & breach
    rank = urgency * exposure + np.where(broken, BREACH, 0.0)
    return Rank(
        urgency=np.where(yes, urgency, 0.0),
        exposure=np.where(yes, exposure, 0.0),
        breach=broken,
        rank=np.where(yes, rank, 0.0),
    )


def next_due(deadlines: Deadlines, orders_end: Days, *, today: float) -> Days:
    """Return the day that urgency counts to, (n,).

    As long as orders are taken it is the last safe start date. Once they are closed nobody can
    decide on a last order any more: what counts is how long the stock lasts, or all parts that
    closed long ago would be equally urgent.
    """
    closed = (orders_end < today) & ~np.isnan(deadlines.start_by)
    return np.where(closed, deadlines.start_by, deadlines.last_safe_start)


def assess_next_step(answer: NDArray[np.int8], steps: StepColumns) -> NDArray[np.int8]:
    """Return the first open step of every part, (n,) `NextStep`.

    Need and supply → rights and export → requirements → file → definition → qualification →
    package.
    """

    def ready(kind: Readiness) -> Flags:
        return np.equal(steps.readiness, READINESS.index(kind))

    qualified = ready(Readiness.QUALIFIED)
    conditions = [
        answer == NO,
        answer == UNKNOWN,
        ~steps.right,
        ~steps.export_assessed,
        steps.consequence == CONSEQUENCES.index(ConsequenceClass.UNKNOWN),
        ~steps.has_file,
        ~qualified & ready(Readiness.NOT_PRINTABLE),
        ~steps.has_definition & ~qualified,
        ~qualified & ready(Readiness.UNDER_WAY),
        ~qualified,
        ~steps.has_package,
    ]
    chosen = [
        NextStep.NONE,
        NextStep.ADD_INPUTS,
        NextStep.SETTLE_RIGHT,
        NextStep.ASSESS_EXPORT,
        NextStep.SET_CONSEQUENCE_CLASS,
        NextStep.GET_FILE,
        NextStep.REDESIGN,
        NextStep.RELEASE_DEFINITION,
        NextStep.FINISH_QUALIFICATION,
        NextStep.QUALIFY,
        NextStep.EXPORT_PACKAGE,
    ]
    return np.select(conditions, chosen, default=NextStep.ORDER).astype(np.int8)
