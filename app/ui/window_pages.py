"""The pages of the window and the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.catalog.parts_page import PartsPage
from app.ui.frame.navigation import Navigation, Place
from app.ui.jobs import JobRunner

if TYPE_CHECKING:
    from app.ui.catalog.import_page import ImportPage
    from app.ui.catalog.part_page import PartPage
    from app.ui.context import UiContext
    from app.ui.worklist.worklist_page import WorklistPage

PARTS, PART, WORKLIST, IMPORT = "parts", "part", "worklist", "import"


class ListPage(Protocol):
    """A page that is a list of parts, as the window's actions see it."""

    @property
    def ids(self) -> Sequence[int]: ...
    @property
    def selected(self) -> int: ...
    @property
    def listed(self) -> bool: ...
    @property
    def current_number(self) -> str: ...
    @property
    def status_text(self) -> str: ...
    def step(self, by: int) -> None: ...
    def copy_rows(self) -> None: ...
    def select_all(self) -> None: ...
    def open_current(self) -> None: ...


class WindowPages(QObject):
    """Holds the pages; those that need the open library are made with it.

    Signals:
        place_changed: another page, or another part, is shown.
        state_changed: what the shown page says of itself differs.
        import_requested: a page asks for files to import.
    """

    place_changed = Signal()
    state_changed = Signal()
    import_requested = Signal()

    def __init__(self, jobs: JobRunner, state: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget()
        self.parts = PartsPage(jobs, state)
        self.part: PartPage | None = None
        self.worklist: WorklistPage | None = None
        self.importing: ImportPage | None = None
        self._context: UiContext | None = None
        self._navigation = Navigation(Place(PARTS))
        self.stack.addWidget(self.parts)
        self.parts.part_requested.connect(self._open_from_parts)
        self.parts.state_changed.connect(self.state_changed)
        self.parts.import_requested.connect(self.import_requested)

    @property
    def navigation(self) -> Navigation:
        return self._navigation

    @property
    def here(self) -> Place:
        return self._navigation.here

    @property
    def listing(self) -> ListPage | None:
        """The list that is shown; None on the pages that are none."""
        page = self.here.page
        return self.parts if page == PARTS else self.worklist if page == WORKLIST else None

    @property
    def path(self) -> tuple[str, ...]:
        """The way to the place shown, for the top bar."""
        titles = {PARTS: self.parts.title}
        if self.worklist is not None:
            titles[WORKLIST] = self.worklist.title
        if self.importing is not None:
            titles[IMPORT] = self.importing.title
        here = self.here
        if here.page == PART:
            return (titles.get(here.origin, self.parts.title), here.number)
        if here.page == IMPORT:
            return (self.parts.title, titles.get(IMPORT, ""))
        return (titles.get(here.page, ""),)

    def attach(self, context: UiContext) -> None:
        """Make the other pages, now that the library is open and the heavy modules may load."""
        from app.ui.catalog.import_page import ImportPage
        from app.ui.catalog.part_page import PartPage
        from app.ui.worklist.worklist_page import WorklistPage

        self.detach()
        self._context = context
        self.part = PartPage(context)
        self.part.part_requested.connect(self._walk_to)
        self.part.closed.connect(self._leave_part)
        self.part.import_requested.connect(self.import_requested)
        self.worklist = WorklistPage(context)
        self.worklist.part_requested.connect(self._open_from_worklist)
        self.worklist.state_changed.connect(self.state_changed)
        self.importing = ImportPage(context)
        self.importing.part_requested.connect(lambda number: self.open_part(number, IMPORT))
        self.importing.closed.connect(lambda: self.show(PARTS))
        self.importing.result_requested.connect(lambda: self.show(IMPORT))
        pages: tuple[QWidget, ...] = (self.part, self.worklist, self.importing)
        for page in pages:
            self.stack.addWidget(page)
        self.parts.attach(context)
        self._show_here()

    def detach(self) -> None:
        """Take the pages of the library away that is being closed."""
        if self._context is None:
            return
        self.parts.detach(self._context)
        if self.part is not None:
            self.part.shut()
        pages: tuple[QWidget | None, ...] = (self.part, self.worklist, self.importing)
        for page in pages:
            if page is not None:
                self.stack.removeWidget(page)
                page.deleteLater()
        self.part = self.worklist = self.importing = self._context = None
        self._navigation = Navigation(Place(PARTS))

    def show(self, page: str) -> None:
        """Go to a page."""
        self._go(Place(page))

    def open_part(self, number: str, origin: str) -> None:
        """Go to the page of a part."""
        self._go(Place(PART, number, origin))

    def begin_import(self, paths: list[Path]) -> None:
        """Go to the import page with these files."""
        if self.importing is not None:
            self.show(IMPORT)
            self.importing.begin(paths)

    def back(self) -> None:
        self._navigation.back()
        self._show_here()

    def forward(self) -> None:
        self._navigation.forward()
        self._show_here()

    def follow_crumb(self, position: int) -> None:
        """Go to an earlier step of the path; there is only one."""
        here = self.here
        self.show(here.origin if here.page == PART and here.origin else PARTS)

    def step(self, by: int) -> None:
        """Walk the list: to the next part, or to the next row."""
        if self.here.page == PART and self.part is not None:
            self.part.step(by)
        elif self.listing is not None:
            self.listing.step(by)

    def refresh(self) -> None:
        """Ask the library again for what is shown."""
        here = self.here
        if here.page == PARTS:
            self.parts.refresh()
        elif here.page == PART and self.part is not None:
            self.part.show_part(here.number)
        elif here.page == WORKLIST and self.worklist is not None:
            self.worklist.refresh()

    def save_state(self) -> None:
        """Keep what the pages look like for the next session."""
        self.parts.save_state()
        if self.worklist is not None:
            self.worklist.save_state()

    def _go(self, place: Place) -> None:
        self._navigation.visit(place)
        self._show_here()

    def _show_here(self) -> None:
        here = self.here
        pages: dict[str, QWidget | None] = {
            PARTS: self.parts,
            PART: self.part,
            WORKLIST: self.worklist,
            IMPORT: self.importing,
        }
        page = pages[here.page]
        if page is None:
            return
        if here.page == PART and self.part is not None:
            self.part.show_part(here.number)
        self.stack.setCurrentWidget(page)
        if here.page == PARTS:
            self.parts.table.setFocus()
        else:
            page.setFocus()
        self.place_changed.emit()

    def _open_from_parts(self, number: str) -> None:
        if self.part is not None:
            self.part.walk(list(self.parts.ids))
        self.open_part(number, PARTS)

    def _open_from_worklist(self, number: str) -> None:
        if self.part is not None and self.worklist is not None:
            self.part.walk(list(self.worklist.ids))
        self.open_part(number, WORKLIST)

    def _walk_to(self, number: str) -> None:
        """The part page shows its neighbour: the same step of the way back."""
        self._navigation.replace(Place(PART, number, self.here.origin))
        self._show_here()
        if self.here.origin == PARTS:
            self.parts.select_number(number)

    def _leave_part(self) -> None:
        self.show(self.here.origin or PARTS)
