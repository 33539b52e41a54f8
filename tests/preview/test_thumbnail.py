"""Pictures of parts: what is on them, not which pixels exactly (drivers differ)."""

import io

import numpy as np
import pytest
from matplotlib.image import imread

from app.preview.palette import PictureTheme, palette_of
from app.preview.thumbnail import (
    render_picture,
    render_print_picture,
    render_thumbnail,
    render_thumbnails,
    surface_for_pictures,
)
from helpers.boxes import box_mesh

_THEMES = (PictureTheme.LIGHT, PictureTheme.DARK)


def _pixels(png: bytes) -> np.ndarray:
    return np.asarray(imread(io.BytesIO(png)))  # 0 to 1


@pytest.mark.parametrize("theme", _THEMES)
def test_part_fills_the_picture_and_corners_are_transparent(theme: PictureTheme) -> None:
    pixels = _pixels(render_thumbnail(*box_mesh(30, 20, 10), size_px=48, theme=theme))
    assert pixels.shape == (48, 48, 4)
    alpha = pixels[..., 3]
    assert alpha[[0, 0, -1, -1], [0, -1, 0, -1]].max() == 0
    columns = np.flatnonzero(alpha.max(axis=0) > 0.5)
    assert 40 <= np.ptp(columns) <= 46  # about 4 % free on each side


def test_faces_are_told_apart_by_light() -> None:
    pixels = _pixels(render_thumbnail(*box_mesh(20, 20, 20), size_px=64, theme=PictureTheme.LIGHT))
    grey = pixels[..., :3].mean(axis=2)
    top, left, right = grey[14, 30], grey[40, 16], grey[40, 46]
    assert top > max(left, right) + 0.15
    assert abs(left - right) > 0.02


def test_top_face_has_about_the_colour_of_the_tokens() -> None:
    for theme in _THEMES:
        pixels = _pixels(render_thumbnail(*box_mesh(20, 20, 20), size_px=64, theme=theme))
        assert pixels[14, 30, :3] == pytest.approx(palette_of(theme).part, abs=0.08)


def test_pictures_differ_by_part_and_by_theme() -> None:
    made = {
        render_thumbnail(*box_mesh(*size), size_px=32, theme=theme)
        for size in ((30, 20, 10), (10, 20, 30), (30, 30, 1))
        for theme in _THEMES
    }
    assert len(made) == 6


def test_the_same_part_gives_the_same_bytes_whatever_was_drawn_between() -> None:
    first = render_thumbnail(*box_mesh(30, 20, 10), size_px=32, theme=PictureTheme.LIGHT)
    render_thumbnail(*box_mesh(300, 2, 1), size_px=48, theme=PictureTheme.DARK)
    again = render_thumbnail(*box_mesh(30, 20, 10), size_px=32, theme=PictureTheme.LIGHT)
    assert first == again


def test_scale_does_not_matter() -> None:
    small, large = (
        _pixels(render_thumbnail(*box_mesh(3 * k, 2 * k, k), size_px=48, theme=PictureTheme.LIGHT))
        for k in (0.01, 1e4)
    )
    assert np.abs(small - large).mean() < 0.01


def test_all_sizes_at_once_have_their_sizes() -> None:
    surface = surface_for_pictures(*box_mesh(30, 20, 10))
    pictures = render_thumbnails(surface, (24, 32, 48, 64, 100), theme=PictureTheme.DARK)
    assert {size: _pixels(png).shape[:2] for size, png in pictures.items()} == {
        size: (size, size) for size in (24, 32, 48, 64, 100)
    }


def test_wide_picture_uses_its_width() -> None:
    surface = surface_for_pictures(*box_mesh(30, 20, 10))
    png = render_picture(surface, width_px=340, height_px=120, theme=PictureTheme.LIGHT)
    rows = np.flatnonzero(_pixels(png)[..., 3].max(axis=1) > 0.5)
    assert _pixels(png).shape == (120, 340, 4)
    assert np.ptp(rows) > 100


def test_very_large_picture_is_still_drawn() -> None:
    surface = surface_for_pictures(*box_mesh(30, 20, 10))
    png = render_picture(surface, width_px=2400, height_px=1600, theme=PictureTheme.LIGHT)
    assert _pixels(png)[800, 1200, 3] == 1.0


def test_print_picture_is_grey_on_white_with_black_edges() -> None:
    surface = surface_for_pictures(*box_mesh(30, 20, 10))
    pixels = _pixels(render_print_picture(surface, width_px=300, height_px=260))
    assert pixels.ndim == 2  # one grey channel
    assert pixels[0, 0] == 1.0
    assert pixels.min() < 0.2
    shades = np.unique(np.round(pixels[(pixels > 0.3) & (pixels < 0.98)], 1))
    assert len(shades) >= 3


def test_inside_of_an_open_part_is_darker_than_its_outside() -> None:
    vertices, faces = box_mesh(20, 20, 20)
    normal = _pixels(render_thumbnail(vertices, faces, size_px=64, theme=PictureTheme.LIGHT))
    inverted = _pixels(
        render_thumbnail(vertices, faces[:, ::-1], size_px=64, theme=PictureTheme.LIGHT)
    )
    assert inverted[14, 30, :3].mean() < normal[14, 30, :3].mean() - 0.1


def test_the_inside_of_an_open_box_is_seen() -> None:
    vertices, faces = box_mesh(20, 20, 20)
    above = (vertices[faces][:, :, 2] > 19).all(axis=1)
    png = render_thumbnail(vertices, faces[~above], size_px=64, theme=PictureTheme.LIGHT)
    assert _pixels(png)[14, 30, 3] == 1.0  # through the open top onto the far wall


def test_nothing_to_draw_is_a_blank_picture_not_a_crash() -> None:
    png = render_thumbnail(
        np.empty((0, 3)), np.empty((0, 3), int), size_px=32, theme=PictureTheme.LIGHT
    )
    assert not _pixels(png)[..., 3].any()
