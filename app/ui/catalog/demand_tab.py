"""The demand of a part: a chart of the months, and the years as figures."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.figures import figure, fixed_figure
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.inventory.part_details import PartDetails
from app.domain.lifecycle.supply import DemandHistory
from app.ui.jobs import JobRunner
from app.ui.part_words import month_text
from app.ui.theme import current_theme
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.ui.catalog.demand_chart import DemandChart

MONTHS_A_YEAR = 12


class DemandTab(Panel):
    """Chart and years of one part's demand."""

    def __init__(self, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("window", parent=parent)
        self._jobs = jobs
        self._demand: DemandHistory | None = None
        self._loading = False
        self.chart: DemandChart | None = None
        self.sheet = FactSheet(_("Demand"))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.sheet, 1)
        self.setFocusProxy(self.sheet)

    def show_details(self, details: PartDetails) -> None:
        """Show the demand of another part, or of the same one as it stands now."""
        self._demand = details.demand
        self._show_sheet(details)
        if self.chart is not None:
            self._show_chart()
        elif self._demand is not None and not self._loading:
            self._load_chart()

    def _load_chart(self) -> None:
        self._loading = True

        def load(progress: Progress) -> None:
            import app.ui.catalog.demand_chart  # noqa: F401  # half a second, so not in the window

        self._jobs.start(load, owner=self, done=lambda _nothing: self._make_chart())

    def _make_chart(self) -> None:
        from app.ui.catalog.demand_chart import DemandChart

        self.chart = DemandChart()
        margin = current_theme().size("space", "m")
        holder = QVBoxLayout()
        holder.setContentsMargins(margin, margin, margin, 0)
        holder.addWidget(self.chart)
        self._rows.insertLayout(0, holder)
        self._show_chart()

    def _show_chart(self) -> None:
        chart, demand = self.chart, self._demand
        if chart is None:
            return
        chart.setVisible(demand is not None)
        if demand is not None:
            chart.show_demand(demand)
            chart.setAccessibleDescription(self.sheet.text)

    def _show_sheet(self, details: PartDetails) -> None:
        sheet, demand = self.sheet, details.demand
        sheet.begin()
        sheet.section(_("Demand"))
        if demand is None or not demand.quantities:
            sheet.sentence(
                _(
                    "No demand by month is recorded. A parts list with a column for each month "
                    "brings it in."
                ),
                color="muted",
            )
            sheet.finish()
            return
        months, total = len(demand.quantities), sum(demand.quantities)
        sheet.fact(_("Months"), figure(months), note=_span(demand))
        sheet.fact(_("Pieces"), figure(total), note=demand.source)
        sheet.fact(_("A year"), fixed_figure(total / months * MONTHS_A_YEAR, 1))
        last = sum(demand.quantities[-MONTHS_A_YEAR:])
        sheet.fact(_("Last 12 months"), figure(last))
        idle = sum(quantity == 0 for quantity in demand.quantities)
        sheet.fact(
            _("Months without demand"),
            ngettext("{idle} of {count}", "{idle} of {count}", months).format(
                idle=figure(idle), count=figure(months)
            ),
        )
        sheet.section(_("By year"))
        for year, pieces, counted in by_year(demand):
            note = (
                ""
                if counted == MONTHS_A_YEAR
                else ngettext("{count} month only", "{count} months only", counted).format(
                    count=counted
                )
            )
            sheet.fact(str(year), figure(pieces), note=note)
        sheet.finish()


def by_year(demand: DemandHistory) -> list[tuple[int, float, int]]:
    """Return (calendar year, pieces, months recorded), the latest year first."""
    pieces: defaultdict[int, float] = defaultdict(float)
    months: defaultdict[int, int] = defaultdict(int)
    begin = demand.first_month.year * MONTHS_A_YEAR + demand.first_month.month - 1
    for position, quantity in enumerate(demand.quantities, start=begin):
        pieces[position // MONTHS_A_YEAR] += quantity
        months[position // MONTHS_A_YEAR] += 1
    return [(year, pieces[year], months[year]) for year in sorted(pieces, reverse=True)]


def _span(demand: DemandHistory) -> str:
    begin = demand.first_month.year * MONTHS_A_YEAR + demand.first_month.month - 1
    last = begin + len(demand.quantities) - 1
    end = date(last // MONTHS_A_YEAR, last % MONTHS_A_YEAR + 1, 1)
    return _("{first} to {last}").format(first=month_text(demand.first_month), last=month_text(end))
