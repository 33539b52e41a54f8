"""The parts of the chosen products, and what an unsaved date would make of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.inventory.part_list import PartListRow
from app.domain.lifecycle.milestone_preview import MilestonePreview
from app.domain.lifecycle.product_lane import ProductLane
from app.services.lifecycle.page_product_parts import page_product_parts
from app.ui.catalog.part_pictures import PartPictures
from app.ui.catalog.quick_look import LookedAt, QuickLook
from app.ui.context import UiContext
from app.ui.icons import SMALL, icon
from app.ui.models.paged_model import PagedModel
from app.ui.products.product_part_columns import (
    EXPOSURE,
    NEED,
    RANK,
    WAS,
    pair_of,
    product_part_columns,
)
from app.ui.theme import current_theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.message_strip import ThinProgress
from app.ui.widgets.panels import bar, row
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.table_view import TableView
from app.ui.words import parts_text

_TERMS_FROM, _ALL_FROM = 1216, 1340  # narrower tables leave columns out
_LOADING_SHARE = 0.3


class PartsPanel(QWidget):
    """A bar with what can be done, and the parts below it.

    Signals:
        loaded: other parts are listed.
        load_failed: (error: AppError).
        add_part_requested: the empty list's action.
    """

    loaded = Signal()
    load_failed = Signal(object)
    add_part_requested = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._ids: tuple[int, ...] = ()
        self._lane: ProductLane | None = None
        self._preview: MilestonePreview | None = None
        self._asked = False
        self._look: QuickLook | None = None
        theme = current_theme()
        self.pictures = PartPictures(context.jobs, self)
        self.pictures.attach(context.services)
        self.model = PagedModel(context.jobs, product_part_columns(context.today), self)
        self.table = PreviewTable(self.model, self.pictures)
        self.table.setAccessibleName(_("Parts of the product"))
        self.pictures.arrived.connect(self.table.update_rows)
        self.title = RoleLabel(font="section")
        self.count = ElidedLabel(color="muted")
        self.busy = ThinProgress()
        self.buttons = row(spacing=theme.size("space", "s"))
        self.more = QToolButton()
        self.more.setIcon(icon("dots"))
        self.more.setIconSize(QSize(SMALL, SMALL))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(_("More acts"))
        self.more.setAccessibleName(_("More acts"))
        self.empty = EmptyState("shelf")
        self.empty.action_triggered.connect(self.add_part_requested)
        self._lay_out()
        self.model.loaded.connect(self._show_loaded)
        self.model.counted.connect(lambda _rows, _complete: self._show_rows_or_empty())
        self.model.load_failed.connect(self._fail)
        self.table.setColumnHidden(self._section(WAS), True)

    @property
    def previewing(self) -> bool:
        """Whether the verdicts shown are those of a date that is not saved."""
        return self._preview is not None

    @property
    def current(self) -> PartListRow | None:
        """The part with the focus; None for none."""
        row = self.table.currentIndex().row()
        cells = self.model.cells(row) if 0 <= row < len(self.model.ids) else None
        return cells.value.row if cells is not None else None

    @property
    def stops(self) -> list[QWidget]:
        """The buttons of the bar, from left to right."""
        found = (self.buttons.itemAt(n) for n in range(self.buttons.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget for widget in widgets if widget is not None]

    def look_over(self, page: QWidget) -> None:
        """Let parts be looked at in large, over a page that holds this panel."""
        self._look = QuickLook(self.table, self.pictures, page)
        self._look.attach(self._context)
        self.table.look_requested.connect(lambda _id: self.quick_look())
        self.table.current_changed.connect(lambda _id: self._follow())

    def quick_look(self) -> None:
        """Show the part with the focus in large, or take it away again."""
        if self._look is not None:
            self._look.toggle(self._looked_at())

    def offer(self, buttons: Sequence[QAction], menu: QMenu) -> None:
        """Show these acts as buttons, and the others in a menu."""
        for action in buttons:
            self.buttons.addWidget(_ActButton(action))
        self.buttons.addWidget(self.more)
        self.more.setMenu(menu)

    def show_products(
        self,
        product_ids: Sequence[int],
        lane: ProductLane | None,
        preview: MilestonePreview | None = None,
    ) -> None:
        """List the parts of these products.

        Args:
            lane: of a single product.
            preview: what an unsaved date would make of them; None for the verdicts stored.
        """
        ids = tuple(product_ids)
        known = self._asked and ids == self._ids and preview is self._preview
        self._ids, self._lane, self._preview = ids, lane, preview
        if known:
            self._name()
        else:
            self._ask()

    def refresh(self) -> None:
        """Ask the library again; the rows shown stay until they are there."""
        if not self.previewing and self._ids:
            self.busy.set_share(_LOADING_SHARE)
            self.model.reload()

    def restore_layout(self, state: QByteArray) -> None:
        """Take over stored columns; which of them have room is decided here."""
        self.table.restore_layout(state)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _looked_at(self) -> LookedAt | None:
        row = self.current
        if row is None:
            return None
        picture = (row.sha256, row.unit) if row.sha256 and row.unit is not None else None
        return LookedAt(row.number, row.name, picture)

    def _follow(self) -> None:
        if self._look is not None:
            self._look.follow(self._looked_at())

    def _ask(self) -> None:
        self._asked = True
        self._name()
        self._fit()
        self.busy.set_share(_LOADING_SHARE if self._ids else -1.0)
        library = self._context.services.library
        self.model.set_source(page_product_parts(library, self._ids, preview=self._preview))

    def _fit(self) -> None:
        """Leave out what there is no room for; in a preview the old value comes first."""
        width = self.width()
        self.table.setColumnHidden(self._section(WAS), not self.previewing)
        narrow = width < (_ALL_FROM if self.previewing else _TERMS_FROM)
        for key in (RANK, EXPOSURE):
            self.table.setColumnHidden(self._section(key), narrow)
        self.table.setColumnHidden(self._section(NEED), self.previewing and width < _TERMS_FROM)
        self.table.fit_width()

    def _section(self, key: str) -> int:
        return [column.key for column in self.model.columns].index(key)

    def _name(self) -> None:
        count = len(self._ids)
        if count > 1:
            text = ngettext("Parts of {count} product", "Parts of {count} products", count)
            self.title.setText(text.format(count=figure(count)))
        elif self._lane is not None:
            self.title.setText(_("Parts of {product}").format(product=self._lane.product.name))
        else:
            self.title.setText(_("No product chosen"))
        self._count()

    def _count(self) -> None:
        parts = parts_text(len(self.model.ids) if self._ids else 0)
        if not self._ids:
            self.count.setText(_("Choose a product to see the parts it uses."))
        elif self._preview is not None:
            changed = len(self._preview.changed)
            self.count.setText(
                _("{parts}, preview: {count} changed").format(parts=parts, count=figure(changed))
            )
        elif self._lane is not None:
            eternal = self._lane.standing.eternal
            self.count.setText(
                _("{parts}, {count} eternal").format(parts=parts, count=figure(eternal))
            )
        else:
            self.count.setText(parts)

    def _show_loaded(self) -> None:
        self.busy.set_share(-1.0)
        self._show_rows_or_empty()
        self.loaded.emit()

    def _show_rows_or_empty(self) -> None:
        self._count()
        if self.model.ids or not self._ids:
            self._stack.setCurrentWidget(self.table)
            return
        self.empty.say(
            _("No parts yet"),
            _("No part is known that {product} uses.").format(product=self._lane.product.name)
            if self._lane is not None
            else _("No part is known that these products use."),
            _("Add part…") if self._lane is not None else "",
            primary=False,
        )
        self._stack.setCurrentWidget(self.empty)

    def _fail(self, error: object) -> None:
        self.busy.set_share(-1.0)
        self.load_failed.emit(error)

    def _lay_out(self) -> None:
        theme = current_theme()
        margin = theme.size("space", "l")
        head = bar("messageStrip", ground="window", lines="b")
        line = row(
            self.title,
            self.count,
            margins=(margin, 0, theme.size("space", "s"), 1),
            spacing=theme.size("space", "s"),
        )
        line.setStretchFactor(self.count, 1)
        line.addLayout(self.buttons)
        head.setLayout(line)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (head, self.busy, self._stack):
            layout.addWidget(widget)
        layout.setStretch(2, 1)


class PreviewTable(TableView):
    """Parts; those that an unsaved date changes stand on a ground of their own."""

    def __init__(self, model: PagedModel, pictures: PartPictures) -> None:
        super().__init__(
            model, row_height=current_theme().size("height", "rowWorklist"), pictures=pictures
        )
        self._delegate = _PreviewDelegate(model, pictures, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def fit_width(self) -> None:
        """Give the room that hidden columns leave to the column that wants it."""
        self._stretch(self.viewport().width())


class _PreviewDelegate(RowDelegate):
    def background(self, row: int, selected: bool) -> QColor:
        cells = self._model.cells(row)
        pair = pair_of(cells.value) if cells is not None else None
        if pair is not None and pair.differs and not selected and row != self.hovered_row:
            return current_theme().color("tintInfo")
        return super().background(row, selected)


class _ActButton(QPushButton):
    """A button that follows its action: text, reason, and whether it can be pressed."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action.icon(), action.text())
        self._action = action
        self.setIconSize(QSize(SMALL, SMALL))
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
