"""An import that is stopped: what is finished stays and is told, nothing more is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.progress import Progress
from app.domain.catalog.part import Part
from app.storage.library import Library
from helpers.importing import Import, numbers, snapshot, write_list, write_stl


class _StopAfter:
    """A sink that asks to stop at the n-th report."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.progress = Progress(self)

    def __call__(self, fraction: float, text: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.progress.cancel()


@pytest.mark.parametrize("count", [16, 18, 21])
def test_cancel_keeps_what_is_finished_and_tells_it(
    library: Library, run: Import, folder: Path, count: int
) -> None:
    for place in range(10):
        write_stl(folder / f"p{place}.stl", 10.0 + place)
    stop = _StopAfter(count)
    report = run(folder, progress=stop.progress)
    assert report.cancelled
    with library.reading() as read:
        kept = {part.number for part in read.fetch(Part)}
    assert kept == set(numbers(report.created))
    assert len(kept) < 10
    assert library.check(Progress()).clean
    rest = run(folder)
    assert set(numbers(rest.unchanged)) == kept
    assert len(rest.created) == 10 - len(kept)


def test_cancel_between_batches_of_rows_keeps_the_written_ones(
    library: Library, run: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.catalog.carry_out_import.BATCH_ROWS", 3)
    rows = [(f"N{n}", "", f"Part {n}", "Mk1", n, "", "") for n in range(12)]
    table = write_list(tmp_path / "list.csv", *rows)
    stop = _StopAfter(2)
    report = run(table=table, progress=stop.progress)
    assert report.cancelled
    assert numbers(report.created) == ["N0", "N1", "N2"]
    assert len(run(table=table).created) == 9
    assert snapshot(library)[Part][0].number == "N0"


def test_a_stop_before_the_rows_are_written_writes_none_of_them(
    library: Library, run: Import, folder: Path, tmp_path: Path
) -> None:
    for place in range(3):
        write_stl(folder / f"p{place}.stl", 10.0 + place)
    rows = [(f"N{n}", "", f"Part {n}", "Mk1", n, "", "") for n in range(12)]
    looking = Progress(lambda share, _text: looking.cancel() if share > 0.1 else None)
    report = run(folder, table=write_list(tmp_path / "list.csv", *rows), progress=looking)
    assert report.cancelled
    assert not report.created
    with library.reading() as read:
        assert read.count(Part) == 0
