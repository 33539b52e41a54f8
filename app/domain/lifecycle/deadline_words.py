"""The words of a deadline: which day counts, whether it has passed, and what it is counted from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.base.told import mark, tell, tell_list
from app.domain.lifecycle.day_numbers import day_number, day_text
from app.domain.lifecycle.eternal_spare import SpareVerdicts
from app.domain.lifecycle.flag import Readiness
from app.domain.lifecycle.last_safe_start import READINESS, LeadStep
from app.domain.lifecycle.spare_columns import SpareColumns
from app.domain.lifecycle.stock_run_out import CAREFUL_CHANCE

_STEP_NAMES = {
    LeadStep.GET_FILE: mark("{days} to get the file"),
    LeadStep.QUALIFICATION: mark("{days} to qualify"),
    LeadStep.FIRST_ORDER: mark("{days} for the first order"),
    LeadStep.TRANSPORT: mark("{days} for transport"),
    LeadStep.BUFFER: mark("{days} in reserve"),
}


class DeadlineWords:
    """Speaks about the days by which parts of one assessment are to be acted upon.

    Args:
        columns: the inputs that were judged.
        verdicts: what was judged.
    """

    def __init__(self, columns: SpareColumns, verdicts: SpareVerdicts) -> None:
        self._steps, self._deadlines = columns.steps, verdicts.deadlines
        self._held = columns.supply.stock + columns.supply.on_order
        self._orders_end = verdicts.supply.orders_end
        self._today = day_number(verdicts.today)

    def sentences(self, row: int) -> Iterator[str]:
        """Yield what is due by when; nothing where no day is known."""
        if np.isnan(self._deadlines.last_safe_start[row]):
            return
        readiness = READINESS[int(self._steps.readiness[row])]
        if readiness is Readiness.QUALIFIED:
            yield self._order(row)
        elif readiness is Readiness.UNDER_WAY:
            yield self._finish(row)
        else:
            yield from self._decide_and_start(row)

    def _order(self, row: int) -> str:
        start = float(self._deadlines.start_by[row])
        text = (
            mark("A qualified print definition exists. Order printed parts by {date} ({terms}).")
            if start >= self._today
            else mark(
                "A qualified print definition exists. Overdue: printed parts had to be ordered "
                "by {date} ({terms})."
            )
        )
        return tell(text, date=day_text(start), terms=self._start_terms(row))

    def _finish(self, row: int) -> str:
        start = float(self._deadlines.start_by[row])
        text = (
            mark("A qualification is under way; the last safe start date is {date} ({terms}).")
            if start >= self._today
            else mark(
                "A qualification is under way; it had to start by {date} to have printed parts "
                "before the stock is gone ({terms})."
            )
        )
        return tell(text, date=day_text(start), terms=self._start_terms(row))

    def _decide_and_start(self, row: int) -> Iterator[str]:
        decide, start = float(self._deadlines.decide_by[row]), float(self._deadlines.start_by[row])
        last = float(self._deadlines.last_safe_start[row])
        terms = self._decide_terms(row) if last == decide else self._start_terms(row)
        text = (
            mark("The last safe start date is {date} ({terms}).")
            if last >= self._today
            else mark("Overdue: the last safe start date was {date} ({terms}).")
        )
        yield tell(text, date=day_text(last), terms=terms)
        if last >= self._today:
            return
        if last == start:
            if decide >= self._today:
                text = mark("Decide on a last order by {date} ({terms}).")
                yield tell(text, date=day_text(decide), terms=self._decide_terms(row))
            return
        text = (
            mark("Start by {date} to have printed parts before the stock is gone ({terms}).")
            if start >= self._today
            else mark("Printed parts will come late: they had to be started by {date} ({terms}).")
        )
        yield tell(text, date=day_text(start), terms=self._start_terms(row))

    def _decide_terms(self, row: int) -> str:
        end = float(self._orders_end[row])
        days = end - float(self._deadlines.decide_by[row])
        return tell(
            "last order on {end}, less {days} days to judge and approve",
            end=day_text(end),
            days=round(days),
        )

    def _start_terms(self, row: int) -> str:
        """Say what the start is counted back from: the careful end of the stock, step by step."""
        days = self._deadlines.lead_days[row].tolist()
        steps = [tell(_STEP_NAMES[step], days=days[step]) for step in LeadStep if days[step]]
        return tell(
            "{supply_end}, less {days} days: {steps}",
            supply_end=self._careful_end(row),
            days=sum(days),
            steps=tell_list(", ", steps),
        )

    def _careful_end(self, row: int) -> str:
        end = float(self._deadlines.run_out[row])
        past = end < self._today
        if self._held[row] > 0:
            text = (
                mark("the stock was to last until {date} with a chance of {chance} %")
                if past
                else mark("the stock lasts until {date} with a chance of {chance} %")
            )
        else:
            text = mark("supply ended on {date}") if past else mark("supply ends on {date}")
        return tell(text, date=day_text(end), chance=round(100.0 * (1.0 - CAREFUL_CHANCE)))
