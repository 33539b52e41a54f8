"""Which file replaces which in a revision, and which is the master."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.geometry import (
    FileReport,
    Geometry,
    GeometryFormat,
    GeometryRole,
    LengthUnit,
    UnitSource,
)
from app.services.catalog.import_geometry import MeasuredFile, merge_geometry
from app.services.catalog.import_plan import SourceFile

SUFFIXES = {
    ".stl": GeometryFormat.STL,
    ".3mf": GeometryFormat.THREE_MF,
    ".step": GeometryFormat.STEP,
}


def measured(name: str, sha256: str, unit: LengthUnit | None = None) -> MeasuredFile:
    report = FileReport(
        file_name=Path(name).name,
        sha256=sha256,
        size_bytes=1,
        format=SUFFIXES[Path(name).suffix],
        unit=unit or LengthUnit.MM,
        unit_source=UnitSource.USER if unit else UnitSource.ASSUMED,
        facts=None,
        accepted=True,
    )
    return MeasuredFile(SourceFile(name, Path(name), sha256), report)


def stored(
    number: int, name: str, sha256: str, role: GeometryRole = GeometryRole.MASTER, **more: object
) -> Geometry:
    return Geometry(
        id=number,
        version=3,
        revision_id=7,
        role=role,
        sha256=sha256,
        file_name=name,
        format=SUFFIXES[Path(name).suffix],
        size_bytes=1,
        unit=LengthUnit.MM,
        unit_source=UnitSource.ASSUMED,
        **more,  # type: ignore[arg-type]
    )


def contents(geometry: list[Geometry]) -> list[tuple[int, str, str, str]]:
    return [(item.id, item.file_name, item.sha256, item.role.value) for item in geometry]


def test_the_first_file_is_the_master() -> None:
    assert contents(merge_geometry([], [measured("a/ring.stl", "x")])) == [
        (0, "ring.stl", "x", "master")
    ]


def test_the_exact_file_is_the_master_before_a_mesh() -> None:
    files = [measured("ring.stl", "x"), measured("ring.step", "y")]
    assert contents(merge_geometry([], files)) == [
        (0, "ring.stl", "x", "tessellation"),
        (0, "ring.step", "y", "master"),
    ]
    later = merge_geometry([stored(1, "ring.stl", "x")], files[1:])
    assert contents(later) == [
        (1, "ring.stl", "x", "tessellation"),
        (0, "ring.step", "y", "master"),
    ]


def test_the_same_bytes_change_nothing_whatever_their_name() -> None:
    before = [stored(1, "ring.stl", "x")]
    assert merge_geometry(before, [measured("Ring copy.stl", "x")]) == before


def test_a_file_of_the_same_name_takes_its_place() -> None:
    before = [
        stored(1, "ring.stl", "x"),
        stored(2, "lid.stl", "z", GeometryRole.TESSELLATION),
    ]
    after = merge_geometry(before, [measured("RING.STL".lower(), "y")])
    assert contents(after) == [
        (1, "ring.stl", "y", "master"),
        (2, "lid.stl", "z", "tessellation"),
    ]
    assert (after[0].version, after[0].revision_id) == (3, 7)


def test_the_only_file_of_a_format_is_replaced_under_a_new_name() -> None:
    after = merge_geometry([stored(1, "ring.stl", "x")], [measured("ring_v2.stl", "y")])
    assert contents(after) == [(1, "ring_v2.stl", "y", "master")]


def test_where_two_could_be_meant_the_file_is_added() -> None:
    before = [stored(1, "a.stl", "x"), stored(2, "b.stl", "z", GeometryRole.TESSELLATION)]
    after = merge_geometry(before, [measured("c.stl", "y")])
    assert contents(after)[2] == (0, "c.stl", "y", "tessellation")
    both = merge_geometry(before[:1], [measured("c.stl", "y"), measured("d.stl", "w")])
    assert len(both) == 3


@pytest.mark.parametrize("role", [GeometryRole.BUILD, GeometryRole.INSPECTION_REFERENCE])
def test_what_is_not_imported_is_never_replaced(role: GeometryRole) -> None:
    build = stored(1, "ring.stl", "x", role)
    after = merge_geometry([build], [measured("ring.stl", "y")])
    assert contents(after) == [(1, "ring.stl", "x", role.value), (0, "ring.stl", "y", "master")]


def test_only_a_users_word_changes_the_unit() -> None:
    before = [stored(1, "ring.stl", "x")]
    assert merge_geometry(before, [measured("ring.stl", "x")]) == before
    inch = measured("ring.stl", "x", LengthUnit.INCH)
    [after] = merge_geometry(before, [inch])
    assert (after.id, after.unit, after.unit_source) == (1, LengthUnit.INCH, UnitSource.USER)
    assert merge_geometry([after], [measured("ring.stl", "x")]) == [after]


names = st.sampled_from(["a.stl", "b.stl", "a.3mf", "a.step", "c.step"])
files = st.lists(st.builds(measured, names, st.sampled_from("uvwxyz")), max_size=4)


@given(st.lists(files, min_size=1, max_size=4))
def test_merging_again_changes_nothing_and_one_master_stays(
    rounds: list[list[MeasuredFile]],
) -> None:
    geometry: list[Geometry] = []
    for wanted in rounds:
        named = list({file.source.name: file for file in wanted}.values())
        unique = list({file.report.sha256: file for file in named}.values())
        geometry = merge_geometry(geometry, unique)
        assert merge_geometry(geometry, unique) == geometry
        kept = {item.sha256 for item in geometry}
        assert {file.report.sha256 for file in unique} <= kept
        masters = [item for item in geometry if item.role is GeometryRole.MASTER]
        assert len(masters) == bool(geometry)
        exact = [item for item in geometry if item.format is GeometryFormat.STEP]
        assert not exact or masters[0] in exact
