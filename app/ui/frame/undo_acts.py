"""Undo and redo of the window: what would be reverted, by name, and doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.base.errors import AppError
from app.base.progress import Progress
from app.ui.jobs import JobRunner

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.services.audit.undo_change import Undone


class UndoActs(QObject):
    """Knows the names of the acts that Ctrl+Z and Ctrl+Y would revert.

    Signals:
        named: `undo_act` or `redo_act` differ.
        reverted: (done: Undone, redone: bool).
        refused: (error: AppError) in words, with the rows that have changed since.
    """

    named = Signal()
    reverted = Signal(object, bool)
    refused = Signal(object)

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._services: Services | None = None
        self.undo_act = self.redo_act = ""

    def attach(self, services: Services | None) -> None:
        """Act on this library from now on."""
        self._services = services
        self.refresh()

    def refresh(self) -> None:
        """Ask the library what could be reverted now."""
        services = self._services
        if services is None:
            self._name(("", ""))
            return

        def ask(progress: Progress) -> tuple[str, str]:
            from app.services.audit.name_acts import name_acts

            return name_acts(services.library)

        self._jobs.start(ask, owner=self, done=self._name, failed=self.refused.emit)

    def undo(self) -> None:
        """Revert the latest act."""
        self._revert(redo=False)

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._revert(redo=True)

    def _revert(self, *, redo: bool) -> None:
        services = self._services
        if services is None:
            return

        def revert(progress: Progress) -> Undone:
            from app.services.audit.redo_change import redo_change
            from app.services.audit.undo_change import undo_change

            change = redo_change if redo else undo_change
            return change(services.library, who=services.user)

        self._jobs.start(
            revert,
            owner=self,
            done=lambda done: self.reverted.emit(done, redo),
            failed=self._refuse,
            lane="write",
        )

    def _name(self, acts: tuple[str, str]) -> None:
        if acts != (self.undo_act, self.redo_act):
            self.undo_act, self.redo_act = acts
            self.named.emit()

    def _refuse(self, error: AppError) -> None:
        self.refused.emit(error)
        self.refresh()
