"""An import as the window does it: read once, corrected by hand, foreseen, then carried out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import TableError
from app.base.progress import Progress
from app.domain.audit.change_set import ChangeSet
from app.domain.catalog.geometry import Geometry, LengthUnit, UnitSource
from app.domain.catalog.import_report import ImportReport
from app.domain.catalog.part import Part
from app.domain.catalog.stored_file import StoredFile
from app.domain.catalog.table_edits import CellFix, TableEdits
from app.domain.catalog.unit_question import UnitAnswer
from app.services.catalog.carry_out_import import carry_out_import
from app.services.catalog.check_files import check_files
from app.services.catalog.foresee_import import Foreseen, foresee_import
from app.services.catalog.import_plan import ImportPlan, ReadSources, lay_plan, read_sources
from app.services.catalog.stored_mappings import save_mapping
from app.services.catalog.suggest_mapping import suggest_mapping
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.importing import write_list, write_stl

HEADINGS = ("Part No", "File", "Description", "Last order date")
FIX = CellFix(sheet="list", row=3, column=3, text="28.02.2027")


@pytest.fixture
def read(folder: Path, workers: WorkerPool) -> ReadSources:
    table = write_list(
        folder / "list.csv",
        ("A1", "ring.stl", "Ring", "31.12.2026"),
        ("A2", "cap.stl", "Cap", "31.02.2027"),
        ("A3", "", "Knob", "30.06.2027"),
        headings=HEADINGS,
    )
    for number, name in enumerate(("ring", "cap", "free"), start=1):
        write_stl(folder / f"{name}.stl", 10.0 * number)
    return read_sources([folder], table, workers=workers, progress=Progress())


def carry_out(library: Library, workers: WorkerPool, plan: ImportPlan, **more: Any) -> ImportReport:
    return carry_out_import(
        library, plan, source="list.csv", who="Anna", workers=workers, progress=Progress(), **more
    )


def foresee(library: Library, workers: WorkerPool, plan: ImportPlan) -> Foreseen:
    return foresee_import(
        library, plan, units=UnitAnswer(), who="Anna", workers=workers, progress=Progress()
    )


def test_a_corrected_cell_is_catalogued_told_and_kept_while_the_list_stays(
    library: Library, workers: WorkerPool, read: ReadSources, folder: Path
) -> None:
    before = (folder / "list.csv").read_bytes()
    plan = lay_plan(read, None, TableEdits(fixes=(FIX,)))
    report = carry_out(library, workers, plan)
    assert [part.number for part in report.created] == ["A1", "A2", "A3", "free"]
    assert any("'31.02.2027' was read as '28.02.2027'" in note.text for note in report.notes)
    assert (folder / "list.csv").read_bytes() == before
    with library.reading() as reading:
        stored = {item.sha256: item for item in reading.fetch(StoredFile)}
        acts = {item.act for item in reading.fetch(ChangeSet)}
    assert plan.table_sha256 in stored
    kept = [library.objects.path_of(sha256).read_bytes() for sha256 in stored]
    [corrections] = [json.loads(content) for content in kept if content.startswith(b"{")]
    assert corrections == {
        "corrections_of": {"sha256": plan.table_sha256},
        "cells": [
            {
                "sheet": "list",
                "row": 3,
                "column": "D",
                "found": "31.02.2027",
                "text": "28.02.2027",
            }
        ],
    }
    assert any("1 cell corrected by hand" in act for act in acts)


def test_what_would_happen_is_foreseen_without_reading_a_file(
    library: Library, workers: WorkerPool, read: ReadSources
) -> None:
    plan = lay_plan(read)
    assert foresee(library, workers, plan) == Foreseen(created=frozenset({"a1", "a3", "free"}))
    carry_out(library, workers, plan)
    assert foresee(library, workers, plan).unchanged == {"a1", "a3", "free"}
    fixed = lay_plan(read, None, TableEdits(fixes=(FIX,)))
    assert foresee(library, workers, fixed).created == {"a2"}
    with library.reading() as reading:
        assert {part.number for part in reading.fetch(Part)} == {"A1", "A3", "free"}


def test_a_part_with_a_new_file_is_foreseen_as_updated(
    library: Library, workers: WorkerPool, read: ReadSources, folder: Path
) -> None:
    carry_out(library, workers, lay_plan(read))
    write_stl(folder / "ring.stl", 77.0)
    again = read_sources([folder], folder / "list.csv", workers=workers, progress=Progress())
    assert foresee(library, workers, lay_plan(again)).updated == {"a1"}


def test_files_without_a_list_are_foreseen_too(
    library: Library, workers: WorkerPool, folder: Path
) -> None:
    write_stl(folder / "knob.stl")
    plan = lay_plan(read_sources([folder], None, workers=workers, progress=Progress()))
    assert foresee(library, workers, plan) == Foreseen(created=frozenset({"knob"}))


def test_units_may_differ_from_file_to_file(
    library: Library, workers: WorkerPool, read: ReadSources
) -> None:
    units = UnitAnswer(LengthUnit.CM).with_files(["ring.stl"], LengthUnit.INCH)
    carry_out(library, workers, lay_plan(read), units=units)
    with library.reading() as reading:
        found = {item.file_name: (item.unit, item.unit_source) for item in reading.fetch(Geometry)}
    assert found == {
        "ring.stl": (LengthUnit.INCH, UnitSource.USER),
        "free.stl": (LengthUnit.CM, UnitSource.USER),
    }


def test_files_measured_before_are_not_read_again(
    library: Library, workers: WorkerPool, read: ReadSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = {file.path: file.name for file in read.files}
    reports = check_files(list(paths), unit=None, workers=workers, progress=Progress())
    measured = dict(zip(paths.values(), reports, strict=True))
    asked: list[Path] = []

    def note(files: list[Path], **_more: object) -> list[object]:
        asked.extend(files)
        return []

    monkeypatch.setattr("app.services.catalog.carry_out_import.check_files", note)
    report = carry_out(library, workers, lay_plan(read), measured=measured)
    assert asked == []
    assert len(report.created) == 3


def test_a_list_that_changed_since_it_was_read_is_not_imported(
    library: Library, workers: WorkerPool, read: ReadSources, folder: Path
) -> None:
    plan = lay_plan(read)
    (folder / "list.csv").write_text("Part No;Name\nB1;Other\n", encoding="utf-8")
    with pytest.raises(TableError, match="has changed since"):
        carry_out(library, workers, plan)


def test_a_list_that_comes_again_is_recognised_by_its_headings(
    read: ReadSources, folder: Path, workers: WorkerPool
) -> None:
    from app.domain.catalog.column_mapping import mapping_of
    from app.domain.catalog.table_layout import lay_out_tables

    assert suggest_mapping(read.sheets) is None
    mapping = mapping_of("Weekly", lay_out_tables(read.sheets))
    save_mapping(mapping)
    assert suggest_mapping(read.sheets) == mapping
    other = write_list(folder / "other.csv", ("B1", 3), headings=("Part No", "Stock"))
    unlike = read_sources([], other, workers=workers, progress=Progress())
    assert suggest_mapping(unlike.sheets) is None
