"""A computer that cannot draw is told apart from a file that cannot be read."""

import pytest

from app.base.errors import GeometryError
from app.base.progress import Progress
from app.workers.drawing import run_drawing
from app.workers.pool import WorkerPool
from helpers import drawing_tasks as tasks


def test_without_opengl_the_file_is_not_blamed(workers: WorkerPool) -> None:
    with pytest.raises(GeometryError, match=r"ring\.stl .* no working OpenGL") as caught:
        run_drawing(
            workers,
            tasks.crash_in_driver,
            8,
            progress=Progress(),
            about="ring.stl",
            probe=tasks.crash_in_driver,
        )
    assert "damaged" not in str(caught.value)
    assert "graphics driver" in (caught.value.hint or "")


def test_where_drawing_works_the_file_is_to_blame(workers: WorkerPool) -> None:
    with pytest.raises(GeometryError, match="SIGSEGV") as caught:
        run_drawing(workers, tasks.crash_in_driver, 8, progress=Progress(), about="ring.stl")
    assert "damaged" in (caught.value.hint or "")


def test_a_refused_file_is_not_tried_again(workers: WorkerPool) -> None:
    with pytest.raises(GeometryError, match=r"The file is odd\."):
        run_drawing(
            workers,
            tasks.refuse_file,
            8,
            progress=Progress(),
            about="ring.stl",
            probe=tasks.crash_in_driver,
        )
    assert run_drawing(workers, tasks.draw_well, 8, progress=Progress(), about="ring.stl")
