"""3MF writing, read back with the consortium's own reader in strict mode."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import lib3mf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import DocumentError
from app.documents.packages.three_mf import NAMESPACE, ModelWords, write_three_mf
from helpers.signed_samples import CUBE_FACES, CUBE_VERTICES, NOW

WORDS = ModelWords(
    title="Cap & “Ω” <x>",
    part_number="ST-1002",
    designer="Norvik",
    description="a cap",
    copyright="Norvik",
    licence_terms="10 pieces",
    created_at=NOW,
    extra={"package": "P-2026-0001"},
)


def read_strictly(data: bytes, folder: Path) -> Any:
    path = folder / "model.3mf"
    path.write_bytes(data)
    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(path))
    assert reader.GetWarningCount() == 0
    return model


def test_shape_words_and_numbers_are_read_back_without_a_warning(tmp_path: Path) -> None:
    written = write_three_mf(CUBE_VERTICES, CUBE_FACES, WORDS)
    model = read_strictly(written.data, tmp_path)
    assert model.GetUnit() == lib3mf.Lib3MF.ModelUnit.MilliMeter
    group = model.GetMetaDataGroup()
    assert group.GetMetaDataByKey("", "Title").GetValue() == WORDS.title
    assert group.GetMetaDataByKey("", "CreationDate").GetValue() == "2026-11-23"
    assert group.GetMetaDataByKey(NAMESPACE, "package").GetValue() == "P-2026-0001"
    objects = model.GetMeshObjects()
    assert objects.MoveNext()
    mesh = objects.GetCurrentMeshObject()
    assert (mesh.GetVertexCount(), mesh.GetTriangleCount()) == (8, 12)
    assert mesh.GetPartNumber() == "ST-1002"
    assert mesh.IsManifoldAndOriented()
    items = model.GetBuildItems()
    assert items.MoveNext()
    assert items.GetCurrent().GetPartNumber() == "ST-1002"
    assert items.GetCurrent().GetUUID()[0]


def test_the_same_mesh_gives_the_same_bytes() -> None:
    first = write_three_mf(CUBE_VERTICES, CUBE_FACES, WORDS)
    again = write_three_mf(CUBE_VERTICES.copy(), CUBE_FACES.copy(), WORDS)
    assert first.data == again.data


def test_the_archive_has_plain_dates_and_begins_with_the_content_types() -> None:
    written = write_three_mf(CUBE_VERTICES, CUBE_FACES, WORDS)
    with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None


def test_a_soup_of_triangles_is_welded_and_collapsed_ones_are_counted(tmp_path: Path) -> None:
    soup = CUBE_VERTICES[CUBE_FACES.reshape(-1)]
    soup = np.vstack([soup, [[0, 0, 0], [0, 0, 1e-9], [5, 5, 5]]])
    faces = np.arange(len(soup)).reshape(-1, 3)
    written = write_three_mf(soup, faces, WORDS)
    assert (written.triangles, written.dropped) == (12, 1)
    objects = read_strictly(written.data, tmp_path).GetMeshObjects()
    objects.MoveNext()
    assert objects.GetCurrentMeshObject().GetVertexCount() == 8


def test_two_bodies_that_share_an_edge_stay_two_closed_bodies(tmp_path: Path) -> None:
    beside = CUBE_VERTICES + np.array([20.0, 20.0, 0.0])
    vertices = np.vstack([CUBE_VERTICES, beside])
    written = write_three_mf(vertices, np.vstack([CUBE_FACES, CUBE_FACES + 8]), WORDS)
    objects = read_strictly(written.data, tmp_path).GetMeshObjects()
    objects.MoveNext()
    mesh = objects.GetCurrentMeshObject()
    assert (mesh.GetVertexCount(), mesh.GetTriangleCount()) == (16, 24)
    assert mesh.IsManifoldAndOriented()


@given(
    st.lists(
        st.tuples(*[st.floats(-1e4, 1e4, allow_nan=False, width=32)] * 3), min_size=3, max_size=30
    ),
    st.data(),
)
def test_any_triangles_are_written_or_refused_with_a_sentence(
    corners: list[tuple[float, ...]], data: st.DataObject
) -> None:
    index = st.integers(0, len(corners) - 1)
    faces = data.draw(st.lists(st.tuples(index, index, index), min_size=1, max_size=20))
    try:
        written = write_three_mf(np.array(corners), np.array(faces), WORDS)
    except DocumentError:
        return
    assert written.triangles + written.dropped == len(faces)
    model = zipfile.ZipFile(io.BytesIO(written.data)).read("3D/3dmodel.model")
    assert len(re.findall(rb"<triangle ", model)) == written.triangles


def test_nothing_but_collapsed_triangles_is_refused() -> None:
    with pytest.raises(DocumentError, match="no triangles"):
        write_three_mf(CUBE_VERTICES, np.array([[0, 0, 1]]), WORDS)


def test_a_corner_that_is_not_finite_is_refused() -> None:
    vertices = CUBE_VERTICES.copy()
    vertices[3, 1] = np.nan
    with pytest.raises(DocumentError, match="not finite"):
        write_three_mf(vertices, CUBE_FACES, WORDS)


def test_control_characters_cannot_break_the_xml(tmp_path: Path) -> None:
    words = ModelWords(
        title="a\x00b\x0bc",
        part_number="n\x1f1",
        designer="",
        description="]]>",
        copyright="<!--",
        licence_terms="&amp;",
        created_at=NOW,
    )
    model = read_strictly(write_three_mf(CUBE_VERTICES, CUBE_FACES, words).data, tmp_path)
    group = model.GetMetaDataGroup()
    assert group.GetMetaDataByKey("", "Title").GetValue() == "a b c"
    assert group.GetMetaDataByKey("", "Description").GetValue() == "]]>"
