"""The meshes of a GLB made by OpenCASCADE inside this process (never a foreign file)."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HEADER = 12
_CHUNK_HEADER = 8
_TYPES = {5121: "u1", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTHS = {"SCALAR": 1, "VEC3": 3}
_TRIANGLES = 4


@dataclass(frozen=True, slots=True, eq=False)
class PlacedMesh:
    """One mesh at one place.

    Attributes:
        mesh: number of the mesh; several places may share it.
        placement: (4, 4) float64, to be multiplied by column vectors.
    """

    mesh: int
    placement: NDArray[np.float64]


class Glb:
    """Gives the triangles of each mesh and where it is placed."""

    def __init__(self, content: bytes) -> None:
        length = struct.unpack_from("<I", content, _HEADER)[0]
        text_end = _HEADER + _CHUNK_HEADER + length
        self._json: dict[str, Any] = json.loads(content[_HEADER + _CHUNK_HEADER : text_end])
        self._binary = content[text_end + _CHUNK_HEADER :]

    def places(self) -> Iterator[PlacedMesh]:
        """Yield each placed mesh of the scene."""
        scenes = self._json.get("scenes", [])
        if not scenes:
            return
        roots = scenes[self._json.get("scene", 0)].get("nodes", [])
        waiting = [(node, np.eye(4)) for node in roots]
        while waiting:
            number, outer = waiting.pop()
            node = self._json["nodes"][number]
            placement = outer @ _placement(node)
            if "mesh" in node:
                yield PlacedMesh(node["mesh"], placement)
            waiting.extend((child, placement) for child in node.get("children", []))

    def triangles(self, mesh: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return (n, 3) corners and (m, 3) faces of one mesh with all its primitives."""
        corners: list[NDArray[np.float32]] = []
        faces: list[NDArray[np.int64]] = []
        count = 0
        for primitive in self._json["meshes"][mesh]["primitives"]:
            if primitive.get("mode", _TRIANGLES) != _TRIANGLES:
                continue
            points = self._array(primitive["attributes"]["POSITION"])
            index = self._array(primitive["indices"]).astype(np.int64).reshape(-1, 3)
            corners.append(points.astype(np.float32))
            faces.append(index + count)
            count += len(points)
        if not corners:
            return np.empty((0, 3), np.float32), np.empty((0, 3), np.int64)
        return np.concatenate(corners), np.concatenate(faces)

    def _array(self, number: int) -> NDArray[Any]:
        accessor = self._json["accessors"][number]
        view = self._json["bufferViews"][accessor["bufferView"]]
        kind = np.dtype(_TYPES[accessor["componentType"]])
        width = _WIDTHS[accessor["type"]]
        stride = view.get("byteStride", kind.itemsize * width)
        start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
        return np.ndarray(
            (accessor["count"], width), kind, self._binary, start, (stride, kind.itemsize)
        )


def _placement(node: dict[str, Any]) -> NDArray[np.float64]:
    if "matrix" in node:
        return np.array(node["matrix"], np.float64).reshape(4, 4).T
    placement = np.eye(4)
    x, y, z, w = node.get("rotation", (0.0, 0.0, 0.0, 1.0))
    turn = np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])  # fmt: skip
    placement[:3, :3] = turn * np.array(node.get("scale", (1.0, 1.0, 1.0)))
    placement[:3, 3] = node.get("translation", (0.0, 0.0, 0.0))
    return placement
