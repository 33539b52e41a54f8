"""Worker tasks: draw pictures of geometry files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.domain.catalog.geometry import LengthUnit
from app.geometry.readers.loading import load_content, load_mesh
from app.preview.palette import PictureTheme
from app.preview.picture_cache import keep_picture, picture_path
from app.preview.surface import Surface
from app.preview.thumbnail import (
    render_picture,
    render_print_picture,
    render_thumbnails,
    surface_for_pictures,
)

Wanted = tuple[PictureTheme, int, int]  # theme, width and height in pixels


def render_preview(
    path: str, unit: LengthUnit | None, sha256: str, wanted: tuple[Wanted, ...], out_dir: str
) -> int:
    """Draw pictures of a file into the picture cache; the file is read once for all of them.

    Args:
        path: geometry file.
        unit: of the numbers in it, where the format states none.
        sha256: of the file; names the pictures.
        wanted: themes and sizes; square ones of a theme share a drawing where they can.
        out_dir: folder of the cache.

    Returns:
        Number of pictures written.

    Raises:
        GeometryError: the file cannot be read.
        OSError: the folder cannot be written.
    """
    surface, known = _load_surface(path, unit)
    folder = Path(out_dir)
    for theme in dict.fromkeys(theme for theme, _width, _height in wanted):
        sizes = [(width, height) for other, width, height in wanted if other is theme]
        squares = [width for width, height in sizes if width == height]
        pictures = {
            (size, size): png
            for size, png in render_thumbnails(surface, squares, theme=theme).items()
        }
        for width, height in sizes:
            png = pictures.get((width, height)) or render_picture(
                surface, width_px=width, height_px=height, theme=theme
            )
            keep_picture(picture_path(folder, sha256, known, theme, width, height), png)
    return len(wanted)


def render_one(
    path: str, unit: LengthUnit | None, theme: PictureTheme, width_px: int, height_px: int
) -> bytes:
    """Draw one picture of a file.

    Returns:
        PNG bytes; transparent background, or grey on white for `PictureTheme.PRINT`.

    Raises:
        GeometryError: the file cannot be read.
    """
    surface, _unit = _load_surface(path, unit)
    if theme is PictureTheme.PRINT:
        return render_print_picture(surface, width_px=width_px, height_px=height_px)
    return render_picture(surface, width_px=width_px, height_px=height_px, theme=theme)


def draw_nothing() -> bool:
    """Draw an empty picture, to learn whether this computer can draw at all.

    Returns:
        True; without any OpenGL the process ends before.
    """
    triangle = np.eye(3), np.array([[0, 1, 2]], np.int32)
    render_picture(
        surface_for_pictures(*triangle), width_px=8, height_px=8, theme=PictureTheme.DARK
    )
    return True


def _load_surface(path: str, unit: LengthUnit | None) -> tuple[Surface, LengthUnit]:
    mesh = load_mesh(load_content(Path(path)), unit)
    return surface_for_pictures(mesh.vertices, mesh.faces), mesh.unit
