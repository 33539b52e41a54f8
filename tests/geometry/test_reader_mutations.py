"""Random damage to ordinary files: a mesh or a sentence, never anything else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.errors import GeometryError
from app.geometry.checking import check_mesh
from app.geometry.measuring import measure_mesh
from app.geometry.readers.loading import FileContent, load_mesh
from helpers.meshes import ascii_stl, binary_stl, obj, ply, sphere, three_mf

MESH = sphere(steps=6)
ORIGINALS = {
    "a.stl": binary_stl(MESH),
    "b.stl": ascii_stl(MESH),
    "c.obj": obj(MESH),
    "d.ply": ply(MESH),
    "e.ply": ply(MESH, binary=False),
    "f.3mf": three_mf(MESH),
}
ODD_BYTES = [
    b"\0",
    b"\xff" * 4,
    b"nan",
    b"-1",
    b"999999999999",
    b" ",
    b"\n",
    b"<!--",
    b"/",
    b"1e999",
]


@pytest.mark.parametrize("name", ORIGINALS)
@settings(max_examples=120, deadline=None)
@given(
    place=st.floats(0, 1, exclude_max=True),
    kind=st.sampled_from(["flip", "cut", "insert", "overwrite", "repeat", "drop"]),
    number=st.integers(0, 255),
    odd=st.sampled_from(ODD_BYTES),
)
def test_damage_gives_a_mesh_or_a_sentence(
    name: str, place: float, kind: str, number: int, odd: bytes
) -> None:
    data = ORIGINALS[name]
    at = int(place * len(data))
    damaged = {
        "flip": data[:at] + bytes([data[at] ^ (1 << number % 8)]) + data[at + 1 :],
        "cut": data[:at],
        "insert": data[:at] + odd + data[at:],
        "overwrite": data[:at] + odd + data[at + len(odd) :],
        "repeat": data[: at + number] + data[at:],
        "drop": data[:at] + data[at + number :],
    }[kind]
    try:
        mesh = load_mesh(FileContent(name, damaged))
    except GeometryError as error:
        assert error.message.startswith(f"{name}: ")
        return
    assert mesh.faces.dtype == np.int32
    assert mesh.vertices.dtype == np.float64
    found = measure_mesh(mesh)
    assert found.triangles == len(mesh.faces)
    for finding in check_mesh(mesh, found):
        assert finding.text
