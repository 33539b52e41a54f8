"""Small pictures of parts: drawn once, kept, asked for one at a time so that lists never wait."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPixmap

from app.base.errors import AppError
from app.base.progress import Progress
from app.domain.catalog.length_unit import LengthUnit
from app.ui.jobs import JobRunner
from app.ui.theme import current_theme

if TYPE_CHECKING:
    from app.bootstrap import Services

Key = tuple[str, LengthUnit]  # hash of the file and the unit of its numbers
Request = tuple[str, LengthUnit, str, int, int]  # with theme, width and height in device pixels
KEPT = 2000
KEPT_BYTES = 96_000_000  # a page picture takes 1.4 MB: walking a long list must not keep them all
WAITING = 60
SIZES_PX = (24, 32, 48, 64, 96, 144, 288)
PAGE_PX = (720, 480)


class PartPictures(QObject):
    """Pictures by hash, unit, theme and size.

    Signals:
        arrived: a picture that was asked for is there.
        failed: (key: Key, error: AppError) there will be none.
    """

    arrived = Signal()
    failed = Signal(object, object)

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._services: Services | None = None
        self._kept: OrderedDict[Request, QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._waiting: OrderedDict[Request, None] = OrderedDict()
        self._refused: set[Request] = set()
        self._running: Request | None = None
        self._asked: Services | None = None

    def attach(self, services: Services | None) -> None:
        """Take pictures from this library from now on."""
        self._services = services
        self._waiting.clear()
        self._refused.clear()

    def pixmap(self, key: Key, side: int) -> QPixmap | None:
        """Return the square picture of `side` logical pixels, or None and ask for it."""
        wanted = side * _ratio()
        size = next((size for size in SIZES_PX if size >= wanted - 1), SIZES_PX[-1])
        return self._find(key, size, size)

    def page_picture(self, key: Key) -> QPixmap | None:
        """Return the large picture with its background, or None and ask for it."""
        return self._find(key, *PAGE_PX)

    def _find(self, key: Key, width: int, height: int) -> QPixmap | None:
        request: Request = (*key, current_theme().name, width, height)
        pixmap = self._kept.get(request)
        if pixmap is not None:
            self._kept.move_to_end(request)
        elif request != self._running and request not in self._refused:
            self._waiting[request] = None
            self._waiting.move_to_end(request)
            while len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)  # scrolled past
            QTimer.singleShot(0, self, self._fetch_next)  # asked while painting
        return pixmap

    def draw(self, services: Services, request: Request, progress: Progress) -> bytes:
        """Return the picture as PNG; called on a read thread."""
        from app.preview.palette import PictureTheme
        from app.services.catalog.fetch_thumbnail import fetch_thumbnail

        sha256, unit, theme, width, height = request
        return fetch_thumbnail(
            services.library,
            sha256,
            unit,
            theme=PictureTheme(theme),
            size_px=(width, height),
            workers=services.workers,
            progress=progress,
        )

    def _fetch_next(self) -> None:
        services = self._services
        if self._running is not None or not self._waiting or services is None:
            return
        request, _nothing = self._waiting.popitem()
        self._running = request

        def fetch(progress: Progress) -> bytes:
            return self.draw(services, request, progress)

        def refuse(error: AppError) -> None:
            if services is self._services:
                self.failed.emit(request[:2], error)

        job = self._jobs.start(
            fetch, owner=self, done=lambda png: self._keep(request, png), failed=refuse
        )
        self._asked = services
        job.finished.connect(self._go_on)

    def _go_on(self) -> None:
        """Fetch the next one whatever became of the last, also if it was stopped or crashed."""
        request, self._running = self._running, None
        if request is not None and request not in self._kept and self._asked is self._services:
            self._refused.add(request)
        self._fetch_next()

    def _keep(self, request: Request, png: bytes) -> None:
        pixmap = QPixmap()
        if not pixmap.loadFromData(png):
            return
        self._kept[request] = pixmap
        self._kept_bytes += _size_bytes(request)
        while len(self._kept) > KEPT or (len(self._kept) > 1 and self._kept_bytes > KEPT_BYTES):
            oldest, _pixmap = self._kept.popitem(last=False)
            self._kept_bytes -= _size_bytes(oldest)
        self.arrived.emit()


def _size_bytes(request: Request) -> int:
    _sha256, _unit, _theme, width, height = request
    return 4 * width * height


def _ratio() -> float:
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
