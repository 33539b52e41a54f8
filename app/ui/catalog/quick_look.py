"""Quick look: the part of the focused row, large, over the list that keeps the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import fixed_figure
from app.base.i18n import _
from app.base.progress import Progress
from app.ui.catalog.part_inspector import PicturePanel
from app.ui.catalog.part_pictures import Key, PartPictures
from app.ui.jobs import Job
from app.ui.theme import current_theme
from app.ui.widgets.labels import ElidedLabel, RoleLabel, StatusLabel
from app.ui.widgets.panels import row
from app.ui.widgets.small_marks import KeyHint
from app.ui.words import answer_mark, answer_word, qualification_mark, qualification_word

if TYPE_CHECKING:
    from app.domain.inventory.part_details import PartDetails
    from app.ui.context import UiContext

WIDTH, EDGE = 600, 24


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What a list knows of a part at once.

    Attributes:
        picture: of its geometry; None where the list does not know it.
    """

    number: str
    name: str
    picture: Key | None = None


class QuickLook(QFrame):
    """Picture, number, name, size and state of one part; Space or Esc closes.

    The list under it keeps the focus, so that its arrows step on and nothing has to be given back.

    Args:
        table: the list; its page is what this lies over.
    """

    def __init__(self, table: QWidget, pictures: PartPictures, over: QWidget) -> None:
        super().__init__(over)
        self._table, self._over = table, over
        self._context: UiContext | None = None
        self._job: Job | None = None
        self._shown: LookedAt | None = None
        theme = current_theme()
        margin, gap = theme.size("space", "l"), theme.size("space", "m")
        self.picture = PicturePanel(pictures)
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.number = RoleLabel(font="section")
        self.name = ElidedLabel(font="sectionPlain")
        self.size_ = RoleLabel(color="muted")
        self.answer = StatusLabel()
        self.qualification = StatusLabel()
        self.setAccessibleName(_("Quick look"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self.picture, 1)
        head = row(self.number, self.name, margins=(margin, gap, margin, 0), spacing=8)
        head.setStretch(1, 1)
        layout.addLayout(head)
        layout.addLayout(
            row(
                self.answer,
                self.qualification,
                None,
                self.size_,
                margins=(margin, 4, margin, gap),
                spacing=margin,
            )
        )
        layout.addLayout(_hints(margin))
        table.installEventFilter(self)
        over.installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    def attach(self, context: UiContext | None) -> None:
        """Ask this library from now on."""
        self._context = context
        self.close_look()

    def lie_over(self, table: QWidget) -> None:
        """Lie over another view of the same list from now on."""
        if table is not self._table:
            self.close_look()
            self._table.removeEventFilter(self)
            self._table = table
            table.installEventFilter(self)

    def toggle(self, part: LookedAt | None) -> None:
        """Open for a part, or close."""
        if self.isVisible():
            self.close_look()
        elif part is not None:
            self._place()
            self.show()
            self.raise_()
            self.follow(part)

    def follow(self, part: LookedAt | None) -> None:
        """Show another part while open; None closes."""
        if not self.isVisible() or part == self._shown:
            return
        if part is None:
            self.close_look()
            return
        self._forget()
        self._shown = part
        self.picture.show_key(part.picture)
        self.number.setText(part.number)
        self.name.setText(part.name)
        self.size_.setText("")
        self.answer.set_status("", "")
        self.qualification.set_status("", "")
        self._ask(part)

    def close_look(self) -> None:
        """Hide it."""
        self._forget()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible():
            return False
        kind = event.type()
        if watched is self._over and kind == QEvent.Type.Resize:
            self._place()
        elif watched is self._table and kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            if not self._table.hasFocus() and self.window().isActiveWindow():
                self.close_look()
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()
            elif kind == QEvent.Type.KeyPress:
                self.close_look()
                return True
        return False

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("controlBorder"))
        painter.setBrush(theme.color("window"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

    def _ask(self, part: LookedAt) -> None:
        context = self._context
        if context is None:
            return
        library = context.services.library

        def fetch(progress: Progress) -> PartDetails:
            from app.services.catalog.fetch_part import fetch_part

            progress.check()
            return fetch_part(library, part.number, history_limit=1)

        def take(details: PartDetails) -> None:
            if self._shown is part:
                self._show(details)

        def fail(error: AppError) -> None:
            if self._shown is part:
                self.size_.setText(str(error))

        self._job = context.jobs.start(fetch, owner=self, done=take, failed=fail)

    def _show(self, details: PartDetails) -> None:
        assert self._context is not None
        newest = details.newest
        master = newest.geometries[0] if newest and newest.geometries else None
        self.picture.show_key((master.geometry.sha256, master.geometry.unit) if master else None)
        if master is not None and master.facts is not None:
            size = " × ".join(fixed_figure(length, 1) for length in master.facts.size_mm)
            self.size_.setText(_("{size} mm").format(size=size))
        else:
            self.size_.setText(_("No geometry yet") if master is None else _("Not measured"))
        answer = details.flag.answer if details.flag else None
        self.answer.set_status(answer_mark(answer), answer_word(answer))
        mark, word = _standing(details, self._context)
        self.qualification.set_status(mark, word)
        part = details.part
        said = ", ".join((part.number, part.name, self.answer.text, word, self.size_.text()))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _forget(self) -> None:
        self._shown = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _place(self) -> None:
        """Lie in the middle of the list; the row with the focus shows at both sides."""
        corner = self._table.mapTo(self._over, self._table.rect().topLeft())
        room = QRect(corner, self._table.size()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        width = min(WIDTH, room.width())
        height = min(self.picture.heightForWidth(width) + 104, self._over.height() - 2 * EDGE)
        place = QRect(0, 0, width, height)
        place.moveCenter(room.center())
        place.moveTop(min(max(place.top(), EDGE), self._over.height() - EDGE - height))
        self.setGeometry(place)


def _standing(details: PartDetails, context: UiContext) -> tuple[str, str]:
    """Return mark and word of the newest revision's qualification."""
    from app.domain.inventory.part_standing import qualification_standing
    from app.ui.part_words import status_mark, status_word

    newest = details.newest
    status = qualification_standing(newest, context.today()) if newest is not None else None
    if status is None:
        return qualification_mark(None), qualification_word(None)
    return status_mark(status), status_word(status)


def _hints(margin: int) -> QHBoxLayout:
    """Return the line of keys at the foot."""
    keys = (
        ("↑ ↓", _("Next, previous")),
        (_("Enter"), _("Open")),
        (_("Space"), _("Close")),
    )
    shown: list[QWidget | None] = []
    for key, text in keys:
        shown += [KeyHint(key), RoleLabel(text, font="caption", color="muted")]
    return row(*shown, None, margins=(margin, 0, margin, 12), spacing=8)
