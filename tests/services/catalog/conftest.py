"""An import into the test's library, from an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.base.progress import Progress
from app.domain.catalog.import_report import ImportReport
from app.services.catalog.import_inventory import import_inventory
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.importing import Import


@pytest.fixture
def run(library: Library, workers: WorkerPool) -> Import:
    def run_import(*sources: Path, progress: Progress | None = None, **more: Any) -> ImportReport:
        return import_inventory(
            library, sources, who="Anna", workers=workers, progress=progress or Progress(), **more
        )

    return run_import


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "parts"
    place.mkdir()
    return place
