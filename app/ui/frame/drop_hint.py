"""What shows over the window while something is dragged above it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.base.i18n import _, ngettext
from app.ui.theme import current_theme

SIGNED_SUFFIXES = (".everspare", ".pdf", ".jsonl")


class DropHint(QWidget):
    """A frame and a sentence; lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def show_over(self, paths: list[Path]) -> None:
        """Cover the parent and say what dropping would do."""
        parent = self.parentWidget()
        if parent is None:
            return
        folders = sum(path.is_dir() for path in paths)
        if all_signed(paths):
            self._text = ngettext(
                "Drop to verify {name}", "Drop to verify {count} files", len(paths)
            ).format(name=paths[0].name, count=len(paths))
        elif folders == len(paths) == 1:
            self._text = _("Drop to import the folder {name}").format(name=paths[0].name)
        elif len(paths) == 1:
            self._text = _("Drop to import {name}").format(name=paths[0].name)
        else:
            text = ngettext(
                "Drop to import {count} file", "Drop to import {count} files", len(paths)
            )
            self._text = text.format(count=len(paths))
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.color("window")
        ground.setAlphaF(0.9)
        painter.fillRect(self.rect(), ground)
        pen = QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 8, 8)
        painter.setFont(theme.font("title"))
        painter.setPen(theme.color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


def all_signed(paths: Sequence[Path]) -> bool:
    """Say whether these are packages or certificates, which are verified, not imported."""
    return bool(paths) and all(path.suffix.lower() in SIGNED_SUFFIXES for path in paths)


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the local files and folders that are dragged; empty if there are others."""
    urls = data.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return [Path(url.toLocalFile()) for url in urls]
