"""What this program is, and the versions it runs on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.base.i18n import _
from app.base.system_report import system_report
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import RoleLabel


class AboutDialog(QDialog):
    """What this is, and the versions that a report of trouble needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setWindowTitle(_("About Everspare"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.report = system_report()
        self.copy_button = QPushButton(_("Copy versions"))
        set_property(self.copy_button, "primary", True)
        self.copy_button.clicked.connect(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.size("space", "pageMargin")] * 4)
        layout.setSpacing(theme.size("space", "m"))
        layout.addWidget(RoleLabel("Everspare", font="title"))
        layout.addWidget(
            RoleLabel(_("A digital inventory that keeps spare parts available for ever."))
        )
        layout.addWidget(RoleLabel(self.report, color="muted").selectable())
        layout.addWidget(RoleLabel(_("Icons: Tabler, MIT licence."), font="caption", color="muted"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copy_button)
        layout.addLayout(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.copy_button.setText(_("Copied"))
