"""The window: frame, pages, and the wires between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from app.base.errors import AppError
from app.base.i18n import _
from app.base.settings import Settings
from app.domain.changes import Changes
from app.ui.action_spec import WindowState
from app.ui.actions import Actions, letters_may_act
from app.ui.change_bus import ChangeBus
from app.ui.frame.ask_paths import ask_for_files, ask_for_folder
from app.ui.frame.drop_hint import DropHint, all_signed, dropped_paths
from app.ui.frame.flag_keeper import FlagKeeper
from app.ui.frame.rail import Rail
from app.ui.frame.rail_counts import RailCounts
from app.ui.frame.sample_maker import SampleMaker
from app.ui.frame.settings_keeping import keep_settings
from app.ui.frame.status_bar import StatusBar
from app.ui.frame.top_bar import TopBar, show_theme
from app.ui.frame.undo_acts import UndoActs
from app.ui.jobs import JobRunner
from app.ui.places import IMPORT, PAGES, PART, PARTS
from app.ui.style import MenuStyle
from app.ui.theme import current_theme
from app.ui.widgets.message_strip import MessageStrip
from app.ui.window_help import WindowHelp
from app.ui.window_library import Opened, WindowLibrary
from app.ui.window_pages import WindowPages
from app.ui.window_records import WindowRecords
from app.ui.window_tools import WindowTools

if TYPE_CHECKING:
    from app.services.audit.undo_change import Undone
    from app.ui.context import UiContext
    from app.ui.frame.jobs_panel import JobsPanel
    from app.ui.palette.command_palette import CommandPalette

GEOMETRY = "window/geometry"


@dataclass(frozen=True, slots=True)
class WindowStart:
    """What the window is started with.

    Attributes:
        state: where its place, columns and splitters are kept.
        first_start: no library was ever opened and none is named: make the sample.
    """

    settings: Settings
    library_path: Path
    state: QSettings
    user: str | None = None
    first_start: bool = False


class MainWindow(QMainWindow):
    """Everything the user sees."""

    def __init__(self, start: WindowStart, jobs: JobRunner) -> None:
        super().__init__()
        self._state = start.state
        self._start = start
        self._context: UiContext | None = None
        self.jobs = jobs
        self.bus = ChangeBus(self)
        self.actions_ = Actions(self, letters=start.settings.single_key_shortcuts)
        self.undo_acts = UndoActs(jobs, self)
        self.library = WindowLibrary(jobs, start.user, self)
        self.flags = FlagKeeper(jobs, self)
        self.pages = WindowPages(jobs, start.state, self)
        self.strip = MessageStrip()
        self.sample = SampleMaker(self.strip, self._choose_new_library, self._show_error, self)
        self.help = WindowHelp(self.actions_, self.pages, jobs, start.state, self)
        self.records = WindowRecords(self.actions_, self.pages, jobs, lambda: self._context, self)
        self.tools = WindowTools(
            self.actions_, self.pages, self.library, self.strip, lambda: self._context, self
        )
        self.rail = Rail(PAGES)
        self.counts = RailCounts(self.rail, self)
        self.theme_toggle = QAction(self)
        self.top = TopBar(self.actions_, self.theme_toggle)
        self.status = StatusBar(self.actions_["undo"], jobs)
        self.setWindowTitle("Everspare")
        self.setAcceptDrops(True)
        self._content = self._lay_out()
        self._hint = DropHint(self._content)
        self._connect()
        self._bind_actions()
        self._show_theme()
        self._show_place()
        self._restore_geometry()

    @property
    def context(self) -> UiContext | None:
        """What the pages are made with; None until the library is open."""
        return self._context

    @cached_property
    def jobs_panel(self) -> JobsPanel:
        """The list of jobs beside the page; made after the first paint, before the first job."""
        from app.ui.frame.jobs_panel import JobsPanel

        panel = JobsPanel(self.jobs)
        panel.closed.connect(panel.hide)
        panel.hide()
        self._upper.addWidget(panel)
        return panel

    @cached_property
    def palette_(self) -> CommandPalette:
        """The field of Ctrl+K; made when it is first wanted."""
        from app.ui.palette.command_palette import CommandPalette

        palette = CommandPalette(self.actions_, self.jobs, self._state, self._content)
        palette.place_chosen.connect(self.pages.go)
        return palette

    def open_library(self) -> None:
        """Open the library the window was started with; at the very first start make one."""
        self.jobs_panel.hide()
        self.status.show_library(self._start.library_path)
        self.library.open(self._start.library_path, create=self._start.first_start)

    def begin_import(self, paths: list[Path]) -> None:
        """Show what importing these files would do."""
        if self._context is None:
            self.strip.say(_("The library is not open yet. Import again in a moment."))
        elif paths:
            self.pages.begin_import(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._state.setValue(GEOMETRY, self.saveGeometry())
        self.pages.save_state()
        self.jobs.cancel_all()
        self.pages.shut()
        self.jobs.close()
        self.library.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._hint.show_over(paths)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._hint.hide()
        event.acceptProposedAction()
        paths = dropped_paths(event.mimeData())
        (self.records.verify if all_signed(paths) else self.begin_import)(paths)

    def _lay_out(self) -> QWidget:
        menus = self.menuBar()
        style = MenuStyle("Fusion")
        style.setParent(menus)
        menus.setStyle(style)
        menus.setFixedHeight(current_theme().size("height", "menuBar"))
        self.actions_.fill(menus)
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.top, self.strip):
            right.addWidget(widget)
        right.addWidget(self.pages.stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        self._upper = upper
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status)
        content = QWidget()
        content.setLayout(whole)
        self.setCentralWidget(content)
        self.setMinimumSize(current_theme().size("width", "minWindow"), 640)
        return content

    def _connect(self) -> None:
        current_theme().changed.connect(self._show_theme)
        self.pages.place_changed.connect(self._show_place)
        self.pages.state_changed.connect(self._show_state)
        self.pages.import_requested.connect(self._choose_files)
        self.pages.act_requested.connect(lambda key: self.actions_[key].trigger())
        self.rail.page_chosen.connect(self._choose_page)
        self.top.crumb_chosen.connect(self.pages.follow_crumb)
        self.status.jobs_asked_for.connect(self._toggle_jobs)
        self.undo_acts.named.connect(self._show_state)
        self.undo_acts.reverted.connect(self._take_reverted)
        self.undo_acts.refused.connect(self._show_error)
        self.flags.refused.connect(self._show_error)
        self.counts.failed.connect(self._show_error)
        self.library.opened.connect(self._take_library)
        self.library.refused.connect(self._refuse_library)
        self.library.changed_elsewhere.connect(self._tell_pages)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._judge_letters)

    def _bind_actions(self) -> None:
        pages = self.pages
        slots: dict[str, Callable[[], object]] = {
            "import_files": self._choose_files,
            "import_folder": self._choose_folder,
            "open_library": self._choose_library,
            "new_library": self._choose_new_library,
            "quit": self.close,
            "undo": self.undo_acts.undo,
            "redo": self.undo_acts.redo,
            "copy": lambda: self._ask_list("copy_rows"),
            "paste_numbers": lambda: self._ask_list("paste_numbers"),
            "select_all": lambda: self._ask_list("select_all"),
            "find_or_do": lambda: self.palette_.open(self._context),
            "find": lambda: self._ask_list("focus_search"),
            **{f"show_{spec.key}": partial(pages.show, spec.key) for spec in PAGES},
            "back": pages.back,
            "forward": pages.forward,
            "refresh": pages.refresh,
            "jobs": self._toggle_jobs,
            "theme_system": lambda: self._choose_theme("system"),
            "theme_light": lambda: self._choose_theme("light"),
            "theme_dark": lambda: self._choose_theme("dark"),
            "open_part": lambda: self._ask_list("open_current"),
            "quick_look": lambda: self._ask_list("quick_look"),
            "next_part": lambda: pages.step(1),
            "previous_part": lambda: pages.step(-1),
            "export_package": lambda: self._act_on_part("export_package"),
            "certify": self._certify,
        }
        for key, slot in slots.items():
            self.actions_.bind(key, slot)
        self.theme_toggle.triggered.connect(
            lambda: self._choose_theme("light" if current_theme().dark else "dark")
        )

    def _restore_geometry(self) -> None:
        stored = self._state.value(GEOMETRY)
        if not (isinstance(stored, QByteArray) and self.restoreGeometry(stored)):
            self.resize(1440, 900)

    # the library

    def _take_library(self, found: Opened) -> None:
        from app.ui.context import UiContext

        services = found.services
        self.pages.detach()
        self.flags.attach(None)
        # A bus for each library: what still listens on the old one hears nothing of the new.
        self.bus.deleteLater()
        self.bus = ChangeBus(self)
        self.bus.changed.connect(self._take_changes)
        self._context = UiContext(services, self.jobs, self.bus, current_theme(), self._state)
        self.pages.attach(self._context)
        self.undo_acts.attach(services)
        self.flags.attach(self._context)
        self.counts.attach(self._context)
        self.status.show_library(services.library.path)
        self.rail.show_user(services.user)
        self._keep(library_path=str(services.library.path))
        self.strip.clear()
        first = self._start.first_start and services.library.path == self._start.library_path
        if first and found.is_new:
            self.sample.make(self._context)
        self._show_state()

    def _refuse_library(self, path: Path, error: AppError) -> None:
        self.strip.say(
            str(error),
            kind="danger",
            details=f"{type(error).__name__}: {error}\n{path}",
            action=_("Open another…"),
            act=self._choose_library,
        )

    def _tell_pages(self, changes: Changes) -> None:
        self.bus.publish(changes)

    def _take_changes(self, changes: Changes, initiator: object) -> None:
        self.undo_acts.refresh()

    def _take_reverted(self, done: Undone, redone: bool) -> None:
        self.bus.publish(done.changes)
        text = _("Done again: {act}.") if redone else _("Undone: {act}.")
        self.strip.say(text.format(act=done.act), kind="good")

    def _show_error(self, error: AppError) -> None:
        self.strip.say(str(error), kind="warning", details=f"{type(error).__name__}: {error}")

    # what is shown

    def _show_place(self) -> None:
        here = self.pages.here
        self.top.show_path(self.pages.path)
        marked = {PART: here.origin, IMPORT: PARTS}.get(here.page, here.page)
        self.rail.show_page(marked or PARTS)
        self.setWindowTitle(_("{place} – Everspare").format(place=self.pages.path[-1]))
        self._show_state()

    def _show_state(self) -> None:
        parts, listing = self.pages.parts, self.pages.listing
        here = self.pages.here
        number = here.subject if here.page == PART else ""
        self.actions_.update_state(
            WindowState(
                page=here.page,
                ready=self._context is not None,
                listed=listing is not None and listing.listed,
                searchable=listing is not None and listing.searchable,
                selected=listing.selected if listing is not None else 0,
                part_number=listing.current_number if listing is not None else number,
                offered=self.records.offered(),
                undo_act=self.undo_acts.undo_act,
                redo_act=self.undo_acts.redo_act,
                can_go_back=self.pages.navigation.can_go_back,
                can_go_forward=self.pages.navigation.can_go_forward,
            )
        )
        self.status.show_count(listing.status_text if listing is not None else number)
        took = parts.took_ms if here.page == PARTS else -1.0
        self.status.show_took(_("List {count} ms").format(count=round(took)) if took >= 0 else "")

    def _show_theme(self) -> None:
        show_theme(self.theme_toggle)
        self.actions_.check("theme", f"theme_{current_theme().mode}")

    def _judge_letters(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.actions_.let_letters_act(letters_may_act(new, self.pages.part))

    # what the user asks for

    def _choose_page(self, page: str) -> None:
        if page != self.pages.here.page:
            self.pages.show(page)

    def _toggle_jobs(self) -> None:
        self.jobs_panel.setVisible(not self.jobs_panel.isVisible())

    def _choose_theme(self, mode: str) -> None:
        current_theme().set_mode(mode)
        self._show_theme()
        self._keep(theme=mode)

    def _keep(self, **changed: str) -> None:
        keep_settings(self.jobs, self, self._show_error, **changed)

    def _choose_files(self) -> None:
        self.begin_import(ask_for_files(self))

    def _choose_folder(self) -> None:
        self.begin_import(ask_for_folder(self, _("Import a folder")))

    def _choose_library(self) -> None:
        for path in ask_for_folder(self, _("Open a library")):
            self.library.open(path)

    def _choose_new_library(self) -> None:
        for path in ask_for_folder(self, _("Choose an empty folder for the library")):
            self.library.open(path, create=True)

    def _ask_list(self, act: str) -> None:
        listing = self.pages.listing
        if listing is not None:
            getattr(listing, act)()

    def _act_on_part(self, act: str) -> None:
        """Open the part if it is only focused in a list, then start the act there."""
        if self.pages.here.page != PART:
            self._ask_list("open_current")
        part = self.pages.part
        if part is not None and self.pages.here.page == PART:
            QTimer.singleShot(0, getattr(part, act))

    def _certify(self) -> None:
        if not self.records.run("certify"):
            self._act_on_part("certify")
