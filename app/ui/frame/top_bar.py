"""The bar over the pages: back, forward, where we are, light or dark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from app.base.i18n import _
from app.ui.actions import Actions
from app.ui.icons import LARGE, SMALL, icon
from app.ui.theme import current_theme, set_property
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import Panel


class TopBar(Panel):
    """Where we are and how we came here.

    Signals:
        crumb_chosen: (position: int) of an earlier step of the path.
    """

    crumb_chosen = Signal(int)

    def __init__(
        self, actions: Actions, theme_toggle: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__("window", lines="b", parent=parent)
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "topBar"))
        self._crumbs = QHBoxLayout()
        self._crumbs.setContentsMargins(4, 0, 0, 0)
        self._crumbs.setSpacing(4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.size("space", "s"), 0, theme.size("space", "m"), 0)
        layout.setSpacing(theme.size("space", "xs"))
        for action in (actions["back"], actions["forward"]):
            layout.addWidget(tool_button(action))
        layout.addLayout(self._crumbs)
        layout.addStretch(1)
        layout.addWidget(FindButton(actions["find_or_do"]))
        layout.addWidget(tool_button(theme_toggle))
        layout.addWidget(tool_button(actions["settings"]))
        layout.addWidget(tool_button(actions["help_page"]))

    def show_path(self, steps: Sequence[str]) -> None:
        """Show the way to this place; all but the last step can be clicked."""
        while (item := self._crumbs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for position, step in enumerate(steps):
            if position:
                self._crumbs.addWidget(RoleLabel("/", color="muted"))
            if position == len(steps) - 1:
                self._crumbs.addWidget(RoleLabel(step, font="bodyStrong"))
            else:
                self._crumbs.addWidget(self._link(step, position))
        self.setAccessibleName(_("Place: {path}").format(path=", ".join(steps)))

    def _link(self, text: str, position: int) -> QPushButton:
        button = QPushButton(text)
        set_property(button, "link", True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.crumb_chosen.emit(position))
        return button


class FindButton(QPushButton):
    """Looks like the field it opens: glass, words, shortcut."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setFixedSize(theme.size("width", "commandField"), theme.size("height", "input"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Find or do"))
        self.setToolTip(_("Find a page, part, product or command"))
        self.clicked.connect(action.trigger)
        theme.changed.connect(self.update)

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.rect().center().y()
        icon("search").paint(painter, QRect(10, middle - SMALL // 2 + 1, SMALL, SMALL))
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font("body"))
        room = self.rect().adjusted(10 + SMALL + 8, 0, -10, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _("Find or do…"))
        painter.setFont(theme.font("caption"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, flags, self._keys)


def tool_button(action: QAction, *, side: int = LARGE) -> QToolButton:
    """Return a button of an icon alone; its tip and spoken name come from the action."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(side, side))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFixedSize(28, 28)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text().replace("&", ""))
    return button


def theme_icon(*, dark: bool) -> tuple[str, str]:
    """Return icon and text of the switch to the other colours."""
    return ("sun", _("Light colours")) if dark else ("moon", _("Dark colours"))


def show_theme(toggle: QAction) -> None:
    """Let the switch say what it leads to."""
    name, text = theme_icon(dark=current_theme().dark)
    toggle.setIcon(icon(name))
    toggle.setText(text)
    toggle.setToolTip(text)
