"""The tabs beside a part's 3D view; a tab is filled when it is turned to."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

from app.base.i18n import _
from app.domain.inventory.part_details import PartDetails, RevisionDetails
from app.ui.catalog.definition_tab import DefinitionTab
from app.ui.catalog.demand_tab import DemandTab
from app.ui.catalog.facts_tab import FactsTab
from app.ui.catalog.history_tab import HistoryTab
from app.ui.catalog.lots_tab import LotsTab
from app.ui.catalog.revisions_tab import RevisionsTab
from app.ui.jobs import JobRunner


class PartTabs(QTabWidget):
    """Overview, revisions, definition, lots, demand, history; the chosen one stays."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.facts, self.revisions = FactsTab(), RevisionsTab()
        self.definition, self.lots = DefinitionTab(), LotsTab()
        self.demand, self.history = DemandTab(jobs), HistoryTab(jobs)
        self._details: PartDetails | None = None
        self._revision: RevisionDetails | None = None
        self._today = date.min
        self._filled: set[int] = set()
        self.setDocumentMode(True)
        self.setAccessibleName(_("About the part"))
        for tab, name in (
            (self.facts, _("Overview")),
            (self.revisions, _("Revisions")),
            (self.definition, _("Definition")),
            (self.lots, _("Lots")),
            (self.demand, _("Demand")),
            (self.history, _("History")),
        ):
            self.addTab(tab, name)
        self.currentChanged.connect(lambda _index: self._fill())

    def show_details(
        self, details: PartDetails, revision: RevisionDetails | None, today: date
    ) -> None:
        """Show another part, or the same one as it stands now."""
        self._details, self._revision, self._today = details, revision, today
        self._filled.clear()
        self._fill()

    def show_reasons(self) -> None:
        """Turn to why the part is an eternal spare, or why not."""
        self.setCurrentWidget(self.facts)
        self.facts.reveal_reasons()
        self.facts.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_history(self) -> None:
        """Turn to the history, ready to find something in it."""
        self.setCurrentWidget(self.history)
        self.history.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self) -> None:
        details, index = self._details, self.currentIndex()
        if details is None or index in self._filled:
            return
        self._filled.add(index)
        tab = self.currentWidget()
        if tab is self.facts:
            self.facts.show_details(details, self._revision, self._today)
        elif tab is self.revisions:
            self.revisions.show_details(details)
        elif tab is self.definition:
            self.definition.show_details(self._revision, self._today)
        elif tab is self.lots:
            self.lots.show_details(details)
        elif tab is self.demand:
            self.demand.show_details(details)
        else:
            self.history.show_history(details.history)
