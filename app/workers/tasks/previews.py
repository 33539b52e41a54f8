"""Worker tasks: draw pictures of geometry files."""

from __future__ import annotations

from pathlib import Path

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


def render_preview(
    path: str,
    unit: LengthUnit | None,
    sha256: str,
    sizes_px: tuple[int, ...],
    page_px: tuple[int, int],
    out_dir: str,
) -> int:
    """Draw everything lists and pages show of a file, light and dark, into the picture cache.

    Args:
        path: geometry file.
        unit: of the numbers in it, where the format states none.
        sha256: of the file; names the pictures.
        sizes_px: square thumbnails.
        page_px: width and height of the picture for pages.
        out_dir: folder of the cache.

    Returns:
        Number of pictures written.

    Raises:
        GeometryError: the file cannot be read.
        OSError: the folder cannot be written.
    """
    surface, known = _load_surface(path, unit)
    folder = Path(out_dir)
    written = 0
    for theme in (PictureTheme.LIGHT, PictureTheme.DARK):
        width, height = page_px
        pictures = {
            (size, size): png
            for size, png in render_thumbnails(surface, sizes_px, theme=theme).items()
        }
        pictures[page_px] = render_picture(surface, width_px=width, height_px=height, theme=theme)
        for (wide, high), png in pictures.items():
            keep_picture(picture_path(folder, sha256, known, theme, wide, high), png)
            written += 1
    return written


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


def _load_surface(path: str, unit: LengthUnit | None) -> tuple[Surface, LengthUnit]:
    mesh = load_mesh(load_content(Path(path)), unit)
    return surface_for_pictures(mesh.vertices, mesh.faces), mesh.unit
