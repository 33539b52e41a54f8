"""Icons: our SVG files drawn in the colour of their role, sharp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.base.paths import resource_path
from app.ui.theme import current_theme

ROLES = {"muted": "muted", "text": "text", "accent": "accent", "on-accent": "onAccent"}
SMALL, LARGE = 16, 20


class TintedSvgEngine(QIconEngine):
    """Draw one SVG file, with `currentColor` replaced by the colour that role and mode ask for.

    Nothing is kept in a colour: the theme is asked at every painting, so icons follow it by
    themselves.
    """

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw centred and square inside `rect`."""
        side = min(rect.width(), rect.height())
        left = rect.x() + (rect.width() - side) / 2
        top = rect.y() + (rect.height() - side) / 2
        role = "disabled" if mode is QIcon.Mode.Disabled else ROLES[self._role]
        stroke = "1.75" if side <= SMALL + 2 else "1.6"
        renderer = _renderer(self._name, current_theme().color(role).name(), stroke)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(left, top, side, side))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return a picture of `size` device pixels on a transparent ground."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return TintedSvgEngine(self._name, self._role)


def icon(name: str, role: str = "muted") -> QIcon:
    """Return the icon of a file in `resources/icons`, tinted by role.

    Raises:
        KeyError: no such role.
        FileNotFoundError: no such icon.
    """
    if role not in ROLES:
        raise KeyError(role)
    _source(name)
    return QIcon(TintedSvgEngine(name, role))


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, color: str, stroke: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", color)
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(text.encode()))
