"""The bar over the parts: what is searched for, the filters in force, and how parts are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.inventory.part_list import PartFilter
from app.ui.catalog.filter_criteria import (
    ANSWER,
    CRITERIA,
    GEOMETRY,
    NUMBERS,
    PRODUCT,
    Criterion,
    filter_of,
)
from app.ui.widgets.filter_chip import FilterChip
from app.ui.widgets.flow_bar import FlowBar
from app.ui.widgets.message_strip import ThinProgress
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.tool_buttons import BarTool

TABLE, GALLERY = "table", "gallery"
_SEARCH_WIDTH = 208


class PartFilters(FlowBar):
    """Search, a chip for every filter in force, and tools.

    Signals:
        filter_changed: `part_filter` differs.
        import_requested: the button was pressed.
        product_requested: (where: QPoint) a product is to be chosen, in global coordinates.
        columns_requested: the columns are to be chosen.
        view_chosen: (view: str) `TABLE` or `GALLERY`.
    """

    filter_changed = Signal()
    import_requested = Signal()
    product_requested = Signal(QPoint)
    columns_requested = Signal()
    view_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.part_filter = PartFilter()
        self.search = SearchField(_("Search parts"))
        self.search.setAccessibleName(_("Search number, name or material"))
        self.search.setToolTip(_("Search number, name or material"))
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.add_button = BarTool("plus", _("Filter"), text=_("Filter"))
        self.columns_button = BarTool("adjustments", _("Columns…"))
        self.table_button = BarTool("table", _("Show as table"))
        self.gallery_button = BarTool("layout-grid", _("Show as gallery"))
        self.import_button = BarTool("file-import", _("Import…"))
        super().__init__(
            (self.import_button, self.columns_button, self.table_button, self.gallery_button),
            parent,
        )
        self.busy = ThinProgress(self)
        self.chips: dict[str, FilterChip] = {}
        self._counts: dict[str, int] = {}
        self._newest: list[str] = []  # keys in the order in which they were set
        self._culprit = ""  # the one that emptied the list; those after it found nothing to take
        for view, button in ((TABLE, self.table_button), (GALLERY, self.gallery_button)):
            button.setCheckable(True)
            button.clicked.connect(lambda _on, view=view: self._choose_view(view))
        self.show_view(TABLE)
        self.set_flow((self.search, self.add_button))
        self.search.text_settled.connect(self._take_text)
        self.add_button.clicked.connect(self._offer)
        self.columns_button.clicked.connect(self.columns_requested)
        self.import_button.clicked.connect(self.import_requested)

    @property
    def action(self) -> str:
        """The verb that takes away the filter that emptied the list."""
        latest = self._latest()
        if latest is None:
            return _("Clear the search")
        return _("Remove “{filter}”").format(filter=self._told(latest))

    @property
    def sentence(self) -> str:
        """Which filters it is that nothing passes."""
        text, held = self.part_filter.text, self._in_force()
        if not held:
            return _("No number, name or material holds “{text}”.").format(text=text)
        if held == [NUMBERS] and not text:
            numbers = len(self.part_filter.numbers)
            return ngettext(
                "The pasted number is not in the library.",
                "None of the {count} pasted numbers is in the library.",
                numbers,
            ).format(count=figure(numbers))
        told = ", ".join(_("“{filter}”").format(filter=self._told(item)) for item in held)
        if text:
            return _("No part that holds “{text}” passes {filters}.").format(
                text=text, filters=told
            )
        return _("No part passes {filters}.").format(filters=told)

    def focus(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def take(self, wanted: str) -> None:
        """Filter by what a link names, as `filter_criteria.filter_of` reads it."""
        part_filter = filter_of(wanted)
        self.search.setText(part_filter.text)
        self._change(part_filter)

    def clear_one(self) -> None:
        """Take away the filter that emptied the list, else the one that was set last."""
        latest = self._latest()
        if latest is None:
            self.search.clear()
        else:
            self.remove(latest)

    def clear_all(self) -> None:
        """Take all filters and the search away."""
        self.search.clear()
        self._change(PartFilter())

    def remove(self, criterion: Criterion) -> None:
        """Take one filter away."""
        self.set_value(criterion, criterion.empty)

    def set_value(self, criterion: Criterion, value: object) -> None:
        """Filter by a value, beside what is filtered by already."""
        self._change(criterion.with_value(self.part_filter, value))

    def take_numbers(self, numbers: tuple[str, ...]) -> None:
        """List the parts with these numbers alone; () takes this filter away."""
        if numbers != self.part_filter.numbers:
            self.set_value(NUMBERS, numbers)

    def note_result(self, *, empty: bool) -> None:
        """Take in whether anything passes, to know which filter it was that left nothing."""
        if not empty:
            self._culprit = ""
        elif self._culprit not in self._newest:
            self._culprit = self._newest[-1] if self._newest else ""

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many parts have which verdict, where one is chosen."""
        self._counts = dict(counts)

    def show_view(self, view: str) -> None:
        """Mark how parts are shown."""
        self.table_button.setChecked(view == TABLE)
        self.gallery_button.setChecked(view == GALLERY)
        self.columns_button.setVisible(view == TABLE)
        self.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edge = self.height() - ThinProgress.HEIGHT
        self.busy.setGeometry(0, edge, self.width(), ThinProgress.HEIGHT)

    def menu(self) -> QMenu:
        """Return the menu of all filters, made anew."""
        menu = QMenu(self)
        for criterion in CRITERIA:
            if criterion is PRODUCT:
                menu.addAction(_("Product…"), lambda: self._ask_product(self.add_button))
            elif criterion is GEOMETRY:
                entry = menu.addAction(_("No geometry"))
                entry.setCheckable(True)
                entry.setChecked(self.part_filter.without_geometry)
                entry.toggled.connect(lambda on: self.set_value(GEOMETRY, on))
            elif criterion is not NUMBERS:
                self._fill(menu.addMenu(criterion.title()), criterion)
        menu.addSeparator()
        entry = menu.addAction(_("Remove all filters"), self.clear_all)
        entry.setEnabled(not self.part_filter.is_empty)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _fill(self, menu: QMenu, criterion: Criterion) -> None:
        now = criterion.value_in(self.part_filter)
        for item in criterion.values():
            count = self._counts.get(item.key) if criterion is ANSWER else None
            told = item.text if count is None else f"{item.text}\t{figure(count)}"
            entry = menu.addAction(told)
            entry.setCheckable(True)
            entry.setChecked(item.value == now)
            entry.triggered.connect(
                lambda on, value=item.value: self.set_value(
                    criterion, value if on else criterion.empty
                )
            )

    def _offer(self) -> None:
        self.menu().popup(_below(self.add_button))

    def _offer_values(self, criterion: Criterion, where: QPoint) -> None:
        if criterion is PRODUCT:
            self.product_requested.emit(where)
        elif len(criterion.values()) > 1:
            menu = QMenu(self)
            self._fill(menu, criterion)
            menu.addSeparator()
            menu.addAction(_("Remove"), lambda: self.remove(criterion))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(where)

    def _ask_product(self, under: QWidget) -> None:
        self.product_requested.emit(_below(under))

    def _choose_view(self, view: str) -> None:
        self.show_view(view)
        self.view_chosen.emit(view)

    def _take_text(self, text: str) -> None:
        if text.strip() != self.part_filter.text:
            self._change(replace(self.part_filter, text=text.strip()))

    def _change(self, part_filter: PartFilter) -> None:
        held = {c.key: c.value_in(part_filter) for c in CRITERIA if c.holds_in(part_filter)}
        if part_filter.text:
            held["text"] = part_filter.text
        before = self.part_filter
        same = [k for k in self._newest if k in held and getattr(before, k) == held[k]]
        self._newest = same + [key for key in held if key not in same]
        self.part_filter = part_filter
        self._show_chips()
        self.filter_changed.emit()

    def _show_chips(self) -> None:
        holder = self.window().focusWidget()
        focused = next((key for key, chip in self.chips.items() if chip is holder), "")
        place = list(self.chips).index(focused) if focused else -1
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        self.chips = {item.key: self._chip(item) for item in self._in_force()}
        self.set_flow((self.search, *self.chips.values(), self.add_button))
        if focused:
            # The focus stays on its chip, or goes on to the neighbour of one that was removed.
            left: list[QWidget] = [*self.chips.values(), self.add_button]
            heir = self.chips.get(focused, left[min(place, len(left) - 1)])
            heir.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, criterion: Criterion) -> FilterChip:
        chip = FilterChip(criterion.title(), criterion.word_in(self.part_filter))
        chip.removed.connect(lambda: self.remove(criterion))
        chip.change_requested.connect(lambda where: self._offer_values(criterion, where))
        return chip

    def _in_force(self) -> list[Criterion]:
        return [item for item in CRITERIA if item.holds_in(self.part_filter)]

    def _latest(self) -> Criterion | None:
        """Return the criterion to blame, else the one set last; None if it is the search."""
        latest = self._newest[-1] if self._newest else "text"
        if self._culprit in self._newest:
            latest = self._culprit
        return next((item for item in CRITERIA if item.key == latest), None)

    def _told(self, criterion: Criterion) -> str:
        return _("{name}: {value}").format(
            name=criterion.title(), value=criterion.word_in(self.part_filter)
        )


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height()))
