"""Reads what the inspector shows: at once what the list knows, the rest from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.base.errors import AppError, NotFound
from app.base.progress import Progress
from app.domain.inventory.part_list import PartListRow
from app.ui.catalog.part_inspector import PartInspector
from app.ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from app.domain.inventory.part_details import PartDetails
    from app.ui.context import UiContext


class InspectorFeed(QObject):
    """Fills a `PartInspector` for the row with the focus.

    Signals:
        failed: (error: AppError) the library could not be asked.
    """

    failed = Signal(object)

    def __init__(
        self, inspector: PartInspector, jobs: JobRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._inspector, self._jobs = inspector, jobs
        self._context: UiContext | None = None
        self._job: Job | None = None
        self._shown: PartListRow | None = None

    def attach(self, context: UiContext | None) -> None:
        """Ask this library from now on."""
        self._context = context
        self._shown = None

    def show(self, row: PartListRow | None, selected: int) -> None:
        """Show a row, or how many are chosen; nothing is asked again for the row shown."""
        if selected > 1 or row is None:
            self._forget()
            if selected > 1:
                self._inspector.show_many(selected)
            else:
                self._inspector.show_nothing()
        elif row != self._shown:
            self._forget()
            self._shown = row
            picture = (row.sha256, row.unit) if row.sha256 and row.unit is not None else None
            self._inspector.show_waiting(row.number, row.name, picture)
            self._ask(row)

    def refresh(self) -> None:
        """Ask again for the row shown: something may have changed."""
        if self._shown is not None:
            row = self._shown
            self._forget()
            self._shown = row
            self._ask(row)

    def _ask(self, row: PartListRow) -> None:
        context = self._context
        if context is None:
            return
        library, today = context.services.library, context.today()

        def fetch(progress: Progress) -> PartDetails:
            from app.services.catalog.fetch_part import fetch_part

            progress.check()
            return fetch_part(library, row.number, history_limit=1)

        def take(details: PartDetails) -> None:
            if self._shown is row:
                self._inspector.show_part(details, today)

        def fail(error: AppError) -> None:
            # A part that has just been removed is about to leave the list as well.
            if self._shown is row and not isinstance(error, NotFound):
                self._inspector.show_unread()
                self.failed.emit(error)

        self._job = self._jobs.start(fetch, owner=self, done=take, failed=fail)

    def _forget(self) -> None:
        self._shown = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
