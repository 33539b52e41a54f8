"""Who changed what, when and why; whether the trail still stands; and the way to hand it over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.audit.check_report import CheckReport
from app.domain.audit.trail import ActState, TrailFacts, TrailFilter, TrailRow
from app.domain.changes import Changes
from app.services.audit.describe_trail import describe_trail
from app.services.audit.page_trail import TrailPages, page_trail
from app.services.audit.undo_change import Undone, undo_change
from app.ui.audit.act_panel import ActPanel
from app.ui.audit.audit_head import AuditHead
from app.ui.audit.audit_words import entries_text
from app.ui.audit.trail_check import TrailCheck
from app.ui.audit.trail_columns import act_columns
from app.ui.audit.trail_filters import TrailFilters
from app.ui.context import UiContext
from app.ui.page import Page
from app.ui.widgets.listing import Listing
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

LAYOUT, SPLIT, PANEL_SPLIT = "audit/columns", "audit/splitter", "audit/panel"
# What a link may ask for besides a text to search.
VERIFY, CHECK, UNDOABLE = "do:verify", "do:check", "only:undoable"


class AuditPage(Page):
    """All acts, the newest first, and what the chosen one changed.

    Keys: Enter opens the part, Ctrl+C copies the chosen rows.
    """

    SHOWS = ("change_set",)
    searchable = True

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._facts: TrailFacts | None = None
        self._people: set[str] = set()
        self._pages: TrailPages | None = None
        self.head = AuditHead()
        self.filters = TrailFilters()
        self.strip = MessageStrip()
        self.listing = Listing(
            context.jobs,
            act_columns(),
            _("Acts"),
            self.head.busy,
            self.filters.nothing,
            row_height="rowNormal",
        )
        self.panel = ActPanel(context)
        self.check = TrailCheck(context, self.strip, self.head.busy, self)
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        return _("Audit")

    @property
    def selected(self) -> int:
        """How many acts are chosen."""
        return self.listing.selected

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self.listing.listed

    @property
    def current_number(self) -> str:
        """Number of the first part that the chosen act touched; "" for none."""
        row = self._row()
        return row.part_numbers[0] if row is not None and row.part_numbers else ""

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        return self.listing.count_text(entries_text)

    def refresh(self) -> None:
        """Ask the library again."""
        self._describe()
        if self.listing.model.ids:
            self.listing.reload()
        else:
            self._list()

    def show_subject(self, subject: str) -> None:
        """Start a check, list what can be undone, or list the acts that a text names."""
        if subject == VERIFY:
            self.check.verify_chain()
        elif subject == CHECK:
            self.check.check_all()
        else:
            undoable = subject == UNDOABLE
            self.filters.show_filter(
                TrailFilter(
                    text="" if undoable else subject, state=ActState.OPEN if undoable else None
                )
            )
            self._list()

    def focus_search(self) -> None:
        self.filters.focus_search()

    def step(self, by: int) -> None:
        """Move the focus along the list."""
        self.listing.table.step(by)

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""
        table = self.panel.table if self.panel.table.hasFocus() else self.listing.table
        table.copy_rows()

    def select_all(self) -> None:
        self.listing.table.selectAll()

    def save_state(self) -> None:
        """Keep widths, columns and splitters for the next session."""
        state = self.context.state
        state.setValue(LAYOUT, self.listing.table.layout_state())
        state.setValue(SPLIT, self._splitter.saveState())
        state.setValue(PANEL_SPLIT, self.panel.splitter.saveState())

    def shut(self) -> None:
        """End a search that nobody waits for any more."""
        if self._pages is not None:
            self._pages.stop()

    def keys(self) -> tuple[tuple[str, str], ...]:
        return ((_("Open the part"), _("Enter")), (_("Copy the chosen rows"), _("Ctrl+C")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    def _take_changes(self, changes: Changes, initiator: object) -> None:
        """Whatever changed, an act was recorded."""
        if changes:
            changes |= Changes.everything_of(*self.SHOWS)
        super()._take_changes(changes, initiator)

    # listing

    def _row(self) -> TrailRow | None:
        row: TrailRow | None = self.listing.current
        return row

    def _list(self) -> None:
        self.shut()
        self._pages = page_trail(self.context.services.library, self.filters.wanted)
        self.listing.show_source(self._pages)

    def _describe(self) -> None:
        library = self.context.services.library
        known = self._facts.last_id if self._facts is not None else 0
        self.context.jobs.start(
            lambda progress: describe_trail(library, after_id=known),
            owner=self,
            done=self._take_facts,
            failed=self._show_error,
        )

    def _take_facts(self, facts: TrailFacts) -> None:
        self._facts = facts
        self._people.update(facts.people)
        self.filters.offer(sorted(self._people, key=str.casefold), facts.tables)
        self.head.show_facts(facts, len(self._people))
        self.head.verify.setEnabled(not self.check.running)

    def _show_checking(self, checking: bool) -> None:
        if self.head.verify.hasFocus() or self.head.check.hasFocus():
            self.listing.table.setFocus()  # not wherever a button that goes grey would leave it
        self.head.set_checking(checking)

    def _show_entry(self, number: int) -> None:
        """Show the first broken entry among all others."""
        self.filters.show_all()
        self.listing.want(number)

    # showing

    def _show_choice(self) -> None:
        row, chosen = self._row(), self.selected
        if chosen > 1:
            self.panel.show_note(
                _("{entries} chosen").format(entries=entries_text(chosen)),
                _("Ctrl+C copies their rows for a spreadsheet."),
            )
        elif row is not None:
            self.panel.show_act(row)
        else:
            self.panel.show_note("", _("Choose an act to see what it changed."))
        self.panel.setVisible(self.listing.listed)
        self.state_changed.emit()

    def _undo(self) -> None:
        row = self._row()
        if row is None or row.state is not ActState.OPEN:
            return
        services, group_id = self.context.services, row.group_id

        def work(progress: Progress) -> Undone:
            return undo_change(services.library, who=services.user, group_id=group_id)

        self.context.jobs.start(
            work,
            owner=self,
            done=self._take_undone,
            failed=lambda error: self._show_error(error, kind="warning"),
            lane="write",
        )

    def _take_undone(self, undone: Undone) -> None:
        self.listing.table.setFocus()  # the button that was pressed goes
        self.strip.say(_("Undone: {act}.").format(act=undone.act), kind="good")
        self.context.bus.publish(undone.changes, self)
        self.refresh()

    def _export(self) -> None:
        from app.ui.audit.export_trail_dialog import ExportTrailDialog

        self._open(ExportTrailDialog(self.context, self.filters.wanted, self))

    def _show_report(self, report: CheckReport) -> None:
        from app.ui.audit.check_dialog import CheckDialog

        self._open(CheckDialog(self.context, report, self))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_error(
        self, error: AppError, again: Callable[[], None] | None = None, *, kind: str = "danger"
    ) -> None:
        self.strip.say(
            str(error),
            kind=kind,
            details=f"{type(error).__name__}: {error}",
            action=_("Try again") if again is not None else "",
            act=again,
        )

    # making

    def _lay_out(self) -> None:
        self._splitter = HairlineSplitter(Qt.Orientation.Vertical)
        for widget in (self.listing, self.panel):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(0, 1)
        self.panel.setMinimumHeight(176)
        self._splitter.setSizes([420, 280])
        self.panel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.head, self.filters, self.strip):
            layout.addWidget(part)
        layout.addWidget(self._splitter, 1)
        self.setFocusProxy(self.listing.table)
        for key, restore in (
            (LAYOUT, self.listing.table.restore_layout),
            (SPLIT, self._splitter.restoreState),
            (PANEL_SPLIT, self.panel.splitter.restoreState),
        ):
            stored = self.context.state.value(key)
            if isinstance(stored, QByteArray):
                restore(stored)

    def _connect(self) -> None:
        self.head.verify.clicked.connect(lambda _checked=False: self.check.verify_chain())
        self.head.check.clicked.connect(lambda _checked=False: self.check.check_all())
        self.head.export.clicked.connect(lambda _checked=False: self._export())
        self.filters.filter_changed.connect(self._list)
        self.filters.left_downwards.connect(self.listing.enter)
        self.check.running_changed.connect(self._show_checking)
        self.check.entry_requested.connect(self._show_entry)
        self.check.report_requested.connect(self._show_report)
        self.listing.choice_changed.connect(self._show_choice)
        self.listing.row_activated.connect(lambda _id: self.open_current())
        self.listing.load_failed.connect(lambda error: self._show_error(error, self.refresh))
        self.panel.part_requested.connect(self.part_requested)
        self.panel.undo_requested.connect(self._undo)
        self.panel.load_failed.connect(self._show_error)
