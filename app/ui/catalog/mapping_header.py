"""The head of a list that is about to be imported: heading and meaning of each column."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import ColumnUse, SheetKind
from app.ui.catalog.field_words import field_word, fields_of
from app.ui.models.columns import CellKind
from app.ui.models.paged_model import PagedModel
from app.ui.theme import current_theme, set_property
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.header_view import SEPARATOR_INSET, GridHeader

_HEADING = 26  # height of the line above the choice
_BOX = 24
Chosen = Callable[[int, ColumnField], None]


class MappingHeader(GridHeader):
    """Headings as the spreadsheet has them, with a choice of what each means below.

    Choices are made when their column is first seen: a list may have a hundred months.

    Attributes:
        uses: by section; sections without one have a plain heading.
    """

    def __init__(self, model: PagedModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.uses: Mapping[int, ColumnUse] = {}
        self._kind = SheetKind.PARTS
        self._chosen: Chosen = lambda column, field: None
        self._boxes: dict[int, ChoiceBox] = {}
        self._words = QStandardItemModel(self)
        self._height = current_theme().size("height", "tableHeaderMapping")
        self.setSectionsMovable(False)
        self.setSectionsClickable(False)
        self.setFixedHeight(self._height)
        self.sectionResized.connect(lambda *_sizes: self.place_boxes())
        self.viewport().installEventFilter(self)

    def show_uses(self, uses: Mapping[int, ColumnUse], kind: SheetKind, chosen: Chosen) -> None:
        """Show what the columns mean; boxes that are there stay, with the focus they have."""
        if kind is not self._kind or not self._words.rowCount():
            self._words.clear()
            for field in (*fields_of(kind), ColumnField.DEMAND):
                item = QStandardItem(field_word(field))
                item.setData(field, Qt.ItemDataRole.UserRole)
                self._words.appendRow(item)
        self.uses, self._kind, self._chosen = dict(uses), kind, chosen
        for section, box in self._boxes.items():
            self._show_use(box, self.uses[section])
        self.place_boxes()
        self.viewport().update()

    def box_of(self, column: int) -> ChoiceBox | None:
        """Return the choice of a column of the spreadsheet; None if it was never seen."""
        section = next((s for s, use in self.uses.items() if use.column == column), -1)
        return self._boxes.get(section)

    def sizeHint(self) -> QSize:
        return QSize(self.length(), self._height)

    def place_boxes(self) -> None:
        """Lay the choices over their sections."""
        padding = current_theme().size("space", "cellPadding")
        for section, use in self.uses.items():
            left = self.sectionViewportPosition(section)
            width = self.sectionSize(section)
            seen = left < self.viewport().width() and left + width > 0
            box = self._boxes.get(section)
            if box is None and seen and self.isVisible():
                box = self._make_box(section, use)
            if box is not None:
                box.setGeometry(left + padding, _HEADING + 3, width - padding - 4, _BOX)
                box.setVisible(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.place_boxes()
        return super().eventFilter(watched, event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        use = self.uses.get(logicalIndex)
        if use is None:
            self._paint_plain(painter, rect, logicalIndex)
            return
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, theme.color("panel"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.color("divider"))
        inset = SEPARATOR_INSET
        painter.drawLine(rect.left(), rect.top() + inset, rect.left(), rect.bottom() - inset)
        padding = theme.size("space", "cellPadding")
        line = QRect(rect.left() + padding, rect.top() + 5, rect.width() - padding - 4, 20)
        painter.setFont(theme.font("bodyStrong"))
        painter.setPen(theme.color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, middle, use.letter)
        shift = QFontMetrics(theme.font("bodyStrong")).horizontalAdvance(use.letter) + 8
        room = line.adjusted(shift, 0, 0, 0)
        painter.setFont(theme.font("tableHeader"))
        painter.setPen(theme.color("muted"))
        heading = " ".join(use.heading.split())
        shown = painter.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, shown)
        painter.restore()

    def _paint_plain(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a heading of our own; picture and file name stand under one."""
        super().paintSection(painter, rect, section)
        if section and self._columns[section - 1].kind is CellKind.PICTURE:
            line = QRect(rect.left(), rect.top(), 1, rect.height() - 1)
            painter.fillRect(line, current_theme().color("panel"))

    def _make_box(self, section: int, use: ColumnUse) -> ChoiceBox:
        box = ChoiceBox(self.viewport())
        set_property(box, "small", True)
        box.setModel(self._words)
        box.view().setMinimumWidth(200)
        self._show_use(box, use)
        box.activated.connect(lambda index: self._tell(section, index))
        before = max((known for known in self._boxes if known < section), default=-1)
        table = self.parentWidget()
        if table is not None:
            QWidget.setTabOrder(self._boxes.get(before, table), box)
        self._boxes[section] = box
        return box

    def _show_use(self, box: ChoiceBox, use: ColumnUse) -> None:
        box.setCurrentIndex(box.findData(use.field))
        heading = " ".join(use.heading.split())
        name = _("Meaning of column {column}, {heading}").format(column=use.letter, heading=heading)
        box.setAccessibleName(name)
        box.setToolTip(heading)

    def _tell(self, section: int, index: int) -> None:
        use = self.uses[section]
        field = self._words.item(index).data(Qt.ItemDataRole.UserRole)
        if field is not use.field:
            self._chosen(use.column, ColumnField(field))
