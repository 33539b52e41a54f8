"""The pages of the window and the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.catalog.parts_page import PartsPage
from app.ui.frame.navigation import Navigation
from app.ui.jobs import JobRunner
from app.ui.page_registry import LOADERS
from app.ui.places import HOME, IMPORT, PART, PARTS, Place
from app.ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.ui.catalog.import_page import ImportPage
    from app.ui.catalog.part_page import PartPage
    from app.ui.context import UiContext
    from app.ui.page import Page

LAST_PAGE = "window/page"


class ListPage(Protocol):
    """A page that may list parts, as the window's actions see it."""

    @property
    def title(self) -> str: ...
    @property
    def ids(self) -> Sequence[int]: ...
    @property
    def selected(self) -> int: ...
    @property
    def listed(self) -> bool: ...
    @property
    def searchable(self) -> bool: ...
    @property
    def current_number(self) -> str: ...
    @property
    def status_text(self) -> str: ...
    def refresh(self) -> None: ...
    def focus_search(self) -> None: ...
    def show_subject(self, subject: str) -> None: ...
    def step(self, by: int) -> None: ...
    def keys(self) -> tuple[tuple[str, str], ...]: ...
    def quick_look(self) -> None: ...
    def paste_numbers(self) -> None: ...
    def copy_rows(self) -> None: ...
    def select_all(self) -> None: ...
    def open_current(self) -> None: ...
    def save_state(self) -> None: ...


class WindowPages(QObject):
    """Holds the pages; those that need the open library are made with it.

    Signals:
        place_changed: another page, or another part, is shown.
        state_changed: what the shown page says of itself differs.
        import_requested: a page asks for files to import.
        act_requested: (key: str) a page asks for an action of the window.
    """

    place_changed = Signal()
    state_changed = Signal()
    import_requested = Signal()
    act_requested = Signal(str)

    def __init__(self, jobs: JobRunner, state: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget()
        self.parts = PartsPage(jobs, state)
        self.part: PartPage | None = None
        self.importing: ImportPage | None = None
        self._made: dict[str, Page] = {}
        self._context: UiContext | None = None
        self._state = state
        self._navigation = Navigation(Place(self._first_page()))
        self._opening = Panel("window")
        self.stack.addWidget(self.parts)
        self.stack.addWidget(self._opening)
        self.stack.setCurrentWidget(self.shown)
        self.parts.part_requested.connect(lambda number: self._open_from(PARTS, number))
        self.parts.state_changed.connect(self.state_changed)
        self.parts.import_requested.connect(self.import_requested)

    @property
    def navigation(self) -> Navigation:
        return self._navigation

    @property
    def here(self) -> Place:
        return self._navigation.here

    @property
    def shown(self) -> QWidget:
        """The widget of the place; an empty one while the library is being opened."""
        return self._widget(self.here.page) or self._opening

    @property
    def listing(self) -> ListPage | None:
        """The page of the rail that is shown; None on a part and while importing."""
        return self.of_rail(self.here.page)

    @property
    def path(self) -> tuple[str, ...]:
        """The way to the place shown, for the top bar."""
        here = self.here
        if here.page == PART:
            return (self._title(here.origin), here.subject)
        if here.page == IMPORT:
            title = self.importing.title if self.importing is not None else ""
            return (self.parts.title, title)
        return (self._title(here.page),)

    def of_rail(self, page: str) -> ListPage | None:
        """Return a page of the rail if it has been made."""
        return self.parts if page == PARTS else self._made.get(page)

    def attach(self, context: UiContext) -> None:
        """Make the other pages, now that the library is open and the heavy modules may load."""
        from app.ui.catalog.import_page import ImportPage
        from app.ui.catalog.part_page import PartPage

        self.detach()
        self._context = context
        self.part = PartPage(context)
        self.part.part_requested.connect(self._walk_to)
        self.part.closed.connect(self._leave_part)
        self.part.import_requested.connect(self.import_requested)
        self.importing = ImportPage(context)
        self.importing.part_requested.connect(lambda number: self.open_part(number, IMPORT))
        self.importing.closed.connect(lambda: self.show(PARTS))
        self.importing.result_requested.connect(lambda: self.show(IMPORT))
        for page in (self.part, self.importing):
            self.stack.addWidget(page)
        self.parts.attach(context)
        self._show_here()

    def detach(self) -> None:
        """Take the pages of the library away that is being closed."""
        if self._context is None:
            return
        self.parts.detach(self._context)
        pages: list[QWidget | None] = [self.part, self.importing, *self._made.values()]
        self.shut()
        for page in pages:
            if page is not None:
                self.stack.removeWidget(page)
                page.deleteLater()
        self._made.clear()
        self.part = self.importing = self._context = None
        self._navigation = Navigation(Place(PARTS))
        self.stack.setCurrentWidget(self.parts)

    def shut(self) -> None:
        """Let the pages close what must not outlive the window."""
        if self.part is not None:
            self.part.shut()
        for page in self._made.values():
            page.shut()

    def show(self, page: str, subject: str = "") -> None:
        """Go to a page, or to one record or view of it."""
        self.go(Place(page, subject))

    def go(self, place: Place) -> None:
        """Go to a place; where it was left is one step back."""
        self._navigation.visit(place)
        self._show_here()
        listing = self.listing
        if place.subject and listing is not None:
            listing.show_subject(place.subject)

    def open_part(self, number: str, origin: str) -> None:
        """Go to the page of a part."""
        self.go(Place(PART, number, origin))

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
        if here.page == PART and self.part is not None:
            self.part.show_part(here.subject)
        elif self.listing is not None:
            self.listing.refresh()

    def save_state(self) -> None:
        """Keep what the pages look like for the next session."""
        here = self.here
        left_at = here.origin or PARTS if here.page in (PART, IMPORT) else here.page
        self._state.setValue(LAST_PAGE, left_at)
        self.parts.save_state()
        for page in self._made.values():
            page.save_state()

    def _first_page(self) -> str:
        """Return the page the last session was left at; Home at the very first start."""
        last = str(self._state.value(LAST_PAGE, HOME))
        return last if last in LOADERS else PARTS

    def _title(self, page: str) -> str:
        known = self.of_rail(page)
        return known.title if known is not None else self.parts.title

    def _widget(self, page: str) -> QWidget | None:
        """Return the widget of a page; one of the rail is made when it is first shown."""
        if page == PARTS:
            return self.parts
        if page == PART:
            return self.part
        if page == IMPORT:
            return self.importing
        if page not in self._made and self._context is not None:
            made = LOADERS[page]()(self._context)
            made.part_requested.connect(lambda number: self._open_from(page, number))
            made.place_requested.connect(self.go)
            made.import_requested.connect(self.import_requested)
            made.act_requested.connect(self.act_requested)
            made.state_changed.connect(self.state_changed)
            self._made[page] = made
            self.stack.addWidget(made)
        return self._made.get(page)

    def _show_here(self) -> None:
        here = self.here
        page = self._widget(here.page)
        if page is None:
            return
        if here.page == PART and self.part is not None:
            self.part.show_part(here.subject)
        self.stack.setCurrentWidget(page)
        if here.page == PARTS:
            self.parts.focus_list()
        else:
            page.setFocus()
        self.place_changed.emit()

    def _open_from(self, page: str, number: str) -> None:
        """Open a part of a list; J and K walk that list then."""
        listing = self.of_rail(page)
        if self.part is not None and listing is not None:
            self.part.walk(list(listing.ids))
        self.open_part(number, page)

    def _walk_to(self, number: str) -> None:
        """The part page shows its neighbour: the same step of the way back."""
        self._navigation.replace(Place(PART, number, self.here.origin))
        self._show_here()
        if self.here.origin == PARTS:
            self.parts.select_number(number)

    def _leave_part(self) -> None:
        self.show(self.here.origin or PARTS)
