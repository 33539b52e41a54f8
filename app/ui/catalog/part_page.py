"""Everything on one part: its 3D view beside its facts, and the one next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import AppError, NotFound
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.part import Part, RevisionState, number_key
from app.domain.changes import Changes
from app.domain.inventory.part_details import PartDetails, RevisionDetails
from app.domain.inventory.part_step import PartStep
from app.preview.camera import StandardView
from app.services.catalog.fetch_part import fetch_part
from app.ui.catalog.part_acts import PartActs
from app.ui.catalog.part_header import PartHeader
from app.ui.catalog.part_keys import part_keys
from app.ui.catalog.part_scene import PartScene
from app.ui.catalog.part_tabs import PartTabs
from app.ui.catalog.view_tools import ViewTools
from app.ui.context import UiContext
from app.ui.jobs import Job
from app.ui.viewer.part_view import PartView
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter, column

_SPLITTER = "part_page/splitter"
_VIEW_SHARE = 0.6
_LOADING_SHARE = 0.3
# These act on the 3D view from anywhere on the page where nothing is typed.
_VIEW_KEYS = frozenset(
    (
        *(Qt.Key(Qt.Key.Key_0.value + view) for view in StandardView),
        Qt.Key.Key_F,
        Qt.Key.Key_P,
        Qt.Key.Key_E,
    )
)


class PartPage(QWidget):
    """Shows one part; J and K walk the list it was opened from.

    Signals:
        part_requested: (number: str) the next, the previous or another part.
        closed: back to the list.
        import_requested: a file for this part is to be imported.
    """

    part_requested = Signal(str)
    closed = Signal()
    import_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted = ""
        self._details: PartDetails | None = None
        self._seen = ""
        self._revision_id = 0
        self._walk: Sequence[int] | Sequence[str] = ()
        self._job: Job | None = None
        self._stale = False
        self._act_to_come: PartStep | None = None
        self.header = PartHeader()
        self.view = PartView(context.jobs, context.theme)
        self.tools = ViewTools(self.view)
        self.scene = PartScene(context, self.view)
        self.acts = PartActs(context, self)
        self.strip = MessageStrip()
        self.tabs = PartTabs(context.jobs)
        self.gone = EmptyState("lens")
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        """The part's number, for the breadcrumb."""
        return self._details.part.number if self._details is not None else self._wanted

    @property
    def details(self) -> PartDetails | None:
        """What is shown."""
        return self._details

    @property
    def revision(self) -> RevisionDetails | None:
        """The revision that is looked at."""
        found = self._details.revisions if self._details is not None else ()
        chosen = (item for item in found if item.revision.id == self._revision_id)
        return next(chosen, found[0] if found else None)

    def show_part(self, number: str) -> None:
        """Show the part of that number; what is shown stays until it has been read."""
        if number != self._wanted:
            self._act_to_come = None
        self._wanted = number
        self._load()

    def walk(self, items: Sequence[int] | Sequence[str]) -> None:
        """Set the list that J and K walk: ids or numbers of parts in their order."""
        self._walk = items
        self._show_place()

    def step(self, by: int) -> None:
        """Ask for a part further down (or up) the list."""
        place = self._place()
        if place < 0 or not 0 <= place + by < len(self._walk):
            return
        item = self._walk[place + by]
        if isinstance(item, str):
            self.part_requested.emit(item)
            return
        library, wanted = self._context.services.library, self._wanted

        def name(progress: Progress) -> str:
            with library.reading() as read:
                return read.one(Part, id=item).number

        def go(number: str) -> None:
            if self._wanted == wanted and self.isVisible():  # the user may have gone elsewhere
                self.part_requested.emit(number)

        self._context.jobs.start(name, owner=self, done=go, failed=self._show_error)

    def run_primary(self) -> None:
        """Do the next legal step."""
        self.acts.run_primary()

    def export_package(self) -> None:
        """Open the dialog that exports a print package."""
        self._run_when_shown(PartStep.EXPORT_PACKAGE)

    def certify(self) -> None:
        """Open the dialog that certifies a lot."""
        self._run_when_shown(PartStep.CERTIFY_LOT)

    def show_history(self) -> None:
        """Turn to the history (key H)."""
        self.tabs.show_history()

    def reload(self) -> None:
        """Read the part again."""
        if self._wanted:
            self._load()

    def shut(self) -> None:
        """Give the OpenGL view back; to be called while the window still exists."""
        self.view.shut()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return what keys do on this page, each as (what it does, the key)."""
        return part_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        single = plain and self._context.services.settings.single_key_shortcuts
        if single and event.key() == Qt.Key.Key_J:
            self.step(1)
        elif single and event.key() == Qt.Key.Key_K:
            self.step(-1)
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif single and event.key() in _VIEW_KEYS:
            self.view.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    # loading

    def _load(self) -> None:
        wanted, library = self._wanted, self._context.services.library
        self._stale = False
        if self._job is not None:
            self._job.cancel()
        self.header.busy.set_share(_LOADING_SHARE)

        def read(progress: Progress) -> PartDetails:
            return fetch_part(library, wanted)

        def take(details: PartDetails) -> None:
            if wanted == self._wanted:
                self._take(details)

        def fail(error: AppError) -> None:
            if wanted == self._wanted:
                self._fail(error)

        self._job = self._context.jobs.start(read, owner=self, done=take, failed=fail)
        self._job.finished.connect(self._settle)

    def _run_when_shown(self, step: PartStep) -> None:
        """Do a step with the part that is wanted, which may still be on its way."""
        if self._job is None:
            self.acts.run(step)
        else:
            self._act_to_come = step

    def _take(self, details: PartDetails) -> None:
        self.strip.clear()
        other = self._details is None or self._details.part.id != details.part.id
        self._details, self._seen = details, details.part.number_key
        if other:
            self._revision_id = 0
        self._stack.setCurrentWidget(self._splitter)
        self.header.show()
        self._show_revision()
        self._show_place()
        act, self._act_to_come = self._act_to_come, None
        if act is not None:
            self.acts.run(act)

    def _fail(self, error: AppError) -> None:
        self._act_to_come = None
        if isinstance(error, NotFound):
            self._show_gone()
        else:
            self._show_error(error)

    def _show_gone(self) -> None:
        """Say that there is no such part; nothing of another one may stay beside it."""
        known = self._seen == number_key(self._wanted)
        self._details = None
        self.strip.clear()
        self.header.hide()
        self.scene.forget()
        self.acts.forget()
        sentence = (
            _(
                "Part {number} was removed meanwhile, perhaps because its import was undone. "
                "Redo brings it back."
            )
            if known
            else _("The library holds no part {number}.")
        )
        title = _("This part is gone") if known else _("No such part")
        self.gone.say(title, sentence.format(number=self._wanted), _("Back to the list"))
        self._stack.setCurrentWidget(self.gone)

    def _settle(self) -> None:
        """Nothing is on its way any more, unless another reading was begun meanwhile."""
        if self._job is not None and self._job.state.over:
            self._job = None
            self.header.busy.set_share(-1)

    def _show_error(self, error: AppError) -> None:
        self.strip.say(
            str(error),
            kind="danger",
            details=str(error),
            action=_("Try again"),
            act=self.reload,
        )

    def _note_changes(self, changes: Changes, initiator: object) -> None:
        self._later.start()

    def _catch_up(self) -> None:
        if not self._wanted:
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    # showing

    def _show_revision(self) -> None:
        details, revision = self._details, self.revision
        assert details is not None
        self.header.show_details(details, revision, self._context.today())
        self.acts.show_part(details, revision)
        self.header.show_acts(self.acts.primary(), self.acts.others())
        self.scene.show_revision(details.part.number, revision)
        self.tabs.show_details(details, revision, self._context.today())

    def _choose_revision(self, revision_id: int) -> None:
        self._revision_id = revision_id
        if self._details is not None:
            self._show_revision()

    def _show_current(self) -> None:
        for item in self._details.revisions if self._details is not None else ():
            if item.revision.state is not RevisionState.OBSOLETE:
                self._choose_revision(item.revision.id)
                return

    def _place(self) -> int:
        if self._details is None or not self._walk:
            return -1
        part, walked = self._details.part, self._walk
        wanted: object = part.id if isinstance(walked[0], int) else part.number
        try:
            return walked.index(wanted)
        except ValueError:
            return -1

    def _show_place(self) -> None:
        place = self._place()
        self.header.show_place(place + 1, len(self._walk) if place >= 0 else 0)

    # making

    def _lay_out(self) -> None:
        self._splitter = HairlineSplitter()
        seen = QWidget()
        seen.setLayout(column(self.tools, self.view))
        self._splitter.addWidget(seen)
        self._splitter.addWidget(self.tabs)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self.gone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.header, self.strip, self._stack):
            layout.addWidget(widget)
        layout.setStretch(2, 1)
        self.setAccessibleName(_("Part"))
        stored = self._context.state.value(_SPLITTER)
        if not isinstance(stored, QByteArray) or not self._splitter.restoreState(stored):
            self._splitter.setSizes([round(1000 * _VIEW_SHARE), round(1000 * (1 - _VIEW_SHARE))])
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)

    def _connect(self) -> None:
        self.header.revision_chosen.connect(self._choose_revision)
        self.header.why_requested.connect(self.tabs.show_reasons)
        self.header.step_requested.connect(self.step)
        self.header.primary_triggered.connect(self.run_primary)
        self.tabs.revisions.revision_chosen.connect(self._choose_revision)
        self.scene.live_changed.connect(self.tools.set_live)
        self.acts.import_requested.connect(self.import_requested)
        self.acts.current_requested.connect(self._show_current)
        self.acts.refused.connect(lambda why: self.strip.say(why, kind="warning"))
        self.gone.action_triggered.connect(self.closed)
        self._splitter.splitterMoved.connect(
            lambda _place, _index: self._context.state.setValue(
                _SPLITTER, self._splitter.saveState()
            )
        )
        # Several acts may be told at once; they are answered by one reading.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._catch_up)
        self._context.bus.changed.connect(self._note_changes)
        keys = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.run_primary, context=keys)
        if self._context.services.settings.single_key_shortcuts:
            QShortcut(QKeySequence("H"), self, self.show_history, context=keys)
