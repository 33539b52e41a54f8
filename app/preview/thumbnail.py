"""Pictures of parts as PNG: thumbnails for lists, larger ones for pages, greys for paper."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.preview.camera import StandardView, eye_for
from app.preview.off_screen import picture_window
from app.preview.palette import PictureTheme, palette_of
from app.preview.png import encode_png, reduce_pixels
from app.preview.surface import Surface, prepare_surface

SUPERSAMPLE = 4
# Width of an edge in the finished picture: a hint in a thumbnail, a line in a large picture.
_EDGE_SHARE = 1 / 300
_EDGE_LEAST_PX = 0.3
_EDGE_MOST_PX = 1.0
_PRINT_EDGE_FACTOR = 1.4
# In a small picture full edges would swallow the part; from this size on they are at full strength.
_FULL_EDGES_FROM_PX = 160
_SOFTEST_EDGES = 0.5
_FULLY_SAMPLED_TO_PX = 400
_LARGEST_DRAWN_PX = 4096
# Beyond this many triangles each is smaller than a drawn pixel: smoothing them shows nothing.
_SMOOTH_BELOW = 400_000
_FLAT_UP_TO_PX = 64  # in so small a picture facets and a smooth surface look alike


def surface_for_pictures(vertices: NDArray[np.floating], faces: NDArray[np.integer]) -> Surface:
    """Prepare a mesh for pictures only; see `prepare_surface`."""
    fine = len(faces) < _SMOOTH_BELOW
    return prepare_surface(vertices, faces, smooth=fine, edges=fine)


def render_thumbnail(
    vertices: NDArray[np.floating],
    faces: NDArray[np.integer],
    *,
    size_px: int,
    theme: PictureTheme,
) -> bytes:
    """Draw one square picture with a transparent background.

    Args:
        vertices: (v, 3) mm.
        faces: (f, 3) indices into `vertices`.
        size_px: width and height of the picture.

    Returns:
        PNG bytes, RGBA.
    """
    fine = len(faces) < _SMOOTH_BELOW
    surface = prepare_surface(vertices, faces, smooth=fine and size_px > _FLAT_UP_TO_PX, edges=fine)
    return render_thumbnails(surface, (size_px,), theme=theme)[size_px]


def render_thumbnails(
    surface: Surface, sizes_px: Sequence[int], *, theme: PictureTheme
) -> dict[int, bytes]:
    """Draw square pictures in several sizes; sizes that divide one drawing share it."""
    pictures: dict[int, bytes] = {}
    for drawn_px, members in _drawings(sizes_px).items():
        drawn = _draw(surface, theme, drawn_px, drawn_px, min(members))
        for size in members:
            pictures[size] = encode_png(reduce_pixels(drawn, drawn_px // size))
    return pictures


def render_picture(
    surface: Surface, *, width_px: int, height_px: int, theme: PictureTheme
) -> bytes:
    """Draw a picture of any shape with a transparent background, as PNG bytes."""
    factor = _supersample(max(width_px, height_px))
    drawn = _draw(surface, theme, width_px * factor, height_px * factor, min(width_px, height_px))
    return encode_png(reduce_pixels(drawn, factor))


def render_print_picture(surface: Surface, *, width_px: int, height_px: int) -> bytes:
    """Draw a picture for a certificate: greys and black edges on white paper, as PNG bytes."""
    theme = PictureTheme.PRINT
    factor = _supersample(max(width_px, height_px))
    drawn = _draw(surface, theme, width_px * factor, height_px * factor, min(width_px, height_px))
    reduced = reduce_pixels(drawn, factor).astype(np.float32)
    paper = palette_of(theme).background_top[0] * 255
    share = reduced[..., 3:] / 255
    grey = reduced[..., :3].mean(axis=2, keepdims=True) * share + paper * (1 - share)
    return encode_png(np.rint(grey).astype(np.uint8))


def _drawings(sizes_px: Sequence[int]) -> dict[int, list[int]]:
    """Group sizes by the drawing they are reduced from: 24, 32 and 48 all divide 192."""
    sizes = sorted(set(sizes_px), reverse=True)
    groups: dict[int, list[int]] = {}
    for size in sizes:
        known = next((drawn for drawn in groups if drawn % size == 0), None)
        drawn = known or size * _supersample(size)
        groups.setdefault(drawn, []).append(size)
    return groups


def _edge_strength(shown_px: int) -> float:
    return min(1.0, _SOFTEST_EDGES + (1 - _SOFTEST_EDGES) * shown_px / _FULL_EDGES_FROM_PX)


def _supersample(longest_px: int) -> int:
    """Draw small pictures four times larger; in large ones half of that is smooth enough."""
    wanted = SUPERSAMPLE if longest_px <= _FULLY_SAMPLED_TO_PX else SUPERSAMPLE // 2
    return max(1, min(wanted, _LARGEST_DRAWN_PX // longest_px))


def _draw(
    surface: Surface, theme: PictureTheme, width_px: int, height_px: int, shown_px: int
) -> NDArray[np.uint8]:
    width = min(max(shown_px * _EDGE_SHARE, _EDGE_LEAST_PX), _EDGE_MOST_PX)
    if theme is PictureTheme.PRINT:
        width *= _PRINT_EDGE_FACTOR
    palette = palette_of(theme).with_softer_edges(_edge_strength(shown_px))
    eye = eye_for(surface.points, StandardView.OBLIQUE, aspect=width_px / height_px)
    return picture_window().draw(
        surface,
        palette,
        eye,
        width_px=width_px,
        height_px=height_px,
        line_width_px=max(1.0, math.floor(width * min(width_px, height_px) / shown_px + 0.5)),
    )
