"""When to decide and when to start, so that printed parts arrive before the stock is gone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

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
        get_file_days: to obtain or draw the geometry; nothing where a file is there.
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


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Last days to act, (n,) each; nan where the part asks for no action or nothing is known.

    Attributes:
        decide_by: last order date minus judging and approving.
        start_by: careful run-out of the stock minus all that must happen before parts arrive.
        last_safe_start: the earlier of the two.
    """

    decide_by: Days
    start_by: Days
    last_safe_start: Days


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
    decide_by = np.where(
        np.isfinite(orders_end),
        orders_end - (lead_times.judge_days + lead_times.approve_days),
        np.nan,
    )
    by_class = np.array([lead_times.qualification_days[kind] for kind in CONSEQUENCES], dtype=float)
    qualified = steps.readiness == READINESS.index(Readiness.QUALIFIED)
    needed = (
        np.where(steps.has_file, 0, lead_times.get_file_days)
        + np.where(qualified, 0.0, by_class[steps.consequence])
        + lead_times.first_order_days
        + lead_times.transport_days
        + lead_times.buffer_days
    )
    start_by = careful_run_out - needed
    return Deadlines(decide_by, start_by, np.fmin(decide_by, start_by))
