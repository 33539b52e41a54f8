"""Any geometry file as a picture, through a worker."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from app.base.errors import Cancelled, GeometryError, StorageError
from app.base.progress import Progress
from app.preview.palette import PictureTheme
from app.services.catalog.render_thumbnail import render_thumbnail
from app.workers.pool import WorkerPool
from helpers.boxes import write_box_stl


def _render(file: Path, out: Path, workers: WorkerPool, progress: Progress | None = None) -> int:
    return render_thumbnail(
        file,
        out,
        size_px=64,
        theme=PictureTheme.LIGHT,
        workers=workers,
        progress=progress or Progress(),
    )


def test_picture_is_written_whole(workers: WorkerPool, tmp_path: Path) -> None:
    out = tmp_path / "part.png"
    size = _render(write_box_stl(tmp_path / "box.stl"), out, workers)
    assert out.stat().st_size == size
    assert np.asarray(imread(out)).shape == (64, 64, 4)
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == [
        "box.stl", "part.png",
    ]  # fmt: skip


def test_unreadable_file_writes_nothing(workers: WorkerPool, tmp_path: Path) -> None:
    broken = tmp_path / "broken.stl"
    broken.write_bytes(b"solid nothing here")
    with pytest.raises(GeometryError, match=r"broken\.stl"):
        _render(broken, tmp_path / "part.png", workers)
    assert not (tmp_path / "part.png").exists()


def test_folder_that_does_not_exist_is_a_sentence(workers: WorkerPool, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        _render(write_box_stl(tmp_path / "box.stl"), tmp_path / "no" / "part.png", workers)


def test_asked_to_stop_it_stops(workers: WorkerPool, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        _render(write_box_stl(tmp_path / "box.stl"), tmp_path / "part.png", workers, progress)
