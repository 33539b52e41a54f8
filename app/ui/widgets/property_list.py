"""Names and values, one below the other, on one baseline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel, StatusLabel


class PropertyList(QWidget):
    """Rows of a muted name and a value, the value with a mark where it has one."""

    def __init__(self, label_width: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._label_width = label_width or theme.size("width", "propertyLabel")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.size("space", "s"))
        self._grid.setVerticalSpacing(theme.size("space", "xs"))
        self._grid.setColumnMinimumWidth(0, self._label_width - theme.size("space", "s"))
        self._grid.setColumnStretch(1, 1)
        self._texts: dict[str, str] = {}

    @property
    def texts(self) -> dict[str, str]:
        """What is shown, by name."""
        return dict(self._texts)

    def clear(self) -> None:
        """Take all rows away."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._texts.clear()

    def add(self, name: str, value: str, mark: str = "") -> None:
        """Add a row; an empty value adds none."""
        if not value:
            return
        row = self._grid.count() // 2
        label = RoleLabel(name, color="muted")
        label.setWordWrap(True)
        label.setFixedWidth(self._label_width - current_theme().size("space", "s"))
        top = Qt.AlignmentFlag.AlignTop
        shown: QWidget
        if mark:
            shown = StatusLabel(mark, value)
            shown.setFixedHeight(20)
        else:
            shown = RoleLabel(value, wrap=True).selectable()
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        shown.setAccessibleName(f"{name}: {value}")
        self._grid.addWidget(label, row, 0, top)
        self._grid.addWidget(shown, row, 1, top if not mark else top | Qt.AlignmentFlag.AlignLeft)
        self._texts[name] = value
