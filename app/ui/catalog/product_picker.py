"""Choosing one product among thousands: a small window with a search field over a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.i18n import _
from app.base.progress import Progress
from app.ui.jobs import Job
from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.ui.context import UiContext

SHOWN = 60
_WIDTH, _HEIGHT = 300, 320


class ProductPicker(QFrame):
    """Finds products by a part of their name.

    Signals:
        picked: (name: str).
        failed: (error: AppError) the library could not be asked.
    """

    picked = Signal(str)
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self._job: Job | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(_("Choose a product"))
        self.search = SearchField(_("Search products"))
        self._names = QStringListModel(self)
        self.list = QListView()
        self.list.setModel(self._names)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(3)  # makes rows of 24 pixels, the least target
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(_("Products"))
        self._note = RoleLabel(color="muted", font="caption")
        gap = current_theme().size("space", "s")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        for widget in (self.search, self.list, self._note):
            layout.addWidget(widget)
        self.resize(_WIDTH, _HEIGHT)
        self.search.text_settled.connect(self._find)
        self.search.left_downwards.connect(self._leave_search)
        self.list.clicked.connect(lambda index: self._pick(index.row()))
        self.list.activated.connect(lambda index: self._pick(index.row()))

    @property
    def names(self) -> list[str]:
        """The products found."""
        return list(self._names.stringList())

    def open_at(self, where: QPoint) -> None:
        """Show it there and list the first products."""
        self.move(where)
        self.show()
        self.search.setFocus()
        self._find(self.search.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _find(self, text: str) -> None:
        library = self._context.services.library
        if self._job is not None:
            self._job.cancel()

        def find(progress: Progress) -> list[str]:
            from app.services.lifecycle.find_product_names import find_product_names

            return find_product_names(library, text, limit=SHOWN + 1)

        self._job = self._context.jobs.start(find, owner=self, done=self._show, failed=self._fail)

    def _show(self, names: list[str]) -> None:
        self._names.setStringList(names[:SHOWN])
        if names:
            self.list.setCurrentIndex(self._names.index(0))
        if not names:
            self._note.setText(_("No product is called so."))
        elif len(names) > SHOWN:
            self._note.setText(_("There are more: type a part of the name."))
        else:
            self._note.setText(_("Enter takes the one marked."))

    def _fail(self, error: AppError) -> None:
        self.close()
        self.failed.emit(error)

    def _leave_search(self) -> None:
        """Enter takes the only one or the one marked; the arrow goes into the list."""
        if len(self.names) == 1 or (self.search.text() and self.names):
            self._pick(self.list.currentIndex().row())
        elif self.names:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _pick(self, row: int) -> None:
        names = self.names
        if 0 <= row < len(names):
            self.close()
            self.picked.emit(names[row])
