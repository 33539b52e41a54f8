"""What every page of the window can be asked, whatever it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.ui.context import UiContext
    from app.ui.record_acts import RecordAct


class Page(QWidget):
    """One page of an open library.

    It asks the library when it is shown for the first time, and again when records of the kinds
    it shows have changed: at once while it is seen, else when it is shown next. What a page has
    no use for (rows, a search field) it leaves as it is here.

    Signals:
        part_requested: (number: str) the user wants to see that part.
        place_requested: (place: Place) the user wants to go to another page.
        import_requested: the user wants to bring files in.
        act_requested: (key: str) an action of the window, by the name it has there.
        state_changed: choice, count, title or focus differ.
    """

    part_requested = Signal(str)
    place_requested = Signal(object)
    import_requested = Signal()
    act_requested = Signal(str)
    state_changed = Signal()

    SHOWS: tuple[str, ...] = ()
    searchable = False

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask_again)
        context.bus.changed.connect(self._take_changes)

    @property
    def context(self) -> UiContext:
        """The open library and what connects this page with the window."""
        return self._context

    @property
    def title(self) -> str:
        """What the page is called in the top bar."""
        raise NotImplementedError

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        return ""

    @property
    def ids(self) -> Sequence[int]:
        """Ids of the parts listed, in their order, for the part page to walk; () for none."""
        return ()

    @property
    def selected(self) -> int:
        """How many rows are chosen."""
        return 0

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return False

    @property
    def current_number(self) -> str:
        """Number of the part that commands act on; "" for none."""
        return ""

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return what keys do on this page alone, each as (what it does, the key)."""
        return ()

    def refresh(self) -> None:
        """Ask the library (again) for what is shown."""
        raise NotImplementedError

    def show_subject(self, subject: str) -> None:
        """Show one record or one view of this page, as a link named it; "" is the usual view."""

    def focus_search(self) -> None:
        """Put the cursor into the search field."""

    def step(self, by: int) -> None:
        """Move the focus along the list."""

    def quick_look(self) -> None:
        """Show the row that has the focus large, over the page."""

    def paste_numbers(self) -> None:
        """List the parts whose numbers are on the clipboard."""

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""

    def select_all(self) -> None:
        """Choose every row."""

    def record_acts(self) -> Sequence[RecordAct]:
        """Return what can be done with the record that has the focus."""
        return ()

    def open_current(self) -> None:
        """Open the part that has the focus."""
        if self.current_number:
            self.part_requested.emit(self.current_number)

    def save_state(self) -> None:
        """Keep widths, splitters and the like for the next session."""

    def shut(self) -> None:
        """Let go of what must not outlive the window."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask_again()

    def _ask_again(self) -> None:
        self._stale = False
        self.refresh()

    def _take_changes(self, changes: Changes, initiator: object) -> None:
        if initiator is self or not changes.touches(*self.SHOWS):
            return
        if self.isVisible():
            self._soon.start()
        else:
            self._stale = True
