"""Where finished pictures lie: files that can be deleted at any time and made again.

The name carries everything a picture depends on, so a stale one can never be found.
"""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from app.domain.catalog.geometry import LengthUnit
from app.preview.palette import PictureTheme

# To be raised when pictures are drawn differently: light, material, view, edges.
LOOK = 1
# What lists and pages show, at 100 % and 200 % of the display's scale.
THUMBNAILS_PX = (24, 32, 48, 64, 96)
PAGE_PX = (720, 480)
# What a gallery shows: drawn when it is looked at, so that imports do not pay for it.
CARDS_PX = (144, 288)


def picture_path(
    folder: Path, sha256: str, unit: LengthUnit, theme: PictureTheme, width_px: int, height_px: int
) -> Path:
    """Return where the picture of a file lies or would lie.

    Args:
        sha256: of the geometry file.
        unit: applied to its numbers.
    """
    name = f"{sha256}-{unit.value}-{theme.value}-{width_px}x{height_px}-{LOOK}.png"
    return folder / sha256[:2] / name


def keep_picture(path: Path, png: bytes) -> None:
    """Write a picture so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{uuid4().hex}.part")
    try:
        draft.write_bytes(png)
        os.replace(draft, path)  # noqa: PTH105  # the name says that it replaces
    finally:
        draft.unlink(missing_ok=True)
