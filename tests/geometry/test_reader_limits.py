"""How much a file may ask of us, in every format; limits are lowered to keep the files small."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.errors import GeometryError
from app.geometry.readers import limits, loading
from app.geometry.readers.loading import FileContent, load_content, load_mesh
from helpers.meshes import ascii_stl, binary_stl, box, obj, ply, three_mf
from helpers.step_files import box_step

FILES = {
    "a.stl": binary_stl(box()),
    "b.stl": ascii_stl(box()),
    "c.obj": obj(box()),
    "d.ply": ply(box()),
    "e.ply": ply(box(), binary=False),
    "f.3mf": three_mf(box()),
    "g.step": box_step(1, 1, 1),
}


@pytest.mark.parametrize("name", FILES)
def test_too_many_triangles_are_refused_in_every_format(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(limits, "MAX_TRIANGLES", 12)
    assert len(load_mesh(FileContent(name, FILES[name])).faces) == 12
    monkeypatch.setattr(limits, "MAX_TRIANGLES", 11)
    with pytest.raises(GeometryError, match=f"{name}: The file has 12 triangles; up to 11"):
        load_mesh(FileContent(name, FILES[name]))


@pytest.mark.parametrize("name", ["c.obj", "d.ply", "e.ply"])
def test_too_many_corners_are_refused_where_they_are_listed(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(limits, "MAX_VERTICES", 7)
    with pytest.raises(GeometryError, match="The file has 8 corners; up to 7"):
        load_mesh(FileContent(name, FILES[name]))


def test_a_file_too_large_is_refused_before_it_is_read_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "large.stl"
    path.write_bytes(b"\0" * (3 << 20))
    for module in (limits, loading):
        monkeypatch.setattr(module, "MAX_FILE_BYTES", 2 << 20)
    with pytest.raises(GeometryError, match="files up to 2 MB"):
        load_content(path)
