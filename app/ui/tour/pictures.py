"""Pictures of the window with all that stands over it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from app.base.errors import StorageError
from app.base.i18n import _
from app.ui.theme import current_theme


def picture_of(window: QWidget) -> QImage:
    """Return the window as it is seen, with the dialogs and menus over it."""
    image = window.grab().toImage()
    painter = QPainter(image)
    origin = window.mapToGlobal(QPoint(0, 0))
    for widget in QApplication.topLevelWidgets():
        if widget is window or not widget.isVisible() or widget.size() == QSize(0, 0):
            continue
        place = widget.mapToGlobal(QPoint(0, 0)) - origin
        painter.drawPixmap(place, widget.grab())
        painter.setPen(current_theme().color("controlBorder"))
        painter.drawRect(place.x(), place.y(), widget.width() - 1, widget.height() - 1)
    painter.end()
    return image


class Album:
    """Writes pictures into a folder, away from the window's thread.

    Attributes:
        names: of the files, in the order in which the pictures were taken.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="album")
        self._written: list[tuple[Path, Future[bool]]] = []
        self.names: list[str] = []

    def add(self, name: str, image: QImage) -> None:
        """Write one picture as PNG."""
        file = self._folder / f"{len(self.names) + 1:02}-{name}.png"
        self.names.append(file.name)
        self._written.append((file, self._writer.submit(lambda: image.save(str(file)))))

    def close(self) -> None:
        """Wait until all are written.

        Raises:
            StorageError: one could not be.
        """
        self._writer.shutdown()
        for file, done in self._written:
            if not done.result():
                raise StorageError(_("The picture {path} cannot be written.").format(path=file))
