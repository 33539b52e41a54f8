"""Pictures drawn in a worker process."""

import io
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from app.base.errors import GeometryError
from app.domain.catalog.geometry import LengthUnit
from app.preview.palette import PictureTheme
from app.preview.picture_cache import picture_path
from app.workers.pool import WorkerPool
from app.workers.tasks.previews import render_one, render_preview
from helpers.boxes import write_box_stl


@pytest.fixture
def stl(tmp_path: Path) -> Path:
    return write_box_stl(tmp_path / "box.stl")


def test_all_sizes_in_both_themes_are_kept(workers: WorkerPool, stl: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    wanted = tuple(
        (theme, width, height)
        for theme in (PictureTheme.LIGHT, PictureTheme.DARK)
        for width, height in ((24, 24), (48, 48), (90, 60))
    )
    assert workers.run(render_preview, str(stl), None, "ab12", wanted, str(cache)) == 6
    assert len(list(cache.rglob("*.png"))) == 6
    for theme in (PictureTheme.LIGHT, PictureTheme.DARK):
        for width, height in ((24, 24), (48, 48), (90, 60)):
            path = picture_path(cache, "ab12", LengthUnit.MM, theme, width, height)
            pixels = np.asarray(imread(path))
            assert pixels.shape == (height, width, 4)
            assert 0.1 < (pixels[..., 3] > 0).mean() < 0.9


def test_the_unit_that_a_person_named_is_in_the_name(
    workers: WorkerPool, stl: Path, tmp_path: Path
) -> None:
    wanted = ((PictureTheme.DARK, 24, 24),)
    workers.run(render_preview, str(stl), LengthUnit.INCH, "ab12", wanted, str(tmp_path))
    assert picture_path(tmp_path, "ab12", LengthUnit.INCH, PictureTheme.DARK, 24, 24).exists()


def test_one_picture_comes_back_as_bytes(workers: WorkerPool, stl: Path) -> None:
    for theme, channels in ((PictureTheme.DARK, 4), (PictureTheme.PRINT, None)):
        png = workers.run(render_one, str(stl), None, theme, 80, 60)
        pixels = np.asarray(imread(io.BytesIO(png)))
        assert pixels.shape == ((60, 80, channels) if channels else (60, 80))
        assert pixels.std() > 0.1


def test_file_that_cannot_be_read_is_refused_in_words(workers: WorkerPool, tmp_path: Path) -> None:
    broken = tmp_path / "broken.stl"
    broken.write_bytes(b"solid nothing here")
    with pytest.raises(GeometryError, match=r"broken\.stl"):
        workers.run(render_one, str(broken), None, PictureTheme.LIGHT, 32, 32)
