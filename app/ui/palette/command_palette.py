"""Ctrl+K: type a few letters, Enter goes there or does it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.i18n import _
from app.domain.inventory.found_record import FoundRecord, RecordKind
from app.ui.actions import Actions
from app.ui.jobs import Job, JobRunner
from app.ui.palette.palette_entry import (
    EntryKind,
    PaletteEntry,
    command_entries,
    fitting,
    record_entry,
)
from app.ui.palette.palette_list import ROW_HEIGHT, PaletteDelegate, PaletteModel
from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.ui.context import UiContext

RECENT, KEPT = "palette/recent", 8
WIDTH, SHOWN_ROWS, COMMANDS = 600, 11, 6


class CommandPalette(QFrame):
    """A field over the window that finds pages, commands, parts, products, lots and papers.

    `>` looks among commands only, `#` among lots, packages and certificates only. What was used
    last comes first. Esc closes and gives the focus back.

    Signals:
        place_chosen: (place: Place) a record was chosen.
    """

    place_chosen = Signal(object)

    def __init__(
        self, actions: Actions, jobs: JobRunner, state: QSettings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._actions, self._jobs, self._state, self._over = actions, jobs, state, parent
        self._context: UiContext | None = None
        self._before: QWidget | None = None
        self._records: Sequence[FoundRecord] = ()
        self._job: Job | None = None
        self._model = PaletteModel(self)
        self.field = SearchField(_("Find a page, part, product or command"))
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Found"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = RoleLabel("", color="muted")
        self._nothing.setContentsMargins(14, 8, 14, 8)
        self._hint = RoleLabel(
            _("> commands only   # lots, packages and certificates   Enter opens   Esc closes"),
            font="caption",
            color="muted",
        )
        self._hint.setContentsMargins(14, 4, 14, 4)
        self.setAccessibleName(_("Find or do"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 4)
        layout.setSpacing(4)
        for widget in (self.field, self.list, self._nothing, self._hint):
            layout.addWidget(widget)
        self.field.textChanged.connect(self._look)
        self.field.text_settled.connect(self._ask)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        current_theme().changed.connect(self.update)
        self.hide()

    @property
    def entries(self) -> tuple[PaletteEntry, ...]:
        """What is listed."""
        return self._model.entries

    def open(self, context: UiContext | None) -> None:
        """Show the palette over the window and put the cursor into its field.

        Args:
            context: of the library to find records in; None: it is not open yet.
        """
        self._context = context
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._place()
        self.field.clear()
        self._records = ()
        self._look()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Hide it; the focus goes back to where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            return False
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self._leave)
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()  # letters are typed here, whatever they do elsewhere
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return False

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("controlBorder"))
        painter.setBrush(theme.color("window"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: SHOWN_ROWS,
            Qt.Key.Key_PageUp: -SHOWN_ROWS,
        }
        if event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if event.key() == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _leave(self) -> None:
        if (
            self.isVisible()
            and not self.field.hasFocus()
            and QApplication.activePopupWidget() is None
        ):
            self.hide()
            self._before = None

    def _place(self) -> None:
        window, wanted = self._over.rect(), self.sizeHint()
        width = min(wanted.width(), window.width() - 32)
        height = min(wanted.height(), window.height() - 64)
        self.setGeometry((window.width() - width) // 2, 48, width, height)

    def _step(self, by: int) -> None:
        count = len(self.entries)
        if count:
            row = self.list.currentIndex().row() + by
            row = row % count if abs(by) == 1 else min(max(row, 0), count - 1)
            self.list.setCurrentIndex(self._model.index(row))

    # what is listed

    def _look(self) -> None:
        text = self.field.text().strip()
        kept = self.list.currentIndex().row()
        chosen = self.entries[kept].key if 0 <= kept < len(self.entries) else ""
        entries = self._listed(text)
        self._model.show(entries)
        keys = [entry.key for entry in entries]
        row = keys.index(chosen) if chosen in keys and text else 0
        self.list.setCurrentIndex(self._model.index(row))
        self._nothing.setVisible(not entries)
        self.list.setVisible(bool(entries))
        self._nothing.setText(_("Nothing is called “{text}”.").format(text=text.lstrip(">#")))

    def _listed(self, text: str) -> list[PaletteEntry]:
        commands = command_entries(self._actions)
        if not text:
            recent = self._recent(commands)
            known = {entry.key for entry in recent}
            usable = [entry for entry in commands if not entry.refusal and entry.key not in known]
            return recent + usable
        if text.startswith(">"):
            return fitting(commands, text[1:])
        records = [record_entry(record, self.place_chosen.emit) for record in self._records]
        if text.startswith("#"):
            papers = (EntryKind.LOT, EntryKind.PACKAGE, EntryKind.CERTIFICATE)
            return [entry for entry in records if entry.kind in papers]
        found = fitting(commands, text)[:COMMANDS]
        like_number = any(letter.isdigit() for letter in text)
        return records + found if like_number else found + records

    def _ask(self, text: str) -> None:
        wanted = text.strip().lstrip("#").strip()
        if self._job is not None:
            self._job.cancel()
        if self._context is None or not wanted or text.startswith(">"):
            self._take_records(())
            return
        library = self._context.services.library

        def find(progress: object) -> Sequence[FoundRecord]:
            from app.services.catalog.find_records import find_records

            return find_records(library, wanted)

        self._job = self._jobs.start(
            find, owner=self, done=self._take_records, failed=self._say_trouble
        )

    def _take_records(self, records: Sequence[FoundRecord]) -> None:
        self._records = records
        self._look()

    def _say_trouble(self, error: AppError) -> None:
        self._nothing.setText(str(error))
        self._nothing.show()

    # what is chosen

    def _run(self, row: int) -> None:
        if not 0 <= row < len(self.entries):
            return
        entry = self.entries[row]
        if entry.refusal:
            return
        self._remember(entry)
        self.close_palette()
        QTimer.singleShot(0, entry.run)

    def _remember(self, entry: PaletteEntry) -> None:
        line = {"kind": entry.kind.value, "key": entry.key}
        if entry.kind is not EntryKind.COMMAND:
            line |= {"title": entry.title, "detail": entry.detail}
        lines = [line, *(old for old in self._remembered() if old["key"] != entry.key)]
        self._state.setValue(RECENT, json.dumps(lines[:KEPT]))

    def _remembered(self) -> list[dict[str, str]]:
        try:
            lines = json.loads(str(self._state.value(RECENT, "[]")))
            return [line for line in lines if line["kind"] in tuple(EntryKind) and line["key"]]
        except (ValueError, TypeError, KeyError):
            return []  # somebody edited the file: begin anew

    def _recent(self, commands: Sequence[PaletteEntry]) -> list[PaletteEntry]:
        usable = {entry.key: entry for entry in commands if not entry.refusal}
        found = []
        for line in self._remembered():
            if line["kind"] == EntryKind.COMMAND:
                if line["key"] in usable:
                    found.append(usable[line["key"]])
            elif self._context is not None:
                record = FoundRecord(
                    kind=RecordKind(line["kind"]),
                    name=line.get("title", ""),
                    detail=line.get("detail", ""),
                )
                found.append(record_entry(record, self.place_chosen.emit))
        return found

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 8 + 40 + SHOWN_ROWS * ROW_HEIGHT + 32)
