"""What tests of the import share: lists and files to import, and what the library holds after."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.domain.catalog.geometry import Geometry
from app.domain.catalog.import_report import ImportReport
from app.domain.catalog.part import Part, PartRevision
from app.domain.lifecycle.product import Milestone, Product, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.storage.library import Library
from helpers.meshes import binary_stl, box

Import = Callable[..., ImportReport]
HEADINGS = ("Part No", "File", "Description", "Used in", "Stock", "Supplier", "Last order date")
RECORDED = (Part, PartRevision, Geometry, Product, Milestone, WhereUsed, SupplyPosition,
            SupplySource, DemandHistory)  # fmt: skip


def write_stl(path: Path, size: float = 10.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(binary_stl(box(size, size, size)))
    return path


def write_list(path: Path, *rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=";").writerows([headings, *rows])
    return path


def snapshot(library: Library) -> dict[type, list[Any]]:
    with library.reading() as read:
        return {kind: read.fetch(kind) for kind in RECORDED}


def numbers(parts: tuple[Any, ...]) -> list[str]:
    return [part.number for part in parts]


def count_change_sets(library: Library) -> int:
    with library.reading() as read:
        return len(read.audit.latest(1000))
