"""When does supply end? Products with their dates on a timeline, and what moving one would do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.lifecycle.product_lane import ProductLane, ProductSort
from app.services.lifecycle.flag_spares import FlagReport
from app.ui.context import UiContext
from app.ui.page import Page
from app.ui.products.lane_view import find_date
from app.ui.products.milestone_move import MilestoneMove, key_of
from app.ui.products.move_control import MoveControl
from app.ui.products.nothing_dated import Remedy, describe_nothing
from app.ui.products.page_keys import page_keys
from app.ui.products.product_acts import ProductActs
from app.ui.products.product_listing import ProductListing
from app.ui.products.products_layout import ProductsLayout
from app.ui.record_acts import RecordAct
from app.ui.widgets.table_view import TableView
from app.ui.worklist.horizon_judge import HorizonJudge

_LOADING_SHARE = 0.3
_FIRST_PAGE = 256


class ProductsPage(Page):
    """Keys: E edits, F2 types a date, arrow right goes to the timeline, [ and ] move the horizon,
    Ctrl+S saves the date that was moved, Esc forgets it."""

    SHOWS = ("product", "milestone", "where_used", "flag", "part", "qualification", "supply_source")
    searchable = True

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loading = True
        self._wanted = ""
        self._remedy = Remedy.NONE
        self.judge = HorizonJudge(context, self)
        self.unsaved = MilestoneMove(context, self.judge.months, self)
        self.parts = ProductsLayout(context, self.unsaved, self)
        view = self.parts
        self.model, self.table, self.timeline = view.model, view.table, view.timeline
        self.head, self.strip, self.tray = view.head, view.strip, view.tray
        self.legend, self.preview = view.legend, view.preview
        self.panel, self.empty = view.panel, view.empty
        self.listing = ProductListing(context, self.model, self)
        self.moving = MoveControl(context, self.unsaved, self.preview, self.strip)
        self.acts = ProductActs(context, self)
        self.panel.offer((self.acts.new, self.acts.edit, self.acts.add_date), self.acts.menu)
        self.panel.look_over(self)
        view.order_tabs()
        self._connect_list()
        self._connect_dates()
        self._show_horizon(self.judge.months)
        view.restore(context.state)
        self.head.show_years(self.timeline.years)
        self.table.show_sort(ProductSort.END_OF_PRODUCTION, descending=False)
        self.setFocusProxy(self.table)

    @property
    def title(self) -> str:
        return _("Products")

    @property
    def ids(self) -> Sequence[int]:
        """Ids of the parts listed below, for the part page to walk."""
        return self.panel.model.ids

    @property
    def selected(self) -> int:
        """How many rows are chosen where the focus is."""
        return self._focused_table().selected_count()

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return bool(self.model.ids)

    @property
    def current_number(self) -> str:
        """Number of the part with the focus; "" outside of the list of parts."""
        current = self.panel.current if self.panel.table.hasFocus() else None
        return current.number if current is not None else ""

    @property
    def lane(self) -> ProductLane | None:
        """The product with the focus, as it is stored."""
        return self.model.lane(self.table.currentIndex().row())

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        chosen, lane = self.table.selected_count(), self.lane
        if chosen > 1:
            return _("{count} of {total} selected").format(
                count=figure(chosen), total=figure(len(self.model.ids))
            )
        if chosen == 1 and lane is not None:
            return _("{product} selected").format(product=lane.product.name)
        total = self.listing.totals.products
        return ngettext("{count} product", "{count} products", total).format(count=figure(total))

    def refresh(self) -> None:
        """Ask the library again; what is shown stays until the answer is there."""
        self.listing.tally(self.judge.months)
        self.listing.ask_again()
        self.panel.refresh()
        if self.unsaved.active:
            self.unsaved.look_again()

    def show_subject(self, subject: str) -> None:
        """Choose the product of that name, or list those that hold a text."""
        self._wanted = subject
        self.head.search.setText(subject)
        self.listing.search(subject)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

    def step(self, by: int) -> None:
        """Move the focus along the list."""
        self._focused_table().step(by)

    def record_acts(self) -> Sequence[RecordAct]:
        """Return what can be done with the product that has the focus, and with its date."""
        return self.acts.offered()

    def quick_look(self) -> None:
        """Show the part that has the focus large, over the page."""
        self.panel.quick_look()

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""
        self._focused_table().copy_rows()

    def select_all(self) -> None:
        self._focused_table().selectAll()

    def save_state(self) -> None:
        """Keep columns, splitters and years for the next session."""
        self.parts.keep(self.context.state)

    def keys(self) -> tuple[tuple[str, str], ...]:
        return page_keys()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        if not self.judge.busy and self.judge.read():
            self._show_horizon(self.judge.months)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif key == Qt.Key.Key_Escape and self.unsaved.active:
            self.unsaved.discard()
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.head.horizon.step(-1 if key == Qt.Key.Key_BracketLeft else 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.timeline.zoom(-1 if key == Qt.Key.Key_Plus else 1)
        elif key == Qt.Key.Key_Right and self.table.hasFocus():
            self.timeline.setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_E and not event.modifiers():
            self.acts.edit_product()
        elif key == Qt.Key.Key_F2:
            self.acts.ask_day()
        else:
            super().keyPressEvent(event)

    # listing

    def _show_tally(self) -> None:
        self.head.show_totals(self.listing.totals)
        self.tray.show_products(self.listing.totals.undated, self.listing.named)
        self._show_rows_or_empty()

    def _show_loading(self) -> None:
        self._loading = True
        self.head.busy.set_share(_LOADING_SHARE)

    def _show_loaded(self) -> None:
        self._loading = False
        if not self.judge.busy:
            self.head.busy.set_share(-1.0)
        self._show_rows_or_empty()
        self._check_unsaved()
        self._choose_first()

    def _check_unsaved(self) -> None:
        """See whether somebody else has changed the date that is being moved."""
        position = self.model.row_of(self.unsaved.product_id) if self.unsaved.product_id else -1
        lane = self.model.fresh_lane(position)
        if lane is not None:
            self.unsaved.check(lane)

    def _choose_first(self) -> None:
        """Choose the product that a link named, else the first one, as soon as there are rows."""
        ids = self.model.ids
        named = next((n for n in range(min(len(ids), _FIRST_PAGE)) if self._is_named(n)), -1)
        if named >= 0:
            self._wanted = ""
            self.table.select_id(ids[named])
        elif ids and not self.table.current_id():
            self.table.select_id(ids[0])
        self._show_choice()

    def _is_named(self, position: int) -> bool:
        lane = self.model.lane(position) if self._wanted else None
        return lane is not None and lane.product.name.casefold() == self._wanted.casefold()

    def _show_rows_or_empty(self) -> None:
        if self._loading:
            return
        if not self.model.ids:
            nothing = describe_nothing(self.listing.totals, self.listing.undated, self.listing.text)
            self._remedy = nothing.remedy
            self.empty.show_drawing(nothing.drawing)
            self.empty.say(nothing.title, nothing.sentence, nothing.action, primary=nothing.primary)
        self.parts.show_rows(bool(self.model.ids))
        self.state_changed.emit()

    def _act_on_empty(self) -> None:
        if self._remedy is Remedy.CLEAR:
            self.head.search.clear()
        elif self._remedy is Remedy.ADD:
            self.acts.add_product()
        else:
            self.tray.all.setChecked(self._remedy is Remedy.SHOW_UNDATED)

    # choosing

    def _show_choice(self) -> None:
        lane, chosen = self.lane, self.timeline.chosen
        stored = find_date(lane, key_of(chosen)) if lane is not None and chosen else None
        self.acts.look_at(lane, stored, chosen.on if chosen is not None else None)
        ids = self.table.chosen_ids()
        moved = self.unsaved.active and ids == [self.unsaved.product_id]
        self.panel.show_products(
            ids, lane if len(ids) == 1 else None, self.unsaved.preview if moved else None
        )
        self.state_changed.emit()

    def _focused_table(self) -> TableView:
        return self.panel.table if self.panel.table.hasFocus() else self.table

    # horizon

    def _show_horizon(self, months: int) -> None:
        self.timeline.show_days(self.context.today(), months)
        self.head.horizon.show_months(months)
        self.unsaved.horizon_months = months

    def _take_verdicts(self, report: FlagReport) -> None:
        self._show_horizon(self.judge.months)
        self.context.bus.publish(report.changes, self)
        self.refresh()

    def _show_error(self, error: AppError) -> None:
        self._loading = False
        self.head.busy.set_share(-1.0)
        self.strip.say(
            str(error),
            kind="danger",
            details=f"{type(error).__name__}: {error}",
            action=_("Try again"),
            act=self.refresh,
        )

    # making

    def _connect_list(self) -> None:
        self.head.search.text_settled.connect(self.listing.search)
        self.head.search.left_downwards.connect(self.table.setFocus)
        self.listing.asked.connect(self._show_loading)
        self.listing.tallied.connect(self._show_tally)
        self.listing.failed.connect(self._show_error)
        self.model.loaded.connect(self._show_loaded)
        self.model.counted.connect(lambda _rows, _complete: self._show_rows_or_empty())
        self.model.dataChanged.connect(lambda *_cells: self._check_unsaved())
        self.model.load_failed.connect(self._show_error)
        self.table.sort_requested.connect(self.listing.sort_by)
        self.table.sort_requested.connect(
            lambda name, descending: self.table.show_sort(name, descending=descending)
        )
        self.table.selection_changed.connect(self._show_choice)
        self.table.current_changed.connect(lambda _id: self._show_choice())
        self.table.row_activated.connect(lambda _id: self.acts.edit_product())
        self.table.menu_requested.connect(self.acts.pop_up)
        self.tray.date_requested.connect(self.acts.give_date_to)
        self.tray.listing_toggled.connect(self.listing.list_undated)
        self.empty.action_triggered.connect(self._act_on_empty)
        self.panel.table.row_activated.connect(lambda _id: self.open_current())
        self.panel.table.current_changed.connect(lambda _id: self.state_changed.emit())
        self.panel.table.selection_changed.connect(self.state_changed)
        self.panel.load_failed.connect(self._show_error)
        self.panel.add_part_requested.connect(self.acts.use_part)

    def _connect_dates(self) -> None:
        # At once; the verdicts follow a moment later.
        self.head.horizon.months.valueChanged.connect(
            lambda months: self.timeline.show_days(self.context.today(), months)
        )
        self.head.horizon.horizon_chosen.connect(self.judge.judge)
        self.head.years_chosen.connect(self.timeline.show_years)
        self.head.zoom_requested.connect(self.timeline.zoom)
        self.judge.progressed.connect(self.head.busy.set_share)
        self.judge.judged.connect(self._take_verdicts)
        self.judge.failed.connect(self._show_error)
        self.judge.ended.connect(lambda _cancelled: self._show_horizon(self.judge.months))
        self.timeline.choice_changed.connect(self._show_choice)
        self.timeline.range_changed.connect(lambda: self.head.show_years(self.timeline.years))
        self.timeline.move_requested.connect(self.moving.take_day)
        self.timeline.type_requested.connect(self.acts.ask_day)
        self.timeline.remove_requested.connect(self.acts.take_date)
        self.timeline.left_sidewards.connect(self.table.setFocus)
        self.timeline.menu_requested.connect(self.acts.pop_up)
        self.acts.day_typed.connect(
            lambda lane, milestone, on, why: self.moving.take_day(lane, key_of(milestone), on, why)
        )
        self.moving.changed.connect(self._show_choice)
        save = QShortcut(QKeySequence.StandardKey.Save, self, self.moving.save)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
