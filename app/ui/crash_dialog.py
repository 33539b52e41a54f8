"""The dialog for our own bugs: what happened, with everything a report needs, ready to copy."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.base.i18n import _
from app.base.logs import recent_lines
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import RoleLabel


def crash_report(error: BaseException) -> str:
    """Return traceback, versions and the last log lines as one text."""
    from app.base.system_report import system_report  # reads package metadata: not at start-up

    trace = "".join(traceback.format_exception(error)).rstrip()
    log = "\n".join(recent_lines()) or "(no log lines)"
    return f"{trace}\n\n{system_report()}\n\n{log}\n"


class CrashDialog(QDialog):
    """Shows a report; the window stays usable behind it."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.report = report
        self.setWindowTitle(_("Everspare made a mistake"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 520)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setAccessibleName(_("Report"))
        self.copy_button = QPushButton(_("Copy report"))
        set_property(self.copy_button, "primary", True)
        self.copy_button.clicked.connect(self._copy)
        close = QPushButton(_("Go on working"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.size("space", "s"))
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.size("space", "pageMargin")] * 4)
        layout.setSpacing(theme.size("space", "m"))
        layout.addWidget(RoleLabel(_("This should not have happened"), font="title"))
        layout.addWidget(
            RoleLabel(
                _(
                    "What you did last may not be complete; everything saved before is safe. "
                    "Copy the report and send it to whoever looks after your Everspare. "
                    "It names files and folders but holds no geometry."
                ),
                color="muted",
                wrap=True,
            )
        )
        layout.addWidget(text, 1)
        layout.addLayout(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.copy_button.setText(_("Copied"))
