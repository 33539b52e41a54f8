"""The words of a verdict: reasons, missing inputs and the next action of single parts.

Nothing is judged here: every sentence states columns that `assess_spares` returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from app.base.told import mark, tell, tell_count, tell_list
from app.domain.lifecycle import life_cycle_stage as stage
from app.domain.lifecycle.day_numbers import day_number, day_text
from app.domain.lifecycle.deadline_words import DeadlineWords
from app.domain.lifecycle.demand_rate import DemandSource
from app.domain.lifecycle.eternal_spare import SpareVerdicts
from app.domain.lifecycle.missing_input import Missing
from app.domain.lifecycle.need_end import NeedSource
from app.domain.lifecycle.spare_columns import SpareColumns
from app.domain.lifecycle.spare_need import NO, UNKNOWN, YES
from app.domain.lifecycle.supply_end import OrderEnd
from app.domain.lifecycle.urgency import NextStep

LONG_TIME_DAYS = 36525.0
MOST_NAMES = 3

_NEED_SENTENCES = {
    NeedSource.SERIES: mark("{product} is in series; no end is announced."),
    NeedSource.NO_UNITS: mark("{product} left series on {date} and no unit is in use."),
    NeedSource.LAST_PLACED: mark(
        "{product} is sold until {date}; how long it is served after that is not known."
    ),
    NeedSource.UNITS_IN_USE: mark(
        "Units of {product} are in use; until when they are served is not known."
    ),
    NeedSource.RECENT_DEMAND: mark(
        "Pieces were needed in the last twelve months; until when is not known."
    ),
}
_NEED_FRAGMENTS = {
    NeedSource.SERVICE: mark("end of service of {product}"),
    NeedSource.SERIES: mark("{product} in series"),
    NeedSource.NO_UNITS: mark("no unit of {product} in use"),
    NeedSource.LAST_PLACED: mark("last placing of {product}"),
    NeedSource.UNITS_IN_USE: mark("units of {product} in use"),
    NeedSource.RECENT_DEMAND: mark("demand in the last twelve months"),
}
_STEP_SENTENCES = {
    NextStep.SETTLE_RIGHT: mark("Clarify who owns the design and whether you may make the part."),
    NextStep.ASSESS_EXPORT: mark("Assess whether the part is under export control."),
    NextStep.SET_CONSEQUENCE_CLASS: mark(
        "State the requirements: set the consequence class of the part."
    ),
    NextStep.GET_FILE: mark("Get the file: original model, drawing or scan."),
    NextStep.REDESIGN: mark(
        "Redesign the part or choose another process: it cannot be printed yet."
    ),
    NextStep.RELEASE_DEFINITION: mark("Write and release the print definition."),
    NextStep.QUALIFY: mark("Start the qualification."),
    NextStep.FINISH_QUALIFICATION: mark("Finish the qualification that is under way."),
    NextStep.EXPORT_PACKAGE: mark("Export the print package to a qualified provider."),
    NextStep.ORDER: mark("Order printed parts from the qualified provider."),
}


class VerdictWords:
    """Speaks about the parts of one assessment.

    Args:
        columns: the inputs that were judged.
        verdicts: what was judged.
    """

    def __init__(self, columns: SpareColumns, verdicts: SpareVerdicts) -> None:
        self._columns, self._verdicts = columns, verdicts
        self._today = day_number(verdicts.today)
        self._held = columns.supply.stock + columns.supply.on_order
        self._deadlines = DeadlineWords(columns, verdicts)
        rows = np.arange(columns.part_ids.size + 1)
        self._uses = np.searchsorted(columns.where_used.part, rows)
        self._series_end = stage.series_end(
            columns.products.last_produced, columns.products.last_placed
        )

    def reasons(self, row: int) -> tuple[str, ...]:
        """Return the reasons of the verdict, most important first."""
        answer = int(self._verdicts.answer[row])
        sentences: list[str] = []
        if answer == UNKNOWN:
            sentences.append(tell("Not known: {missing}.", missing=_listed(self.missing(row))))
        if self._verdicts.rank.breach[row]:
            sentences.append(self._breach(row))
        sentences += [self._supply(row), self._need(row)]
        if answer == NO:
            sentences += self._beyond_horizon(row)
        if answer == YES:
            sentences += self._deadlines.sentences(row)
        return (*sentences, *self._series_ends(row))

    def missing(self, row: int) -> tuple[str, ...]:
        """Name the inputs that are missing; empty unless the answer is unknown."""
        lacking = Missing(int(self._verdicts.missing[row]))
        names: list[str] = []
        for product in self._products(row):
            lacks = Missing(int(self._verdicts.products.missing[product]))
            name = self._columns.products.names[product]
            if Missing.LIFE_CYCLE_DATES in lacks & lacking:
                names.append(tell("life-cycle dates of {product}", product=name))
            elif Missing.END_OF_SERVICE in lacks & lacking:
                names.append(tell("end of service of {product}", product=name))
        if Missing.PRODUCTS in lacking:
            names.append(tell("a product that uses the part"))
        if Missing.SUPPLIER in lacking:
            names.append(tell("a supplier or a last order date"))
        if Missing.STOCK in lacking:
            names.append(tell("the stock"))
        if Missing.DEMAND_HISTORY in lacking:
            names.append(self._missing_demand(row))
        return tuple(names)

    def need_source(self, row: int) -> str:
        """Say what sets the end of need, as a fragment; "" if nothing is known."""
        source = NeedSource(int(self._verdicts.need.source[row]))
        if source is NeedSource.NOTHING:
            return ""
        return tell(_NEED_FRAGMENTS[source], product=self._need_product(row))

    def next_action(self, row: int) -> str:
        """Say what to do next, in one sentence; "" where nothing is to be done."""
        step = NextStep(int(self._verdicts.next_step[row]))
        if step is NextStep.ADD_INPUTS:
            return tell("Enter {missing}.", missing=self.missing(row)[0])
        start = float(self._verdicts.deadlines.start_by[row])
        if step is NextStep.FINISH_QUALIFICATION and start < self._today:
            return tell(
                "Finish the qualification without delay: it had to start by {date}.",
                date=day_text(start),
            )
        return "" if step is NextStep.NONE else tell(_STEP_SENTENCES[step])

    # --- supply -----------------------------------------------------------------------------------

    def _supply(self, row: int) -> str:
        source = OrderEnd(int(self._verdicts.supply.order_end_source[row]))
        if source is OrderEnd.OPEN:
            return self._open_suppliers(row)
        return tell("{orders}; {stock}.", orders=self._orders(row, source), stock=self._stock(row))

    def _open_suppliers(self, row: int) -> str:
        count = int(self._columns.supply.open_suppliers[row])
        return tell_count(
            "{supplier} takes orders and has announced no end.",
            "{count} suppliers take orders and have announced no end, among them {supplier}.",
            count,
            supplier=self._columns.supply.open_supplier[row],
        )

    def _orders(self, row: int, source: OrderEnd) -> str:
        if source is OrderEnd.UNKNOWN:
            return tell("No supplier and no last order date is recorded")
        number = float(self._verdicts.supply.orders_end[row])
        past = number < self._today
        texts = {
            OrderEnd.SUPPLIERS: mark("Supplier orders closed on {date}")
            if past
            else mark("Suppliers take orders until {date}"),
            OrderEnd.PART_PRODUCED: mark("Production of the part ended on {date}")
            if past
            else mark("Production of the part ends on {date}"),
            OrderEnd.PART_ORDERED: mark("Orders of the part closed on {date}")
            if past
            else mark("The part can be ordered until {date}"),
        }
        return tell(texts[source], date=day_text(number))

    def _stock(self, row: int) -> str:
        demand, held = self._verdicts.demand, float(self._held[row])
        if np.isnan(held):
            return tell("the stock is not known")
        if held <= 0:
            return tell("nothing is in stock")
        stock = self._counted(row)
        rate = float(demand.per_month[row])
        if np.isnan(rate):
            return tell("how long the stock of {stock} lasts is not known", stock=stock)
        estimated, until = demand.source[row] == DemandSource.INSTALLED_BASE, self._until(row)
        if rate == 0:
            text = (
                mark("no failures are expected and the stock of {stock} is taken to last {until}")
                if estimated
                else mark(
                    "the stock of {stock} saw no demand in {months} months and is taken to last "
                    "{until}"
                )
            )
            return tell(text, stock=stock, until=until, months=int(demand.months[row]))
        needed = (
            mark("an estimated demand of {rate} a month")
            if estimated
            else mark("demand of {rate} a month")
        )
        past = self._verdicts.supply.at_least[row] < self._today
        if self._held_until_orders_end(row):
            text = (
                mark("from then on the stock of {stock} covered {demand} {until}")
                if past
                else mark("from then on the stock of {stock} covers {demand} {until}")
            )
        else:
            text = (
                mark("the stock of {stock} covered {demand} {until}")
                if past
                else mark("the stock of {stock} covers {demand} {until}")
            )
        return tell(text, stock=stock, demand=tell(needed, rate=_rate(rate)), until=until)

    def _held_until_orders_end(self, row: int) -> bool:
        """Say whether the stock is used up from the last order date on, not from its count."""
        counted = np.fmin(self._columns.supply.stock_as_of[row], self._today)
        return bool(self._verdicts.supply.orders_end[row] >= counted)

    def _counted(self, row: int) -> str:
        """Return the stock, with the day of its count where its cover is counted from there."""
        supply = self._columns.supply
        ordered, day = float(supply.on_order[row]), float(supply.stock_as_of[row])
        held = _figure(float(supply.stock[row]))
        stock = tell("{stock}", stock=held)
        if ordered:
            stock = tell("{stock} with {ordered} on order", stock=held, ordered=_figure(ordered))
        if not day <= self._today or self._held_until_orders_end(row):
            return stock
        return tell("{stock}, counted on {date},", stock=stock, date=day_text(day))

    def _breach(self, row: int) -> str:
        if self._held[row] > 0:
            return tell("Service is promised and by this reckoning the stock is used up.")
        return tell("Service is promised and nothing is left to deliver.")

    def _until(self, row: int) -> str:
        until = float(self._verdicts.supply.at_least[row])
        if until - self._today > LONG_TIME_DAYS:
            return tell("for more than 100 years")
        return tell("until {date}", date=day_text(until))

    # --- need -------------------------------------------------------------------------------------

    def _need(self, row: int) -> str:
        need = self._verdicts.need
        source = NeedSource(int(need.source[row]))
        if source is NeedSource.NOTHING:
            return self._undated_need(row)
        text = self._service(row) if source is NeedSource.SERVICE else _NEED_SENTENCES[source]
        day = float(need.at_least[row])
        product = int(need.product[row])
        if product >= 0 and self._verdicts.products.stages[product] == stage.ANNOUNCED:
            text = mark("{product} will be introduced on {date}; no end is announced.")
            day = float(self._columns.products.introduced[product])
        return tell(text, product=self._need_product(row), date=day_text(day))

    def _need_product(self, row: int) -> str:
        product = int(self._verdicts.need.product[row])
        return self._columns.products.names[product] if product >= 0 else ""

    def _service(self, row: int) -> str:
        need = self._verdicts.need
        if np.isnan(need.until[row]):
            return mark("{product} is to be served until {date}, others perhaps longer.")
        if need.until[row] < self._today:
            return mark("Service of {product} ended on {date}; nothing is needed any more.")
        return mark("{product} is to be served until {date}.")

    def _undated_need(self, row: int) -> str:
        products = self._products(row)
        if not products:
            return tell("No product is known to use the part.")
        names = _listed([self._columns.products.names[index] for index in products])
        return tell("Until when {products} is served is not known.", products=names)

    # --- what follows -----------------------------------------------------------------------------

    def _beyond_horizon(self, row: int) -> Iterable[str]:
        supply = self._verdicts.supply
        until, need = float(supply.at_least[row]), float(self._verdicts.need.until[row])
        if need > until > day_number(self._verdicts.horizon_end):
            yield tell(
                "Supply ends on {date}, after the horizon of {months} months: no action is due "
                "yet.",
                date=day_text(until),
                months=self._verdicts.horizon_months,
            )

    def _series_ends(self, row: int) -> Iterable[str]:
        """Name the products that leave series: one reason among others, never a condition."""
        told = int(self._verdicts.need.product[row])
        by_itself = self._verdicts.need.source[row] in (NeedSource.NO_UNITS, NeedSource.LAST_PLACED)
        for product in self._products(row)[:MOST_NAMES]:
            end = float(self._series_end[product])
            if np.isnan(end) or (by_itself and product == told):
                continue
            text = (
                mark("{product} left series on {date}.")
                if end < self._today
                else mark("{product} leaves series on {date}.")
            )
            name = self._columns.products.names[product]
            yield tell(text, product=name, date=day_text(end))

    def _products(self, row: int) -> list[int]:
        first, last = self._uses[row], self._uses[row + 1]
        return [int(product) for product in self._columns.where_used.product[first:last]]

    def _missing_demand(self, row: int) -> str:
        """Name what the estimate from the installed base lacks, product by product."""
        lacking: list[str] = []
        products, uses = self._columns.products, self._columns.where_used
        for use in range(self._uses[row], self._uses[row + 1]):
            product = int(uses.product[use])
            inputs = (
                (products.installed_base[product], tell("installed base")),
                (products.annual_failure_rate[product], tell("annual failure rate")),
                (uses.failure_share[use], tell("share of the part in the failures")),
            )
            if any(value == 0 for value, _name in inputs):
                continue
            names = tell_list(", ", [name for value, name in inputs if np.isnan(value)])
            if names:
                lacking.append(
                    tell("{inputs} of {product}", inputs=names, product=products.names[product])
                )
        if not lacking:
            return tell("twelve months of demand")
        return tell("twelve months of demand, or {inputs}", inputs=_listed(lacking))


def _listed(names: Sequence[str]) -> str:
    """Join names, leaving a long list readable."""
    if len(names) <= MOST_NAMES + 1:  # "and 1 more" would be no shorter
        return tell_list("; ", names)
    shown = tell_list("; ", names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return tell_count("{names} and {count} more", "{names} and {count} more", more, names=shown)


def _figure(value: float) -> float:
    return round(value, 1)


def _rate(value: float) -> float:
    return round(value, 1) if value >= 1 else float(f"{value:.2g}")
