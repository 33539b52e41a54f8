"""The scene that OpenCASCADE hands over: nested places, and arrays as the format allows them."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest

from app.geometry.readers.glb import Glb

CORNERS = np.array([(0, 0, 0), (1, 0, 0), (0, 2, 0)], "<f4")
HALF = 0.5**0.5
QUARTER_ABOUT_Z = [0, 0, HALF, HALF]


def glb(nodes: list[dict], primitives: list[dict] | None = None, binary: bytes = b"") -> Glb:
    """Return a scene whose root is the first node; its only mesh is one triangle by default."""
    index = np.array([0, 1, 2], "<u2").tobytes()
    document = {
        "scenes": [{"nodes": [0]}],
        "nodes": nodes,
        "meshes": [{"primitives": primitives or [{"attributes": {"POSITION": 0}, "indices": 1}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "type": "VEC3", "count": 3},
            {"bufferView": 1, "componentType": 5123, "type": "SCALAR", "count": 3},
            {"bufferView": 2, "componentType": 5126, "type": "VEC3", "count": 3, "byteOffset": 4},
        ],
        "bufferViews": [
            {"byteLength": 36},
            {"byteOffset": 36, "byteLength": 6},
            {"byteOffset": 44, "byteLength": 64, "byteStride": 20},
        ],
    }
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    body = CORNERS.tobytes() + index + b"\0\0" + binary
    head = struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(body))
    return Glb(
        head
        + struct.pack("<I4s", len(text), b"JSON")
        + text
        + struct.pack("<I4s", len(body), b"BIN\0")
        + body
    )


def placed(scene: Glb) -> list[list[tuple[float, ...]]]:
    """Return the corners of each placed mesh where they end up."""
    found = []
    for place in scene.places():
        points, _faces = scene.triangles(place.mesh)
        moved = points @ place.placement[:3, :3].T + place.placement[:3, 3]
        found.append([tuple(float(value) for value in np.round(point, 6)) for point in moved])
    return found


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({}, [(0, 0, 0), (1, 0, 0), (0, 2, 0)]),
        ({"translation": [5, 6, 7]}, [(5, 6, 7), (6, 6, 7), (5, 8, 7)]),
        ({"rotation": QUARTER_ABOUT_Z}, [(0, 0, 0), (0, 1, 0), (-2, 0, 0)]),
        ({"scale": [10, 1, 1], "rotation": QUARTER_ABOUT_Z}, [(0, 0, 0), (0, 10, 0), (-2, 0, 0)]),
        # Matrices stand column by column.
        (
            {"matrix": [0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 3, 0, 0, 1]},
            [(3, 0, 0), (3, 1, 0), (1, 0, 0)],
        ),
    ],
)
def test_a_mesh_is_moved_turned_and_scaled(node: dict, expected: list[tuple[float, ...]]) -> None:
    assert placed(glb([{"mesh": 0, **node}])) == [expected]


def test_places_are_chained_from_the_outside_in_and_a_mesh_may_stand_twice() -> None:
    turned = {"children": [1, 2], "rotation": QUARTER_ABOUT_Z}
    nodes = [turned, {"mesh": 0, "translation": [4, 0, 0]}, {"mesh": 0}]
    assert sorted(placed(glb(nodes))) == [
        [(0, 0, 0), (0, 1, 0), (-2, 0, 0)],
        [(0, 4, 0), (0, 5, 0), (-2, 4, 0)],
    ]


def test_rows_with_gaps_are_read_and_lines_are_passed_over() -> None:
    rows = b"".join(struct.pack("<f3ff", 9, *row, 9) for row in CORNERS + np.float32(1))
    lines = {"mode": 1, "attributes": {"POSITION": 0}, "indices": 1}
    spread = {"attributes": {"POSITION": 2}, "indices": 1}
    plain = {"attributes": {"POSITION": 0}, "indices": 1}
    points, faces = glb([{"mesh": 0}], [lines, spread, plain], rows).triangles(0)
    assert points.tolist() == [*(CORNERS + 1).tolist(), *CORNERS.tolist()]
    assert faces.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_a_mesh_of_lines_alone_has_no_triangles() -> None:
    lines = {"mode": 1, "attributes": {"POSITION": 0}, "indices": 1}
    points, faces = glb([{"mesh": 0}], [lines]).triangles(0)
    assert (points.shape, faces.shape) == ((0, 3), (0, 3))
