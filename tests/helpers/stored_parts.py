"""Parts with a revision, a file and its facts, put straight into a library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.catalog.geometry import (
    Finding,
    Geometry,
    GeometryFacts,
    GeometryFormat,
    LengthUnit,
    UnitSource,
)
from app.domain.catalog.part import PartRevision, RevisionState, RightToMake
from helpers.boxes import write_box_stl
from helpers.builders import part

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class StoredPart:
    part_id: int
    revision_id: int
    sha256: str


def store_part(
    library: Library,
    folder: Path,
    number: str,
    *,
    findings: tuple[Finding, ...] = (),
    state: RevisionState = RevisionState.DRAFT,
    settled: bool = False,
    x_mm: float = 40.0,
    with_file: bool = True,
    **more: object,
) -> StoredPart:
    """Store a part with revision A and a box as its file.

    Args:
        settled: right to make and export control are known.
        more: further fields of the part.
    """
    if settled:
        more = {"right_to_make": RightToMake.OWN, "export_control": "none", **more}
    with library.writing(who="Anna Tester", act="import", why="test") as write:
        [part_id] = write.insert([part(number, f"Box {number}", **more)])
        [revision_id] = write.insert([PartRevision(part_id=part_id, label="A")])
        sha256 = ""
        if with_file:
            file = write_box_stl(folder / f"{number}.stl", x_mm)
            sha256, size = write.keep_file(file)
            write.insert(
                [
                    Geometry(
                        revision_id=revision_id,
                        sha256=sha256,
                        file_name=file.name,
                        format=GeometryFormat.STL,
                        size_bytes=size,
                        unit=LengthUnit.MM,
                        unit_source=UnitSource.ASSUMED,
                    )
                ]
            )
            write.replace_derived(
                GeometryFacts, [_facts(sha256, x_mm, findings)], key="sha256, unit"
            )
    if state is not RevisionState.DRAFT:
        _set_state(library, revision_id, state)
    return StoredPart(part_id, revision_id, sha256)


def _facts(sha256: str, x_mm: float, findings: tuple[Finding, ...]) -> GeometryFacts:
    return GeometryFacts(
        sha256=sha256,
        unit=LengthUnit.MM,
        triangles=12,
        bodies=1,
        watertight=True,
        volume_mm3=x_mm * 25 * 15,
        area_mm2=2 * (x_mm * 25 + x_mm * 15 + 25 * 15),
        bounds_mm=(0.0, 0.0, 0.0, x_mm, 25.0, 15.0),
        findings=findings,
    )


def _set_state(library: Library, revision_id: int, state: RevisionState) -> None:
    with library.writing(who="Anna Tester", act="release") as write:
        revision = write.one(PartRevision, id=revision_id)
        write.update(replace(revision, state=state, released_by="Anna Tester"))
