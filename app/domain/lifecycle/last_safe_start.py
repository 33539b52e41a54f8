"""When to decide and when to start, so that printed parts arrive before the stock is gone.

A qualification that is under way or holds is the decision to print: no last order date presses any
more. Where it holds, only the order of printed parts is still to come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from app.domain.catalog.part import ConsequenceClass
from app.domain.lifecycle.day_numbers import Days
from app.domain.lifecycle.flag import Readiness
from app.domain.lifecycle.spare_columns import StepColumns

READINESS = (
    Readiness.UNKNOWN,
    Readiness.NOT_PRINTABLE,
    Readiness.PRINTABLE,
    Readiness.UNDER_WAY,
    Readiness.QUALIFIED,
)
# Where the decision to print was taken.
DECIDED = (READINESS.index(Readiness.UNDER_WAY), READINESS.index(Readiness.QUALIFIED))
CONSEQUENCES = (
    ConsequenceClass.UNKNOWN,
    ConsequenceClass.LOW,
    ConsequenceClass.MEDIUM,
    ConsequenceClass.HIGH,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTimes:
    """Calendar days that each step takes before printed parts arrive. Defaults to be replaced by
    the house's own experience.

    Attributes:
        judge_days: to judge whether the part can and should be printed.
        approve_days: to approve that judgement.
        get_file_days: to obtain or draw the geometry; nothing where a file is there or the part is
            qualified.
        qualification_days: by consequence class; 42 days is the example of the trade (six weeks,
            Replique and Alstom). Nothing where the part is qualified.
        first_order_days: from the order to the first good parts.
        transport_days: from the provider to the stock.
        buffer_days: for what goes wrong.
    """

    judge_days: int = 10
    approve_days: int = 5
    get_file_days: int = 14
    qualification_days: dict[ConsequenceClass, int] = field(
        default_factory=lambda: dict.fromkeys(ConsequenceClass, 42)
    )
    first_order_days: int = 10
    transport_days: int = 5
    buffer_days: int = 14


class LeadStep(IntEnum):
    """What must happen before printed parts are in stock, in this order."""

    GET_FILE = 0
    QUALIFICATION = 1
    FIRST_ORDER = 2
    TRANSPORT = 3
    BUFFER = 4


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Last days to act, (n,) each; nan where the part asks for no action or nothing is known.

    Attributes:
        decide_by: last order date minus judging and approving; nan also where the decision to
            print was taken.
        start_by: `run_out` minus all that must happen before parts arrive.
        last_safe_start: the earlier of the two.
        run_out: careful run-out of the stock.
        lead_days: (n, 5) days of each `LeadStep`; 0: done.
    """

    decide_by: Days
    start_by: Days
    last_safe_start: Days
    run_out: Days
    lead_days: NDArray[np.int16]


def assess_deadlines(
    orders_end: Days, careful_run_out: Days, steps: StepColumns, lead_times: LeadTimes
) -> Deadlines:
    """Count back from the last order date and from the careful run-out.

    Args:
        orders_end: (n,) last day on which orders are taken; inf or nan: no such day is known.
        careful_run_out: (n,) last day the stock covers with a chance of 90 %; nan: not known.
        steps: (n,) what is done already.
        lead_times: days each step takes.
    """
    decided = np.isin(steps.readiness, DECIDED)
    decide_by = np.where(
        np.isfinite(orders_end) & ~decided,
        orders_end - (lead_times.judge_days + lead_times.approve_days),
        np.nan,
    )
    lead_days = _lead_days(steps, lead_times)
    start_by = careful_run_out - lead_days.sum(axis=1)
    last_safe_start = np.fmin(decide_by, start_by)
    return Deadlines(decide_by, start_by, last_safe_start, careful_run_out, lead_days)


def _lead_days(steps: StepColumns, lead_times: LeadTimes) -> NDArray[np.int16]:
    by_class = np.array([lead_times.qualification_days[kind] for kind in CONSEQUENCES])
    qualified = steps.readiness == READINESS.index(Readiness.QUALIFIED)
    days = np.empty((steps.readiness.size, len(LeadStep)), dtype=np.int16)
    days[:, LeadStep.GET_FILE] = np.where(steps.has_file | qualified, 0, lead_times.get_file_days)
    days[:, LeadStep.QUALIFICATION] = np.where(qualified, 0, by_class[steps.consequence])
    days[:, LeadStep.FIRST_ORDER] = lead_times.first_order_days
    days[:, LeadStep.TRANSPORT] = lead_times.transport_days
    days[:, LeadStep.BUFFER] = lead_times.buffer_days
    return days
