"""Catches what nobody caught: into the log, then into the crash dialog."""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMetaObject, QObject, Qt, QThread, Slot

if TYPE_CHECKING:
    from app.ui.crash_dialog import CrashDialog

_log = logging.getLogger(__name__)


class CrashHandler(QObject):
    """Logs every exception nobody caught and shows the dialog, one at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dialog: CrashDialog | None = None
        self._waiting: list[str] = []

    def install(self) -> None:
        """Take exceptions that reach the event loop."""
        sys.excepthook = self._hook

    def handle(self, error: BaseException) -> None:
        """Log `error` and show it; callable from any thread."""
        _log.error("unexpected %s", type(error).__name__, exc_info=error)
        from app.ui.crash_dialog import crash_report  # not needed at start-up, one hopes

        self._waiting.append(crash_report(error))
        if QThread.currentThread() is self.thread():
            self._show()
        else:
            QMetaObject.invokeMethod(self, "_show", Qt.ConnectionType.QueuedConnection)

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        self.handle(error)

    @Slot()
    def _show(self) -> None:
        reports, self._waiting = self._waiting, []
        if self.dialog is not None or not reports:
            return  # what follows a crash is mostly its echo, and it is in the log
        from app.ui.crash_dialog import CrashDialog

        self.dialog = CrashDialog(reports[0])
        self.dialog.destroyed.connect(self._forget)
        self.dialog.show()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None
