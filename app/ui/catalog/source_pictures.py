"""Small pictures of files that are about to be imported, by the hash of their bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.catalog.length_unit import LengthUnit
from app.ui.catalog.part_pictures import Key, PartPictures, Request
from app.ui.context import UiContext

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.services.catalog.import_plan import SourceFile


class SourcePictures(PartPictures):
    """Draws from the files themselves; the library holds nothing of them yet."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.jobs)
        self._services_now = context.services
        self._paths: dict[str, Path] = {}
        self._hashes: dict[str, str] = {}

    def show_files(self, files: Iterable[SourceFile]) -> None:
        """Draw these files from now on."""
        known = [file for file in files if file.sha256]
        self._paths = {file.sha256: file.path for file in known}
        self._hashes = {file.name: file.sha256 for file in known}
        self.attach(self._services_now)

    def key(self, name: str) -> Key | None:
        """Return what to ask for a file by; None for one that cannot be read."""
        sha256 = self._hashes.get(name)
        return (sha256, LengthUnit.MM) if sha256 is not None else None

    def draw(self, services: Services, request: Request, progress: Progress) -> bytes:
        """Return the picture as PNG; called on a read thread."""
        from app.preview.palette import PictureTheme
        from app.services.catalog.draw_source import draw_source

        sha256, _unit, theme, width, _height = request
        return draw_source(
            self._paths[sha256],
            theme=PictureTheme(theme),
            side_px=width,
            workers=services.workers,
            progress=progress,
        )
