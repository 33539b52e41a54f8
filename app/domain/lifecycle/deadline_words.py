"""The words of a deadline: which day counts, whether it has passed, and what it is counted from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.base.i18n import _
from app.domain.lifecycle.day_numbers import day_number, day_text
from app.domain.lifecycle.eternal_spare import SpareVerdicts
from app.domain.lifecycle.flag import Readiness
from app.domain.lifecycle.last_safe_start import READINESS, LeadStep
from app.domain.lifecycle.spare_columns import SpareColumns
from app.domain.lifecycle.stock_run_out import CAREFUL_CHANCE


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
        self._step_names = _step_names()

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
            _("A qualified print definition is there. Order printed parts by {date} ({terms}).")
            if start >= self._today
            else _(
                "A qualified print definition is there. Overdue: printed parts had to be ordered "
                "by {date} ({terms})."
            )
        )
        return text.format(date=day_text(start), terms=self._start_terms(row))

    def _finish(self, row: int) -> str:
        start = float(self._deadlines.start_by[row])
        text = (
            _("A qualification is under way; the last safe start date is {date} ({terms}).")
            if start >= self._today
            else _(
                "A qualification is under way; it had to start by {date} to have printed parts "
                "before the stock is gone ({terms})."
            )
        )
        return text.format(date=day_text(start), terms=self._start_terms(row))

    def _decide_and_start(self, row: int) -> Iterator[str]:
        decide, start = float(self._deadlines.decide_by[row]), float(self._deadlines.start_by[row])
        last = float(self._deadlines.last_safe_start[row])
        terms = self._decide_terms(row) if last == decide else self._start_terms(row)
        text = (
            _("The last safe start date is {date} ({terms}).")
            if last >= self._today
            else _("Overdue: the last safe start date was {date} ({terms}).")
        )
        yield text.format(date=day_text(last), terms=terms)
        if last >= self._today:
            return
        if last == start:
            if decide >= self._today:
                text = _("Decide on a last order by {date} ({terms}).")
                yield text.format(date=day_text(decide), terms=self._decide_terms(row))
            return
        text = (
            _("Start by {date} to have printed parts before the stock is gone ({terms}).")
            if start >= self._today
            else _("Printed parts will come late: they had to be started by {date} ({terms}).")
        )
        yield text.format(date=day_text(start), terms=self._start_terms(row))

    def _decide_terms(self, row: int) -> str:
        end = float(self._orders_end[row])
        days = end - float(self._deadlines.decide_by[row])
        return _("last order on {end}, less {days} days to judge and approve").format(
            end=day_text(end), days=round(days)
        )

    def _start_terms(self, row: int) -> str:
        """Say what the start is counted back from: the careful end of the stock, step by step."""
        days = self._deadlines.lead_days[row].tolist()
        steps = [self._step_names[step].format(days=days[step]) for step in LeadStep if days[step]]
        return _("{supply_end}, less {days} days: {steps}").format(
            supply_end=self._careful_end(row), days=sum(days), steps=", ".join(steps)
        )

    def _careful_end(self, row: int) -> str:
        end = float(self._deadlines.run_out[row])
        past = end < self._today
        if self._held[row] > 0:
            text = (
                _("the stock was to last until {date} with a chance of {chance} %")
                if past
                else _("the stock lasts until {date} with a chance of {chance} %")
            )
        else:
            text = _("supply ended on {date}") if past else _("supply ends on {date}")
        return text.format(date=day_text(end), chance=round(100.0 * (1.0 - CAREFUL_CHANCE)))


def _step_names() -> dict[LeadStep, str]:
    return {
        LeadStep.GET_FILE: _("{days} to get the file"),
        LeadStep.QUALIFICATION: _("{days} to qualify"),
        LeadStep.FIRST_ORDER: _("{days} for the first order"),
        LeadStep.TRANSPORT: _("{days} for transport"),
        LeadStep.BUFFER: _("{days} in reserve"),
    }
