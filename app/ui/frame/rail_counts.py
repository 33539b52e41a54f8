"""Keeps the counts of the rail up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.progress import Progress
from app.domain.changes import Changes
from app.ui.frame.rail import Rail
from app.ui.places import CERTIFICATES, PACKAGES, PARTS, PRODUCTS, QUALIFICATION, WORKLIST

if TYPE_CHECKING:
    from app.services.overview.count_work import WorkCounts
    from app.ui.context import UiContext

COUNTED = ("part", "product", "flag", "qualification", "print_package", "lot", "certificate")
WAIT_MS = 200  # an import tells of many changes: count once after them


class RailCounts(QObject):
    """Counts in the background, when a library is opened and after changes.

    Signals:
        failed: (error: AppError) the counts shown are older than the records.
    """

    failed = Signal(object)

    def __init__(self, rail: Rail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rail = rail
        self._context: UiContext | None = None
        self._soon = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._soon.timeout.connect(self._count)

    def attach(self, context: UiContext) -> None:
        """Count this library from now on; its bus tells of changes."""
        self._context = context
        context.bus.changed.connect(self._take_changes)
        self._count()

    def _take_changes(self, changes: Changes, initiator: object) -> None:
        if changes.touches(*COUNTED) and not self._soon.isActive():
            self._soon.start()

    def _count(self) -> None:
        context = self._context
        if context is None:
            return
        library, today = context.services.library, context.today()

        def count(progress: Progress) -> WorkCounts:
            from app.services.overview.count_work import count_work

            return count_work(library, today=today)

        def show(counts: WorkCounts) -> None:
            if context is self._context:
                self._show(counts)

        context.jobs.start(count, owner=self, done=show, failed=self.failed.emit)

    def _show(self, counts: WorkCounts) -> None:
        for page, count in (
            (PARTS, counts.parts),
            (PRODUCTS, counts.products),
            (WORKLIST, counts.eternal),
            (QUALIFICATION, counts.under_way),
            (PACKAGES, counts.awaiting_lots),
            (CERTIFICATES, counts.uncertified_lots),
        ):
            self._rail.show_count(page, count)
