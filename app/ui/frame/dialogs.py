"""The two sheets of the Help menu: keys, and what this program is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.base.i18n import _
from app.base.system_report import system_report
from app.ui.actions import ACTIONS, MENUS, Actions, shortcut_text
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import scrolled
from app.ui.widgets.small_marks import KeyHint


def _view_keys() -> tuple[tuple[str, str], ...]:
    return (
        (_("Standard views"), "0 … 6"),
        (_("Show the whole part"), "F"),
        (_("Perspective or parallel"), "P"),
        (_("Feature edges"), "E"),
        (_("Turn"), "← ↑ → ↓"),
        (_("Closer, farther"), "+ −"),
    )


def _list_keys() -> tuple[tuple[str, str], ...]:
    return (
        (_("Open the row"), _("Enter")),
        (_("Choose one row more or less"), _("Ctrl+Space")),
        (_("Search"), "/"),
        (_("From the search field into the list"), "↓"),
        (_("Clear the search"), _("Esc")),
    )


class KeySheet(QDialog):
    """All shortcuts, by menu, with those of lists and of the 3D view."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setWindowTitle(_("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        columns = QHBoxLayout()
        columns.setSpacing(theme.size("space", "xxl"))
        left, right = QVBoxLayout(), QVBoxLayout()
        for side in (left, right):
            side.setSpacing(theme.size("space", "m"))
            columns.addLayout(side, 1)
        for number, (menu, title) in enumerate(MENUS):
            rows = [
                (
                    actions[spec.key].text().replace("&", ""),
                    shortcut_text(actions[spec.key]) if spec.keys else spec.letters[0],
                )
                for spec in ACTIONS
                if spec.menu == menu and (spec.keys or spec.letters)
            ]
            if rows:
                (left if number < 3 else right).addWidget(_group(title().replace("&", ""), rows))
        right.addWidget(_group(_("In lists"), _list_keys()))
        right.addWidget(_group(_("In the 3D view"), _view_keys()))
        left.addStretch(1)
        right.addStretch(1)
        content = QWidget()
        content.setLayout(columns)
        columns.setContentsMargins(*[theme.size("space", "pageMargin")] * 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))


def _group(title: str, rows: Iterable[tuple[str, str]]) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(current_theme().size("space", "xs"))
    grid.setColumnStretch(0, 1)
    grid.addWidget(RoleLabel(title, font="section"), 0, 0, 1, 2)
    for number, (text, keys) in enumerate(rows, start=1):
        grid.addWidget(RoleLabel(text), number, 0)
        grid.addWidget(KeyHint(keys), number, 1, Qt.AlignmentFlag.AlignRight)
    return group


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
